"""The data graph as validation sees it: triples on an Oxigraph store, every literal as it was written.

A store rewrites some literals (``"01"^^xsd:integer`` becomes ``1``, ``1.50``
becomes ``1.5``, xsd:byte becomes xsd:integer). Triples with one of these are
kept beside the store instead, so that look-ups give, and find, the terms of the
document. :mod:`repatria.shacl.loading` makes data graphs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import cast

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    Variable,
)

from repatria.shacl.datatypes import survives
from repatria.shacl.paths import Path
from repatria.shacl.report import Term
from repatria.shacl.vocabulary import SUB_CLASS_OF, TYPE

Subject = NamedNode | BlankNode
_DEFAULT = DefaultGraph()
Answer = QuerySolutions | QueryBoolean | QueryTriples


class DataGraph:
    """The default graph of a store, or the ``union`` of all its graphs. Look-ups give each term once.

    ``odd`` are the properties that have literals which the store does not hold
    as they were written, or which are ill-formed: queries do not see those as
    validation must. ``owned`` says that the store is nobody else's, so that
    triples may be added to it.
    """

    local = True
    """Whether a look-up takes no longer than to reach into memory or a file."""

    def __init__(self, store: Store, *, union: bool, owned: bool) -> None:
        self.store = store
        self.union = union
        self.owned = owned
        self.odd: set[NamedNode] = set()
        self._kept: dict[Subject, dict[NamedNode, None]] = defaultdict(dict)
        self._values: dict[tuple[Subject, NamedNode], dict[Term, None]] = defaultdict(dict)
        self._holders: dict[tuple[NamedNode, Term], dict[Term, None]] = defaultdict(dict)
        self._numbers: dict[NamedNode, int] | None = None
        self._instances: dict[NamedNode, frozenset[Term]] = {}

    @cached_property
    def size(self) -> int:
        """The number of quads in the store."""
        return len(self.store)

    @property
    def exact(self) -> bool:
        """Whether the store holds all triples, so that queries see the terms of the document."""
        return not self._values

    @property
    def rewritten(self) -> frozenset[NamedNode]:
        """The properties that have literals which are kept beside the store."""
        return frozenset(predicate for _, predicate in self._values)

    def is_node(self, term: Term) -> bool:
        """Return whether a term is the subject or object of a triple in the store."""
        if not isinstance(term, Literal) and next(self.matching(term, None, None), None) is not None:
            return True
        return next(self.matching(None, None, term), None) is not None

    def keep(self, subject: Subject, predicate: NamedNode, value: Literal) -> None:
        """Keep a triple beside the store, which would rewrite its literal."""
        self.odd.add(predicate)
        self._kept[subject][predicate] = None
        self._values[subject, predicate][value] = None
        self._holders[predicate, value][subject] = None

    def ask(self, query: str, terms: Mapping[str, Term] | None = None) -> Answer:
        """Return the answer to a query on the store, with variables bound beforehand.

        A SELECT must have these in its projection.
        """
        bound: dict[Variable, Term | Triple] = {Variable(name): term for name, term in (terms or {}).items()}
        return self.store.query(query, use_default_graph_as_union=self.union, substitutions=bound or None)

    def rows(
        self, query: str, terms: Mapping[str, Term]
    ) -> tuple[list[str], Iterable[tuple[Term | None, ...]]]:
        """Return the names of the variables of a SELECT, bound beforehand to ``terms``, and its solutions."""
        answer = self.ask(query, terms)
        assert isinstance(answer, QuerySolutions)
        found = (cast("tuple[Term | None, ...]", tuple(solution)) for solution in answer)
        return [variable.value for variable in answer.variables], found

    def true(self, query: str, terms: Mapping[str, Term]) -> bool:
        """Return the answer of an ASK with variables bound beforehand."""
        return bool(self.ask(query, terms))

    def reached(self, node: Term, path: Path) -> list[Term] | None:
        """Return the nodes that a path reaches if that is known better than by walking it step by step."""
        return None

    def select(self, query: str) -> Iterator[tuple[Term, ...]]:
        """Yield the solutions of a SELECT on the store."""
        answer = self.ask(query)
        assert isinstance(answer, QuerySolutions)
        return (cast("tuple[Term, ...]", tuple(solution)) for solution in answer)

    def holds(self, query: str) -> bool:
        """Return the answer of an ASK on the store."""
        return bool(self.ask(query))

    def matching(
        self, subject: Subject | None, predicate: NamedNode | None, value: Term | None
    ) -> Iterator[Quad]:
        """Yield the quads of the store that match a pattern; a triple comes once for each graph it is in."""
        return self.store.quads_for_pattern(subject, predicate, value, None if self.union else _DEFAULT)

    def number_of(self, predicate: NamedNode) -> int:
        """Return how many triples of a property the store has (one that is in two graphs counts twice)."""
        return self.count().get(predicate, 0)

    def count(self) -> Mapping[NamedNode, int]:
        """Count the triples of all properties, once."""
        if self._numbers is None:
            counted = self.select("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
            self._numbers = {
                one: int(n.value)
                for one, n in counted
                if isinstance(one, NamedNode) and isinstance(n, Literal)
            }
        return self._numbers

    def has(self, quad: Quad) -> bool:
        """Return whether a triple is there, in whatever graph."""
        value = cast("Term", quad.object)
        return value in self.objects(cast("Subject", quad.subject), quad.predicate)

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Return the values of a property."""
        if isinstance(subject, Literal):
            return []
        found = list(dict.fromkeys(quad.object for quad in self.matching(subject, predicate, None)))
        if self._values:
            found += self._values.get((subject, predicate), ())
        return cast("list[Term]", found)

    def subjects(self, predicate: NamedNode, value: Term) -> list[Term]:
        """Return what has a value."""
        kept = list(self._holders.get((predicate, value), ())) if self._holders else []
        if isinstance(value, Literal) and not survives(value):
            return kept
        found = dict.fromkeys(quad.subject for quad in self.matching(None, predicate, value))
        return [*cast("dict[Term, None]", found), *kept]

    def properties(self, subject: Term) -> Iterator[tuple[NamedNode, Term]]:
        """Yield all properties of a node with their values."""
        if isinstance(subject, Literal):
            return
        found = ((quad.predicate, cast("Term", quad.object)) for quad in self.matching(subject, None, None))
        yield from dict.fromkeys(found)
        for predicate in self._kept.get(subject, ()):
            yield from ((predicate, value) for value in self._values[subject, predicate])

    def holders(self, value: Term) -> dict[Term, None]:
        """Return what has a value, whatever the property."""
        kept = (one for (_, term), some in self._holders.items() if term == value for one in some)
        if isinstance(value, Literal) and not survives(value):
            return dict.fromkeys(kept)
        found = dict.fromkeys(quad.subject for quad in self.matching(None, None, value))
        return {**cast("dict[Term, None]", found), **dict.fromkeys(kept)}

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[Term, Term]]:
        """Yield subject and value of all triples of a property; some may come twice."""
        for quad in self.matching(None, predicate, None):
            yield cast("Term", quad.subject), cast("Term", quad.object)
        for (holder, kept), values in self._values.items():
            if kept == predicate:
                yield from ((holder, value) for value in values)

    def quads(self) -> Iterator[Quad]:
        """Yield all triples, without their graphs; some may come twice."""
        for quad in self.matching(None, None, None):
            yield Quad(quad.subject, quad.predicate, quad.object)
        for (subject, predicate), values in self._values.items():
            yield from (Quad(subject, predicate, value) for value in values)

    def classes(self, kind: NamedNode) -> dict[Subject, None]:
        """Return a class and its subclasses, all the way down, by the data graph (SHACL §2.1.3.1)."""
        found: dict[Subject, None] = {kind: None}
        waiting: list[Subject] = [kind]
        while waiting:
            for child in self.subjects(SUB_CLASS_OF, waiting.pop()):
                if not isinstance(child, Literal) and child not in found:
                    found[child] = None
                    waiting.append(child)
        return found

    def instances(self, kind: NamedNode) -> dict[Term, None]:
        """Return the SHACL instances of a class."""
        return dict.fromkeys(node for one in self.classes(kind) for node in self.subjects(TYPE, one))

    def is_instance(self, node: Term, kind: NamedNode) -> bool:
        """Return whether a node is a SHACL instance of a class."""
        types = self.objects(node, TYPE)
        if kind in types:
            return True
        if kind not in self._instances:
            self._instances[kind] = frozenset(self.classes(kind))
        return not self._instances[kind].isdisjoint(types)
