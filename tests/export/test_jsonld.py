"""JSON-LD: framed by claim, with the published context, nothing to fetch, the same statements."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdflib.compare import isomorphic
from tests.export.conftest import renamed

from repatria.errors import InputError, UsageError
from repatria.export.jsonld import write_jsonld
from repatria.rdf import read_quads, to_rdflib
from repatria.resources import folder
from repatria.store import Dataset
from repatria.terms import NS, RDF, SKOS, XSD, prefixes

# rdflib warns of its own methods in its own code.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
PUBLISHED = json.loads((folder("ontology") / "context.jsonld").read_text(encoding="utf8"))["@context"]
A, B = NamedNode("http://example.org/a"), NamedNode("http://example.org/b")
MIN, LABEL = NamedNode(NS + "min"), NamedNode(SKOS + "prefLabel")
INTEGER, BOOLEAN = NamedNode(XSD + "integer"), NamedNode(XSD + "boolean")


def written(triples: Iterable[Triple], base: str = "") -> bytes:
    out = io.BytesIO()
    write_jsonld(triples, out, prefixes(base) if base else prefixes())
    return out.getvalue()


def graph(triples: Iterable[Triple], base: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(written(triples, base))["@graph"]
    return found


def triples_of(dataset: Dataset) -> set[Triple]:
    return {quad.triple for quad in dataset.quads()}


def test_the_shipped_dataset_in_two_parsers(dataset: Dataset) -> None:
    data = written(triples_of(dataset))
    assert {quad.triple for quad in parse(data, RdfFormat.JSON_LD)} == triples_of(dataset)
    found = rdflib.Graph().parse(data=data, format="json-ld")
    assert set(found) == set(to_rdflib(dataset.quads()))


def test_our_own_reader_needs_nothing_else(dataset: Dataset) -> None:
    read = read_quads(io.BytesIO(written(triples_of(dataset))), name="export.jsonld")
    assert {quad.triple for quad in read} == triples_of(dataset)


def test_the_context_is_a_part_of_the_published_one(dataset: Dataset) -> None:
    context = json.loads(written(triples_of(dataset)))["@context"]
    assert context.items() <= PUBLISHED.items()
    small = json.loads(written([Triple(A, MIN, Literal("1", datatype=INTEGER))]))["@context"]
    assert small.keys() == {"@version", "id", "type", "rep", "xsd", "min"}


def test_claims_come_first_with_what_belongs_to_them_inside(dataset: Dataset) -> None:
    things = graph(triples_of(dataset))
    kinds = ["Claim" in thing.get("type", ()) for thing in things]
    assert kinds == sorted(kinds, reverse=True)
    assert sum(kinds) == 91
    claim = next(thing for thing in things if thing["id"] == "claim:moscow-times-2025-12-19/s1-03")
    assert list(claim)[:2] == ["id", "type"]
    assert claim["hasCount"]["quantity"]["min"] == claim["hasCount"]["quantity"]["max"] == 1003
    assert claim["hasPassage"]["hasSelector"]["start"] == 258
    assert [selector.get("exact") for selector in claim["hasEvidence"]["hasSelector"]] == [
        None,
        "bodies of 1,003 Ukrainian soldiers",
    ]
    assert claim["asserter"] == "person:vladimir-medinsky"
    person = next(thing for thing in things if thing["id"] == "person:vladimir-medinsky")
    assert person["prefLabel"]["uk"] == "Володимир Мединський"
    assert person["type"][0] == "Official"


def test_each_thing_is_described_once(dataset: Dataset) -> None:
    def named(value: Any) -> list[str]:
        if isinstance(value, list):
            return [name for item in value for name in named(item)]
        if not isinstance(value, dict):
            return []
        own = [value["id"]] if len(value) > 1 and "id" in value else []
        return own + [name for item in value.values() for name in named(item)]

    names = named(graph(triples_of(dataset)))
    assert len(names) == len(set(names)) == len({triple.subject for triple in triples_of(dataset)})


def test_any_order_gives_the_same_bytes(dataset: Dataset) -> None:
    ordered = sorted(triples_of(dataset), key=str)
    assert written(ordered) == written(reversed(ordered))


def test_hard_values_come_back(hard: list[Quad]) -> None:
    assert {q.triple for q in parse(written(q.triple for q in hard), RdfFormat.JSON_LD)} == {
        q.triple for q in hard
    }


def test_blank_nodes_have_labels_of_their_graph_and_stand_inside(blank: list[Quad]) -> None:
    triples = [quad.triple for quad in blank]
    assert written(triples) == written(renamed(triples))
    found = rdflib.Graph().parse(data=written(triples), format="json-ld")
    assert isomorphic(found, to_rdflib(blank))
    (thing,) = graph(triples)
    assert thing["http://example.org/q"]["http://example.org/p"]["http://example.org/p"] == "end"


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        (Literal("1003", datatype=INTEGER), 1003),
        (Literal("-5", datatype=INTEGER), -5),
        (Literal("01", datatype=INTEGER), "01"),
        (Literal("+1", datatype=INTEGER), "+1"),
        (Literal("-0", datatype=INTEGER), "-0"),
        (Literal(str(2**53 - 1), datatype=INTEGER), 2**53 - 1),
        (Literal(str(2**53), datatype=INTEGER), str(2**53)),
        (Literal("1" + "0" * 60, datatype=INTEGER), "1" + "0" * 60),
        (Literal("²", datatype=INTEGER), "²"),
        (Literal("12"), {"@value": "12"}),
        (Literal("12", language="en"), {"@value": "12", "@language": "en"}),
        (Literal("1.5", datatype=NamedNode(XSD + "decimal")), {"@value": "1.5", "@type": "xsd:decimal"}),
        (A, {"id": A.value}),
    ],
)
def test_values_of_a_number_are_kept_as_written(literal: Literal | NamedNode, expected: object) -> None:
    triple = Triple(A, MIN, literal)
    assert graph([triple]) == [{"id": A.value, "min": expected}]
    assert [quad.triple for quad in parse(written([triple]), RdfFormat.JSON_LD)] == [triple]


def test_truth_values_names_and_what_does_not_fit_a_term() -> None:
    polarity = NamedNode(NS + "polarity")
    triples = [
        Triple(A, polarity, Literal("false", datatype=BOOLEAN)),
        Triple(B, polarity, Literal("0", datatype=BOOLEAN)),
        Triple(A, LABEL, Literal("one", language="en")),
        Triple(A, LABEL, Literal("uno", language="en")),
        Triple(A, LABEL, Literal("no language")),
        Triple(A, NamedNode(RDF + "type"), Literal("no class")),
    ]
    first, second = graph(triples)
    assert (first["polarity"], second["polarity"]) == (False, "0")
    assert first["prefLabel"] == {"en": ["one", "uno"]}
    assert first["skos:prefLabel"] == "no language"
    assert {quad.triple for quad in parse(written(triples), RdfFormat.JSON_LD)} == set(triples)


def test_a_circle_of_parts_is_written_once() -> None:
    part = NamedNode(NS + "position")
    assert {
        q.triple for q in parse(written([Triple(A, part, B), Triple(B, part, A)]), RdfFormat.JSON_LD)
    } == {
        Triple(A, part, B),
        Triple(B, part, A),
    }


def test_data_of_another_base_have_its_prefixes() -> None:
    claim = Triple(NamedNode("http://example.org/id/claim/x/1"), MIN, Literal("1", datatype=INTEGER))
    (thing,) = graph([claim], "http://example.org/")
    assert thing["id"] == "claim:x/1"
    assert [quad.triple for quad in parse(written([claim], "http://example.org/"), RdfFormat.JSON_LD)] == [
        claim
    ]


def test_an_iri_that_the_context_would_change_is_refused() -> None:
    with pytest.raises(UsageError) as raised:
        written([Triple(A, MIN, NamedNode("claim:x"))])
    assert raised.value.code == "RP213"


def test_what_only_rdf_1_2_has_is_refused() -> None:
    with pytest.raises(InputError) as raised:
        written([Triple(A, MIN, Triple(A, MIN, B))])
    assert raised.value.code == "RP306"


def test_nothing_is_an_empty_graph() -> None:
    assert graph([]) == []
