"""What counts refer to and who states them: series, agreements, parties, sides. Small, held in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, NamedNode, Triple

from repatria.assess.problems import Problem
from repatria.query.run import ask_all, texts
from repatria.store import Dataset
from repatria.terms import NS, RDF

_AGENTS = """
SELECT ?agent ?kind ?value WHERE {
  { ?agent rep:side ?value BIND("side" AS ?kind) }
  UNION { ?agent a rep:State BIND("side" AS ?kind) BIND(?agent AS ?value) }
  UNION { ?agent org:subOrganizationOf|(rep:hasTenure/rep:post/org:postIn) ?value BIND("parent" AS ?kind) }
}"""
# The kinds from the narrowest to the widest: superclasses are written by the build.
_NARROW = (
    "RemainsExchange", "PrisonerExchange", "ExchangeSeries", "Negotiation", "War", "Agreement", "Exchange",
    "Happening",
)  # fmt: skip
_PROPERTIES = ("notBefore", "notAfter", "partOfSeries", "under", "party")


@dataclass(slots=True)
class Referent:
    """An exchange, series, agreement or other happening, by IRIs; ``kind`` is the name of its class."""

    iri: str
    kind: str = "Happening"
    not_before: dt.date | None = None
    not_after: dt.date | None = None
    series: set[str] = field(default_factory=set)
    under: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)


class Referents(dict[str, Referent]):
    """All referents by IRI. Cycles among series are cut, and told in :attr:`problems`.

    ``circular`` holds those in a cycle: which is part of which is not known.
    """

    def __init__(self, items: Iterable[Referent] = ()) -> None:
        super().__init__((item.iri, item) for item in items)
        self.circular: set[str] = set()
        self.problems: list[Problem] = list(self._cut_cycles())
        self._stages: dict[str, list[str]] = {}
        self._under: dict[str, list[str]] = {}
        for item in self.values():
            for series in item.series:
                self._stages.setdefault(series, []).append(item.iri)
            for agreement in item.under:
                self._under.setdefault(agreement, []).append(item.iri)

    def above(self, iri: str) -> set[str]:
        """Return all series to which something belongs, at any depth."""
        return _reach(iri, self._series)

    def within(self, iri: str) -> set[str]:
        """Return all stages of a series, at any depth."""
        return _reach(iri, lambda node: self._stages.get(node, ()))

    def under(self, agreement: str) -> set[str]:
        """Return the exchanges said to be made under an agreement, with the stages of such series."""
        direct = set(self._under.get(agreement, ()))
        return direct | {stage for iri in direct for stage in self.within(iri)}

    def party_rows(self) -> Iterator[tuple[str, str]]:
        """Yield (referent, party)."""
        for item in self.values():
            for party in sorted(item.parties):
                yield item.iri, party

    def _series(self, iri: str) -> Iterable[str]:
        return self[iri].series if iri in self else ()

    def _cut_cycles(self) -> Iterator[Problem]:
        above = {iri: self.above(iri) for iri, item in self.items() if item.series}
        circular = sorted(iri for iri, series in above.items() if iri in series)
        for iri in circular:
            cycle = {other for other in above[iri] if iri in above.get(other, ())}
            self[iri].series -= cycle
            self.circular.add(iri)
            if iri == min(cycle):
                message = (
                    "the series of an exchange leads back to itself; what is in this circle is not added up"
                )
                yield Problem("RP501", message, "correct `series` of one of the entities in the circle", iri)


def _reach(start: str, following: Callable[[str], Iterable[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for node in following(waiting.pop()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return found


@dataclass(slots=True)
class Agents:
    """For whom each agent speaks: ``sides`` (a state or body), and the bodies it belongs to."""

    sides: dict[str, str] = field(default_factory=dict)
    parents: dict[str, set[str]] = field(default_factory=dict)

    def side(self, agent: str) -> str | None:
        """Return the side of an agent: its own, or that of the bodies above it if they have one only."""
        if agent in self.sides:
            return self.sides[agent]
        found = {self.sides[body] for body in self._above(agent) if body in self.sides}
        return found.pop() if len(found) == 1 else None

    def affiliation(self, agent: str) -> str:
        """Return the side, or else the topmost body, or else the agent itself."""
        top = sorted(body for body in self._above(agent) if not self.parents.get(body))
        return self.side(agent) or (top[0] if len(top) == 1 else agent)

    def rows(self) -> Iterator[tuple[str, str | None, str]]:
        """Yield (agent, side, affiliation) of all whose affiliation is not themselves alone."""
        for agent in sorted(self.sides.keys() | self.parents.keys()):
            yield agent, self.side(agent), self.affiliation(agent)

    def _above(self, agent: str) -> set[str]:
        return _reach(agent, lambda node: self.parents.get(node, ()))


def read_referents(dataset: Dataset) -> Referents:
    """Return the happenings and agreements of a graph."""
    found: dict[str, Referent] = {}
    for name in reversed(_NARROW):  # the narrowest class last
        for thing, _ in _related(dataset, RDF + "type", NamedNode(NS + name)):
            found.setdefault(thing, Referent(thing)).kind = name
    for name in _PROPERTIES:
        for thing, value in _related(dataset, NS + name):
            if thing in found:
                _set(found[thing], name, value)
    return Referents(found.values())


def read_referent(dataset: Dataset, iri: str) -> Referent | None:
    """Return one happening or agreement, or None if it is neither."""
    kinds: set[str] = set()
    found = Referent(iri)
    for quad in dataset.store.quads_for_pattern(NamedNode(iri), None, None, None):
        name = quad.predicate.value.removeprefix(NS)
        if isinstance(quad.object, NamedNode) and quad.predicate.value == RDF + "type":
            kinds.add(quad.object.value.removeprefix(NS))
        elif name in _PROPERTIES and not isinstance(quad.object, (BlankNode, Triple)):
            _set(found, name, quad.object.value)
    known = [name for name in _NARROW if name in kinds]
    if not known:
        return None
    found.kind = known[0]
    return found


def _related(dataset: Dataset, predicate: str, value: NamedNode | None = None) -> Iterator[tuple[str, str]]:
    for quad in dataset.store.quads_for_pattern(None, NamedNode(predicate), value, None):
        if isinstance(quad.subject, NamedNode) and not isinstance(quad.object, (BlankNode, Triple)):
            yield quad.subject.value, quad.object.value


def _set(item: Referent, name: str, value: str) -> None:
    if name == "notBefore":
        item.not_before = _day(value)
    elif name == "notAfter":
        item.not_after = _day(value)
    else:
        {"partOfSeries": item.series, "under": item.under, "party": item.parties}[name].add(value)


def _day(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:  # no day of the calendar; the shapes tell of it
        return None


def read_agents(dataset: Dataset) -> Agents:
    """Return the sides of the agents of a graph. A state speaks for itself."""
    found = Agents()
    for agent, name, value in ask_all(dataset, _AGENTS, texts):
        if name == "side":
            found.sides[agent] = value
        else:
            found.parents.setdefault(agent, set()).add(value)
    return found
