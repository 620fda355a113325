"""The built dataset uses the vocabulary as the ontology defines it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data" / "repatria.nq"
REP = Namespace("https://w3id.org/repatria/ns#")
VOCABULARY = Graph().parse(ROOT / "ontology" / "repatria.ttl")
TYPE = NamedNode(str(RDF.type))

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="data/repatria.nq is not built")


@cache
def quads() -> list[Quad]:
    return list(pyoxigraph.parse(path=str(DATA)))


@cache
def types() -> dict[object, set[str]]:
    found: dict[object, set[str]] = {}
    for quad in quads():
        if quad.predicate == TYPE and isinstance(quad.object, NamedNode):
            found.setdefault(quad.subject, set()).add(quad.object.value)
    return found


@cache
def members(node: Node) -> set[str]:
    """The classes of a domain or range: itself, or what its owl:unionOf lists."""
    union = VOCABULARY.value(node, OWL.unionOf)
    return {str(node)} if union is None else set(map(str, Collection(VOCABULARY, union)))


def ours(quad: Quad) -> bool:
    return quad.predicate.value.startswith(str(REP))


def fits(term: object, wanted: set[str]) -> bool:
    if isinstance(term, Literal):
        return term.datatype.value in wanted
    return str(OWL.Thing) in wanted or bool(types().get(term, set()) & wanted)


def test_every_predicate_and_class_is_declared() -> None:
    used = {q.predicate.value for q in quads() if ours(q)}
    used |= {name for names in types().values() for name in names if name.startswith(str(REP))}
    assert used
    assert {name for name in used if (URIRef(name), RDFS.isDefinedBy, None) not in VOCABULARY} == set()


def test_superclasses_are_materialised() -> None:
    for names in types().values():
        wanted = {str(c) for n in names for c in VOCABULARY.transitive_objects(URIRef(n), RDFS.subClassOf)}
        assert wanted == names


@pytest.mark.parametrize("side", [RDFS.domain, RDFS.range], ids=["domain", "range"])
def test_domain_and_range_hold(side: URIRef) -> None:
    strangers = set()
    for quad in filter(ours, quads()):
        wanted = VOCABULARY.value(URIRef(quad.predicate.value), side)
        assert wanted is not None
        if not fits(quad.subject if side == RDFS.domain else quad.object, members(wanted)):
            strangers.add(str(quad))
    assert strangers == set()


def test_inverses_and_symmetric_links_are_materialised() -> None:
    statements = {(q.subject, q.predicate.value, q.object) for q in quads()}
    pairs = {(str(a), str(b)) for a, b in VOCABULARY.subject_objects(OWL.inverseOf)}
    pairs |= {(str(p), str(p)) for p in VOCABULARY.subjects(RDF.type, OWL.SymmetricProperty)}
    for one, other in pairs | {(b, a) for a, b in pairs}:
        assert {s for s in statements if s[1] == one} == {(o, one, s) for s, p, o in statements if p == other}


def test_functional_properties_have_one_value() -> None:
    for term in VOCABULARY.subjects(RDF.type, OWL.FunctionalProperty):
        pairs = {(q.subject, q.object) for q in quads() if q.predicate.value == str(term)}
        assert len(pairs) == len({subject for subject, _ in pairs}), f"{term} has several values"
