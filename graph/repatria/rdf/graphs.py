"""Between quads of pyoxigraph and a graph of rdflib, with every literal as it was written."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from repatria.errors import InputError

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

Term = ox.NamedNode | ox.BlankNode | ox.Literal
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def to_rdflib(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """Return the union of all graphs of the quads as one rdflib graph.

    Lexical forms stay (``"01"^^xsd:integer`` is not rewritten) and blank nodes keep
    their labels, so that different ones stay different. No prefixes are bound.
    Raises :class:`InputError` RP306 for what rdflib cannot hold: triple terms and
    base directions of RDF 1.2.
    """
    import rdflib

    _quiet()
    graph = rdflib.Graph(bind_namespaces="none")
    # IRIs come again and again; literals seldom do.
    iris: dict[str, rdflib.URIRef] = {}
    for quad in quads:
        predicate = iris.get(quad.predicate.value) or iris.setdefault(
            quad.predicate.value, rdflib.URIRef(quad.predicate.value)
        )
        graph.add((_to_node(quad.subject, iris), predicate, _to_node(quad.object, iris)))
    return graph


def to_rdflib_dataset(quads: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> rdflib.Dataset:
    """Return quads as an rdflib dataset whose default graph is the union; all of it in memory."""
    import rdflib

    graphs: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        graphs.setdefault(getattr(quad.graph_name, "value", ""), []).append(quad)
    made = rdflib.Dataset(default_union=True)
    for name, members in graphs.items():
        target = made.graph(rdflib.URIRef(name)) if name else made.default_graph
        for triple in to_rdflib(members):
            target.add(triple)
    for prefix, namespace in prefixes.items():
        made.bind(prefix, namespace)
    return made


def from_rdflib(graph: rdflib.Graph) -> Iterator[ox.Quad]:
    """Yield the triples of an rdflib graph, of all graphs of a dataset, as quads of the default graph.

    What only rdflib can hold, such as a literal as subject (RDFS closures make
    those), is no RDF and is left out.
    """
    import rdflib

    dataset = isinstance(graph, rdflib.Dataset)
    triples = (quad[:3] for quad in graph.quads()) if dataset else iter(graph)  # type: ignore[attr-defined]
    for subject, predicate, value in triples:
        if isinstance(subject, rdflib.Literal) or not isinstance(predicate, rdflib.URIRef):
            continue
        start = term_of(subject)
        if not isinstance(start, ox.Literal):
            yield ox.Quad(start, ox.NamedNode(str(predicate)), term_of(value))


def term_of(node: Node) -> Term:
    """Return an rdflib node as a term of pyoxigraph, its lexical form unchanged."""
    import rdflib

    if isinstance(node, rdflib.Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)) if node.datatype else None)
    return ox.BlankNode(str(node)) if isinstance(node, rdflib.BNode) else ox.NamedNode(str(node))


def _to_node(
    term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, iris: dict[str, rdflib.URIRef]
) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return iris.get(term.value) or iris.setdefault(term.value, rdflib.URIRef(term.value))
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Triple) or getattr(term, "direction", None) is not None:
        hint = "write it in RDF 1.1"
        raise InputError("RP306", f"a triple term or base direction of RDF 1.2: {term}", hint=hint)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    kind = term.datatype.value
    # rdflib tells "x" from "x"^^xsd:string, which are one term of RDF 1.1: take the short form.
    datatype = None if kind in (_XSD_STRING, _LANG_STRING) else iris.get(kind) or rdflib.URIRef(kind)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def _quiet() -> None:
    """Keep rdflib's remarks on ill-typed literals off a terminal that has set up no logging.

    They still reach the handlers of whoever set some up.
    """
    logger = logging.getLogger("rdflib")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
