"""Collects the quads of one graph; adds superclasses and inverse links as it goes."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from repatria.dossier.ontology import inverses, superclasses
from repatria.terms import RDF, XSD, iri

Term = NamedNode | BlankNode | Literal | Triple

_TYPE = iri(RDF + "type")
_DATE = iri(XSD + "date")
_ANY_URI = iri(XSD + "anyURI")
TRUE = Literal("true", datatype=iri(XSD + "boolean"))
FALSE = Literal("false", datatype=iri(XSD + "boolean"))


def integer(number: int) -> Literal:
    """Return ``number`` as xsd:integer."""
    return Literal(number)


@lru_cache(maxsize=8192)
def date(value: dt.date) -> Literal:
    """Return a day as xsd:date."""
    return Literal(value.isoformat(), datatype=_DATE)


def url(text: str) -> Literal:
    """Return an address as xsd:anyURI."""
    return Literal(text, datatype=_ANY_URI)


class Emitter:
    """Quads of one named graph, in the order in which they were added."""

    __slots__ = ("_inverse", "_types", "graph", "quads")

    def __init__(self, graph: NamedNode) -> None:
        self.graph = graph
        self.quads: list[Quad] = []
        self._inverse = inverses()
        self._types = superclasses()

    def add(self, subject: NamedNode, predicate: NamedNode, value: Term) -> None:
        """Add one statement."""
        self.quads.append(Quad(subject, predicate, value, self.graph))

    def link(self, subject: NamedNode, predicate: NamedNode, value: NamedNode) -> None:
        """Add one statement between two things, and its inverse where the ontology has one."""
        graph, quads = self.graph, self.quads
        quads.append(Quad(subject, predicate, value, graph))
        inverse = self._inverse.get(predicate.value)
        if inverse is not None:
            quads.append(Quad(value, inverse, subject, graph))

    def type(self, subject: NamedNode, class_: NamedNode) -> None:
        """Add the class of a thing and all its superclasses."""
        graph, quads = self.graph, self.quads
        for found in self._types.get(class_.value, (class_,)):
            quads.append(Quad(subject, _TYPE, found, graph))
