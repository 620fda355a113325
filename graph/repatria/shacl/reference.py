"""Runs pyshacl, the reference: quietly, without any network, and with one located error when it gives up."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from repatria.errors import InputError, RepatriaError
from repatria.rdf.graphs import from_rdflib, term_of, to_rdflib
from repatria.shacl.paths import Choice, Predicate, path_quads, path_text, simplified
from repatria.shacl.reading import SEVERITIES
from repatria.shacl.report import Result, Severity
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.vocabulary import SH, sh

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_RULES = (sh("rule"), sh("expression"), sh("values"))
_LOG = logging.getLogger("repatria.shacl")
# pyshacl changes settings of rdflib and of its own logger for the whole process while it runs.
_LOCK = Lock()
_HINT = "check the shapes against the SHACL specification, or run with the shapes one file at a time"


def validate(data: rdflib.Graph, shapes: Iterable[Quad], index: ShapesGraph) -> list[Result]:
    """Return the results of pyshacl for a data graph.

    ``index`` is the whole shapes graph: it gives names, paths and messages.
    Raises :class:`InputError` RP311 for ill-formed or recursive shapes and refused queries.
    """
    from repatria.shacl.prepared import PreparedQueriesGraph

    # Of the advanced features only targets by SPARQL are meant: rules would change the data.
    known = [quad for quad in _with_simple_paths(shapes, index) if quad.predicate not in _RULES]
    advanced = any(quad.predicate == sh("target") for quad in known)
    with _quiet_pyshacl():
        report = _run(PreparedQueriesGraph(data), _shapes_for_pyshacl(known), advanced=advanced)
        return list(_results(report, index))


def expand(data: rdflib.Graph, ontology: Iterable[Quad], inference: str) -> list[Quad]:
    """Add the classes and properties of an ontology, then RDFS inferences, to a data graph, as pyshacl does.

    Returns the triples of the expanded graph.
    """
    import rdflib

    with _quiet_pyshacl():
        _run(
            data,
            rdflib.Graph(bind_namespaces="none"),
            ont_graph=to_rdflib(ontology),
            inference=inference,
            inplace=True,
        )
    return list(from_rdflib(data))


def check_shapes(shapes: Iterable[Quad], index: ShapesGraph) -> None:
    """Raise :class:`InputError` RP311 if the shapes do not conform to the SHACL of SHACL itself."""
    from pyshacl.entrypoints import meta_validate

    with _quiet_pyshacl():
        _, report, _ = meta_validate(_shapes_for_pyshacl(shapes), inference="none")
        results = list(_results(report, index))
    if results:
        first = min(results, key=lambda result: (str(result.focus_node), result.path or ""))
        rule = index.rule(None, first.focus_node) or first.focus_node
        reason = first.message or f"breaks {first.component}"
        raise InputError("RP311", f"ill-formed shapes: {rule}: {reason}", hint=_HINT)


def _run(data: rdflib.Graph, shapes: rdflib.Graph, *, advanced: bool = False, **options: Any) -> rdflib.Graph:
    import pyshacl
    import rdflib

    _, report, text = pyshacl.validate(
        data, shacl_graph=shapes, advanced=advanced, js=False, do_owl_imports=False, **options
    )
    if not isinstance(report, rdflib.Graph):
        raise InputError("RP311", f"the shapes cannot be used: {text}", hint=_HINT)
    return report


def _with_simple_paths(shapes: Iterable[Quad], index: ShapesGraph) -> Iterator[Quad]:
    """Yield the triples of shapes with simplified paths.

    pyshacl goes ^(p/q) as ^p/^q, and writes (p?)* without its brackets into queries.
    """
    for quad in shapes:
        if quad.predicate != sh("path") or not isinstance(quad.object, BlankNode):
            yield quad
            continue
        path = simplified(index.parsed_path(quad.object))
        if isinstance(path, Predicate):
            # A property alone would be one that sh:closed allows.
            path = Choice((path, path))
        node, description = path_quads(path_text(path), BlankNode)
        yield Quad(quad.subject, quad.predicate, node)
        yield from description


def _shapes_for_pyshacl(shapes: Iterable[Quad]) -> rdflib.Graph:
    from pyshacl.monkey import rdflib_bool_patch, rdflib_bool_unpatch

    # pyshacl reads shapes so: only the literal "true", not "1", switches a constraint on.
    rdflib_bool_patch()  # type: ignore[no-untyped-call]
    try:
        return to_rdflib(shapes)
    finally:
        rdflib_bool_unpatch()  # type: ignore[no-untyped-call]


@contextmanager
def _quiet_pyshacl() -> Iterator[None]:
    """Send what pyshacl prints to a logger, treat recursion as an error, and turn any failure into RP311."""
    from pyshacl.errors import ShapeRecursionWarning

    logger = logging.getLogger("pyshacl-validate")
    handlers = list(logger.handlers)
    with _LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", ShapeRecursionWarning)
        logger.addFilter(_to_our_log)
        try:
            yield
        except RepatriaError:
            raise
        except Exception as problem:  # what pyshacl and rdflib raise has no common base
            raise InputError("RP311", _reason(problem), hint=_HINT) from problem
        finally:
            logger.removeFilter(_to_our_log)
            logger.handlers[:] = handlers


def _to_our_log(record: logging.LogRecord) -> bool:
    _LOG.debug("pyshacl: %s", record.getMessage())
    return False


def _reason(problem: BaseException) -> str:
    from pyshacl.errors import ShapeRecursionWarning

    if isinstance(problem, ShapeRecursionWarning | RecursionError):
        return "the shapes are recursive, which SHACL leaves undefined"
    lines = [line.strip() for line in str(problem).splitlines() if line.strip()]
    return f"the shapes cannot be used: {lines[0] if lines else type(problem).__name__}"


def _results(report: rdflib.Graph, index: ShapesGraph) -> Iterator[Result]:
    from rdflib import RDF, URIRef

    for head in report.subjects(RDF.type, URIRef(SH + "ValidationReport")):
        for node in report.objects(head, URIRef(SH + "result")):
            yield _result(node, report, index)


def _own_path(path: Any, shape: Any, index: ShapesGraph) -> Any:
    """Return the path of the shape itself for one that was simplified."""
    return index.objects(shape, sh("path"))[0] if isinstance(path, BlankNode) else path


def _result(node: Node, report: rdflib.Graph, index: ShapesGraph) -> Result:
    from rdflib import URIRef

    def values(name: str) -> list[Any]:
        return [term_of(value) for value in report.objects(node, URIRef(SH + name))]

    def value(name: str) -> Any:
        found = values(name)
        return found[0] if found else None

    path, severity = value("resultPath"), value("resultSeverity")
    shape, constraint = value("sourceShape"), value("sourceConstraint")
    known = SEVERITIES.get(severity)
    component = value("sourceConstraintComponent") or sh("ConstraintComponent")
    messages = [text for text in values("resultMessage") if isinstance(text, Literal)]
    # pyshacl's own wording prints blank nodes in an order that changes from run to run.
    unmet = None if index.has_message(shape, constraint) else index.requirement(shape, component)
    return Result(
        focus_node=value("focusNode"),
        path=None if path is None else index.path(_own_path(path, shape, index)),
        value=value("value"),
        source_shape=shape,
        source_constraint=constraint,
        component=component,
        severity=known or Severity.VIOLATION,
        messages=(Literal(unmet),) if unmet else tuple(sorted(messages, key=str)),
        rule=index.rule(constraint, shape),
        custom_severity=severity if not known and isinstance(severity, NamedNode) else None,
        details=tuple(_result(one, report, index) for one in report.objects(node, URIRef(SH + "detail"))),
    )
