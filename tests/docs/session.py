"""A reader's session: a home folder of its own, in which the commands of one page run in their order."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import repatria
import repatria_cli
from repatria_cli.main import main

# How the session's own folder is named in the pages.
HOME = "/home/you"
# Where the two packages under test were found: in the checkout, or installed.
PACKAGES = os.pathsep.join(str(Path(found.__file__ or "").parents[1]) for found in (repatria, repatria_cli))
_SHELL = frozenset("|<>;&*`$")


class Session:
    """Runs shell lines and Python; ``code`` is the exit code of the last command."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = home
        self.code = 0
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self._patch = monkeypatch
        programs = home / ".local" / "bin"
        programs.mkdir(parents=True)
        (programs / "repatria").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m repatria_cli "$@"\n')
        (programs / "repatria").chmod(0o755)
        monkeypatch.delenv("REPATRIA_WORKSPACE", raising=False)
        for name, value in {
            "HOME": str(home),
            "XDG_CACHE_HOME": str(home / ".cache"),
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": PACKAGES,
            "LC_ALL": "C.UTF-8",
        }.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(home)

    def run(self, line: str) -> str:
        """Run one line of a shell and return all that it writes, stdout and stderr."""
        words = shlex.split(line)
        if line == "echo $?":
            before, self.code = self.code, 0
            return f"{before}\n"
        if words[0] == "cd":
            self._patch.chdir(Path(words[1]).expanduser())
            return ""
        if words[0] == "repatria" and not _SHELL & set(_unquoted(line)):
            self.code, output = _in_process(words[1:])
        else:
            done = subprocess.run(
                ["bash", "-c", line],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf8",
                check=False,
                timeout=60,
            )
            self.code, output = done.returncode, done.stdout
        return output.replace(str(self.home), HOME)

    def execute(self, source: str) -> None:
        """Execute a Python block."""
        exec(compile(source, "<block>", "exec"), self.names)

    def interact(self, source: str) -> str:
        """Execute what is typed at a Python prompt and return what it prints."""
        out = io.StringIO()
        with contextlib.redirect_stdout(out), warnings.catch_warnings():
            # As at a prompt: Python shows such warnings only where one's own code calls what is deprecated.
            warnings.simplefilter("ignore", DeprecationWarning)
            exec(compile(source + "\n", "<prompt>", "single"), self.names)
        return out.getvalue().replace(str(self.home), HOME)

    def write(self, target: str, text: str, append: bool) -> None:
        """Write a block to a file of the session."""
        path = Path(target)
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf8") if append else ""
        path.write_text(before + text, encoding="utf8")


def _unquoted(line: str) -> Iterator[str]:
    """Yield the characters of a shell line that stand in no quotes."""
    quote = ""
    for char in line:
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        else:
            yield char


def _in_process(arguments: list[str]) -> tuple[int, str]:
    """Run the command line in this process, as from a script: no terminal, both streams together."""
    written = io.BytesIO()
    out, err = (io.TextIOWrapper(written, encoding="utf8", write_through=True) for _ in range(2))
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO()), out, err
    try:
        code = main(arguments)
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
    text = written.getvalue().decode("utf8")
    for stream in (out, err):
        stream.detach()
    return code, text
