"""What the build takes from the ontology: superclasses, inverses and the shipped concepts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from repatria.resources import folder
from repatria.terms import CONCEPT, OWL, RDF, RDFS, SKOS, iri

_SUBCLASS = iri(RDFS + "subClassOf")
_INVERSE = iri(OWL + "inverseOf")
_TYPE = iri(RDF + "type")
_SYMMETRIC = iri(OWL + "SymmetricProperty")
_IN_SCHEME = iri(SKOS + "inScheme")


def read_turtle(path: Path) -> list[Quad]:
    """Return the triples of a shipped Turtle file."""
    return list(parse(path.read_bytes(), format=RdfFormat.TURTLE))


@cache
def _ontology() -> list[Quad]:
    return read_turtle(folder("ontology") / "repatria.ttl")


@cache
def concepts() -> tuple[Quad, ...]:
    """Return the triples of the shipped concept schemes."""
    return tuple(read_turtle(folder("ontology") / "concepts.ttl"))


@cache
def concept_keys() -> frozenset[tuple[str, str]]:
    """Return (scheme, key) of each shipped concept."""
    found = (
        q.subject.value for q in concepts() if q.predicate == _IN_SCHEME and isinstance(q.subject, NamedNode)
    )
    return frozenset(_scheme_and_key(text) for text in found)


def _scheme_and_key(text: str) -> tuple[str, str]:
    scheme, _, key = text.removeprefix(CONCEPT).partition("/")
    return scheme, key


@cache
def superclasses() -> dict[str, tuple[NamedNode, ...]]:
    """Return for each class IRI (str) the class itself and all its superclasses."""
    direct: dict[str, set[str]] = {}
    for quad in _ontology():
        if quad.predicate == _SUBCLASS and isinstance(quad.object, NamedNode):
            direct.setdefault(quad.subject.value, set()).add(quad.object.value)  # type: ignore[union-attr]
    return {name: tuple(iri(found) for found in [name, *sorted(_above(name, direct))]) for name in direct}


def _above(name: str, direct: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(direct.get(name, ()))
    while waiting:
        above = waiting.pop()
        if above not in found and above != name:
            found.add(above)
            waiting.extend(direct.get(above, ()))
    return found


@cache
def inverses() -> dict[str, NamedNode]:
    """Return for each property IRI (str) with an inverse that inverse; symmetric ones their own."""
    found: dict[str, NamedNode] = {}
    for quad in _ontology():
        subject, object_ = quad.subject, quad.object
        if isinstance(subject, NamedNode) and isinstance(object_, NamedNode):
            if quad.predicate == _INVERSE:
                found[subject.value] = object_
                found[object_.value] = subject
            elif quad.predicate == _TYPE and object_ == _SYMMETRIC:
                found[subject.value] = subject
    return found
