"""The concept schemes: labels, definitions and keys, and the lists of the dossier schema that repeat them."""

from __future__ import annotations

import re

import pytest
from rdflib import DCTERMS, RDF, SKOS, BNode, URIRef
from tests.ontology.reading import CONCEPT, lang, load, schema, schemes

# Where the dossier schema lists the keys of a scheme: closed lists, then examples of open ones.
ENUMS = (
    ("act", "claim/properties/act"),
    ("modality", "claim/properties/modality"),
    ("form", "claim/properties/form"),
    ("reciprocity", "claim/properties/reciprocity"),
    ("aspect", "claim/properties/confirms/properties/aspect/items"),
    ("aspect", "claim/properties/disputes/properties/aspect/items"),
    ("aggregation", "count/properties/aggregation"),
    ("qualifier", "count/properties/qualifier"),
    ("level", "dossier/properties/evidence"),
    ("identity", "identity/properties/decision"),
)
EXAMPLES = (
    ("measure", "count/properties/measure"),
    ("population", "count/properties/population"),
    ("channel", "claim/properties/channel"),
)


def concepts() -> list[URIRef]:
    return sorted(c for c in load("concepts.ttl").subjects(RDF.type, SKOS.Concept) if isinstance(c, URIRef))


def keys(scheme: str, narrow_only: bool = True) -> set[str]:
    graph = load("concepts.ttl")
    found = set(graph.subjects(SKOS.inScheme, URIRef(CONCEPT + scheme)))
    wider = set(graph.objects(None, SKOS.broader)) if narrow_only else set()
    return {str(graph.value(c, SKOS.notation)) for c in found - wider}


@pytest.mark.parametrize("scheme", schemes(), ids=str)
def test_scheme(scheme: URIRef) -> None:
    graph = load("concepts.ttl")
    inside = set(graph.subjects(SKOS.inScheme, scheme))
    tops = set(graph.objects(scheme, SKOS.hasTopConcept))
    assert tops == set(graph.subjects(SKOS.topConceptOf, scheme))
    assert tops == {c for c in inside if graph.value(c, SKOS.broader) is None}
    assert graph.value(scheme, DCTERMS.title)
    assert graph.value(scheme, SKOS.definition)
    for language in ("en", "uk", "ru"):
        labels = [str(x) for c in inside for x in graph.objects(c, SKOS.prefLabel) if lang(x) == language]
        assert len(labels) == len(set(labels)) == len(inside), f"labels in {language} are not one to one"


@pytest.mark.parametrize("concept", concepts(), ids=lambda c: str(c).removeprefix(CONCEPT))
def test_concept(concept: URIRef) -> None:
    graph = load("concepts.ttl")
    (scheme,) = graph.objects(concept, SKOS.inScheme)
    (key,) = graph.objects(concept, SKOS.notation)
    assert concept == URIRef(f"{scheme}/{key}")
    assert scheme in schemes()
    assert re.fullmatch(schema("key/pattern"), str(key))
    labels = {lang(x): str(x) for x in graph.objects(concept, SKOS.prefLabel)}
    assert set(labels) == {"en", "uk", "ru"}
    # What is shown met is shown in the graph, never in the world; each label says so.
    said = " in graph" if str(scheme).endswith("/fulfilment") else ""
    assert labels["en"].lower() == str(key).replace("-", " ") + said
    assert lang(graph.value(concept, SKOS.definition) or BNode()) == "en"
    above = set(graph.objects(concept, SKOS.broader))
    assert len(above) <= 1
    assert all((b, SKOS.topConceptOf, scheme) in graph for b in above)


def test_concept_schemes_have_no_blank_nodes() -> None:
    assert not any(isinstance(term, BNode) for triple in load("concepts.ttl") for term in triple)


@pytest.mark.parametrize(("scheme", "path"), ENUMS)
def test_closed_list_of_the_dossier_schema_is_the_scheme(scheme: str, path: str) -> None:
    listed = schema(path)["enum"]
    assert len(listed) == len(set(listed))
    assert set(listed) == keys(scheme)


@pytest.mark.parametrize(("scheme", "path"), EXAMPLES)
def test_examples_of_the_dossier_schema_hold_the_scheme(scheme: str, path: str) -> None:
    assert keys(scheme) <= set(schema(path)["examples"])
    assert scheme in schema("concept/properties/scheme")["enum"]


def test_each_qualifier_has_its_rule() -> None:
    multiples = {"multiple-exact", "multiple-at-least", "multiple-more-than"}
    assert keys("rule") == keys("qualifier") - {"multiple-of"} | multiples
