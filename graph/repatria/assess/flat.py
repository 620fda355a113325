"""What was assessed as rows: one for each statement, total, commitment, happening or step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from repatria.assess.containers import Assessments, Explanation, Fulfilments, Tally, Timeline, Told
from repatria.assess.results import Assessment, Delivery, Fulfilment, Interval, SideTotal, Thing
from repatria.query.rows import Rows, TermRow
from repatria.query.values import IRI, Term
from repatria.terms import XSD, iri

_Cell: TypeAlias = "IRI | str | int | bool | dt.date | Thing | None"

_STATEMENTS = (
    "group", "referent", "measure", "from", "to", "aggregation", "modality", "population", "status",
    "independence", "consensus_low", "consensus_high", "asserter", "side", "narrator", "words", "low", "high",
    "polarity", "act", "source", "published", "said", "fragment", "claim", "confirms", "reason",
)  # fmt: skip
_TOTALS = ("measure", "from", "to", "low", "high", "events", "contested", "on_the_word_of")
_FULFILMENTS = (
    "fulfilment", "agreement", "measure", "from", "to", "words", "asserter", "low", "high",
    "delivered_low", "delivered_high", "delivered_status", "deliverer_low", "deliverer_high",
    "deliverer_status", "recipient_low", "recipient_high", "recipient_status", "depends_on_tolerance",
    "reason",
)  # fmt: skip
_HAPPENINGS = (
    "happening", "name", "kind", "not_before", "not_after", "series", "under", "group", "measure", "from",
    "to", "aggregation", "consensus_low", "consensus_high", "lowest", "highest", "status", "independence",
    "claims",
)  # fmt: skip


@singledispatch
def rows(told: Told) -> Rows:
    """Return what was assessed as rows; things by their labels, groups, claims and sources by their IRIs."""
    raise TypeError(f"no rows of {type(told).__name__}")


@rows.register
def _assessments(told: Assessments) -> Rows:
    return Rows(_STATEMENTS, (_terms(cells) for item in told for cells in _statements(item)))


@rows.register
def _tally(told: Tally) -> Rows:
    columns = (told.by, *_TOTALS) if told.by else _TOTALS
    return Rows(columns, (_terms(cells) for cells in _totals(told)))


@rows.register
def _fulfilments(told: Fulfilments) -> Rows:
    return Rows(_FULFILMENTS, (_terms(_fulfilment(item)) for item in told))


@rows.register
def _timeline(told: Timeline) -> Rows:
    return Rows(_HAPPENINGS, (_terms(cells) for cells in _happenings(told)))


@rows.register
def _explanation(told: Explanation) -> Rows:
    steps = ((step.title, step.text, IRI(step.iri)) for step in told.steps)
    return Rows(("step", "text", "iri"), map(_terms, steps))


def _statements(group: Assessment) -> Iterator[tuple[_Cell, ...]]:
    about = (IRI(group.iri), group.referent, group.measure, group.from_, group.to)
    kind = (group.aggregation, group.modality)
    found = (group.status, group.independence, *_bounds(group.consensus))
    for item in group.statements:
        yield (
            *about,
            *kind,
            item.population,
            *found,
            _joined(item.asserters),
            item.side,
            item.narrator,
            item.words,
            *_bounds(item.interval),
            item.polarity,
            item.act,
            IRI(item.source.iri),
            item.published,
            item.said,
            item.fragment,
            IRI(item.claim),
            IRI(item.confirms) if item.confirms else None,
            group.reason,
        )


def _totals(told: Tally) -> Iterator[tuple[_Cell, ...]]:
    for row in told.totals:
        key = (row.key,) if told.by else ()
        # A row of one voice rests on that voice alone.
        words = (
            "; ".join(_word(total) for total in row.by_side) if told.by in (None, "month", "party") else ""
        )
        events = len(row.units)
        yield (*key, row.measure, row.from_, row.to, *_bounds(row.total), events, row.contested, words)


def _word(total: SideTotal) -> str:
    return f"{total.side or 'no party'}: {total.total} ({total.events})"


def _fulfilment(item: Fulfilment) -> tuple[_Cell, ...]:
    return (
        IRI(item.iri),
        item.agreement,
        item.measure,
        item.from_,
        item.to,
        " | ".join(dict.fromkeys(statement.words for statement in item.statements)),
        " | ".join(dict.fromkeys(_joined(statement.asserters) for statement in item.statements)),
        *_bounds(item.commitment),
        *_delivery(item.delivered),
        *_delivery(item.by_deliverer),
        *_delivery(item.by_recipient),
        item.depends_on_tolerance,
        item.reason,
    )


def _delivery(item: Delivery) -> tuple[_Cell, ...]:
    """Return low, high and status; no bounds where nobody states a number."""
    return (*_bounds(item.interval if item.units else None), item.status)


def _happenings(told: Timeline) -> Iterator[tuple[_Cell, ...]]:
    for entry in told:
        about = (IRI(entry.referent.iri), entry.referent, entry.kind, entry.not_before, entry.not_after)
        placed = (*about, _joined(entry.series), _joined(entry.under))
        for group in entry.assessments:
            yield (*placed, *_group(group))
        if not entry.assessments:
            yield (*placed, *([None] * (len(_HAPPENINGS) - len(placed))))


def _group(group: Assessment) -> tuple[_Cell, ...]:
    return (
        IRI(group.iri),
        group.measure,
        group.from_,
        group.to,
        group.aggregation,
        *_bounds(group.consensus),
        *_bounds(group.claimed),
        group.status,
        group.independence,
        group.claims,
    )


def _joined(things: Iterable[Thing]) -> str:
    return "; ".join(thing.label for thing in things)


def _bounds(interval: Interval | None) -> tuple[int | None, int | None]:
    return (None, None) if interval is None else (interval.low, interval.high)


def _terms(cells: Iterable[_Cell]) -> TermRow:
    return tuple(map(_term, cells))


def _term(cell: _Cell) -> Term | None:
    if cell is None or isinstance(cell, Thing):
        return None if cell is None else Literal(cell.label)
    if isinstance(cell, IRI):
        return NamedNode(cell)
    if isinstance(cell, dt.date):
        return Literal(cell.isoformat(), datatype=iri(XSD + "date"))
    return Literal(cell)
