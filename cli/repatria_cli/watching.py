"""``repatria validate --watch``: validates whenever a file was saved, and shows what that changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from repatria.errors import RepatriaError

if TYPE_CHECKING:
    from repatria.shacl import Report

# Seconds between two looks at the files.
_PAUSE = 0.3
_State = Mapping[Path, tuple[int, int, int] | None]


def watch(
    files: Callable[[], Iterable[Path]],
    check: Callable[[], Report],
    prefixes: Mapping[str, str],
    refuse: Callable[[RepatriaError], object],
) -> NoReturn:
    """Check now and after each change of a file, until the process is interrupted.

    ``files`` are looked up anew each time. What is wrong with them is told by
    ``refuse``; what was found before stays what the next report is compared with.
    """
    from repatria.shacl import Report

    known: Report | None = None
    before: _State | None = None
    while True:
        state = _settled(files, before)
        try:
            report = check()
        except RepatriaError as error:
            refuse(error)
        else:
            for piece in _told(known or Report(), report, prefixes, first=known is None):
                click.echo(piece, nl=False)
            known = report
        if before is None:
            click.echo(f"watching {len(state)} files; Ctrl-C ends\n")
        before = state


def _settled(files: Callable[[], Iterable[Path]], before: _State | None) -> _State:
    """Wait until the files are not as before, and stay as they are for a moment."""
    state = _look(files)
    while before is not None and state == before:
        time.sleep(_PAUSE)
        state = _look(files)
    if before is None:
        return state
    while True:  # a file may be half saved
        time.sleep(_PAUSE)
        now = _look(files)
        if now == state:
            return state
        state = now


def _look(files: Callable[[], Iterable[Path]]) -> _State:
    try:
        return {path: _stamp(path) for path in files()}
    except RepatriaError:  # the settings may be half saved
        return {}


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _told(old: Report, new: Report, prefixes: Mapping[str, str], *, first: bool) -> Iterator[str]:
    from repatria.shacl.changing.comparing import not_in
    from repatria.shacl.formats.telling import Telling, headline
    from repatria.shacl.formats.text import text_pieces

    appeared = new.with_results(not_in(new.results, old.results))
    solved = old.with_results(not_in(old.results, new.results))
    yield f"{time.strftime('%H:%M:%S')}  {headline(new)}"
    if not first:
        yield f" {len(appeared.results)} appeared, {len(solved.results)} solved."
    yield "\n"
    for told in Telling(solved, prefixes).results():
        yield f"\nsolved: {told.severity}: {told.message}\n  focus node  {told.focus_node}\n"
    for piece in islice(text_pieces(appeared, prefixes), 1, None):
        yield piece if first else f"\nappeared: {piece.removeprefix(chr(10))}"
    yield "\n"
