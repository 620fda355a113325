"""``repatria`` as a process of its own, and on a terminal of its own."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "repatria_cli"]


def environment(**more: str) -> dict[str, str]:
    """Return the environment with the packages of the checkout to import, and a terminal with colour."""
    places = [str(ROOT / "graph"), str(ROOT / "cli")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places), "TERM": "xterm-256color", **more}


def start(
    *args: str, stdout: int | IO[bytes] = subprocess.PIPE, code: str = "", **more: str
) -> subprocess.Popen[bytes]:
    """Start ``repatria``; or with ``code`` a Python program that ends by calling it."""
    command = (
        [sys.executable, "-c", f"{code}\nfrom repatria_cli.main import entry; entry()"] if code else COMMAND
    )
    return subprocess.Popen(
        [*command, *args],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=environment(**more),
    )


def ended(process: subprocess.Popen[bytes], timeout: float = 30) -> tuple[int, bytes, str]:
    """Return exit code, stdout and stderr of a process."""
    try:
        out, err = process.communicate(timeout=timeout)
    finally:
        process.kill()
    return process.returncode, out or b"", err.decode()


def on_terminal(*args: str, columns: int = 80, stdout: int | None = None, **more: str) -> tuple[int, str]:
    """Run ``repatria`` on a terminal so wide; return its exit code and what the terminal shows, with escapes.

    With ``stdout`` only stderr goes to the terminal.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [*COMMAND, *args],
        stdin=theirs,
        stdout=theirs if stdout is None else stdout,
        stderr=theirs,
        env=environment(**more),
    )
    os.close(theirs)
    shown = bytearray()
    with contextlib.suppress(OSError):  # the other end of a terminal is gone
        while piece := os.read(ours, 65536):
            shown += piece
    os.close(ours)
    return process.wait(30), shown.decode().replace("\r\n", "\n")
