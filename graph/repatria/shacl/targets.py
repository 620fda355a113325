"""The targets of shapes: of SHACL Core (§2.1.3), and those by SPARQL of SHACL Advanced Features (§3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.shacl.components.custom import parameters_of
from repatria.shacl.data import DataGraph
from repatria.shacl.model import Targets
from repatria.shacl.paths import Node
from repatria.shacl.queries import Query, read_query
from repatria.shacl.report import Term
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.statements import Statements
from repatria.shacl.vocabulary import RDFS, SUB_CLASS_OF, TYPE, sh

_CLASS = NamedNode(RDFS + "Class")


@dataclass(frozen=True, slots=True)
class QueryTarget:
    """The nodes that a SELECT finds, with its parameters bound beforehand."""

    query: Query
    parameters: tuple[tuple[str, Term], ...]

    def nodes(self, data: DataGraph) -> Iterator[Term]:
        """Yield the focus nodes; some may come twice."""
        return (row["this"] for row in self.query.rows(data, dict(self.parameters)) if "this" in row)


def read_targets(say: Statements, types: Iterable[Node]) -> Targets:
    """Return the targets of a shape with these types. Raises InputError RP311 for ill-formed ones."""
    nodes: list[Term] = []
    for value in say.all("targetNode"):
        if not isinstance(value, NamedNode | Literal):
            raise say.wrong("sh:targetNode is an IRI or a literal")
        nodes.append(value)
    classes = say.iris("targetClass")
    if isinstance(say.node, NamedNode) and any(_is_class(say.index, kind) for kind in types):
        classes = [*classes, say.node]
    return Targets(
        tuple(nodes),
        tuple(classes),
        tuple(say.iris("targetSubjectsOf")),
        tuple(say.iris("targetObjectsOf")),
        tuple(_query_target(Statements(say.index, target)) for target in say.nodes("target")),
    )


def _is_class(index: ShapesGraph, kind: Node) -> bool:
    """Return whether a type makes a shape a class: rdfs:Class, or by the shapes graph a subclass."""
    seen: set[Node] = set()
    waiting = [kind]
    while waiting:
        one = waiting.pop()
        if one == _CLASS:
            return True
        if one not in seen and isinstance(one, NamedNode | BlankNode):
            seen.add(one)
            waiting += index.objects(one, SUB_CLASS_OF)
    return False


def _query_target(say: Statements) -> QueryTarget:
    """Return a target that is a query itself (SHACL-AF §3.1) or of a type that has one (§3.2)."""
    if say.all("select"):
        return QueryTarget(read_query(say, "select", ()), ())
    kinds = frozenset(say.index.instances(sh("SPARQLTargetType")))
    for kind in say.index.objects(say.node, TYPE):
        if isinstance(kind, NamedNode | BlankNode) and kind in kinds:
            return _typed(say, Statements(say.index, kind))
    raise say.wrong("a sh:target needs a sh:select, or a type that is a sh:SPARQLTargetType")


def _typed(say: Statements, kind: Statements) -> QueryTarget:
    values: list[tuple[str, Term]] = []
    parameters = tuple(parameters_of(kind))
    for one in parameters:
        found = say.index.objects(say.node, one.predicate)
        if len(found) > 1 or not (found or one.optional):
            raise say.wrong(f"a target of {kind.node} needs one {one.predicate}")
        values += [(one.name, value) for value in found if isinstance(value, _TERMS)]
    query = read_query(kind, "select", [one.name for one in parameters])
    return QueryTarget(query, tuple(values))


_TERMS: tuple[type[NamedNode], type[BlankNode], type[Literal]] = (NamedNode, BlankNode, Literal)
