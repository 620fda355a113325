"""The numbers of a whole dataset: as its description says them, or counted."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Store

from repatria.description.about import described
from repatria.description.statistics import Statistics
from repatria.description.vocabulary import void
from repatria.store import Dataset
from repatria.terms import Names


def dataset_statistics(dataset: Dataset, *, assessments: bool = False) -> Statistics:
    """Return the numbers of a whole dataset, its description counted, its drafts not.

    Those of a build are read from its description; those of a file are
    counted, since anybody may have changed it. ``assessments``: with them.
    """
    node = described(dataset) if dataset.origin.kind != "memory" else None
    if node is None:
        return _counted(dataset, assessments)
    found = _stated(dataset, node)
    if assessments:
        for graph in assessment_graphs(dataset):
            found.add_store(dataset.store, f"GRAPH {graph} {{ ?s ?p ?o }}")
    return found


def assessment_graphs(dataset: Dataset) -> list[NamedNode]:
    """Return the names of the graphs of assessments."""
    start = Names(dataset.base).graph("assessment", "").value
    names = dataset.store.named_graphs()
    return [name for name in names if isinstance(name, NamedNode) and name.value.startswith(start)]


def _counted(dataset: Dataset, assessments: bool) -> Statistics:
    found = Statistics(dataset.base)
    left_out = set() if assessments else {graph.value for graph in assessment_graphs(dataset)}
    found.add_all(q for q in dataset.quads() if getattr(q.graph_name, "value", "") not in left_out)
    return found


def _stated(dataset: Dataset, node: NamedNode) -> Statistics:
    store, found = dataset.store, Statistics(dataset.base)
    found.triples = _number(store, node, "triples")
    for part in _parts(store, node, "classPartition"):
        for class_ in _parts(store, part, "class"):
            found.classes[class_.value] = _number(store, part, "entities")
    for part in _parts(store, node, "propertyPartition"):
        for property_ in _parts(store, part, "property"):
            found.properties[property_.value] = _number(store, part, "triples")
    for part in _parts(store, node, "subset"):
        for predicate in _parts(store, part, "linkPredicate"):
            for target in _parts(store, part, "objectsTarget"):
                space = _literal(store, target, "uriSpace")
                found.links[predicate.value, space] = _number(store, part, "triples")
    return found


def _parts(store: Store, node: NamedNode, name: str) -> list[NamedNode]:
    quads = store.quads_for_pattern(node, void(name), None, None)
    return [quad.object for quad in quads if isinstance(quad.object, NamedNode)]


def _literal(store: Store, node: NamedNode, name: str) -> str:
    quads = store.quads_for_pattern(node, void(name), None, None)
    return next((quad.object.value for quad in quads if isinstance(quad.object, Literal)), "")


def _number(store: Store, node: NamedNode, name: str) -> int:
    return int(_literal(store, node, name) or 0)
