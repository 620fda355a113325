"""Was the agreement kept: commitments against deliveries, and what claims say of its terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from repatria.assess.containers import Fulfilments
from repatria.assess.fulfilment import Outcome
from repatria.assess.referents import Referents
from repatria.assess.results import Delivery, Fulfilment, Statement, Term, Thing, Unit
from repatria.assess.units import Selection, Value
from repatria.assess.view import View, opened
from repatria.query.run import ask_all, texts
from repatria.store import Dataset

# What is said of agreements: by the modality of a commitment, or with a reciprocity.
_TERMS = """
SELECT ?claim ?about ?modality ?reciprocity ?asserter ?source ?words ?day ?later ?replaced WHERE {
  ?claim rep:about ?about ; rep:modality ?modality ; rep:asserter ?asserter ; rep:source ?source .
  { ?about a rep:Agreement } UNION { ?about a rep:Exchange }
  OPTIONAL { ?claim rep:reciprocity ?reciprocity }
  OPTIONAL { ?claim rep:hasCount/rep:quantity/rep:statedText ?words }
  FILTER(BOUND(?reciprocity) || (?modality = modality:agreed && BOUND(?words)))
  FILTER NOT EXISTS { ?claim prov:wasInvalidatedBy ?retraction }
  OPTIONAL { ?source schema:datePublished|rep:externalDate ?known }
  OPTIONAL { ?source rep:notAfter ?until }
  OPTIONAL {
    ?claim rep:supersededBy ?later . ?later rep:source ?next .
    OPTIONAL { ?next schema:datePublished|rep:externalDate ?replaced }
  }
  BIND(STR(COALESCE(?known, ?until)) AS ?day)
} ORDER BY ?about ?claim ?asserter ?words"""


def fulfilment(dataset: Dataset, about: str | None = None, *, as_of: dt.date | None = None) -> Fulfilments:
    """Return the fulfilment of what is committed to in an agreement or for an exchange (IRI), or of all."""

    def scope(referents: Referents) -> set[str]:
        assert about is not None
        return {about, *referents.under(about), *referents.within(about)}

    with opened(dataset, as_of=as_of, scope=None if about is None else scope) as view:
        wanted = None if about is None else {about}
        outcomes = [o for o in view.totals.outcomes if wanted is None or o.group.value.referent in wanted]
        committed = list(dict.fromkeys(outcome.group.value.gid for outcome in outcomes))
        positions = {
            position.iri: position.statements
            for assessment in view.assessments(committed)
            for position in assessment.positions
        }
        found = sorted((_fulfilment(view, outcome, positions) for outcome in outcomes), key=_order)
        agreements = {item.agreement.iri for item in found} if wanted is None else wanted
        return Fulfilments(found, _terms(view, agreements, as_of), view.told(), view.undated)


def _order(item: Fulfilment) -> tuple[str, str, str, str, int, str]:
    return (
        item.agreement.iri,
        item.measure.label,
        item.from_.label,
        item.to.label,
        item.commitment.low,
        item.iri,
    )


def _fulfilment(view: View, outcome: Outcome, positions: dict[str, tuple[Statement, ...]]) -> Fulfilment:
    group, thing = outcome.group, view.labels.thing
    place = f"{view.names.entity('assessment', group.value.gid)}/position/{outcome.position}"
    return Fulfilment(
        iri=view.names.entity("fulfilment", outcome.key),
        agreement=thing(group.value.referent),
        measure=thing(group.measure),
        from_=thing(group.from_ or ""),
        to=thing(group.to or ""),
        commitment=outcome.commitment,
        statements=positions.get(place, ()),
        delivered=_delivery(view, outcome, outcome.delivered),
        by_deliverer=_delivery(view, outcome, outcome.by_deliverer),
        by_recipient=_delivery(view, outcome, outcome.by_recipient),
        depends_on_tolerance=outcome.depends_on_tolerance,
        reason=outcome.reason,
    )


def _delivery(view: View, outcome: Outcome, selection: Selection) -> Delivery:
    units = tuple(sorted((unit(view, value) for value in selection.chosen), key=when))
    return Delivery(selection.total, outcome.status(selection), units)


def unit(view: View, value: Value) -> Unit:
    """Return what is counted of one exchange, with its name and days."""
    item = view.referents.get(value.referent)
    return Unit(
        referent=view.labels.thing(value.referent),
        not_before=item.not_before if item else None,
        not_after=item.not_after if item else None,
        interval=value.interval,
        contested=value.contested,
        assessment=view.names.entity("assessment", value.gid),
        claims=value.claims,
    )


def when(unit: Unit) -> tuple[dt.date, str]:
    """Return what puts units in the order of their days."""
    return unit.not_before or unit.not_after or dt.date.max, unit.referent.iri


def _terms(view: View, agreements: set[str], as_of: dt.date | None) -> Iterator[Term]:
    """Yield what claims say of the agreements, each claim once for each."""
    rows = ask_all(view.dataset, _TERMS, texts)
    claims: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for claim, about, *rest in rows:
        *_, day, later, replaced = rest
        if about in agreements and _holds(day, later, replaced, as_of):
            claims.setdefault((about, claim), []).append(tuple(rest))
    thing = view.labels.thing
    for (about, claim), told in claims.items():
        modality, reciprocity, _, source, *_ = told[0]
        asserters = tuple(thing(iri) for iri in dict.fromkeys(row[2] for row in told))
        words = tuple(dict.fromkeys(row[4] for row in told if row[4]))
        yield Term(
            claim=claim,
            agreement=thing(about),
            asserters=asserters,
            side=_side(view, asserters),
            modality=thing(modality),
            reciprocity=thing(reciprocity) if reciprocity else None,
            words=words,
            source=thing(source),
        )


def _holds(day: str, later: str, replaced: str, as_of: dt.date | None) -> bool:
    """Say whether a claim stands, or stood on a day; as :file:`sql/live.sql` has it for counts."""
    if as_of is None:
        return not later
    published = bool(day) and day <= as_of.isoformat()
    return published and (not later or replaced > as_of.isoformat())


def _side(view: View, asserters: tuple[Thing, ...]) -> Thing | None:
    agents = view.agents
    sides = {agents.side(asserter.iri) for asserter in asserters}
    side = sides.pop() if len(sides) == 1 else None
    return view.labels.thing(side) if side else None
