"""A bar on stderr for what takes over a second, on a terminal only."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import suppress
from types import TracebackType

import click

_PATIENCE = 1.0  # seconds before anything is shown
_EVERY = 0.25
_WIDTH = 30
_CLEAR = "\r\033[K"


class Bar:
    """Shows, while its block runs, what it was told last: a step, and how much of it is done."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._state = ("", 0, 0)
        self._begun = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._draw, daemon=True)

    def __call__(self, step: str, done: int, total: int) -> None:
        """Take what is being done, and how many steps of how many are behind (0 of 0: not known)."""
        self._state = (step, done, total)

    def __enter__(self) -> Bar:
        if self._shown:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._shown:
            self._thread.join()

    def _draw(self) -> None:
        if self._over.wait(_PATIENCE):
            return
        with suppress(OSError):
            while not self._over.wait(_EVERY):
                click.echo(f"{_CLEAR}{self._line()}", nl=False, err=True)
            click.echo(_CLEAR, nl=False, err=True)

    def _line(self) -> str:
        step, done, total = self._state
        seconds = f"{time.monotonic() - self._begun:.0f} s"
        if not total:
            return f"{step} … {seconds}"
        filled = _WIDTH * done // total
        return f"{step} {'█' * filled}{'░' * (_WIDTH - filled)} {done}/{total}, {seconds}"
