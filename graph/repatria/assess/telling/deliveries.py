"""Commitments against deliveries, on whose word; and what claims say of the terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from repatria.assess.containers import Fulfilments
from repatria.assess.results import Delivery, Fulfilment, Term, Unit
from repatria.assess.telling.columns import heading, table
from repatria.assess.telling.groups import statement_lines
from repatria.assess.telling.phrases import FULFILMENT, claim_of, direction, listed, voices
from repatria.query.wrapping import wrapped

_OPEN_WORLD = (
    "“Not shown met” says what is missing in this graph, not that an agreement was broken: other"
    " deliveries may not be in it."
)


def deliveries(told: Fulfilments, width: int | None) -> Iterator[str]:
    """Yield the lines of all commitments, then of the terms as claims tell them."""
    if not told:
        yield from wrapped("", "No commitments: no agreed number was found.", 2, width)
    for item in told:
        yield from _commitment(item, width)
        yield ""
    if any("not-shown-met" in _statuses(item) for item in told):
        yield from wrapped("", _OPEN_WORLD, 0, width)
    if told.terms:
        yield ""
        yield from _terms(told.terms, width)


def _statuses(item: Fulfilment) -> tuple[str, ...]:
    return item.delivered.status, item.by_deliverer.status, item.by_recipient.status


def _commitment(item: Fulfilment, width: int | None) -> Iterator[str]:
    yield from heading((item.agreement.label, item.measure.label, direction(item.from_, item.to)), width)
    yield "  agreed, as claimed by"
    yield from statement_lines(item.statements, width)
    yield "  delivered, as claimed by"
    yield from _table(item, width)
    yield from wrapped("  why: ", item.reason, 7, width)
    if item.depends_on_tolerance:
        note = "This rests on how “around” or “K” is read, which is a convention of this graph."
        yield from wrapped(" " * 7, note, 7, width)


def _table(item: Fulfilment, width: int | None) -> Iterator[str]:
    columns = (item.delivered, item.by_deliverer, item.by_recipient)
    heads = ("anybody", f"{item.from_}\n(deliverer)", f"{item.to}\n(recipient)")
    rows: list[tuple[str, ...]] = [("", *heads)]
    for referent, label in _referents(columns).items():
        rows.append((label, *(_number(referent, delivery) for delivery in columns)))
    rows.append(("together", *(str(c.interval) if c.units else "no number" for c in columns)))
    rows.append((f"against {item.commitment}", *(FULFILMENT[c.status] for c in columns)))
    yield from table(rows, width, indent=4, most=(30, 13, 13, 13), last=13)


def _referents(columns: Sequence[Delivery]) -> dict[str, str]:
    """Return the names of what is counted on any word, in the order of days."""
    units = [unit for delivery in columns for unit in delivery.units]
    return {unit.referent.iri: unit.referent.label for unit in sorted(units, key=_when)}


def _when(unit: Unit) -> tuple[dt.date, str]:
    return unit.not_before or unit.not_after or dt.date.max, unit.referent.iri


def _number(referent: str, delivery: Delivery) -> str:
    unit = next((unit for unit in delivery.units if unit.referent.iri == referent), None)
    if unit is None:
        return "–"
    return f"{unit.interval}, contested" if unit.contested else str(unit.interval)


def _terms(terms: Sequence[Term], width: int | None) -> Iterator[str]:
    """Yield who presents the obligation how, by its reciprocity."""
    kinds = list(dict.fromkeys(term.reciprocity for term in terms))
    yield "The terms, as claims tell them:"
    for kind in kinds:
        yield f"  {kind or 'nothing said of reciprocity'}:"
        rows = [_term(term) for term in terms if term.reciprocity == kind]
        yield from table(rows, width, indent=4, most=(30, 12, 20))
    told = [kind.label for kind in kinds if kind is not None]
    if len(told) > 1:
        yield from wrapped("", f"The claims differ on whom the obligation binds: {listed(told)}.", 2, width)


def _term(term: Term) -> tuple[str, str, str, str]:
    words = ", ".join(f"“{words}”" for words in term.words) or "no number"
    return voices(term.asserters, term.side), term.modality.label, words, claim_of(term.claim)
