"""Validation of RDF data against SHACL shapes.

Shapes are read into a small typed model. A few SPARQL queries over all focus
nodes find those that may break a shape (:mod:`repatria.shacl.search`), and only
these are judged, one by one, on the terms as they were written
(:mod:`repatria.shacl.evaluation`, :mod:`repatria.shacl.running`).

pyshacl can run instead, and does for shapes whose queries a store would answer
otherwise (:mod:`repatria.shacl.delegation`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Literal

from pyoxigraph import NamedNode, Quad

from repatria.errors import InputError
from repatria.rdf.graphs import to_rdflib
from repatria.shacl.conformity import check_parameters
from repatria.shacl.data import DataGraph
from repatria.shacl.delegation import for_pyshacl, results_of
from repatria.shacl.doubles import counts_twice
from repatria.shacl.loading import extend, load
from repatria.shacl.model import Shapes
from repatria.shacl.queries import SHAPES_GRAPH
from repatria.shacl.reading import declared_shapes, read_shapes
from repatria.shacl.report import Report
from repatria.shacl.running import run
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.sparql_text import words
from repatria.shacl.vocabulary import OWL, RDF, RDFS, TYPE, sh

Inference = Literal["none", "rdfs"]
Engine = Literal["auto", "pyshacl"]

_RDFS_ENTAILMENT = NamedNode("http://www.w3.org/ns/entailment/RDFS")
_AXIOMS = (RDFS, OWL)
_PROPERTY = NamedNode(RDF + "Property")


def validate(
    data: Iterable[Quad] | DataGraph,
    shapes: Iterable[Quad],
    *,
    more: Iterable[Quad] = (),
    ontology: Iterable[Quad] = (),
    inference: Inference = "none",
    engine: Engine = "auto",
    meta_shacl: bool = False,
) -> Report:
    """Validate a graph and return the report.

    ``data`` and ``shapes`` are quads as :func:`repatria.rdf.read_quads` gives them; the
    union of their graphs counts. ``data`` may be a data graph of :mod:`repatria.shacl.loading`.
    ``more`` is data as well; ``ontology`` adds its classes, properties and their
    axioms; ``inference`` ``rdfs`` adds what follows by RDFS.
    ``engine`` ``pyshacl`` leaves everything to pyshacl. ``meta_shacl`` first checks the
    shapes themselves by the shapes of shapes. owl:imports are not followed; nothing is fetched.

    Raises :class:`InputError`: RP311 the shapes are ill-formed, recursive or use
    queries that SHACL refuses; RP312 there is no shape at all; RP306 terms of RDF 1.2.
    """
    from repatria.shacl import reference

    index = ShapesGraph(shapes)
    index.require_shapes()
    refuse_service(index)
    if meta_shacl:
        reference.check_shapes(index.quads, index)
    if inference != "none" or asks_for_rdfs(index):
        quads = chain(_quads(data), more)
        expanded = reference.expand(to_rdflib(quads), list(ontology), "rdfs")
        return _run(expanded, (), index, engine)
    return _run(data, [*more, *axioms(ontology)], index, engine)


def _quads(data: Iterable[Quad] | DataGraph) -> Iterable[Quad]:
    return data.quads() if isinstance(data, DataGraph) else data


def _run(
    data: Iterable[Quad] | DataGraph, more: Sequence[Quad], index: ShapesGraph, engine: Engine
) -> Report:
    from repatria.shacl import reference

    if engine == "pyshacl":
        found = reference.validate(to_rdflib(chain(_quads(data), more)), index.quads, index)
        return Report(found, declared_shapes(index), shapes=index)
    model = read_shapes(index)
    check_parameters(model, index)
    graph = _graph(data, more, index, model)
    others = for_pyshacl(model, index, graph)
    ours = run(graph, model.without(others) if others else model, index)
    return Report(chain(ours, results_of(others, model, index, graph)), others, shapes=index)


def _graph(
    data: Iterable[Quad] | DataGraph, more: Sequence[Quad], shapes: ShapesGraph, model: Shapes
) -> DataGraph:
    """Return the data graph with more triples, and the shapes as a named graph where queries look there."""
    looking = any(query.uses_graphs for query in model.queries())
    if isinstance(data, DataGraph) and not looking and not counts_twice(data, model):
        missing = [quad for quad in more if not data.has(quad)]
        if data.owned:
            extend(data, missing)
        if data.owned or not missing:
            return data
    graph = load(chain(_quads(data), more))
    if looking:
        graph.store.extend(Quad(one.subject, one.predicate, one.object, SHAPES_GRAPH) for one in shapes.quads)
    return graph


def axioms(ontology: Iterable[Quad]) -> Iterator[Quad]:
    """Yield of an ontology what tells of its classes and properties: all that is said of one of them, and
    every triple of an RDFS or OWL property."""
    quads = list(ontology)
    defined = {
        quad.subject
        for quad in quads
        if quad.predicate == TYPE
        and isinstance(quad.object, NamedNode)
        and (quad.object.value.startswith(_AXIOMS) or quad.object == _PROPERTY)
    }
    return (quad for quad in quads if quad.subject in defined or quad.predicate.value.startswith(_AXIOMS))


def asks_for_rdfs(shapes: ShapesGraph) -> bool:
    """Return whether the shapes ask for RDFS entailment (SHACL §3.2). Raises InputError RP311 for another."""
    asked = [
        value
        for node in shapes.subjects(sh("entailment"))
        for value in shapes.objects(node, sh("entailment"))
    ]
    for value in asked:
        if value != _RDFS_ENTAILMENT:
            message = f"the shapes ask for the entailment {value}, which is not known"
            raise InputError("RP311", message, hint=f"known: {_RDFS_ENTAILMENT}")
    return bool(asked)


def refuse_service(shapes: ShapesGraph) -> None:
    """Raise :class:`InputError` RP311 for a query that would ask another endpoint or load a graph."""
    for subject, text in shapes.texts("select", "ask", "construct"):
        if forbidden := words(text) & {"SERVICE", "FROM"}:
            word = min(forbidden)
            message = f"the SPARQL of {subject} has {word}, which reaches outside the graph"
            raise InputError("RP311", message, hint="nothing is fetched: write the constraint without it")
