"""Reads a shapes graph into the model, and refuses what is ill-formed (SHACL appendix "Syntax rules")."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from repatria.errors import InputError
from repatria.shacl.components.custom import declared_components
from repatria.shacl.components.shapes import Node as NodeComponent
from repatria.shacl.data import Subject
from repatria.shacl.model import Shape, Shapes
from repatria.shacl.parameters import PARAMETERS, components_of
from repatria.shacl.paths import Node, Path
from repatria.shacl.report import Severity
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.statements import Statements
from repatria.shacl.targets import read_targets
from repatria.shacl.vocabulary import TARGETS, TYPE, sh

SEVERITIES = {
    sh("Violation"): Severity.VIOLATION,
    sh("Warning"): Severity.WARNING,
    sh("Info"): Severity.INFO,
}
_PROPERTY_ONLY = ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedValueShape")


def read_shapes(index: ShapesGraph) -> Shapes:
    """Return the shapes of a shapes graph. Raises InputError RP311 if they are ill-formed or recursive."""
    reader = _Reader(index)
    shapes = reader.all()
    parents: dict[Subject, tuple[Subject, ...]] = {}
    for shape in shapes.values():
        for child in shape.properties:
            parents[child] = (*parents.get(child, ()), shape.node)
    _refuse_kinds(shapes, index)
    _refuse_recursion(shapes)
    return Shapes(shapes, parents)


class _Reader:
    def __init__(self, index: ShapesGraph) -> None:
        self.index = index
        self.declared = declared_components(index)
        self.found: dict[Subject, Shape] = {}
        self.waiting: list[Subject] = []
        self.node_shapes = frozenset(index.instances(sh("NodeShape")))
        self.property_shapes = frozenset(index.instances(sh("PropertyShape")))

    def all(self) -> dict[Subject, Shape]:
        parameters = (parameter.node for one in self.declared for parameter in one.parameters)
        self.waiting = [*declared_shapes(self.index), *parameters]
        while self.waiting:
            node = self.waiting.pop()
            if node not in self.found:
                shape = self._shape(node)
                self.found[node] = shape
                self.waiting += [*shape.properties, *_referred(shape)]
        return self.found

    def _shape(self, node: Subject) -> Shape:
        say = Statements(self.index, node)
        paths = say.all("path")
        if len(paths) > 1:
            raise say.wrong("more than one sh:path")
        path = self._path(say, paths[0]) if paths else None
        types = self.index.objects(node, TYPE)
        if path is None and node in self.property_shapes:
            raise say.wrong("a property shape needs one sh:path")
        if path is not None and node in self.node_shapes:
            raise say.wrong("a node shape has no sh:path")
        if path is None:
            for name in _PROPERTY_ONLY:
                if say.all(name):
                    raise say.wrong(f"sh:{name} is for property shapes, which have a sh:path")
        severity = say.one_iri("severity") or sh("Violation")
        known = SEVERITIES.get(severity)
        return Shape(
            node=node,
            path=path,
            targets=read_targets(say, types),
            components=tuple(components_of(say, self.declared, is_property=path is not None)),
            properties=tuple(say.shapes("property")),
            severity=known or Severity.VIOLATION,
            custom_severity=None if known else severity,
            messages=tuple(say.texts("message")),
            deactivated=say.flag("deactivated"),
        )

    def _path(self, say: Statements, node: Node) -> Path:
        return self.index.parsed_path(node, say.name)


def declared_shapes(index: ShapesGraph) -> Iterator[Subject]:
    """Yield the nodes that are shapes of themselves; others are shapes by being referred to (SHACL §2.1)."""
    found: dict[Subject, None] = {}
    for kind in ("NodeShape", "PropertyShape"):
        found.update(dict.fromkeys(index.instances(sh(kind))))
    for predicate in (*TARGETS, sh("target"), *map(sh, PARAMETERS)):
        for subject in index.subjects(predicate):
            found[subject] = None
    return iter(found)


def _referred(shape: Shape) -> Iterator[Subject]:
    for component in shape.components:
        yield from component.shapes


def _refuse_kinds(shapes: dict[Subject, Shape], index: ShapesGraph) -> None:
    """Raise InputError RP311 where sh:property refers to a node shape, or sh:node to a property shape."""
    for shape in shapes.values():
        if any(shapes[node].path is None for node in shape.properties):
            raise Statements(index, shape.node).wrong("sh:property refers to a shape without a sh:path")
        for component in shape.components:
            if isinstance(component, NodeComponent) and shapes[component.shape].path is not None:
                raise Statements(index, shape.node).wrong("sh:node refers to a property shape")


def _refuse_recursion(shapes: dict[Subject, Shape]) -> None:
    """Raise InputError RP311 for a shape that refers to itself, which SHACL leaves undefined (§3.4.3)."""
    done: set[Subject] = set()
    for start in shapes:
        trail: dict[Subject, Iterator[Subject]] = {}
        node: Subject | None = start
        while node is not None or trail:
            if node is not None and node not in done:
                if node in trail:
                    name = node if isinstance(node, NamedNode) else "without a name"
                    message = f"the shapes are recursive, which SHACL leaves undefined: the shape {name}"
                    hint = "a shape must not refer to itself, on whatever way round"
                    raise InputError("RP311", message, hint=hint)
                shape = shapes[node]
                trail[node] = iter([*shape.properties, *_referred(shape)])
            if not trail:
                break
            last = next(reversed(trail))
            node = next(trail[last], None)
            if node is None:
                del trail[last]
                done.add(last)
