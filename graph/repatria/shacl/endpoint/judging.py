"""Judges focus nodes of an endpoint many at a time.

Each node is judged on what is known so far. Where something was not known, that
judgement is dropped, what was missed for all nodes is asked for together, and
these nodes are judged again: so often as one look-up depends on another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pyoxigraph import BlankNode

from repatria.shacl.data import DataGraph, Subject
from repatria.shacl.endpoint.graph import RemoteGraph
from repatria.shacl.evaluation import Evaluation
from repatria.shacl.model import Shape, Shapes
from repatria.shacl.report import Result, Term
from repatria.shacl.search import Constraint
from repatria.shacl.shapes_graph import ShapesGraph


class RemoteEvaluation(Evaluation):
    """Judges the nodes of an endpoint."""

    def __init__(self, data: DataGraph, shapes: Shapes, index: ShapesGraph) -> None:
        super().__init__(data, shapes, index)
        assert isinstance(data, RemoteGraph)
        self.remote = data

    def of_all(
        self, shape: Shape, nodes: Sequence[Term], done: Collection[Constraint] = ()
    ) -> Iterator[tuple[Term, Result]]:
        """Yield the results of a shape at some focus nodes. Raises StoreError RP410–RP413."""
        if any(isinstance(node, BlankNode) for node in nodes):
            raise blank_focus(self.remote, shape)
        found: dict[Term, list[Result]] = {}
        waiting = list(nodes)
        while waiting:
            missed = []
            for node in waiting:
                results = self._tried(shape, node, done)
                if results is None:
                    missed.append(node)
                else:
                    found[node] = results
            self.remote.fetch()
            waiting = missed
        for node in nodes:
            yield from ((node, result) for result in found[node])
        self.remote.let_go()

    def _tried(self, shape: Shape, node: Term, done: Collection[Constraint]) -> list[Result] | None:
        """Return the results at one node, or None if something was not known for that."""
        self.remote.tentative, self.remote.misses = True, 0
        try:
            results = list(self.results(shape, node, done))
            return None if self.remote.misses else results
        finally:
            self.remote.tentative, self.remote.misses = False, 0

    def conforms(self, node: Subject, value: Term) -> bool:
        before = self.remote.misses
        known = super().conforms(node, value)
        if self.remote.misses > before:
            self.forget(node, value)
        return known


def blank_focus(data: RemoteGraph, shape: Shape) -> Exception:
    """Return the error for a shape with a blank node as focus node."""
    message = f"the shape {shape.node} is about blank nodes, which have no name at an endpoint"
    return data.refusal(message, "give these nodes IRIs, or validate a file of the graph")
