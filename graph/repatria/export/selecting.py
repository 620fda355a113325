"""Which claims an export holds: filters by names and days, and the claims that fit all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from repatria.errors import UsageError
from repatria.query.names import find, label_of
from repatria.query.run import ask_all, texts
from repatria.query.saved import day
from repatria.store import Dataset

# As in the saved query `claims`: the latest day it can have been said on.
_DAYS = """
SELECT ?claim WHERE {
  ?claim a rep:Claim ; rep:source ?article .
  OPTIONAL { ?claim rep:saidOn ?on }
  OPTIONAL { ?claim rep:saidNotAfter ?latest }
  OPTIONAL { ?article schema:datePublished ?printed }
  OPTIONAL { ?article rep:externalDate ?outside }
  OPTIONAL { ?article rep:notAfter ?appearedNotAfter }
  OPTIONAL { ?article rep:notBefore ?appearedNotBefore }
  BIND(COALESCE(?on, ?latest, ?printed, ?outside, ?appearedNotAfter) AS ?noLaterThan)
  FILTER(%s)
}"""
_SINCE = 'COALESCE(?noLaterThan, ?appearedNotBefore) >= "%s"^^xsd:date'
_UNTIL = '?noLaterThan <= "%s"^^xsd:date'


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters, all of which a claim must fit; without any the whole graph is meant.

    ``source``, ``exchange``, ``agreement`` and ``by`` are what :func:`selection`
    found under these names; ``since`` and ``until`` are days.
    """

    source: NamedNode | None = None
    exchange: NamedNode | None = None
    agreement: NamedNode | None = None
    by: NamedNode | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    def __bool__(self) -> bool:
        return self != Selection()


def selection(
    dataset: Dataset,
    *,
    source: str | None = None,
    exchange: str | None = None,
    agreement: str | None = None,
    by: str | None = None,
    since: str | dt.date | None = None,
    until: str | dt.date | None = None,
) -> Selection:
    """Return the filters meant by names (keys, labels in any language, IRIs) and days.

    Raises UsageError RP201 (nothing has that name), RP202 (several things have it), RP203 (no day).
    """

    def named(name: str | None, *kinds: str) -> NamedNode | None:
        return None if name is None else find(dataset, name, kinds)

    return Selection(
        source=named(source, "source"),
        exchange=named(exchange, "event"),
        agreement=named(agreement, "agreement"),
        by=named(by, "person", "org", "state", "unnamed"),
        since=day("since", since),
        until=day("until", until),
    )


def in_words(dataset: Dataset, chosen: Selection) -> str:
    """Return what was selected in words, such as “claims by Vladimir Medinsky since 2025-07-01”."""

    def name(node: NamedNode) -> str:
        return label_of(dataset, node) or node.value

    parts = [
        *([f"in {name(chosen.source)}"] if chosen.source else []),
        *([f"about {name(chosen.exchange)}"] if chosen.exchange else []),
        *([f"about {name(chosen.agreement)} and what was done under it"] if chosen.agreement else []),
        *([f"by {name(chosen.by)}"] if chosen.by else []),
        *([f"since {chosen.since}"] if chosen.since else []),
        *([f"until {chosen.until}"] if chosen.until else []),
    ]
    return " ".join(["claims", *parts]) if parts else ""


def selected(dataset: Dataset, chosen: Selection) -> set[str]:
    """Return the IRIs of the claims that fit all filters, retracted and superseded ones too.

    Raises UsageError RP210 if there are none.
    """
    found: set[str] | None = None
    for query in _queries(dataset, chosen):
        claims = {claim for (claim,) in ask_all(dataset, query, texts)}
        found = claims if found is None else found & claims
    if not found:
        hint = "leave a filter out, or see by `repatria claims` what there is; nothing was written"
        raise UsageError("RP210", f"no claim fits: {in_words(dataset, chosen)}", hint=hint)
    return found


def _queries(dataset: Dataset, chosen: Selection) -> Iterator[str]:
    """Yield a query for each filter."""
    if chosen.source:
        yield f"SELECT ?claim {{ ?claim a rep:Claim ; rep:source {chosen.source} }}"
    if chosen.by:
        yield f"SELECT ?claim {{ ?claim a rep:Claim ; rep:asserter {chosen.by} }}"
    if chosen.exchange or chosen.agreement:
        from repatria.assess.referents import read_referents

        referents = read_referents(dataset)
        if chosen.exchange:
            exchange = chosen.exchange.value
            yield _about([exchange, *referents.within(exchange)])
        if chosen.agreement:
            agreement = chosen.agreement.value
            yield _about([agreement, *referents.under(agreement)])
    if chosen.since or chosen.until:
        since = _SINCE % chosen.since if chosen.since else "true"
        until = _UNTIL % chosen.until if chosen.until else "true"
        yield _DAYS % f"{since} && {until}"


def _about(things: Iterable[str]) -> str:
    values = " ".join(f"<{thing}>" for thing in sorted(things))
    return f"""SELECT ?claim {{
  VALUES ?thing {{ {values} }}
  {{ ?claim rep:about ?thing }} UNION {{ ?claim rep:hasCount/rep:referent ?thing }}
  ?claim a rep:Claim .
}}"""
