"""Checks shapes at focus nodes, on the terms as they were written, and makes the results (SHACL §3)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pyoxigraph import Literal

from repatria.shacl.data import DataGraph, Subject
from repatria.shacl.model import At, Component, Finding, Shape, Shapes, Targets
from repatria.shacl.paths import path_text
from repatria.shacl.report import Result, Term
from repatria.shacl.search import Constraint
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.walking import walk

_KEPT = 100_000


class Evaluation:
    """Judges the nodes of a data graph. ``index`` is the shapes graph, which names rules and requirements."""

    def __init__(self, data: DataGraph, shapes: Shapes, index: ShapesGraph) -> None:
        self.data = data
        self.shapes = shapes
        self.index = index
        self._conforming: dict[tuple[Subject, Term], bool] = {}

    def focus_nodes(self, targets: Targets) -> dict[Term, None]:
        """Return the focus nodes that targets select, each once."""
        found: dict[Term, None] = dict.fromkeys(targets.nodes)
        for kind in targets.classes:
            found.update(self.data.instances(kind))
        for predicate in targets.subjects_of:
            found.update((subject, None) for subject, _ in self.data.pairs(predicate))
        for predicate in targets.objects_of:
            found.update((value, None) for _, value in self.data.pairs(predicate))
        for query in targets.queries:
            found.update((node, None) for node in query.nodes(self.data))
        return found

    def of_all(
        self, shape: Shape, nodes: Sequence[Term], done: Collection[Constraint] = ()
    ) -> Iterator[tuple[Term, Result]]:
        """Yield the results of a shape at some focus nodes with these, but for the constraints ``done``."""
        for node in nodes:
            for result in self.results(shape, node, done):
                yield node, result

    def results(self, shape: Shape, focus: Term, done: Collection[Constraint] = ()) -> Iterator[Result]:
        """Yield the results of a shape at one focus node, but for the constraints that are ``done``."""
        if shape.deactivated:
            return
        values: Sequence[Term] = (focus,) if shape.path is None else walk(self.data, focus, shape.path)
        at = At(self, shape, focus, values)
        for component in shape.components:
            if component.source is not None and (shape.node, component.source) in done:
                continue
            for breach in component.check(at):
                yield self.result(at, component, breach)
        for node in shape.properties:
            for value in values:
                yield from self.results(self.shapes.shapes[node], value, () if shape.path else done)

    def conforms(self, node: Subject, value: Term) -> bool:
        """Return whether a node conforms to a shape: no result of any severity (SHACL §3.4)."""
        key = (node, value)
        known = self._conforming.get(key)
        if known is None:
            if len(self._conforming) >= _KEPT:
                self._conforming.clear()
            known = next(self.results(self.shapes.shapes[node], value), None) is None
            self._conforming[key] = known
        return known

    def forget(self, node: Subject, value: Term) -> None:
        """Forget whether a node conforms to a shape."""
        self._conforming.pop((node, value), None)

    def result(self, at: At, component: Component, finding: Finding) -> Result:
        """Return the result that tells of a breach."""
        shape = at.shape
        path = finding.path or shape.path
        return Result(
            focus_node=at.focus,
            path=None if path is None else path_text(path),
            value=finding.value,
            source_shape=shape.node,
            source_constraint=component.source,
            component=component.iri,
            severity=shape.severity,
            messages=self._messages(shape, component, finding),
            rule=self.index.rule(component.source, shape.node),
            custom_severity=shape.custom_severity,
            details=finding.details,
        )

    def _messages(self, shape: Shape, component: Component, finding: Finding) -> tuple[Literal, ...]:
        found = finding.messages if finding.messages is not None else shape.messages
        if found:
            return tuple(sorted(set(found), key=str))
        told = self.index.requirement(shape.node, component.iri)
        return (Literal(told),) if told else ()
