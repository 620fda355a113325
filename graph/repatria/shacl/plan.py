"""Decides which SPARQL constraints can run once over the whole graph, and which stay with pyshacl.

Only constraints of the project's own shapes are taken: their IRIs are in
``https://w3id.org/repatria/shapes#``, so their tests can hold both ways of
running them against each other. Whatever is unusual (a shape that other shapes
refer to, a property shape, an ill-formed declaration, a query that must not be
run unbound) stays with pyshacl, which reports or refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from repatria.errors import InputError
from repatria.shacl.paths import Node
from repatria.shacl.report import Severity
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.sparql_text import bind_focus, variables, words
from repatria.shacl.vocabulary import (
    ONTOLOGY,
    OWL,
    RDF,
    RDFS,
    SHAPES,
    TARGETS,
    TYPE,
    XSD_BOOLEAN,
    XSD_STRING,
    sh,
)

FOCUS = NamedNode("urn:x-repatria:focus")
"""Names the graph and the property that tie a shape to its focus nodes while its constraints run."""

SEVERITIES = {
    sh("Violation"): Severity.VIOLATION,
    sh("Warning"): Severity.WARNING,
    sh("Info"): Severity.INFO,
}
_SPARQL = sh("sparql")
# pyshacl refuses the first three by a search in the text; the others see more than the focus node's graph.
_REFUSED_TEXT = re.compile("minus|values|service", re.IGNORECASE)
_WHOLE_GRAPH_WORDS = frozenset(("GRAPH", "FROM", "LIMIT", "OFFSET", "NAMED"))
_SPECIAL_VARIABLES = frozenset(("PATH", "path", "shapesGraph", "currentShape", "failure"))
_PREFIXES = {"rdf": RDF, "rdfs": RDFS, "owl": OWL}


@dataclass(frozen=True, slots=True)
class Constraint:
    """A SPARQL constraint of one shape, ready to run once for all focus nodes of the shape."""

    shape: NamedNode
    node: NamedNode
    query: str
    severity: Severity
    custom_severity: NamedNode | None
    messages: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What runs where: the constraints to run once, and the shapes graph without them for pyshacl."""

    constraints: tuple[Constraint, ...]
    rest: tuple[Quad, ...]


def make_plan(shapes: ShapesGraph) -> Plan:
    """Return the constraints that can be run once over the graph, and the rest of the shapes graph."""
    constraints: list[Constraint] = []
    taken: set[Quad] = set()
    for shape in dict.fromkeys(shapes.subjects(_SPARQL)):
        if not isinstance(shape, NamedNode) or not _is_plain(shape, shapes):
            continue
        for node in shapes.objects(shape, _SPARQL):
            if not isinstance(node, NamedNode) or not node.value.startswith(SHAPES):
                continue
            deactivated = _deactivated(node, shapes)
            constraint = None if deactivated is None else _constraint(shape, node, shapes)
            if constraint:
                taken.add(Quad(shape, _SPARQL, node))
                if not deactivated:
                    constraints.append(constraint)
    return Plan(tuple(constraints), tuple(quad for quad in shapes.quads if quad not in taken))


def refuse_service(shapes: ShapesGraph) -> None:
    """Raise :class:`InputError` RP311 for a query that would ask another endpoint or load a graph."""
    for subject, text in shapes.texts("select", "ask", "construct"):
        if forbidden := words(text) & {"SERVICE", "FROM"}:
            word = min(forbidden)
            message = f"the SPARQL of {subject} has {word}, which reaches outside the graph"
            raise InputError("RP311", message, hint="nothing is fetched: write the constraint without it")


def _is_plain(shape: NamedNode, shapes: ShapesGraph) -> bool:
    """Return whether a node shape is checked for its targets of the core kinds, always and only for those."""
    if shapes.objects(shape, sh("path")) or shapes.objects(shape, sh("target")):
        return False
    if shapes.objects(shape, sh("deactivated")) or len(shapes.objects(shape, sh("severity"))) > 1:
        return False
    if set(shapes.objects(shape, TYPE)) != {sh("NodeShape")}:
        return False
    if any(predicate.value.startswith((sh("").value, RDF)) for _, predicate in shapes.uses(shape)):
        return False
    targets = [target for predicate in TARGETS for target in shapes.objects(shape, predicate)]
    return bool(targets) and all(isinstance(target, NamedNode) for target in targets)


def _deactivated(node: NamedNode, shapes: ShapesGraph) -> bool | None:
    """Return whether a constraint is deactivated, or None if that is not said in a well-formed way."""
    values = shapes.objects(node, sh("deactivated"))
    if not values:
        return False
    value = values[0]
    if len(values) > 1 or not isinstance(value, Literal) or value.datatype != XSD_BOOLEAN:
        return None
    return {"true": True, "false": False}.get(value.value)


def _constraint(shape: NamedNode, node: NamedNode, shapes: ShapesGraph) -> Constraint | None:
    selects = shapes.objects(node, sh("select"))
    own, of_shape = shapes.objects(node, sh("message")), shapes.objects(shape, sh("message"))
    messages = _literals([*own, *of_shape])
    severity = (shapes.objects(shape, sh("severity")) or [sh("Violation")])[0]
    declarations = _declarations(node, shapes)
    if len(selects) != 1 or messages is None or declarations is None or not isinstance(severity, NamedNode):
        return None
    query = _runnable(shape, selects[0], declarations)
    if query is None:
        return None
    known = SEVERITIES.get(severity)
    custom = None if known else severity
    return Constraint(shape, node, query, known or Severity.VIOLATION, custom, tuple(dict.fromkeys(messages)))


def _literals(values: Iterable[Node]) -> list[Literal] | None:
    """Return messages, or None if one is no text."""
    found = [value for value in values if isinstance(value, Literal)]
    plain = all(value.language or value.datatype == XSD_STRING for value in found)
    return found if plain and len(found) == len(list(values)) else None


def _runnable(shape: NamedNode, select: Node, declarations: str) -> str | None:
    """Return the query with its prefixes and its focus nodes bound, or None if pyshacl must run it."""
    if not isinstance(select, Literal) or select.datatype != XSD_STRING or _REFUSED_TEXT.search(select.value):
        return None
    if words(select.value) & _WHOLE_GRAPH_WORDS or variables(select.value) & _SPECIAL_VARIABLES:
        return None
    bound = bind_focus(select.value, f"GRAPH {FOCUS} {{ {shape} {FOCUS} $this }}")
    query = None if bound is None else f"{declarations}{bound}"
    return query if query and _parses(query) else None


def _parses(query: str) -> bool:
    try:
        Store().query(query)
    except SyntaxError:
        return False
    return True


def _declarations(node: NamedNode, shapes: ShapesGraph) -> str | None:
    """Return the PREFIX lines for ``sh:prefixes`` (SHACL §5.2.1), or None if pyshacl must judge them."""
    prefixes = dict(_PREFIXES)
    for holder in shapes.objects(node, sh("prefixes")):
        declared = shapes.objects(holder, sh("declare")) if isinstance(holder, NamedNode | BlankNode) else []
        ontologies = shapes.typed(ONTOLOGY)
        if not (declared and holder in ontologies):
            # So does pyshacl: the declarations of every ontology in the shapes graph hold too.
            declared = [
                *(one for other in ontologies for one in shapes.objects(other, sh("declare"))),
                *declared,
            ]
        for declaration in dict.fromkeys(declared):
            pair = _declaration(declaration, shapes)
            if pair is None or prefixes.get(pair[0], pair[1]) != pair[1]:
                return None
            prefixes[pair[0]] = pair[1]
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes.items())


def _declaration(node: Node, shapes: ShapesGraph) -> tuple[str, str] | None:
    if not isinstance(node, NamedNode | BlankNode):
        return None
    names, namespaces = shapes.objects(node, sh("prefix")), shapes.objects(node, sh("namespace"))
    if len(names) != 1 or len(namespaces) != 1:
        return None
    name, namespace = names[0], namespaces[0]
    if not isinstance(name, Literal) or not isinstance(namespace, Literal):
        return None
    return name.value, namespace.value
