"""What pyshacl runs instead: shapes with SPARQL that a query on the store would judge wrongly.

A query on a store does not see literals that the store rewrites, nor does it
start a path of no step from a node that is in no triple. pyshacl does both.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from itertools import pairwise

from pyoxigraph import Literal

from repatria.rdf.graphs import to_rdflib
from repatria.shacl.components.custom import Custom
from repatria.shacl.data import DataGraph, Subject
from repatria.shacl.datatypes import rewritten
from repatria.shacl.model import Shape, Shapes
from repatria.shacl.paths import path_text
from repatria.shacl.reach import reach
from repatria.shacl.report import Result
from repatria.shacl.selecting import targeting
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.sparql_text import tokens

_LOG = logging.getLogger("repatria.shacl")


def for_pyshacl(model: Shapes, index: ShapesGraph, data: DataGraph) -> frozenset[Subject]:
    """Return the shapes with targets that pyshacl has to run."""
    return frozenset(
        shape.node
        for shape in model.targeted()
        if model.asks(shape)
        and (
            _reads_rewritten(shape, model, data)
            or _mentions_rewritten(shape, model, index)
            or _starts_outside(shape, model, data)
        )
    )


def _reads_rewritten(shape: Shape, model: Shapes, data: DataGraph) -> bool:
    if data.exact:
        return False
    properties = reach(shape, model)
    return properties is None or not properties.isdisjoint(data.rewritten)


def _mentions_rewritten(shape: Shape, model: Shapes, index: ShapesGraph) -> bool:
    """Return whether a query sees a literal of the shapes graph that a store rewrites."""
    parts = [part for one in model.below(shape) for part in one.components]
    if any(part.asked is not None and part.asked.uses_graphs for part in parts):
        found: set[object] = {quad.object for quad in index.quads}
    else:
        customs = (part for part in parts if isinstance(part, Custom))
        found = {*shape.targets.nodes, *(term for custom in customs for _, term in custom.parameters)}
        found.update(term for target in shape.targets.queries for _, term in target.parameters)
    return bool(rewritten({term for term in found if isinstance(term, Literal)}))


def _starts_outside(shape: Shape, model: Shapes, data: DataGraph) -> bool:
    """Return whether a query may go a path of no step from a node that is not in the data."""
    outside = not all(map(data.is_node, shape.targets.nodes))
    for one in model.below(shape):
        for part in one.components:
            given = (term for _, term in part.parameters) if isinstance(part, Custom) else ()
            if part.asked is not None and (outside or not all(map(data.is_node, given))):
                path = path_text(one.path) if one.path is not None and "PATH" in part.asked.text else ""
                if _may_stand_still(part.asked.text) or _may_stand_still(path):
                    return True
    return False


def _may_stand_still(text: str) -> bool:
    """Return whether a query or path has ``*`` or ``?`` behind a path."""
    found = list(tokens(text))
    return any(
        one.text in ("*", "?") and (before.kind in ("iri", "name", "variable") or before.text in (")", "a"))
        for before, one in pairwise(found)
    )


def results_of(
    shapes: Collection[Subject], model: Shapes, index: ShapesGraph, data: DataGraph
) -> Iterator[Result]:
    """Yield the results of some shapes by pyshacl."""
    from repatria.shacl import reference

    if not shapes:
        return
    _LOG.info("pyshacl runs %s shapes whose queries a store would answer otherwise", len(shapes))
    kept = targeting(index, (one for one in model.targeted() if one.node in shapes), model)
    yield from reference.validate(to_rdflib(data.quads()), kept, index)
