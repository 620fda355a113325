"""What a result points at: a triple, the triples of a subject, or whatever has its focus node as value."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.shacl.paths import Inverse, Node, Path, Predicate, path_quads, read_path, simplified
from repatria.shacl.report import Result, Term
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.vocabulary import sh

_CLOSED = sh("ClosedConstraintComponent")
_OBJECTS_OF = sh("targetObjectsOf")


class Spot(NamedTuple):
    """A pattern of a triple, None for what may be anything.

    With a subject only it is where the subject's triples begin. ``verb``: the property is meant, not
    the value.
    """

    subject: Term | None
    predicate: NamedNode | None = None
    value: Term | None = None
    verb: bool = False


Edge = tuple[Term, NamedNode, Term]
"""Subject, property and value of a triple."""


def spots(result: Result, shapes: ShapesGraph | None, edge: Edge | None = None) -> Iterator[Spot]:
    """Yield what a result may point at, the best first.

    ``edge`` is the last triple on the way to the value, where the path has more than one step.
    """
    focus, value = result.focus_node, result.value
    if value is not None and result.path is not None:
        path = path_of(result.path)
        if isinstance(path, Predicate):
            yield Spot(focus, path.iri, value, result.component == _CLOSED)
        elif isinstance(path, Inverse) and isinstance(path.path, Predicate):
            yield Spot(value, path.path.iri, focus)
        elif edge is not None:
            yield Spot(*edge)
    elif value is not None and value != focus:
        yield Spot(focus, None, value)
    if not isinstance(focus, Literal):
        yield Spot(focus)
    target = _target(result, shapes)
    if target is not None:
        yield Spot(None, target, focus)
    elif isinstance(focus, Literal):
        yield Spot(None, None, focus)


def has_steps(result: Result) -> bool:
    """Return whether only the data can tell which triple leads to the value."""
    if result.value is None or result.path is None:
        return False
    path = path_of(result.path)
    return path is not None and not isinstance(path, Predicate | Inverse)


@cache
def path_of(text: str) -> Path | None:
    """Return a path that a report gives as text, its inversions moved to single properties."""
    try:
        node, quads = path_quads(text, BlankNode)
        said = [(quad.subject, quad.predicate, quad.object) for quad in quads]
        return simplified(read_path(node, lambda s, p: [v for one, by, v in said if (one, by) == (s, p)]))
    except ValueError:
        return None


def _target(result: Result, shapes: ShapesGraph | None) -> NamedNode | None:
    """Return the property whose values are the focus nodes of the shape of a result, if it is certain."""
    if shapes is None:
        return None
    own: list[Node] = []
    for shape in (result.source_shape, result.rule):
        if isinstance(shape, NamedNode | BlankNode):
            own = own or shapes.objects(shape, _OBJECTS_OF)
    every = own or [
        value for shape in set(shapes.subjects(_OBJECTS_OF)) for value in shapes.objects(shape, _OBJECTS_OF)
    ]
    named = {one for one in every if isinstance(one, NamedNode)}
    return named.pop() if len(named) == 1 else None
