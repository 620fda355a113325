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

from pyoxigraph import NamedNode, Quad

from repatria.errors import InputError
from repatria.rdf.graphs import to_rdflib
from repatria.shacl.choosing import find_shapes
from repatria.shacl.conformity import check_parameters
from repatria.shacl.data import DataGraph
from repatria.shacl.delegation import for_pyshacl, results_of
from repatria.shacl.doubles import counts_twice
from repatria.shacl.evaluation import Evaluation
from repatria.shacl.limits import Engine, Findings, Inference, Options, Progress, silent
from repatria.shacl.loading import extend, load
from repatria.shacl.model import Shapes
from repatria.shacl.queries import SHAPES_GRAPH
from repatria.shacl.reading import declared_shapes, read_shapes
from repatria.shacl.report import Report, Result, Severity
from repatria.shacl.running import run
from repatria.shacl.selecting import selected, targeting
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.sparql_text import words
from repatria.shacl.vocabulary import OWL, RDF, RDFS, TYPE, sh
from repatria.terms import prefixes

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
    names: Sequence[str] = (),
    severity: Severity = Severity.INFO,
    max_results: int | None = None,
    meta_shacl: bool = False,
) -> Report:
    """Validate a graph and return the report.

    ``data`` and ``shapes`` are quads as :func:`repatria.rdf.read_quads` gives them; the
    union of their graphs counts. ``data`` may be a data graph of :mod:`repatria.shacl.loading`.
    ``more`` is data as well; ``ontology`` adds its classes, properties and their
    axioms; ``inference`` ``rdfs`` adds what follows by RDFS.
    ``engine`` ``pyshacl`` leaves everything to pyshacl. ``names`` are the only shapes to
    run; ``severity`` is the least that is looked for; after ``max_results`` results the
    validation stops, and the report says so. ``meta_shacl`` first checks the
    shapes themselves by the shapes of shapes. owl:imports are not followed; nothing is fetched.

    Raises :class:`InputError`: RP311 the shapes are ill-formed, recursive or use
    queries that SHACL refuses; RP312 there is no shape at all; RP306 terms of RDF 1.2.
    Raises :class:`UsageError` RP201, RP202, RP219 for a name of no shape, of several,
    or of one that selects no focus nodes.
    """
    options = Options(inference, engine, tuple(names), severity, max_results, meta_shacl)
    return find(data, shapes, options, more=more, ontology=ontology).report()


def find(
    data: Iterable[Quad] | DataGraph,
    shapes: Iterable[Quad],
    options: Options,
    *,
    more: Iterable[Quad] = (),
    ontology: Iterable[Quad] = (),
    progress: Progress = silent,
) -> Findings:
    """Begin to validate: as :func:`validate`, but the results come as they are found."""
    from repatria.shacl import reference

    index = ShapesGraph(shapes)
    index.require_shapes()
    refuse_service(index)
    if options.meta_shacl:
        reference.check_shapes(index.quads, index)
    if options.inference != "none" or asks_for_rdfs(index):
        progress("inferring", 0, 0)
        quads = chain(_quads(data), more)
        data, more = reference.expand(to_rdflib(quads), list(ontology), "rdfs"), ()
        ontology = ()
    return _run(data, [*more, *axioms(ontology)], index, options, progress)


def _quads(data: Iterable[Quad] | DataGraph) -> Iterable[Quad]:
    return data.quads() if isinstance(data, DataGraph) else data


def _run(
    data: Iterable[Quad] | DataGraph,
    more: Sequence[Quad],
    index: ShapesGraph,
    options: Options,
    progress: Progress,
) -> Findings:
    most = options.max_results
    if options.engine == "pyshacl":
        return _by_pyshacl(chain(_quads(data), more), index, options)
    model = _selected(read_shapes(index), index, options)
    check_parameters(model, index)
    graph = data_graph(data, more, index, model)
    others = for_pyshacl(model, index, graph)
    if others and not graph.local:
        graph.quads()  # raises that an endpoint's are not to be had
    ours = run(_evaluation(graph, model.without(others) if others else model, index), progress)
    theirs = _weighing(results_of(others, model, index, graph), options.severity)
    return Findings(chain(ours, theirs), others, index, most, graph if graph.local else None)


def _by_pyshacl(data: Iterable[Quad], index: ShapesGraph, options: Options) -> Findings:
    from repatria.shacl import reference

    quads: Iterable[Quad] = index.quads
    shapes = frozenset(declared_shapes(index))
    if options.names:
        model = _selected(read_shapes(index), index, options)
        quads = targeting(index, model.targeted(), model)
        shapes = frozenset(one.node for one in model.targeted())
    found = reference.validate(to_rdflib(data), quads, index)
    return Findings(_weighing(found, options.severity), shapes, index, options.max_results)


def _evaluation(data: DataGraph, model: Shapes, index: ShapesGraph) -> Evaluation:
    if data.local:
        return Evaluation(data, model, index)
    from repatria.shacl.endpoint.judging import RemoteEvaluation

    return RemoteEvaluation(data, model, index)


def _weighing(results: Iterable[Result], least: Severity) -> Iterator[Result]:
    # pyshacl also tells what weighs less in a shape that has both.
    return (one for one in results if one.severity.at_least(least))


def _selected(model: Shapes, index: ShapesGraph, options: Options) -> Shapes:
    nodes = find_shapes(options.names, model, index, prefixes()) if options.names else None
    return selected(model, nodes, options.severity)


def data_graph(
    data: Iterable[Quad] | DataGraph, more: Sequence[Quad], shapes: ShapesGraph, model: Shapes
) -> DataGraph:
    """Return the data graph with more triples, and the shapes as a named graph where queries look there."""
    if isinstance(data, DataGraph) and not data.local:
        from repatria.shacl.endpoint.checks import require

        return require(data, model, more)
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
