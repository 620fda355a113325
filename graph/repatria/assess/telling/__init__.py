"""What was assessed as plain text, for a terminal or a notebook.

Numbers are told as what somebody says; nothing here states one as a fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from repatria.assess.containers import Assessments, Explanation, Fulfilments, Tally, Timeline, Told
from repatria.assess.telling.chain import steps
from repatria.assess.telling.deliveries import deliveries
from repatria.assess.telling.groups import groups
from repatria.assess.telling.happenings import happenings
from repatria.assess.telling.totals import totals


def text(told: Told, width: int | None = None) -> str:
    """Return what was assessed in lines of at most ``width`` characters, or as long as they are."""
    return "\n".join(_lines(told, width)) + "\n"


@singledispatch
def _lines(told: Told, width: int | None) -> Iterator[str]:
    raise TypeError(f"no text of {type(told).__name__}")


@_lines.register
def _assessments(told: Assessments, width: int | None) -> Iterator[str]:
    yield from groups(told, width)


@_lines.register
def _tally(told: Tally, width: int | None) -> Iterator[str]:
    yield from totals(told, width)


@_lines.register
def _fulfilments(told: Fulfilments, width: int | None) -> Iterator[str]:
    yield from deliveries(told, width)


@_lines.register
def _timeline(told: Timeline, width: int | None) -> Iterator[str]:
    yield from happenings(told, width)


@_lines.register
def _explanation(told: Explanation, width: int | None) -> Iterator[str]:
    yield from steps(told, width)
