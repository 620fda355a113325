"""Parameters of components of a shapes graph must be as declared (SHACL §6.2.1, "Parameter-conformance").

A parameter declaration is a property shape, and the shape that uses the
parameter is its focus node, in the shapes graph.
"""

from __future__ import annotations

from repatria.shacl.components.custom import Custom
from repatria.shacl.evaluation import Evaluation
from repatria.shacl.loading import load
from repatria.shacl.model import Shapes
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.statements import Statements


def check_parameters(model: Shapes, index: ShapesGraph) -> None:
    """Raise InputError RP311 for a shape with parameters of a component that are not as it declares them."""
    users = [
        (shape, part.declared_by)
        for shape in model.shapes.values()
        for part in shape.components
        if isinstance(part, Custom)
    ]
    if not users:
        return
    run = Evaluation(load(index.quads), model, index)
    for shape, parameters in users:
        for node in parameters:
            for result in run.results(model.shapes[node], shape.node):
                value = "" if result.value is None else f" {result.value}"
                reason = result.message or f"breaks {result.component}"
                raise Statements(index, shape.node).wrong(f"the parameter {result.path}{value}: {reason}")
