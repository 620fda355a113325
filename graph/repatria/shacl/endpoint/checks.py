"""What cannot be validated at an endpoint, found before anything is judged."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad

from repatria.shacl.data import DataGraph
from repatria.shacl.doubles import counts_twice
from repatria.shacl.endpoint.graph import RemoteGraph
from repatria.shacl.endpoint.judging import blank_focus
from repatria.shacl.model import Shapes
from repatria.shacl.reach import reach
from repatria.shacl.search.focus import NotSearchable, focus_pattern


def require(data: DataGraph, model: Shapes, more: Iterable[Quad]) -> RemoteGraph:
    """Return the data graph of an endpoint. Raises StoreError RP413 for what the shapes would need and an
    endpoint does not give. ``more`` counts as data too, and must be there as far as a shape can see it.
    """
    assert isinstance(data, RemoteGraph)
    if any(query.uses_graphs for query in model.queries()):
        message = "a query of the shapes looks into the shapes graph, which is not at the endpoint"
        raise data.refusal(message, "leave that shape out, or validate a file of the graph")
    _require_ontology(data, model, more)
    # Shapes with the same targets have the same focus nodes.
    for shape in {one.targets: one for one in model.targeted()}.values():
        try:
            focus = focus_pattern(shape.targets, data)
        except NotSearchable:
            continue
        if data.holds(f"ASK {{ {focus} FILTER(isBLANK(?this)) }}"):
            raise blank_focus(data, shape)
    if counts_twice(data, model):
        message = "a query of the shapes counts triples that are in several graphs of the endpoint"
        raise data.refusal(message, "put them into one graph, or validate a file of the graph")
    return data


def _require_ontology(data: RemoteGraph, model: Shapes, more: Iterable[Quad]) -> None:
    read = [reach(shape, model) for shape in model.targeted()]
    seen = frozenset().union(*(one for one in read if one is not None))
    everything = any(one is None for one in read)
    missing = data.missing(quad for quad in more if everything or quad.predicate in seen)
    if missing:
        number = f"{len(missing)} triple{'s' if len(missing) > 1 else ''}"
        one = f"{missing[0].subject} {missing[0].predicate} {missing[0].object}"
        message = f"{number} of the ontology and concepts are not at the endpoint, such as {one}"
        hint = "they count as data for these shapes: load them there, or give --shapes that do without"
        raise data.refusal(message, hint)
