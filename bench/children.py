"""Runs programs to measure them: CPU time, wall-clock time and peak memory of the whole process."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A workspace of the caller's, and what would make every start compile again.
_NOT_PASSED_ON = ("REPATRIA_WORKSPACE", "PYTHONDONTWRITEBYTECODE")
# How often the memory of a program is looked at, in seconds.
_WATCHED = 0.05


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process used: CPU (user and system) and wall-clock seconds, peak memory in MB; its output."""

    cpu: float
    wall: float
    peak: float
    output: str


class OutOfTimeError(RuntimeError):
    """The program used up the CPU time that it was given."""


class OutOfMemoryError(RuntimeError):
    """The program took more memory than it was given, and was ended."""


def repatria() -> list[str]:
    """Return the command ``repatria`` of this interpreter, or the module where it is not installed."""
    command = Path(sys.executable).with_name("repatria")
    return [str(command)] if command.exists() else [sys.executable, "-m", "repatria_cli"]


def run(command: Sequence[str], folder: Path, memory: float = inf, codes: Container[int] = (0,)) -> Usage:
    """Run ``command`` in ``folder`` and return what it used.

    Raises RuntimeError if it ends with none of the exit ``codes``, OutOfTimeError if its CPU
    time is at an end, OutOfMemoryError if more than ``memory`` MB of it are resident.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=errors
        )
        with _watched(process.pid, memory):
            _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu, peak = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        if process.returncode not in codes:
            errors.seek(0)
            raise _failure(command, process.returncode, cpu, peak, memory, errors.read())
        output.seek(0)
        return Usage(cpu, wall, peak, output.read().decode())


def _failure(
    command: Sequence[str], code: int, cpu: float, peak: float, memory: float, errors: bytes
) -> RuntimeError:
    name = " ".join(command)
    if code == -signal.SIGXCPU:
        return OutOfTimeError(f"{name} took {cpu:.0f} s")
    if code == -signal.SIGKILL and peak > memory:
        return OutOfMemoryError(f"{name} took {peak:.0f} MB")
    return RuntimeError(f"{name} failed:\n{errors.decode(errors='replace')}")


@contextmanager
def _watched(pid: int, memory: float) -> Iterator[None]:
    """End the process when more than ``memory`` MB of it are resident. It must not be waited for outside."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_WATCHED):
            try:
                pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
            except (OSError, IndexError):  # it has ended just now
                return
            if pages * resource.getpagesize() > memory * 1024**2:
                os.kill(pid, signal.SIGKILL)
                return

    if memory < inf:
        threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def run_inside(task: str, *arguments: str | Path) -> Usage:
    """Run a task of :mod:`bench.inside` in a process of its own."""
    return run([sys.executable, "-m", "bench.inside", task, *map(str, arguments)], ROOT)


def run_limited(task: str, *arguments: str | Path, cpu: int = 0, memory: float = inf) -> Usage:
    """Run a task of :mod:`bench.assessed` on one core, with ``cpu`` seconds (0: any) and ``memory`` MB."""
    limits = [sys.executable, "-m", "bench.limited", str(cpu)]
    return run([*limits, sys.executable, "-m", "bench.assessed", task, *map(str, arguments)], ROOT, memory)


def interleaved(commands: Sequence[Sequence[str]], folder: Path, times: int) -> list[Usage]:
    """Run the commands in turn, ``times`` times each, and return each one's run of the least CPU time."""
    for command in commands:
        run(command, folder)  # compiles and fills the caches of the system
    rounds = [[run(command, folder) for command in commands] for _ in range(times)]
    return [min(column, key=lambda usage: usage.cpu) for column in zip(*rounds, strict=True)]
