"""The counts of a graph as one flat table: a row for each count, a value for each column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from repatria.export import asking
from repatria.export.columns import COLUMNS, Column
from repatria.query.rows import Rows, TermRow
from repatria.query.run import ask_all, texts
from repatria.query.values import Term
from repatria.store import Dataset
from repatria.terms import CONCEPT, XSD, Names, iri

Value = str | int | bool | dt.date | None
Cells = dict[str, Value]
_DATATYPES = {"integer": "integer", "boolean": "boolean", "date": "date"}


def flat_rows(dataset: Dataset, claims: Collection[str] | None = None) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of all counts, or of those of some claims (IRIs), by the IRI of the count.

    The values stand in the order of :data:`COLUMNS`. Claims that were retracted
    or superseded are left out, as in the saved queries. What is no day or no
    whole number where there should be one is left empty.
    """
    table = _Table(dataset, claims)
    for cells in table.rows():
        yield tuple(cells[column.name] for column in COLUMNS)


def flat_table(dataset: Dataset, claims: Collection[str] | None = None) -> Rows:
    """Return the same as rows of RDF terms."""
    rows = flat_rows(dataset, claims)
    return Rows((column.name for column in COLUMNS), map(_terms, rows))


def _terms(row: Iterable[Value]) -> TermRow:
    return tuple(_term(column, value) for column, value in zip(COLUMNS, row, strict=True))


def _term(column: Column, value: Value) -> Term | None:
    if value is None:
        return None
    if column.kind == "iri" and not column.separator:
        return NamedNode(str(value))
    if column.kind in _DATATYPES:
        text = str(value).lower() if column.kind == "boolean" else str(value)
        return Literal(text, datatype=iri(XSD + column.kind))
    return Literal(str(value))


class _Table:
    """What the queries found, by IRI."""

    def __init__(self, dataset: Dataset, claims: Collection[str] | None) -> None:
        from repatria.assess.referents import read_agents, read_referents

        among, counting = asking.among(claims), asking.counting(claims)
        self._names = Names(dataset.base)
        self._referents, self._agents = read_referents(dataset), read_agents(dataset)
        withdrawn = {claim for (claim,) in ask_all(dataset, asking.WITHDRAWN % among, texts)}
        counts = ask_all(dataset, asking.COUNTS % among, texts)
        self._counts = _first(row for row in counts if row[1] not in withdrawn)
        self._claims = _first(ask_all(dataset, asking.CLAIMS % counting, texts))
        self._sources = _first(ask_all(dataset, asking.SOURCES, texts))
        self._labels = _labels(ask_all(dataset, asking.LABELS, texts))
        many = (asking.ASSERTERS, asking.POSTS, asking.HOPS, asking.EVIDENCE)
        found = (_grouped(ask_all(dataset, query % counting, texts)) for query in many)
        self._asserters, self._posts, self._hops, self._evidence = found
        self._of_source: dict[str, Cells] = {}

    def rows(self) -> Iterator[Cells]:
        """Yield the cells of each count."""
        for count in sorted(self._counts):
            claim = self._counts[count][0]
            if claim in self._claims:
                yield self._count(count) | self._claim(claim) | self._evidence_of(count, claim)

    def _count(self, count: str) -> Cells:
        claim, words, qualifier, stated, least, most, rule, measure, unit, *rest = self._counts[count]
        from_, to, population, aggregation, referent, *days = rest
        periods = ("start_earliest", "start_latest", "end_earliest", "end_latest")
        source, _, key = self._names_of(claim, "claim").partition("/")
        return {
            "count_iri": count,
            "claim": f"{source}#{key}" if key else claim,
            "claim_iri": claim,
            "words": words,
            "qualifier": self._concept(qualifier),
            "stated": _whole(stated),
            "min": _whole(least),
            "max": _whole(most),
            "bounds_rule": self._concept(rule),
            "measure": self._concept(measure),
            "unit": unit or None,
            "population": self._concept(population),
            "aggregation": self._concept(aggregation),
            **self._things("from_party", from_),
            **self._things("to_party", to),
            **self._referent(referent),
            **{f"period_{name}": _day(day) for name, day in zip(periods, days, strict=True)},
        }

    def _referent(self, referent: str) -> Cells:
        known = self._referents.get(referent)
        return {
            **self._things("referent", referent),
            "referent_kind": known.kind if known else None,
            "referent_earliest": known.not_before if known else None,
            "referent_latest": known.not_after if known else None,
        }

    def _claim(self, claim: str) -> Cells:
        source, act, modality, polarity, form, hedge, on, earliest, latest, words, level = self._claims[claim]
        asserters = self._asserters.get(claim, [])
        sides = {side for agent in asserters if (side := self._agents.side(agent))}
        publisher = self._sources[source][1] if source in self._sources else ""
        passed = [agent for agent in self._hops.get(claim, []) if agent not in (publisher, *asserters)]
        return {
            **self._things("asserter", *self._by_label(asserters)),
            **self._things("side", *self._by_label(sides)),
            **self._things("post", *self._by_label(self._posts.get(claim, []))),
            **self._things("via", *passed),
            "act": self._concept(act),
            "modality": self._concept(modality),
            "affirmed": {"true": True, "1": True, "false": False, "0": False}.get(polarity),
            "speech_form": self._concept(form),
            "hedge": hedge or None,
            "said_on": _day(on),
            "said_earliest": _day(earliest),
            "said_latest": _day(latest),
            "date_words": words or None,
            "evidence_level": self._concept(level),
            **self._source(source),
        }

    def _source(self, source: str) -> Cells:
        if source not in self._of_source:
            found = self._sources.get(source, ("",) * 8)
            headline, publisher, printed, outside, earliest, latest, language, url = found
            self._of_source[source] = {
                "source": self._names_of(source, "source"),
                "source_iri": source,
                "headline": headline or None,
                **self._things("publisher", publisher),
                "published": _day(printed or outside),
                "published_earliest": _day(earliest),
                "published_latest": _day(latest),
                "language": language or None,
                "url": url or None,
            }
        return self._of_source[source]

    def _evidence_of(self, count: str, claim: str) -> Cells:
        fragments = self._evidence.get(count) or self._evidence.get(claim, [])
        return {"evidence": " | ".join(fragments) or None}

    def _things(self, name: str, *iris: str) -> Cells:
        known = [iri for iri in iris if iri]
        labels = "; ".join(self._labels.get(iri, iri) for iri in known)
        return {name: labels or None, f"{name}_iri": " ".join(known) or None}

    def _by_label(self, iris: Iterable[str]) -> list[str]:
        return sorted(iris, key=lambda iri: (self._labels.get(iri, iri), iri))

    def _concept(self, iri: str) -> str | None:
        for start in (CONCEPT, f"{self._names.base}concept/"):
            if iri.startswith(start):
                return iri.removeprefix(start).partition("/")[2] or iri
        return iri or None

    def _names_of(self, iri: str, kind: str) -> str:
        return iri.removeprefix(self._names.entity(kind, ""))


def _first(rows: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return rows by their first value; where a graph has several of one thing the first in order."""
    found: dict[str, tuple[str, ...]] = {}
    for thing, *rest in rows:
        values = tuple(rest)
        found[thing] = min(values, found.get(thing, values))
    return found


def _grouped(rows: Iterable[tuple[str, ...]]) -> Mapping[str, list[str]]:
    """Return values by thing, each once, by their number and then by themselves."""
    found: dict[str, list[tuple[int, str]]] = {}
    for thing, order, value in rows:
        found.setdefault(thing, []).append((_whole(order) or 0, value))
    return {thing: list(dict.fromkeys(value for _, value in sorted(pairs))) for thing, pairs in found.items()}


def _labels(rows: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Return the English label of each thing, or else one in the first of its languages."""
    found: dict[str, tuple[bool, str, str]] = {}
    for thing, language, label in rows:
        candidate = (language != "en", language, label)
        found[thing] = min(candidate, found.get(thing, candidate))
    return {thing: label for thing, (_, _, label) in found.items()}


def _whole(text: str) -> int | None:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 4000 else None


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
