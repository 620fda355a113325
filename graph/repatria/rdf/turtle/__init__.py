"""Turtle, TriG, N-Triples and N-Quads read without losing anything: places of terms, and comments."""

from repatria.rdf.turtle.document import Comment, Document, LocatedQuad, Place, Span
from repatria.rdf.turtle.reading import Format, read_document

__all__ = ["Comment", "Document", "Format", "LocatedQuad", "Place", "Span", "read_document"]
