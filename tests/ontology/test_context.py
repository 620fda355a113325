"""The JSON-LD context: every term once, typed as the ontology says, read alike by two parsers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, VANN, XSD, Graph, Namespace, URIRef
from rdflib.collection import Collection

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
REP = Namespace("https://w3id.org/repatria/ns#")
VOCABULARY = Graph().parse(ONTOLOGY / "repatria.ttl")
CONTEXT: dict[str, Any] = json.loads((ONTOLOGY / "context.jsonld").read_text("utf-8"))["@context"]
PREFIXES = {k: v for k, v in CONTEXT.items() if isinstance(v, str) and v.startswith("http")}
TERMS = {k: v for k, v in CONTEXT.items() if k not in PREFIXES and k not in {"@version", "id", "type"}}

DOCUMENT = {
    "@context": CONTEXT,
    "id": "claim:example-gazette-2030-01-02/c1",
    "type": ["Claim", "schema:Claim", "prov:Entity"],
    "inSource": {"id": "source:example-gazette-2030-01-02", "type": "Source", "datePublished": "2030-01-02",
                 "url": "https://example.org/a", "prefLabel": {"en": "Gazette", "uk": "Вісник"}},
    "hasAct": "act:announce",
    "polarity": True,
    "saidOn": "2030-01-01",
    "asserter": ["https://w3id.org/repatria/id/org/example-office"],
    "hasCount": {"id": "claim:example-gazette-2030-01-02/c1/count/0", "type": "Count",
                 "hasMeasure": "measure:remains-transferred",
                 "quantity": {"id": "claim:example-gazette-2030-01-02/c1/count/0/quantity",
                              "statedText": "more than 40", "min": 41, "statedValue": 40}},
    "hasPassage": {"id": "passage:example-gazette-2030-01-02/0-9",
                   "hasSource": "source:example-gazette-2030-01-02",
                   "hasSelector": {"id": "passage:example-gazette-2030-01-02/0-9/position",
                                   "start": 0, "end": 9}},
}  # fmt: skip
EXPECTED = """
PREFIX rep: <https://w3id.org/repatria/ns#>  PREFIX schema: <https://schema.org/>
PREFIX prov: <http://www.w3.org/ns/prov#>    PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>  PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
BASE <https://w3id.org/repatria/id/>
<claim/example-gazette-2030-01-02/c1> a rep:Claim , schema:Claim , prov:Entity ;
    rep:source <source/example-gazette-2030-01-02> ; rep:polarity true ; rep:saidOn "2030-01-01"^^xsd:date ;
    rep:act <https://w3id.org/repatria/concept/act/announce> ; rep:asserter <org/example-office> ;
    rep:hasCount <claim/example-gazette-2030-01-02/c1/count/0> ;
    rep:passage <passage/example-gazette-2030-01-02/0-9> .
<source/example-gazette-2030-01-02> a rep:Source ; schema:datePublished "2030-01-02"^^xsd:date ;
    schema:url "https://example.org/a"^^xsd:anyURI ; skos:prefLabel "Gazette"@en , "Вісник"@uk .
<claim/example-gazette-2030-01-02/c1/count/0> a rep:Count ;
    rep:measure <https://w3id.org/repatria/concept/measure/remains-transferred> ;
    rep:quantity <claim/example-gazette-2030-01-02/c1/count/0/quantity> .
<claim/example-gazette-2030-01-02/c1/count/0/quantity> rep:statedText "more than 40" ; rep:min 41 ;
    rep:statedValue 40 .
<passage/example-gazette-2030-01-02/0-9> oa:hasSource <source/example-gazette-2030-01-02> ;
    oa:hasSelector <passage/example-gazette-2030-01-02/0-9/position> .
<passage/example-gazette-2030-01-02/0-9/position> oa:start 0 ; oa:end 9 .
"""


def expand(compact: str) -> URIRef:
    prefix, _, name = compact.partition(":")
    return URIRef(PREFIXES[prefix] + name)


def iri_of(definition: str | dict[str, str]) -> URIRef:
    return expand(definition if isinstance(definition, str) else definition["@id"])


# rdflib's own JSON-LD parser uses its deprecated ConjunctiveGraph.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_round_trip_in_rdflib() -> None:
    found = Graph().parse(data=json.dumps(DOCUMENT), format="json-ld")
    wanted = Graph().parse(data=EXPECTED, format="turtle")
    assert set(found) == set(wanted)


def test_round_trip_in_pyoxigraph() -> None:
    found = pyoxigraph.parse(json.dumps(DOCUMENT), format=pyoxigraph.RdfFormat.JSON_LD)
    wanted = pyoxigraph.parse(EXPECTED, format=pyoxigraph.RdfFormat.TURTLE)
    assert {q.triple for q in found} == {q.triple for q in wanted}


def test_no_two_terms_mean_the_same_and_no_term_is_a_prefix() -> None:
    meanings = [iri_of(definition) for definition in TERMS.values()]
    assert len(meanings) == len(set(meanings)) > 100
    assert all(namespace.endswith(("/", "#")) for namespace in PREFIXES.values())


@pytest.mark.parametrize("kind", [OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty])
def test_every_term_of_the_ontology_has_a_name(kind: URIRef) -> None:
    wanted = {t for t in VOCABULARY.subjects(RDF.type, kind) if isinstance(t, URIRef) and t in REP}
    assert wanted
    assert wanted <= {iri_of(definition) for definition in TERMS.values()}


@pytest.mark.parametrize("name", sorted(TERMS))
def test_term_is_named_and_typed_as_in_the_ontology(name: str) -> None:
    definition = TERMS[name]
    term = iri_of(definition)
    own = str(term).split("/")[-1].split("#")[-1]
    # A name that is a prefix would hide it: hasAct beside act:announce; oa:hasSource leaves inSource.
    # `member` is that of org:.
    taken = own in PREFIXES or term == REP.member
    assert name in ({"inSource", f"has{own[0].upper()}{own[1:]}"} if taken else {own})
    if term not in REP:
        return
    assert (term, RDF.type, None) in VOCABULARY
    coerced = definition.get("@type") if isinstance(definition, dict) else None
    if (term, RDF.type, OWL.ObjectProperty) in VOCABULARY:
        assert coerced == "@id"
    elif (term, RDF.type, OWL.DatatypeProperty) in VOCABULARY:
        wanted = VOCABULARY.value(term, RDFS.range)
        union = VOCABULARY.value(wanted, OWL.unionOf)
        # A text with or without a language is written as it is.
        allowed = {wanted} if union is None else set(Collection(VOCABULARY, union)) - {RDF.langString}
        assert {expand(coerced) if coerced else XSD.string} == allowed


def test_prefixes_are_those_of_the_vocabulary_files() -> None:
    ((own, namespace),) = {
        (
            str(VOCABULARY.value(o, VANN.preferredNamespacePrefix)),
            str(VOCABULARY.value(o, VANN.preferredNamespaceUri)),
        )
        for o in VOCABULARY.subjects(RDF.type, OWL.Ontology)
    }
    assert PREFIXES[own] == namespace
    schemes = Graph().parse(ONTOLOGY / "concepts.ttl").subjects(RDF.type, SKOS.ConceptScheme)
    wanted = {str(s).rsplit("/", 1)[1]: f"{s}/" for s in schemes}
    assert wanted.items() <= PREFIXES.items()
    used = dict(VOCABULARY.namespaces())
    shared = set(used) & set(PREFIXES)
    assert {"rep", "prov", "org", "schema", "oa", "skos"} <= shared
    assert {p: str(used[p]) for p in shared} == {p: PREFIXES[p] for p in shared}
