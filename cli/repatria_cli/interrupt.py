"""Ctrl-C at any moment, also while compiled code runs, which lets no KeyboardInterrupt through.

A long query or a bulk load may stay in compiled code for minutes. A thread
then sees the signal, and when the main thread has not noticed it within a
moment, removes what is half written and ends the process.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

INTERRUPTED = 130
_GRACE = 0.7  # seconds for the main thread to notice by itself
_undo: list[Callable[[], object]] = []


@contextmanager
def undone_by(action: Callable[[], object]) -> Iterator[None]:
    """Call ``action`` if Ctrl-C ends the process inside the block without the block's own clean-up."""
    _undo.append(action)
    try:
        yield
    finally:
        _undo.remove(action)


@contextmanager
def interruptible(say: Callable[[str], None]) -> Iterator[None]:
    """End the process with 130 on Ctrl-C inside the block; where Ctrl-C is ignored, it stays ignored."""
    mine = threading.current_thread() is threading.main_thread()
    if not mine or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    noticed = threading.Event()

    def notice(number: int, frame: FrameType | None) -> None:
        noticed.set()
        raise KeyboardInterrupt

    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGINT, notice)
    watcher = threading.Thread(target=_watch, args=(reader, noticed, say), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        noticed.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.set_wakeup_fd(before)
        os.close(writer)
        watcher.join(1)


def _watch(reader: int, noticed: threading.Event, say: Callable[[str], None]) -> None:
    with open(reader, "rb", buffering=0) as signals:
        while received := signals.read(1):
            if received[0] == signal.SIGINT and not noticed.wait(_GRACE):
                for action in reversed(_undo):
                    with suppress(OSError):
                        action()
                say("interrupted")
                os._exit(INTERRUPTED)
