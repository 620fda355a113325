"""The vocabulary files: complete, and consistent with one another and with what uses their terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node
from tests.ontology.reading import CONCEPT, ONTOLOGY, ROOT, lang, load, schema, schemes

REP = Namespace("https://w3id.org/repatria/ns#")
NS = URIRef("https://w3id.org/repatria/ns")
PROPERTY_TYPES = {OWL.ObjectProperty, OWL.DatatypeProperty}
TURTLE_FILES = ("repatria.ttl", "concepts.ttl", "alignments.ttl")

INVERSES = {
    (REP.countOf, REP.hasCount), (REP.confirmedBy, REP.confirms), (REP.disputedBy, REP.disputes),
    (REP.supersededBy, REP.supersedes), (REP.hasStage, REP.partOfSeries),
    (REP.hasTenure, URIRef("http://www.w3.org/ns/org#member")),
}  # fmt: skip
ANCESTORS = {
    "RemainsExchange": "rep:Exchange rep:Happening schema:Event sem:Event",
    "PrisonerExchange": "rep:Exchange rep:Happening schema:Event sem:Event",
    "ExchangeSeries": "rep:Exchange rep:Happening schema:Event sem:Event",
    "Negotiation": "rep:Happening schema:Event sem:Event",
    "War": "rep:Happening schema:Event sem:Event",
    "Agreement": "prov:Plan prov:Entity",
    "Official": "schema:Person foaf:Person prov:Person prov:Agent",
    "State": "org:Organization schema:Country foaf:Agent prov:Organization prov:Agent",
    "UnnamedSource": "prov:Agent",
    "Tenure": "org:Membership",
    "Place": "schema:Place",
    "Source": "schema:NewsArticle prov:Entity",
    "ExternalSource": "schema:WebPage prov:Entity",
    "Passage": "oa:SpecificResource prov:Entity",
    "Evidence": "oa:SpecificResource prov:Entity",
    "Claim": "schema:Claim prov:Entity",
    "AttributionHop": "prov:Attribution",
    "Retraction": "prov:Activity",
    "Count": "",
    "Quantity": "",
    "IdentityDecision": "",
    "Assessment": "prov:Entity",
    "Position": "",
    "Comparison": "prov:Entity",
    "SumCheck": "rep:Comparison prov:Entity",
    "Cluster": "",
    "Fulfilment": "prov:Entity",
}
# What is computed from claims, and what claims are about.
COMPUTED = {
    REP[name] for name in ["Assessment", "Position", "Comparison", "SumCheck", "Cluster", "Fulfilment"]
}
REFERENTS = {REP[name] for name in ["Happening", "Exchange", "ExchangeSeries", "Negotiation", "Agreement"]}


def declared(*types: Node) -> list[URIRef]:
    graph = load("repatria.ttl")
    found = {s for t in types for s in graph.subjects(RDF.type, t) if isinstance(s, URIRef) and s in REP}
    return sorted(found)


def prefixed(term: URIRef) -> str:
    return load("repatria.ttl").namespace_manager.curie(term)


def local(term: URIRef) -> str:
    return str(term).removeprefix(str(REP))


def members(node: Node) -> set[Node]:
    """The classes of a domain or range: itself, or what its owl:unionOf lists."""
    union = load("repatria.ttl").value(node, OWL.unionOf)
    return {node} if union is None else set(Collection(load("repatria.ttl"), union))


CLASSES = declared(OWL.Class)
PROPERTIES = declared(*PROPERTY_TYPES)


@pytest.mark.parametrize("name", TURTLE_FILES)
def test_file_reads_alike_in_both_parsers(name: str) -> None:
    assert len(load(name)) == len(set(pyoxigraph.parse(path=str(ONTOLOGY / name)))) > 0


def test_every_block_of_the_ontology_declares_one_term() -> None:
    blocks = re.findall(r"^rep:(\w+) a ", (ONTOLOGY / "repatria.ttl").read_text("utf-8"), re.MULTILINE)
    assert sorted(blocks) == sorted(map(local, CLASSES + PROPERTIES))
    assert set(map(local, CLASSES)) == set(ANCESTORS) | {"Happening", "Exchange"}


@pytest.mark.parametrize("term", CLASSES + PROPERTIES, ids=local)
def test_term_is_documented(term: URIRef) -> None:
    graph = load("repatria.ttl")
    for predicate in (RDFS.label, SKOS.definition):
        (text,) = graph.objects(term, predicate)
        assert isinstance(text, Literal)
        assert text.language == "en"
        assert text.strip()
    assert str(graph.value(term, SKOS.definition)).endswith(".")
    assert list(graph.objects(term, RDFS.isDefinedBy)) == [NS]


@pytest.mark.parametrize("term", PROPERTIES, ids=local)
def test_property_has_domain_and_range(term: URIRef) -> None:
    graph = load("repatria.ttl")
    (domain,), (value,) = graph.objects(term, RDFS.domain), graph.objects(term, RDFS.range)
    assert members(domain) <= set(graph.subjects(RDF.type, OWL.Class))
    if (term, RDF.type, OWL.DatatypeProperty) in graph:
        assert members(value) <= {XSD.string, XSD.integer, XSD.boolean, XSD.date, RDF.langString}
    else:
        assert members(value) <= set(graph.subjects(RDF.type, OWL.Class)) | {OWL.Thing}


@pytest.mark.parametrize("term", PROPERTIES, ids=local)
def test_concept_property_names_its_scheme(term: URIRef) -> None:
    graph = load("repatria.ttl")
    named = [s for s in graph.objects(term, RDFS.seeAlso) if str(s).startswith(CONCEPT)]
    wanted = 2 if term == REP.status else 1  # an assessment has another scheme than a fulfilment
    assert len(named) == (wanted if graph.value(term, RDFS.range) == SKOS.Concept else 0)
    assert set(named) <= set(schemes())


def test_no_property_leads_to_what_is_computed_but_from_there() -> None:
    graph = load("repatria.ttl")
    assert set(CLASSES) >= COMPUTED | REFERENTS
    into = {p for p in PROPERTIES for value in graph.objects(p, RDFS.range) if members(value) & COMPUTED}
    named = {"position", "cluster", "inAssessment", "left", "right", "part", "counted"}
    assert {local(p) for p in into} == named
    for term in into:
        (domain,) = graph.objects(term, RDFS.domain)
        assert members(domain) <= COMPUTED
    numbers = {p for p in PROPERTIES if graph.value(p, RDFS.range) == XSD.integer}
    assert numbers
    assert not any(members(d) & REFERENTS for p in numbers for d in graph.objects(p, RDFS.domain))


@pytest.mark.parametrize("name", sorted(ANCESTORS))
def test_superclass_chain(name: str) -> None:
    found = set(load("repatria.ttl").transitive_objects(REP[name], RDFS.subClassOf)) - {REP[name]}
    assert {prefixed(c) for c in found if isinstance(c, URIRef)} == set(ANCESTORS[name].split())
    assert len(found) == len(ANCESTORS[name].split()), "only named superclasses"


def test_external_classes_are_declared_where_they_are_superclasses() -> None:
    graph = load("repatria.ttl")
    for superclass in set(graph.objects(None, RDFS.subClassOf)):
        assert (superclass, RDF.type, OWL.Class) in graph
        assert graph.value(superclass, RDFS.isDefinedBy)
    for superproperty in set(graph.objects(None, RDFS.subPropertyOf)):
        assert PROPERTY_TYPES & set(graph.objects(superproperty, RDF.type))


def test_links_that_the_build_adds() -> None:
    graph = load("repatria.ttl")
    assert set(graph.subject_objects(OWL.inverseOf)) == INVERSES
    assert set(graph.subjects(RDF.type, OWL.SymmetricProperty)) == {REP.alternativeTo}


def test_ontology_header() -> None:
    graph = load("repatria.ttl")
    version = str(graph.value(NS, OWL.versionInfo))
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert graph.value(NS, OWL.versionIRI) == URIRef(f"{NS}/{version}")
    prefix = str(graph.value(NS, VANN.preferredNamespacePrefix))
    assert str(graph.value(NS, VANN.preferredNamespaceUri)) == str(REP)
    assert dict(graph.namespaces())[prefix] == URIRef(REP)
    assert graph.value(NS, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(NS, DCTERMS.title)
    assert graph.value(NS, DCTERMS.description)
    policy = str(graph.value(NS, SKOS.note))
    assert "never removed" in policy
    assert "owl:deprecated" in policy
    assert "dcterms:isReplacedBy" in policy


def used_terms() -> Iterator[tuple[str, str]]:
    """Every rep: term that a vocabulary file, shape or saved query mentions, with the file's name."""
    for path in (*(ONTOLOGY / name for name in TURTLE_FILES), *(ROOT / "shapes").glob("*.ttl")):
        mentioned = {
            t for triple in Graph().parse(path) for t in triple if isinstance(t, URIRef) and t in REP
        }
        yield from ((path.name, local(t)) for t in mentioned - {URIRef(REP)})
    for path in (ROOT / "queries").glob("*.rq"):
        text = re.sub(r"^\s*#.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
        yield from ((path.name, name) for name in re.findall(r"\brep:(\w+)", text))


def test_every_term_in_use_is_declared() -> None:
    known = set(map(local, CLASSES + PROPERTIES))
    assert {(where, term) for where, term in used_terms() if term not in known} == set()


@pytest.mark.parametrize(("kind", "parent"), [("exchange", REP.Exchange), ("happening", REP.Happening)])
def test_types_of_entity_files_are_classes(kind: str, parent: URIRef) -> None:
    types = [REP[key.title().replace("-", "")] for key in schema(f"{kind}/properties/type/enum")]
    assert types
    for term in types:
        assert parent in load("repatria.ttl").transitive_objects(term, RDFS.subClassOf)


def test_every_mapping_gives_its_reason() -> None:
    graph = load("alignments.ttl")
    mappings = {t for p in (SKOS.closeMatch, SKOS.relatedMatch) for t in graph.triples((None, p, None))}
    parts = (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget, RDFS.comment)
    axioms = [tuple(graph.value(a, p) for p in parts) for a in graph.subjects(RDF.type, OWL.Axiom)]
    assert sorted(map(str, mappings)) == sorted(str(axiom[:3]) for axiom in axioms)
    assert all(lang(axiom[3] or BNode()) == "en" for axiom in axioms)
    assert not set(graph.predicates()) & {SKOS.exactMatch, OWL.sameAs}
