"""Runs programs to measure them: CPU time, wall-clock time and peak memory of the whole process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A workspace of the caller's, and what would make every start compile again.
_NOT_PASSED_ON = ("REPATRIA_WORKSPACE", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process used: CPU (user and system) and wall-clock seconds, peak memory in MB; its output."""

    cpu: float
    wall: float
    peak: float
    output: str


def repatria() -> list[str]:
    """Return the command ``repatria`` of this interpreter, or the module where it is not installed."""
    command = Path(sys.executable).with_name("repatria")
    return [str(command)] if command.exists() else [sys.executable, "-m", "repatria_cli"]


def run(command: Sequence[str], folder: Path) -> Usage:
    """Run ``command`` in ``folder`` and return what it used. Raises RuntimeError if it fails."""
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=errors
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            raise RuntimeError(f"{' '.join(command)} failed:\n{errors.read().decode(errors='replace')}")
        output.seek(0)
        return Usage(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, output.read().decode())


def run_inside(task: str, *arguments: str | Path) -> Usage:
    """Run a task of :mod:`bench.inside` in a process of its own."""
    return run([sys.executable, "-m", "bench.inside", task, *map(str, arguments)], ROOT)


def interleaved(commands: Sequence[Sequence[str]], folder: Path, times: int) -> list[Usage]:
    """Run the commands in turn, ``times`` times each, and return each one's run of the least CPU time."""
    for command in commands:
        run(command, folder)  # compiles and fills the caches of the system
    rounds = [[run(command, folder) for command in commands] for _ in range(times)]
    return [min(column, key=lambda usage: usage.cpu) for column in zip(*rounds, strict=True)]
