"""Runs each planned SPARQL constraint once over the whole graph, on an in-memory store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Variable

from repatria.shacl.plan import FOCUS, Constraint, Plan
from repatria.shacl.report import Result, Term
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.vocabulary import SUB_CLASS_OF, TYPE, sh

_COMPONENT = sh("SPARQLConstraintComponent")
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


def load(data: Iterable[Quad]) -> Store:
    """Return an in-memory store with the union of all graphs as its default graph."""
    store = Store()
    store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in data)
    return store


def rewrites_literals(data: Iterable[Quad], store: Store) -> bool:
    """Return whether the store holds some literal of the data in another form than it was written.

    A query could then see ``1`` where the document says ``"01"^^xsd:integer``.
    """
    written = {quad.object for quad in data if isinstance(quad.object, Literal)}
    stored = {quad.object for quad in store if isinstance(quad.object, Literal)}
    return not written <= stored


def run(plan: Plan, shapes: ShapesGraph, store: Store) -> Iterator[Result]:
    """Yield the results of the planned constraints. Raises what pyoxigraph raises for a bad query."""
    by_shape = dict.fromkeys(constraint.shape for constraint in plan.constraints)
    marks = [
        Quad(shape, FOCUS, node, FOCUS) for shape in by_shape for node in focus_nodes(shape, shapes, store)
    ]
    store.extend(marks)
    for constraint in plan.constraints:
        yield from _results(constraint, store)


def focus_nodes(shape: NamedNode, shapes: ShapesGraph, store: Store) -> set[Term]:
    """Return the focus nodes that the targets of a shape select (SHACL §2.1.3)."""
    found: set[Term] = set()
    for target in _targets(shape, "targetClass", shapes):
        for kind in _subclasses(target, store):
            found.update(_terms(quad.subject for quad in store.quads_for_pattern(None, TYPE, kind)))
    found.update(_targets(shape, "targetNode", shapes))
    for predicate in _targets(shape, "targetSubjectsOf", shapes):
        found.update(_terms(quad.subject for quad in store.quads_for_pattern(None, predicate, None)))
    for predicate in _targets(shape, "targetObjectsOf", shapes):
        found.update(_terms(quad.object for quad in store.quads_for_pattern(None, predicate, None)))
    return found


def _targets(shape: NamedNode, name: str, shapes: ShapesGraph) -> list[NamedNode]:
    return [node for node in shapes.objects(shape, sh(name)) if isinstance(node, NamedNode)]


def _terms(nodes: Iterable[object]) -> Iterator[Term]:
    return (node for node in nodes if isinstance(node, NamedNode | BlankNode | Literal))


def _subclasses(kind: NamedNode, store: Store) -> set[NamedNode | BlankNode]:
    found: set[NamedNode | BlankNode] = {kind}
    waiting: list[NamedNode | BlankNode] = [kind]
    while waiting:
        for quad in store.quads_for_pattern(None, SUB_CLASS_OF, waiting.pop()):
            if isinstance(quad.subject, NamedNode | BlankNode) and quad.subject not in found:
                found.add(quad.subject)
                waiting.append(quad.subject)
    return found


def _results(constraint: Constraint, store: Store) -> Iterator[Result]:
    solutions = store.query(constraint.query)
    if not isinstance(solutions, QuerySolutions):
        return
    names = [variable.value for variable in solutions.variables]
    seen: set[tuple[object, ...]] = set()
    for solution in solutions:
        row = tuple(solution[Variable(name)] for name in names)
        if row not in seen:
            seen.add(row)
            yield _result(constraint, dict(zip(names, row, strict=True)))


def _result(constraint: Constraint, row: Mapping[str, object]) -> Result:
    bound = {name: term for name, term in row.items() if isinstance(term, NamedNode | BlankNode | Literal)}
    focus = bound["this"]
    # A node shape's focus node is its value node (SHACL §5.3.2).
    value = bound.setdefault("value", focus)
    return Result(
        focus_node=focus,
        path=None,
        value=value,
        source_shape=constraint.shape,
        source_constraint=constraint.node,
        component=_COMPONENT,
        severity=constraint.severity,
        messages=_filled(constraint.messages, bound),
        rule=constraint.node,
        custom_severity=constraint.custom_severity,
    )


def _filled(messages: Sequence[Literal], bound: Mapping[str, Term]) -> tuple[Literal, ...]:
    """Return messages with ``{?name}`` replaced by the value's text (SHACL §5.3.2)."""

    def text(found: re.Match[str]) -> str:
        term = bound.get(found[1])
        return found[0] if term is None else term.value

    filled = (Literal(_PLACEHOLDER.sub(text, one.value), language=one.language) for one in messages)
    return tuple(sorted(set(filled), key=str))
