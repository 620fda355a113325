"""Triples in the order in which they are written, blank nodes with labels that depend on the graph alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from repatria.canonical import canonical_labels
from repatria.errors import InputError
from repatria.terms import RDF

Subject: TypeAlias = NamedNode | BlankNode
Object: TypeAlias = NamedNode | BlankNode | Literal
_TYPE = NamedNode(RDF + "type")


def labelled(triples: Iterable[Triple]) -> set[Triple]:
    """Return triples of RDF 1.1, each once, with the labels of RDFC-1.0 for blank nodes.

    Raises InputError RP306 for triple terms and base directions of RDF 1.2, RP307, RP309.
    """
    found = set(triples)
    for triple in found:
        if isinstance(triple.object, Triple) or getattr(triple.object, "direction", None) is not None:
            hint = "write it in RDF 1.1, or choose nquads, turtle or trig"
            message = f"a triple term or base direction of RDF 1.2: {triple.object}"
            raise InputError("RP306", message, hint=hint)
    if not any(isinstance(t.subject, BlankNode) or isinstance(t.object, BlankNode) for t in found):
        return found
    labels = canonical_labels([Quad(t.subject, t.predicate, t.object) for t in found])

    def named(term: Object) -> Object:
        return BlankNode(labels[term.value]) if isinstance(term, BlankNode) else term

    return {
        Triple(cast(Subject, named(cast(Subject, t.subject))), t.predicate, named(cast(Object, t.object)))
        for t in found
    }


def sorted_triples(triples: Iterable[Triple]) -> list[Triple]:
    """Return triples by subject, rdf:type first, then predicate and object, in the order of code points."""
    return sorted(
        triples, key=lambda t: (str(t.subject), t.predicate != _TYPE, str(t.predicate), str(t.object))
    )
