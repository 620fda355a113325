"""Totals of what is claimed, what they rest on, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from repatria.assess.containers import Tally
from repatria.assess.results import LeftOut, TallyRow, Unit
from repatria.assess.telling.columns import heading, table
from repatria.assess.telling.phrases import claims_of, count_of, days, direction
from repatria.query.wrapping import wrapped

_NO_TOTAL = (
    "These are sums of claims in this graph, no totals of what happened. An exchange or series is added once:"
    " by what its claims allow together, or, where they contradict, from the lowest to the highest."
)
# What is split by a voice has no other voices beside it.
_VOICES = ("asserter", "side", "source")
_TITLES = {"month": "month", "party": "party", "asserter": "asserter", "side": "side", "source": "source"}


def totals(told: Tally, width: int | None) -> Iterator[str]:
    """Yield the lines of the totals by what is counted."""
    if not told.totals:
        yield "No totals: nothing that can be added was found."
        yield ""
    for measure in dict.fromkeys(row.measure for row in told.totals):
        rows = [row for row in told.totals if row.measure == measure]
        yield from wrapped("", f"{measure}, as claimed", 2, width)
        yield from _table(told.by, rows, width)
        yield ""
    if told.totals:
        yield "What they rest on:"
        for row in told.totals:
            yield from _units(row, width)
        yield ""
    if told.left_out:
        yield "Left out:"
        for item in told.left_out:
            yield from _left_out(item, width)
        yield ""
    yield from wrapped("", _NO_TOTAL, 0, width)


def _table(by: str | None, rows: Sequence[TallyRow], width: int | None) -> Iterator[str]:
    head = [*([_TITLES[by]] if by else ()), "direction", "events", "low–high"]
    words = by not in _VOICES
    lines = [[*head, "on whose word"] if words else head]
    for row in rows:
        events = f"{len(row.units):,}" + (f" ({row.contested:,} contested)" if row.contested else "")
        cells = [*([row.key] if by else ()), _direction(row), events, str(row.total)]
        lines.append([*cells, "\n".join(_words(row))] if words else cells)
    first = (24,) if by else ()
    numbers = len(head) - 2
    yield from table(lines, width, most=(*first, 24, 12, 18), right=(numbers, numbers + 1), last=26)


def _direction(row: TallyRow) -> str:
    if row.from_ and row.to:
        return direction(row.from_, row.to)
    return "handed over" if row.from_ else "received"


def _words(row: TallyRow) -> Iterator[str]:
    for item in row.by_side:
        yield f"{item.side or 'no party'}: {item.total} ({count_of(item.events, 'event')})"


def _units(row: TallyRow, width: int | None) -> Iterator[str]:
    yield from heading((row.key, row.measure.label, _direction(row)), width, 2)
    lines = [
        (days(u.not_before, u.not_after), u.referent.label, _number(u), claims_of(u.claims))
        for u in row.units
    ]
    yield from table(lines, width, indent=4, most=(24, 30, 15), right=(2,))


def _number(unit: Unit) -> str:
    return f"{unit.interval}, contested" if unit.contested else str(unit.interval)


def _left_out(item: LeftOut, width: int | None) -> Iterator[str]:
    counted = (item.measure.label, direction(item.from_, item.to), f"{item.aggregation}: {item.interval}")
    yield from heading((item.referent.label, *counted), width, 2)
    yield from wrapped("      ", f"{item.reason} ({claims_of(item.claims)})", 6, width)
