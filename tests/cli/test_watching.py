"""``repatria validate --watch`` and ``--changed``: what appeared and what was solved, until Ctrl-C."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.cli.conftest import Runner
from tests.cli.process import ended, start

PREFIXES = "@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
SHAPES = f"""{PREFIXES}ex:S a sh:NodeShape ; sh:targetClass ex:A ;
  sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:message "no p is given" ] .
"""


class Watch:
    """A watching process, and what it has said so far."""

    def __init__(self, process: subprocess.Popen[bytes], said: Path) -> None:
        self.process = process
        self.said = said
        self._read = 0

    def round(self) -> str:
        """Wait for the next headline and what belongs to it; return it without the time."""
        end = time.monotonic() + 30
        while time.monotonic() < end and self.process.poll() is None:
            text = self.said.read_text(encoding="utf8")[self._read :]
            if text.endswith("\n\n") and re.search(r"^\d\d:\d\d:\d\d  ", text, re.MULTILINE):
                self._read += len(text)
                return re.sub(r"\d\d:\d\d:\d\d  ", "", text)
            time.sleep(0.02)
        raise AssertionError(f"nothing more was said: {self.said.read_text(encoding='utf8')}")


@contextmanager
def watching(folder: Path, *args: str) -> Iterator[Watch]:
    said = folder / "said.txt"
    with said.open("wb") as out:
        process = start("validate", "--watch", *args, stdout=out)
    try:
        yield Watch(process, said)
    finally:
        process.kill()
        process.communicate()


def headline(text: str) -> str:
    return text.partition("\n")[0]


def test_a_file_is_validated_whenever_it_is_saved(tmp_path: Path) -> None:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    shapes.write_text(SHAPES)
    data.write_text(f"{PREFIXES}ex:a a ex:A .\nex:b a ex:A .\n")
    with watching(tmp_path, str(data), "--shapes", str(shapes)) as watch:
        first = watch.round()
        assert headline(first) == "Does not conform: 2 violations."
        assert first.count("no p is given") == 2
        assert first.endswith("watching 2 files; Ctrl-C ends\n\n")
        # Lines move; what stays is not said again.
        data.write_text(f"{PREFIXES}\n\nex:a a ex:A ; ex:p 1 .\nex:b a ex:A .\nex:c a ex:A .\n")
        text = watch.round()
        assert headline(text) == "Does not conform: 2 violations. 1 appeared, 1 solved."
        assert "solved: violation: no p is given\n  focus node  <http://example.org/a>\n" in text
        assert f"appeared: {data}:6:1: violation: no p is given\n" in text
        assert "example.org/b" not in text
        # What cannot be read solves nothing.
        data.write_text(f"{PREFIXES}ex:a a")
        time.sleep(1.5)
        data.write_text(f"{PREFIXES}ex:b a ex:A .\n")
        assert headline(watch.round()) == "Does not conform: 1 violation. 0 appeared, 1 solved."
        shapes.write_text(SHAPES.replace("ex:A", "ex:B"))
        assert headline(watch.round()) == "Conforms: no results. 0 appeared, 1 solved."
        watch.process.send_signal(signal.SIGINT)
        code, _, err = ended(watch.process)
    assert code == 130
    assert err.startswith(f"{data}:2:")
    assert ": error[RP303]: " in err
    assert err.endswith("\ninterrupted\n")


def test_a_workspace_is_validated_without_being_built(workspace: Path, run: Runner) -> None:
    before = run("export").out
    (dossier,) = (workspace / "sources").glob("*.yaml")
    text = dossier.read_text(encoding="utf8")
    with watching(workspace.parent) as watch:
        first = watch.round()
        dossier.write_text(re.sub(r"(?m)^published: .*\n", "", text), encoding="utf8")
        changed = watch.round()
        assert headline(changed) != headline(first)
        assert f"appeared: {dossier.relative_to(dossier.parents[1])}:" in changed
        dossier.write_text(text, encoding="utf8")
        solved = watch.round()
        assert re.search(r" 0 appeared, [1-9]\d* solved\.$", headline(solved))
        watch.process.send_signal(signal.SIGINT)
        assert ended(watch.process)[0] == 130
    assert run("export").out == before
    assert len(list((workspace / ".repatria" / "builds").iterdir())) == 1


def test_changed_takes_the_report_beside_the_store(workspace: Path, run: Runner) -> None:
    found = run("validate", "--changed", "--format", "csv")
    assert found.code == 0
    assert found.text == run("validate", "--format", "csv").text
    assert "Counted as data: all graphs of the store" in run("validate", "--changed").text


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--changed", "x.ttl"], "FILE does not go with --changed"),
        (["--changed", "--shape", "claim-act"], "--shape does not go with --changed"),
        (["--changed", "--inference", "none"], "--inference does not go with --changed"),
        (["--watch", "--changed"], "--changed does not go with --watch"),
        (["--watch", "x.ttl", "--format", "json"], "--format does not go with --watch"),
        (["--watch", "-"], "--watch cannot watch standard input"),
        (["--watch", "--timeout", "3"], "--timeout does not go with --watch"),
    ],
)
def test_what_does_not_go_together(args: list[str], message: str, workspace: Path, run: Runner) -> None:
    (workspace / "x.ttl").write_text("")
    found = run("validate", *args)
    assert (found.code, found.out) == (2, b"")
    assert found.err.startswith(f"error[RP200]: {message}\n  hint: ")
