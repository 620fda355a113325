"""The numbers of a dataset: statements, how many of which class and property, links to others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from repatria.description.vocabulary import namespace
from repatria.dossier.ontology import inverses
from repatria.terms import BASE, OWL, RDF, RDFS, SCHEMA, SKOS

_TYPE = RDF + "type"
# What says that a thing here is, or is like, a thing elsewhere.
LINKS = (
    SCHEMA + "sameAs", OWL + "sameAs", RDFS + "seeAlso",
    *(f"{SKOS}{name}Match" for name in ("exact", "close", "broad", "narrow", "related")),
)  # fmt: skip
_LINK_SET = frozenset(LINKS)
_PROPERTIES = "SELECT ?p (COUNT(*) AS ?n) WHERE {{ {where} }} GROUP BY ?p"
_CLASSES = "SELECT ?o (COUNT(*) AS ?n) WHERE {{ {where} FILTER(isIRI(?o)) }} GROUP BY ?o"
_LINKED = f"SELECT ?p ?o WHERE {{{{ {{where}} VALUES ?p {{{{ {' '.join(f'<{p}>' for p in LINKS)} }}}} }}}}"


@dataclass(slots=True)
class Statistics:
    """Numbers of statements; each statement is to be counted once.

    ``base`` is the base of the data IRIs; ``triples`` the number of
    statements; ``properties`` maps IRIs to numbers of statements, ``classes``
    to numbers of instances; ``links`` maps (property, namespace of the
    objects) to numbers of statements that lead to things elsewhere.

    Two sources may both say that two claims are rival explanations: the only
    kind of statement that can stand in two graphs. It is counted once, or with
    ``per_graph`` once for each graph.
    """

    base: str = BASE
    triples: int = 0
    properties: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    links: Counter[tuple[str, str]] = field(default_factory=Counter)
    per_graph: bool = False
    _seen: set[Triple] = field(default_factory=set, repr=False, compare=False)

    def add(self, statement: Quad | Triple) -> None:
        """Count one statement."""
        predicate, object_ = statement.predicate.value, statement.object
        if predicate in symmetric() and not self.per_graph and self._known(statement):
            return
        self.triples += 1
        self.properties[predicate] += 1
        if isinstance(object_, NamedNode):
            if predicate == _TYPE:
                self.classes[object_.value] += 1
            elif predicate in _LINK_SET:
                self._link(predicate, object_.value, 1)

    def add_all(self, statements: Iterable[Quad | Triple]) -> None:
        """Count statements."""
        for statement in statements:
            self.add(statement)

    def add_store(self, store: Store, where: str = "?s ?p ?o") -> None:
        """Count what matches a graph pattern of ?s, ?p and ?o in a store, once for each graph."""
        for predicate, _, number in _rows(store, _PROPERTIES.format(where=where)):
            self.properties[predicate] += number
            self.triples += number
        typed = where.replace("?p", f"<{_TYPE}>")
        for _, class_, number in _rows(store, _CLASSES.format(where=typed)):
            self.classes[class_] += number
        for predicate, object_, number in _rows(store, _LINKED.format(where=where)):
            self._link(predicate, object_, number)

    def _known(self, statement: Quad | Triple) -> bool:
        """Say whether a symmetric statement was counted before."""
        triple = statement.triple if isinstance(statement, Quad) else statement
        known = triple in self._seen
        self._seen.add(triple)
        return known

    def _link(self, predicate: str, target: str, number: int) -> None:
        if target and not target.startswith(self.base):
            self.links[predicate, namespace(target)] += number

    def __add__(self, other: Statistics) -> Statistics:
        return self._combined(other, 1)

    def __sub__(self, other: Statistics) -> Statistics:
        return self._combined(other, -1)

    def _combined(self, other: Statistics, sign: int) -> Statistics:
        def joined(one: Counter[Any], two: Counter[Any]) -> Counter[Any]:
            total = {key: one[key] + sign * two[key] for key in one.keys() | two.keys()}
            return Counter({key: number for key, number in total.items() if number})

        return Statistics(
            self.base,
            self.triples + sign * other.triples,
            joined(self.properties, other.properties),
            joined(self.classes, other.classes),
            joined(self.links, other.links),
            self.per_graph,
            self._seen | other._seen,
        )


@cache
def symmetric() -> frozenset[str]:
    """Return the IRIs of the symmetric properties of the ontology."""
    return frozenset(name for name, inverse in inverses().items() if inverse.value == name)


def in_several_graphs(store: Store, base: str) -> Statistics:
    """Return how often statements of a store stand in a graph beyond the first one."""
    several = Statistics(base)
    for name in sorted(symmetric()):
        ((_, _, each),) = _rows(store, f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s <{name}> ?o }}")
        distinct = f"SELECT DISTINCT ?s ?o WHERE {{ ?s <{name}> ?o }}"
        ((_, _, once),) = _rows(store, f"SELECT (COUNT(*) AS ?n) WHERE {{ {{ {distinct} }} }}")
        if each > once:
            several.properties[name] = each - once
            several.triples += each - once
    return several


def _rows(store: Store, query: str) -> Iterable[tuple[str, str, int]]:
    """Yield IRI of ?p, IRI of ?o (empty without or where it is none) and ?n (1 without) of each row."""
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    names = {variable.value for variable in found.variables}
    for row in found:
        p, o = (row[name] if name in names else None for name in "po")
        n = row["n"] if "n" in names else None
        yield (
            p.value if isinstance(p, NamedNode) else "",
            o.value if isinstance(o, NamedNode) else "",
            int(n.value) if isinstance(n, Literal) else 1,
        )
