"""Programs of others that read what we write: where they are, and one process of each for a whole run.

The environment variable REPATRIA_INTEROP names the folder that `.ci/interop/install` made. Where it is set, a
program that is missing fails the tests; where it is not, they are skipped and say why.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / ".ci" / "interop"
VARIABLE = "REPATRIA_INTEROP"
# Found out before a test works in another folder.
FOLDER = Path(os.environ.get(VARIABLE, "nowhere")).absolute()


def missing(program: str) -> None:
    """Fail the test where the programs are required, and otherwise skip it."""
    if VARIABLE in os.environ:
        pytest.fail(f"{program} is required by {VARIABLE}, and is not there")
    pytest.skip(f"no {program}: `.ci/interop/install FOLDER` installs it, {VARIABLE}=FOLDER names it")


def rapper() -> str:
    """Return the path of Raptor's command."""
    found = shutil.which("rapper")
    if found is None:
        missing("rapper")
    assert found is not None
    return found


def _commands() -> dict[str, tuple[list[str], dict[str, str]]]:
    """Return the command and the environment of each server."""
    node = {"NODE_PATH": str(FOLDER / "node" / "node_modules")}
    return {
        "jena": ([str(FOLDER / "jena" / "bin" / "python"), str(SCRIPTS / "jena.py")], {}),
        "javascript": (["node", str(SCRIPTS / "javascript.cjs")], node),
    }


class Server:
    """A program that answers a JSON request a line with a JSON reply a line."""

    def __init__(self, command: list[str], more: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as errors:
            self.process = subprocess.Popen(
                command,
                env={**os.environ, **more},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )

    def ask(self, do: str, **request: str | Path) -> dict[str, Any]:
        """Return the reply; the test fails with what the program wrote to stderr if there is none."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        asked = {"do": do, **{name: str(value) for name, value in request.items()}}
        self.process.stdin.write(json.dumps(asked).encode() + b"\n")
        self.process.stdin.flush()
        reply: dict[str, Any] = json.loads(self.process.stdout.readline() or b'{"failed": "it ended"}')
        if "failed" in reply:
            pytest.fail(f"{asked}: {reply['failed']}\n{self.told()}")
        return reply

    def told(self) -> str:
        """Return what the program has written to stderr."""
        return self.log.read_text(encoding="utf8", errors="replace")

    def close(self) -> None:
        """End the program."""
        self.process.communicate(timeout=30)


class Servers:
    """The servers of this run, each started when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: dict[str, Server] = {}

    def __getitem__(self, name: str) -> Server:
        if name not in self.started:
            command, more = _commands()[name]
            program, *places = [command[0], *more.values()]
            if shutil.which(program) is None or not all(Path(place).is_dir() for place in places):
                missing({"jena": "Apache Jena", "javascript": "N3.js"}[name])
            self.started[name] = Server(command, more, self.folder / f"{name}.txt")
        return self.started[name]

    def close(self) -> None:
        """End all programs."""
        for server in self.started.values():
            server.close()
