"""A graph as Turtle, TriG, N-Quads, N-Triples, JSON-LD or RDF/XML: sorted, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import IO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from repatria.terms import RDF

GRAPH_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
_WITH_GRAPHS = frozenset({"trig", "nquads", "jsonld"})
_WITH_PREFIXES = frozenset({"turtle", "trig", "jsonld", "rdfxml"})
_TYPE = f"<{RDF}type>"


def write_graph(
    quads: Iterable[Quad | Triple], format: str, out: IO[bytes], prefixes: Mapping[str, str]
) -> None:
    """Write quads (or triples) to the binary stream ``out``, sorted, each once.

    ``format`` is one of :data:`GRAPH_FORMATS`; those without named graphs get
    the union. Only prefixes that occur are declared.
    """
    chosen = GRAPH_FORMATS[format]
    items: list[Quad] | list[Triple]
    if format in _WITH_GRAPHS:
        items = sorted({_quad(item) for item in quads}, key=_order)
    else:
        items = sorted({_triple(item) for item in quads}, key=_order)
    used = _used(items, prefixes) if format in _WITH_PREFIXES else None
    serialize(items, output=out, format=chosen, prefixes=used)


def _triple(item: Quad | Triple) -> Triple:
    return item.triple if isinstance(item, Quad) else item


def _quad(item: Quad | Triple) -> Quad:
    return item if isinstance(item, Quad) else Quad(item.subject, item.predicate, item.object)


def _order(item: Quad | Triple) -> tuple[str, str, bool, str, str]:
    graph = str(item.graph_name) if isinstance(item, Quad) else ""
    predicate = str(item.predicate)
    return (graph, str(item.subject), predicate != _TYPE, predicate, str(item.object))


def _used(items: Sequence[Quad | Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    texts = {str(part) for item in items for part in (item.subject, item.predicate, item.object)}
    seen = {_namespace(part) for text in texts for part in text.split("^^")}
    return {prefix: namespace for prefix, namespace in prefixes.items() if namespace in seen}


def _namespace(text: str) -> str:
    """Return what stands before the local name of ``<…>``."""
    bare = text.strip("<>")
    return bare[: max(bare.rfind("/"), bare.rfind("#")) + 1]
