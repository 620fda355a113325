"""How the program ends: at once, without freeing what it holds."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn

_kept: list[object] = []


def keep(thing: object) -> None:
    """Let a thing live until the program ends.

    To free a graph of a million triples takes half a second; the memory of a process is taken back at once.
    """
    _kept[:] = [thing]


def leave(code: int) -> NoReturn:
    """End the program with an exit code."""
    # Who traces or profiles it wants to see the usual end.
    if sys.gettrace() is not None or sys.getprofile() is not None:
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):
                stream.flush()
    os._exit(code)
