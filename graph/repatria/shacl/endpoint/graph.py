"""The data graph at an endpoint: look-ups are queries, and are kept until they are let go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import cast

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

from repatria.errors import Location, StoreError
from repatria.shacl.data import Answer, DataGraph, Subject
from repatria.shacl.datatypes import survives, well_formed
from repatria.shacl.endpoint.batches import (
    OF_NODE,
    PRESENT,
    Item,
    Question,
    blank,
    of_inverse,
    of_path,
    of_query,
)
from repatria.shacl.endpoint.client import Client
from repatria.shacl.endpoint.forms import candidates
from repatria.shacl.paths import Path, Predicate, stands_still
from repatria.shacl.report import Term
from repatria.shacl.sparql_text import words
from repatria.shacl.vocabulary import SUB_CLASS_OF, TYPE

_MOST_GRAPHS = 500
_Row = tuple[Term | None, ...]
_Rows = tuple[list[str], list[_Row]]


class RemoteGraph(DataGraph):
    """The default graph of an endpoint; where that is empty, all its named graphs together.

    While it is ``tentative``, a look-up whose answer is not known gives nothing and is noted: ``misses``
    counts these, and :meth:`fetch` asks for all of them at once.
    """

    local = False

    def __init__(self, client: Client) -> None:
        super().__init__(Store(), union=True, owned=False)
        self.client = client
        self.graphs: tuple[str, ...] = ()
        self.tentative = False
        self.misses = 0
        self._known: dict[Question, dict[Item, list[_Row]]] = defaultdict(dict)
        self._headers: dict[Question, list[str]] = {}
        self._wanted: dict[Question, dict[Item, None]] = defaultdict(dict)
        self._firsts: dict[str, list[tuple[Term, ...]]] = {}
        self._subclasses: dict[NamedNode, dict[Subject, None]] = {}
        self._choose_graphs()
        for predicate, value in self.select(candidates(self._datatypes())):
            if isinstance(value, Literal) and not well_formed(value):
                self.odd.add(cast("NamedNode", predicate))

    def told(self) -> str:
        """Say which graphs count."""
        if not self.graphs:
            return f"the default graph of {self.client.name}"
        number = len(self.graphs)
        return f"all {number} named graphs of {self.client.name}, together (its default graph is empty)"

    def refusal(self, message: str, hint: str) -> StoreError:
        """Return the error for what cannot be done at an endpoint."""
        return StoreError("RP413", message, hint=hint, location=Location(self.client.name))

    def _choose_graphs(self) -> None:
        if self.holds("ASK { ?s ?p ?o }"):
            return
        rows = self.select(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} }} LIMIT {_MOST_GRAPHS + 1}")
        found = tuple(one.value for (one,) in rows if isinstance(one, NamedNode))
        if len(found) > _MOST_GRAPHS:
            message = f"the default graph is empty, and there are more than {_MOST_GRAPHS} named graphs"
            raise self.refusal(message, "have the endpoint serve the union of its graphs as its default")
        self.graphs = found

    def _datatypes(self) -> list[NamedNode]:
        query = "SELECT DISTINCT ?d { ?s ?p ?o FILTER(isLITERAL(?o)) BIND(DATATYPE(?o) AS ?d) }"
        return [one for (one,) in self.select(query) if isinstance(one, NamedNode)]

    # Queries

    def ask(self, query: str, terms: Mapping[str, Term] | None = None) -> Answer:
        assert not terms
        # What names graphs looks at all of them.
        return self.client.ask(query, () if "GRAPH" in words(query) else self.graphs)

    def rows(self, query: str, terms: Mapping[str, Term]) -> _Rows:
        if not terms:
            return _rows(self.ask(query))
        question, item = of_query(query, terms)
        found = self._answer(question, item)
        return self._headers.get(question, list(question.names)), found

    def true(self, query: str, terms: Mapping[str, Term]) -> bool:
        return bool(self._answer(*of_query(query, terms)))

    # Look-ups

    @cached_property
    def size(self) -> int:
        """The number of triples."""
        ((number,),) = self.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        return int(number.value)

    def matching(
        self, subject: Subject | None, predicate: NamedNode | None, value: Term | None
    ) -> Iterator[Quad]:
        parts = (subject or "?s", predicate or "?p", value or "?o")
        names = " ".join(part for part in parts if isinstance(part, str)) or "(1 AS ?one)"
        query = f"SELECT {names} {{ {' '.join(map(str, parts))} }}"
        # Nearly always only the first is looked at.
        if query not in self._firsts:
            self._firsts[query] = list(self.select(f"{query} LIMIT 1"))
        first = self._firsts[query]
        yield from (_quad(parts, row) for row in first)
        if first:
            yield from (_quad(parts, row) for row in islice(self.select(query), 1, None))

    def is_node(self, term: Term) -> bool:
        if isinstance(term, BlankNode):
            return False
        outward = "" if isinstance(term, Literal) else f"{{ {term} ?p ?o }} UNION "
        return self.holds(f"ASK {{ {outward}{{ ?s ?q {term} }} }}")

    def has(self, quad: Quad) -> bool:
        return not self.missing([quad])

    def missing(self, quads: Iterable[Quad]) -> list[Quad]:
        """Return the triples that are not there. One with a blank node, or with a literal that a store may
        rewrite, cannot be asked for and counts as there."""
        asked = {
            item: quad
            for quad in quads
            if not isinstance(quad.object, Triple) and not isinstance(quad.subject, Triple)
            for item in [(quad.subject, quad.predicate, quad.object)]
            if not blank(item) and (not isinstance(quad.object, Literal) or survives(quad.object))
        }
        self._wanted[PRESENT].update(dict.fromkeys(asked))
        self.fetch()
        return [quad for item, quad in asked.items() if not self._known[PRESENT][item]]

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        if isinstance(subject, Literal):
            return []
        return self._found(of_path(Predicate(predicate)), subject)

    def subjects(self, predicate: NamedNode, value: Term) -> list[Term]:
        return self._found(of_inverse(Predicate(predicate)), value)

    def reached(self, node: Term, path: Path) -> list[Term] | None:
        found = self._found(of_path(path), node)
        # In a query, a path of no step starts from nodes of the graph alone.
        return list(dict.fromkeys([node, *found])) if stands_still(path) else found

    def properties(self, subject: Term) -> Iterator[tuple[NamedNode, Term]]:
        if isinstance(subject, Literal):
            return
        for _, predicate, value in self._answer(OF_NODE, (subject,)):
            yield cast("NamedNode", predicate), cast("Term", value)

    def pairs(self, predicate: NamedNode) -> Iterator[tuple[Term, Term]]:
        return cast("Iterator[tuple[Term, Term]]", self.select(f"SELECT ?s ?o {{ ?s {predicate} ?o }}"))

    def quads(self) -> Iterator[Quad]:
        raise self.whole()

    def whole(self) -> StoreError:
        """Return the error for what needs the whole graph."""
        message = "this needs pyshacl or RDFS inference, and they the whole graph, which is not downloaded"
        return self.refusal(message, "validate without them, or a file of the graph")

    def classes(self, kind: NamedNode) -> dict[Subject, None]:
        if kind not in self._subclasses:
            rows = self.select(f"SELECT DISTINCT ?c {{ ?c {SUB_CLASS_OF}+ {kind} }}")
            below = (one for (one,) in rows if not isinstance(one, Literal))
            self._subclasses[kind] = {kind: None, **dict.fromkeys(below)}
        return self._subclasses[kind]

    def instances(self, kind: NamedNode) -> dict[Term, None]:
        rows = self.select(f"SELECT DISTINCT ?this {{ ?this {TYPE}/{SUB_CLASS_OF}* {kind} }}")
        return {node: None for (node,) in rows}

    # Answers

    def _found(self, question: Question, node: Term) -> list[Term]:
        return [cast("Term", row[1]) for row in self._answer(question, (node,))]

    def _answer(self, question: Question, item: Item) -> list[_Row]:
        known = self._known[question].get(item)
        if known is not None:
            return known
        if blank(item):
            # Of what was not known yet, another may be true.
            if self.misses:
                return []
            raise self._of_blank()
        self._wanted[question][item] = None
        if self.tentative:
            self.misses += 1
            return []
        self.fetch()
        return self._known[question][item]

    def _of_blank(self) -> StoreError:
        message = "a blank node would have to be looked at by itself, and at an endpoint it has no name"
        return self.refusal(message, "give such nodes IRIs, or validate a file of the graph")

    def fetch(self) -> None:
        """Ask for all that was noted."""
        for question, items in self._wanted.items():
            known = self._known[question]
            for batch in question.batches(items):
                names, rows = _rows(self.ask(question.written(batch)))
                self._headers[question] = names
                places = [names.index(name) for name in question.names]
                known.update((item, []) for item in batch)
                for row in rows:
                    known.setdefault(tuple(cast("Term", row[place]) for place in places), []).append(row)
        self._wanted.clear()

    def let_go(self) -> None:
        """Forget what was looked up."""
        self._known.clear()


def _quad(parts: tuple[object, ...], row: tuple[Term, ...]) -> Quad:
    """Return the triple of a pattern whose variables (str) have the terms of a row."""
    rest = iter(row)
    s, p, o = (next(rest) if isinstance(part, str) else part for part in parts)
    return Quad(cast("Subject", s), cast("NamedNode", p), cast("Term", o))


def _rows(answer: Answer) -> _Rows:
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return names, [cast("_Row", tuple(solution)) for solution in answer]
