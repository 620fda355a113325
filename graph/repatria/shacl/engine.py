"""Validation of RDF data against SHACL shapes.

pyshacl is the reference. Nearly all of its time goes into SPARQL constraints,
which it runs once for every focus node. So the constraints of the project's own shapes are run once each
over the whole graph instead, on an in-memory Oxigraph store; both together
report what pyshacl alone reports.

Core constraints, and all constraints of other people's shapes, see the terms as
they were parsed (rdflib with normalize=False). A store rewrites some literals:
``"01"^^xsd:integer`` to ``1``, xsd:byte to xsd:integer, ``1.50`` to ``1.5``,
the boolean ``1`` to ``true``. A graph that holds such a literal could answer a
query differently, so the whole of it is left to pyshacl: slower, never another
result. Graphs built by Repatria hold none.

rdflib is laxer than SPARQL 1.1 on ill-typed operands: it compares a string with
a number, and takes the STR of a blank node, where Oxigraph sees an error. Data
like that breaks a datatype or node kind constraint of the shapes anyway; only
the results of SPARQL constraints over it can differ.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Literal

from pyoxigraph import Quad, Store

from repatria.rdf.graphs import to_rdflib
from repatria.shacl import whole_graph
from repatria.shacl.plan import Plan, make_plan, refuse_service
from repatria.shacl.report import Report
from repatria.shacl.shapes_graph import ShapesGraph

Inference = Literal["none", "rdfs"]
Engine = Literal["auto", "pyshacl"]

_LOG = logging.getLogger("repatria.shacl")


def validate(
    data: Iterable[Quad],
    shapes: Iterable[Quad],
    *,
    ontology: Iterable[Quad] = (),
    inference: Inference = "none",
    engine: Engine = "auto",
    meta_shacl: bool = False,
) -> Report:
    """Validate a graph and return the report.

    ``data`` and ``shapes`` are quads as :func:`repatria.rdf.read_quads` gives them; the
    union of their graphs counts. ``ontology`` adds its classes, properties and
    their axioms to the data; ``inference`` ``rdfs`` adds what follows by RDFS.
    ``engine`` ``pyshacl`` leaves everything to pyshacl. ``meta_shacl`` first checks the
    shapes themselves. owl:imports are not followed; nothing is fetched.

    Raises :class:`InputError`: RP311 the shapes are ill-formed, recursive or use
    queries that SHACL refuses; RP312 there is no shape at all; RP306 terms of RDF 1.2.
    """
    from repatria.shacl import reference

    index = ShapesGraph(shapes)
    index.require_shapes()
    refuse_service(index)
    if meta_shacl:
        reference.check_shapes(index.quads, index)
    quads = list(data)
    graph = to_rdflib(quads)
    axioms = list(ontology)
    if axioms or inference != "none":
        quads = reference.expand(graph, axioms, inference)
    plan, store = _plan(quads, index, engine)
    results = reference.validate(graph, plan.rest, index)
    if store is not None:
        results.extend(whole_graph.run(plan, index, store))
    return Report(results)


def _plan(data: list[Quad], shapes: ShapesGraph, engine: Engine) -> tuple[Plan, Store | None]:
    """Return what runs where, and the store for the constraints that run once; None if there are none."""
    everything = Plan((), shapes.quads)
    plan = everything if engine == "pyshacl" else make_plan(shapes)
    if not plan.constraints:
        return plan, None
    store = whole_graph.load(data)
    if whole_graph.rewrites_literals(data, store):
        _LOG.info("the data has literals that a store rewrites: pyshacl runs all constraints")
        return everything, None
    return plan, store
