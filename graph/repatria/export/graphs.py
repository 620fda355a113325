"""A graph as Turtle, TriG, N-Quads, N-Triples, JSON-LD or RDF/XML: sorted, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO

from pyoxigraph import Quad, RdfFormat, Triple

from repatria.canonical import write_trig, write_turtle
from repatria.export.lines import quad_lines

GRAPH_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}


def write_graph(
    quads: Iterable[Quad | Triple], format: str, out: IO[bytes], prefixes: Mapping[str, str]
) -> None:
    """Write quads (or triples) to the binary stream ``out``, sorted, each once.

    ``format`` is one of :data:`GRAPH_FORMATS`; those without named graphs (all
    but trig and nquads) get the union. Only prefixes that occur are declared.
    Blank nodes get the labels of RDFC-1.0. Raises UsageError RP213 for what a
    format cannot hold, InputError RP306, RP307, RP309.
    """
    if format == "jsonld":
        from repatria.export.jsonld import write_jsonld

        write_jsonld(map(_triple, quads), out, prefixes)
    elif format == "rdfxml":
        from repatria.export.rdfxml import write_rdfxml

        write_rdfxml(map(_triple, quads), out, prefixes)
    elif format in ("nquads", "ntriples"):
        out.write(b"".join(quad_lines(map(_quad, quads), triples=format == "ntriples")))
    elif format == "trig":
        write_trig(quads, out, prefixes)
    else:
        write_turtle(quads, out, prefixes)


def _triple(item: Quad | Triple) -> Triple:
    return item.triple if isinstance(item, Quad) else item


def _quad(item: Quad | Triple) -> Quad:
    return item if isinstance(item, Quad) else Quad(item.subject, item.predicate, item.object)
