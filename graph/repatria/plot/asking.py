"""What a picture asks of the graph, and which filters each kind of picture takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from repatria.assess.results import Interval, TallyRow
from repatria.errors import UsageError
from repatria.plot.balance import balance_chart
from repatria.plot.compare import compare_chart
from repatria.plot.drawing import Drawing, Scope
from repatria.plot.rendering import check_extra, check_format, render
from repatria.plot.tally import tally_chart
from repatria.plot.timeline import timeline_chart
from repatria.query.saved import day

if TYPE_CHECKING:
    from repatria.session import Graph

Filter = str | dt.date | None
Filters = dict[str, Filter]
_DATES = ("since", "until", "as_of")
_EVERY = ("measure", "from_", "to", *_DATES)
_ABOUT = ("exchange", "agreement")
TAKES = {
    "timeline": (*_ABOUT, *_EVERY),
    "tally": ("by", *_EVERY),
    "compare": (*_ABOUT, *_EVERY),
    "balance": (*_ABOUT, "by", *_EVERY),
}
KINDS = tuple(TAKES)
# What a tally or balance can be by, the first if nothing is said.
BY = {"tally": ("month", "party", "asserter", "side", "source"), "balance": ("exchange", "month")}


def picture(kind: str, graph: Graph, format: str = "svg", **filters: Filter) -> bytes:
    """Return a picture of the graph's claims: timeline, tally, compare or balance; as svg, png or html.

    ``filters``, each a name as everywhere or a day: exchange, agreement,
    measure, from_, to, since, until, as_of; ``by`` for tally (month, party,
    asserter, side, source) and balance (exchange, month). The same graph and
    filters give the same bytes. Raises UsageError RP200 (a kind, format or
    filter that does not fit), RP201–RP203 (names and days), MissingExtra
    without the extra ``plot``.
    """
    check_format(format)
    check_extra()
    return render(drawing(kind, graph, **filters), format)


def drawing(kind: str, graph: Graph, **filters: Filter) -> Drawing:
    """Return a picture before it is rendered; parameters and errors as of :func:`picture`."""
    if kind not in TAKES:
        raise UsageError("RP200", f"there is no picture “{kind}”", hint=f"one of {', '.join(KINDS)}")
    given: Filters = {name: value for name, value in filters.items() if value is not None}
    for name in given:
        if name not in TAKES[kind]:
            hint = f"it takes {', '.join(_option(name) for name in TAKES[kind])}"
            raise UsageError("RP200", f"the picture {kind} does not take {_option(name)}", hint=hint)
    if "by" in given and given["by"] not in BY[kind]:
        hint = f"one of {', '.join(BY[kind])}"
        raise UsageError("RP200", f"the picture {kind} cannot be by “{given['by']}”", hint=hint)
    return _DRAWN[kind](graph, given)


def _option(name: str) -> str:
    return f"--{name.rstrip('_').replace('_', '-')}"


def _timeline(graph: Graph, given: Filters) -> Drawing:
    rows, scope = _counted(graph, given, None)
    return timeline_chart(rows, scope)


def _tally(graph: Graph, given: Filters) -> Drawing:
    by = str(given.get("by") or BY["tally"][0])
    rows, scope = _counted(graph, given, by)
    return tally_chart(rows, by, scope)


def _balance(graph: Graph, given: Filters) -> Drawing:
    by = str(given.get("by") or BY["balance"][0])
    rows, scope = _counted(graph, given, None if by == "exchange" else by)
    return balance_chart(rows, by, scope)


def _compare(graph: Graph, given: Filters) -> Drawing:
    about = None if "agreement" in given else _text(given, "exchange")
    as_of = given.get("as_of")
    found = graph.compare(about, measure=_text(given, "measure"), as_of=as_of)
    kept = list(found)
    for name in ("from_", "to"):
        if name in given:
            party = graph.find(str(given[name]))
            kept = [group for group in kept if getattr(getattr(group, name), "iri", None) == party]
    within = _referents(graph, given, dates=True)
    if within is not None:
        kept = [group for group in kept if group.referent.iri in within]
    scope = Scope(_told(given), day("as_of", as_of), found.undated, 0, len(found.problems))
    return compare_chart(kept, scope)


def _counted(graph: Graph, given: Filters, by: str | None) -> tuple[list[TallyRow], Scope]:
    """Return the rows of a tally that the filters let through, and what the caption tells of them."""
    as_of = given.get("as_of")
    tally = graph.tally(
        by=by, since=given.get("since"), until=given.get("until"), from_=_text(given, "from_"),
        to=_text(given, "to"), measure=_text(given, "measure"), as_of=as_of,
    )  # fmt: skip
    rows = list(tally.totals)
    within = _referents(graph, given)
    if within is not None:
        rows = [row for row in (_limited(row, within) for row in rows) if row.units]
    left_out = sum(within is None or item.referent.iri in within for item in tally.left_out)
    return rows, Scope(_told(given), day("as_of", as_of), tally.undated, left_out, len(tally.problems))


def _limited(row: TallyRow, within: set[str]) -> TallyRow:
    """Return a row with some of its exchanges only; what single sides say is not told then."""
    units = tuple(unit for unit in row.units if unit.referent.iri in within)
    total = sum((unit.interval for unit in units), Interval(0, 0))
    return replace(row, total=total, contested=sum(u.contested for u in units), by_side=(), units=units)


def _referents(graph: Graph, given: Filters, *, dates: bool = False) -> set[str] | None:
    """Return the exchanges meant by exchange, agreement and, with ``dates``, since and until; None: all."""
    limits = {name: given[name] for name in ("since", "until") if dates and name in given}
    names = [str(given[name]) for name in _ABOUT if name in given]
    if not (names or limits):
        return None
    found: list[set[str]] = []
    wanted: list[str | None] = [*names] or [None]
    for name in wanted:
        entries = graph.timeline(name, as_of=given.get("as_of"), **limits)
        itself = {graph.find(name)} if name and not limits else set()
        found.append(itself | {entry.referent.iri for entry in entries})
    return set.intersection(*found)


def _text(given: Filters, name: str) -> str | None:
    return str(given[name]) if name in given else None


def _told(given: Filters) -> tuple[str, ...]:
    kept = ((name.rstrip("_"), value) for name, value in given.items() if name not in ("as_of", "by"))
    return tuple(f"{name} {value}" if name in _DATES else f"{name} “{value}”" for name, value in kept)


_DRAWN: dict[str, Callable[[Graph, Filters], Drawing]] = {
    "timeline": _timeline, "tally": _tally, "compare": _compare, "balance": _balance,
}  # fmt: skip
