"""A command line inside this process, and a small workspace that is built once."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from repatria.building import build
from repatria.building.scaffold import make_workspace
from repatria.workspace import read_workspace
from repatria_cli.main import main


@dataclass(frozen=True)
class Result:
    """How a call ended: exit code, and what went to stdout and stderr."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()


class Runner:
    """Calls ``repatria`` in this process, with streams of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch

    def __call__(
        self,
        *args: str,
        stdin: bytes | None = b"",
        stdout: io.BufferedIOBase | None = None,
        closed: bool = False,
    ) -> Result:
        """Run a command; ``stdin`` None is a closed one, ``stdout`` a stream to use, ``closed`` none."""
        out = io.BytesIO()
        err = io.BytesIO()
        stream = io.TextIOWrapper(stdout or out, encoding="utf8")  # type: ignore[type-var]
        told = io.TextIOWrapper(err, encoding="utf8", errors="backslashreplace", write_through=True)
        with self.monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", None if closed else stream)
            patch.setattr(sys, "stderr", told)
            patch.setattr(sys, "stdin", None if stdin is None else io.TextIOWrapper(io.BytesIO(stdin)))
            code = main(list(args))
        if stdout is None:
            stream.flush()
        return Result(code, out.getvalue(), err.getvalue().decode())


@pytest.fixture(autouse=True)
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder outside any workspace, with a home of its own."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("REPATRIA_WORKSPACE", "NO_COLOR", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return place


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Runner:
    return Runner(monkeypatch)


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("template") / "workspace"
    make_workspace(place, "http://example.org/")
    assert build(read_workspace(place)).conforms
    return place


@pytest.fixture
def workspace(_template: Path, outside: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the scaffolded workspace, built, with the working directory in it."""
    place = outside / "workspace"
    shutil.copytree(_template, place, symlinks=True)
    monkeypatch.chdir(place)
    yield place
    os.chdir(outside)
