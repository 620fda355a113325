"""Places in Turtle, TriG, N-Triples and N-Quads, by the reader that keeps the place of every term."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import cast

from pyoxigraph import BlankNode, RdfFormat

from repatria.errors import InputError
from repatria.locating.blank import Same, names_in_document
from repatria.locating.found import Finds
from repatria.locating.lines import Lines
from repatria.locating.selecting import wanted_lines
from repatria.locating.sources import Source
from repatria.locating.spots import Edge, Spot
from repatria.rdf.turtle import Document, Format, LocatedQuad, Span, read_document
from repatria.shacl.report import Place, Term
from repatria.textfile import decode

FORMATS: dict[RdfFormat, Format] = {
    RdfFormat.TURTLE: "turtle",
    RdfFormat.TRIG: "trig",
    RdfFormat.N_TRIPLES: "ntriples",
    RdfFormat.N_QUADS: "nquads",
}

_UNKNOWN = BlankNode()


class TurtleFile:
    """A file of one of :data:`FORMATS`."""

    def __init__(self, source: Source, format: RdfFormat, content: bytes) -> None:
        self._source = source
        self._format = format
        self._content = content

    @cached_property
    def _document(self) -> Document | None:
        return self._read(self._content)

    def _read(self, content: bytes) -> Document | None:
        try:
            text = decode(content, self._source.name)
            return read_document(text, self._source.name, format=FORMATS[self._format])
        except InputError:
            # The parser of the data took it: what it is cannot be told here.
            return None

    @cached_property
    def _names(self) -> Same:
        if self._document is None:
            return {}
        return names_in_document(self._source, self._document, self._format, self._content)

    def _edges(self, document: Document | None, *, blank: bool = True) -> Iterator[tuple[Edge, LocatedQuad]]:
        """Yield the triples with the blank nodes of the data; those with unknown ones are left out.

        Without ``blank`` all blank nodes of a document of brackets are unknown.
        """
        renamed = self._source.blank is not None
        names = self._names if renamed and blank else {}
        for located in document.quads if document else ():
            quad = located.quad
            subject, value = cast("Term", quad.subject), cast("Term", quad.object)
            if renamed and type(subject) is BlankNode:
                subject = names.get(subject, _UNKNOWN)
            if renamed and type(value) is BlankNode:
                value = names.get(value, _UNKNOWN)
            if subject is not _UNKNOWN and value is not _UNKNOWN:
                yield (subject, quad.predicate, value), located

    def triples(self) -> Iterator[Edge]:
        """Yield the triples of the file as the data have them."""
        return (edge for edge, _ in self._edges(self._document))

    def places(self, spots: Collection[Spot]) -> dict[Spot, Place]:
        """Return where those of the spots are that the file writes."""
        document, numbers = self._part(spots)
        finds: Finds[LocatedQuad] = Finds(spots)
        blank = any(isinstance(term, BlankNode) for spot in spots for term in (spot.subject, spot.value))
        for edge, located in self._edges(document, blank=blank):
            if finds.wants(edge):
                finds.add(edge, located)
        found = finds.items()
        if document is None or not found:
            return {}
        lines = Lines(document.text, self._source.name, numbers)
        return {
            spot: lines.place(*_span(spot, located, document.text)) for spot, (_, located) in found.items()
        }

    def _part(self, spots: Collection[Spot]) -> tuple[Document | None, list[int] | None]:
        """Return what of the document has to do with the spots, and the numbers of its lines."""
        if self._format in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS):
            found = wanted_lines(self._content, self._source, spots)
            if found is not None:
                return self._read(found[0]), found[1]
        return self._document, None


def _span(spot: Spot, located: LocatedQuad, text: str) -> Span:
    if spot.value is None:
        return _opening(located.subject, text)
    if spot.verb and located.predicate.start < located.predicate.end:
        return located.predicate
    return _opening(located.object, text)


def _opening(span: Span, text: str) -> Span:
    """Return the opening bracket of what stands in brackets, which may go on for many lines."""
    return Span(span.start, span.start + 1) if text[span.start : span.start + 1] in ("[", "(") else span
