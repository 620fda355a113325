"""SPARQL inside shapes: its prefixes, what must be refused, and running it with variables bound beforehand.

Pre-binding (SHACL appendix A) is what Oxigraph calls substitutions: evaluation
starts from the bound variables, so that every pattern, path and expression of
the query sees them, blank nodes and literals included. A variable must be
projected for that, and each group must show that it may be bound.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Store

from repatria.shacl.data import DataGraph, Subject
from repatria.shacl.paths import Node
from repatria.shacl.prebinding import assigned, expecting, projecting, sub_selects, with_path
from repatria.shacl.report import Term
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.sparql_text import variables, words
from repatria.shacl.statements import Statements
from repatria.shacl.vocabulary import OWL, RDF, RDFS, sh

SHAPES_GRAPH = NamedNode("urn:x-repatria:shapes")
"""The named graph of the store that ``$shapesGraph`` means."""
_IMPORTS = NamedNode(OWL + "imports")
# What SHACL appendix A refuses, and FROM, which would ask for another graph.
_REFUSED = frozenset(("MINUS", "VALUES", "SERVICE", "FROM"))
_ONLY_WHEN_USED = frozenset(("shapesGraph", "currentShape"))
_COMMON = {"rdf": RDF, "rdfs": RDFS, "owl": OWL}
# Only where a predicate may stand is this SPARQL (SHACL §5.3.1: PATH has no other place).
_ANY = "<urn:x-repatria:any>|^<urn:x-repatria:any>"
_STORE = Store()


@dataclass(frozen=True, slots=True)
class Query:
    """A SELECT or ASK of the shapes graph with its prefixes, checked; ``name`` is what messages call it.

    ``runnable`` is ``text`` made ready for that.
    """

    text: str
    runnable: str
    prefixes: str
    name: str

    @property
    def uses_graphs(self) -> bool:
        """Whether the query looks into the shapes graph, or another by its name."""
        return "shapesGraph" in variables(self.text) or "GRAPH" in words(self.text)

    def rows(
        self, data: DataGraph, terms: Mapping[str, Term], path: str | None = None
    ) -> Iterator[dict[str, Term]]:
        """Yield the solutions of a SELECT with variables bound to ``terms``, each once, with these terms."""
        names, rows = data.rows(self._written(path), self._bound(terms))
        for row in dict.fromkeys(rows):
            found = {name: term for name, term in zip(names, row, strict=True) if term is not None}
            yield {**found, **terms}

    def holds(self, data: DataGraph, terms: Mapping[str, Term], path: str | None = None) -> bool:
        """Return the answer of an ASK with variables bound to ``terms``."""
        return data.true(self._written(path), self._bound(terms))

    def _bound(self, terms: Mapping[str, Term]) -> dict[str, Term]:
        return {name: terms[name] for name in variables(self.text) if name in terms}

    def _written(self, path: str | None) -> str:
        return self.prefixes + (self.runnable if path is None else with_path(self.runnable, path))


def read_query(say: Statements, kind: str, beforehand: Collection[str], *, path: bool = False) -> Query:
    """Return the query of ``sh:select`` or ``sh:ask`` (``kind``) of a node.

    ``beforehand`` are the names of the variables that are bound; ``path`` says
    that ``$PATH`` may stand for a path. Raises InputError RP311 for a query
    that is ill-formed or that SHACL refuses.
    """
    texts = say.strings(kind)
    if len(texts) != 1:
        raise say.wrong(f"needs exactly one sh:{kind}")
    text, prefixes = texts[0], prefix_lines(say)
    _refuse(say, text, prefixes, beforehand, path=path)
    answer = _parsed(say, prefixes + with_path(text, _ANY))
    expected = QuerySolutions if kind == "select" else QueryBoolean
    if not isinstance(answer, expected):
        raise say.wrong(f"the query of sh:{kind} is not of that kind")
    used = variables(text).intersection(beforehand)
    runnable = expecting(text, used)
    if isinstance(answer, QuerySolutions):
        names = [variable.value for variable in answer.variables]
        if "this" not in names:
            raise say.wrong("the query does not select $this")
        if missing := used.difference(names):
            runnable = projecting(runnable, sorted(missing), names)
            _parsed(say, prefixes + with_path(runnable, _ANY))
    return Query(text, runnable, prefixes, say.name)


def _refuse(say: Statements, query: str, prefixes: str, beforehand: Collection[str], *, path: bool) -> None:
    """Raise for what SHACL appendix A does not allow in a query."""
    if refused := sorted(words(query) & _REFUSED):
        raise say.wrong(f"a query of a shape must not use {refused[0]}")
    if "PATH" in variables(query) and not path:
        raise say.wrong("$PATH stands for a path only in a property shape")
    if made := sorted(assigned(query) & set(beforehand)):
        raise say.wrong(f"the query assigns to ${made[0]}, which is bound beforehand")
    used = variables(query)
    needed = {name for name in beforehand if name not in _ONLY_WHEN_USED or name in used} & used
    for text in sub_selects(query):
        if missing := sorted(needed.difference(_handed_on(say, prefixes + text))):
            raise say.wrong(f"a sub-select of the query does not hand on ${missing[0]}")


def _handed_on(say: Statements, select: str) -> set[str]:
    answer = _parsed(say, with_path(select, _ANY))
    return {variable.value for variable in answer.variables} if isinstance(answer, QuerySolutions) else set()


def _parsed(say: Statements, text: str) -> object:
    try:
        return _STORE.query(text)
    except (SyntaxError, ValueError) as error:
        raise say.wrong(f"a query is no SPARQL: {str(error).splitlines()[0]}") from None


def prefix_lines(say: Statements) -> str:
    """Return the PREFIX lines of ``sh:prefixes``, what it imports included (SHACL §5.2.1)."""
    found = dict(_COMMON)
    for holder in _holders(say.index, say.nodes("prefixes")):
        for declaration in say.index.objects(holder, sh("declare")):
            prefix, namespace = _declaration(say, declaration)
            if found.get(prefix, namespace) != namespace and prefix not in _COMMON:
                raise say.wrong(f"the prefix “{prefix}” is declared twice, with different namespaces")
            found[prefix] = namespace
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in found.items())


def _holders(index: ShapesGraph, start: list[Subject]) -> Iterator[Subject]:
    seen: set[Subject] = set()
    waiting: list[Node] = list(start)
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, NamedNode | BlankNode) and one not in seen:
            seen.add(one)
            yield one
            waiting += index.objects(one, _IMPORTS)


def _declaration(say: Statements, node: Node) -> tuple[str, str]:
    values: list[Node] = []
    if isinstance(node, NamedNode | BlankNode):
        values = [*say.index.objects(node, sh("prefix")), *say.index.objects(node, sh("namespace"))]
    texts = [value.value for value in values if isinstance(value, Literal)]
    if len(values) != 2 or len(texts) != 2:
        raise say.wrong("sh:declare needs one sh:prefix and one sh:namespace, both literals")
    return texts[0], texts[1]


@lru_cache(maxsize=2_000)
def named(prefixes: str, word: str) -> NamedNode | None:
    """Return the IRI that a word of a query stands for, or None for another word."""
    try:
        answer = _STORE.query(f"{prefixes} SELECT ?p {{ VALUES ?p {{ {word} }} }}")
    except SyntaxError:
        return None
    assert isinstance(answer, QuerySolutions)
    return next((row[0] for row in answer if isinstance(row[0], NamedNode)), None)
