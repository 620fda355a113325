"""RDF/XML: the same statements, or a clear refusal of what XML cannot hold."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from xml.dom import minidom

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdflib.compare import isomorphic
from tests.export.conftest import renamed

from repatria.errors import UsageError
from repatria.export.rdfxml import write_rdfxml
from repatria.rdf import to_rdflib
from repatria.store import Dataset
from repatria.terms import RDF, prefixes

S = NamedNode("http://example.org/s?a=1&b='<'".replace("<", "%3C"))
# XML has no such character.
HARD_IN_XML = "\x7f"


def written(triples: Iterable[Triple], names: Mapping[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    write_rdfxml(triples, out, prefixes() if names is None else names)
    return out.getvalue()


def read(data: bytes) -> set[Triple]:
    return {quad.triple for quad in parse(data, RdfFormat.RDF_XML)}


def test_the_shipped_dataset_in_two_parsers(dataset: Dataset) -> None:
    triples = {quad.triple for quad in dataset.quads()}
    data = written(triples)
    assert read(data) == triples
    assert set(rdflib.Graph().parse(data=data, format="xml")) == set(to_rdflib(dataset.quads()))
    assert data == written(sorted(triples, key=str, reverse=True))


def test_hard_values_come_back(hard: list[Quad]) -> None:
    triples = {quad.triple for quad in hard}
    assert read(written(triples)) == triples
    assert set(rdflib.Graph().parse(data=written(triples), format="xml")) == set(to_rdflib(hard))


def test_blank_nodes_have_labels_of_their_graph(blank: list[Quad]) -> None:
    triples = [quad.triple for quad in blank]
    assert written(triples) == written(renamed(triples))
    assert isomorphic(rdflib.Graph().parse(data=written(triples), format="xml"), to_rdflib(blank))


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("http://example.org/vocabulary#word", "word"),
        ("http://example.org/2025-word", "word"),
        ("http://example.org/обмін", "обмін"),
        ("http://example.org/a.b-c", "a.b-c"),
        ("urn:example:word", "word"),
        (RDF + "_1", "_1"),
        (RDF + "value", "value"),
    ],
)
def test_properties_by_names_of_xml(iri: str, name: str) -> None:
    triple = Triple(S, NamedNode(iri), Literal("x"))
    data = written([triple])
    element = minidom.parseString(data).documentElement.firstChild.nextSibling.firstChild.nextSibling  # type: ignore[union-attr]
    assert element.localName == name  # type: ignore[union-attr]
    assert read(data) == {triple}


@pytest.mark.parametrize(
    "iri", ["http://example.org/", "http://example.org/123", "urn:1", RDF + "li", RDF + "about"]
)
def test_properties_without_a_name_are_refused(iri: str) -> None:
    with pytest.raises(UsageError) as raised:
        written([Triple(S, NamedNode(iri), Literal("x"))])
    assert raised.value.code == "RP213"
    assert iri in raised.value.message


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1f", "\ufffe"])
def test_characters_that_xml_does_not_have_are_refused(character: str) -> None:
    with pytest.raises(UsageError) as raised:
        written([Triple(S, NamedNode("http://example.org/p"), Literal(f"a{character}b"))])
    assert raised.value.code == "RP213"
    assert f"U+{ord(character):04X}" in raised.value.message


def test_prefixes_that_xml_cannot_use_are_replaced() -> None:
    names = {
        "": "http://example.org/a/",
        "xmlish": "http://example.org/b/",
        "1": "http://example.org/c/",
        "rdf": "http://example.org/d/",
        "r": RDF,
        "ns1": "urn:x",
    }
    triples = {Triple(S, NamedNode(f"http://example.org/{letter}/p"), Literal("x")) for letter in "abcd"}
    data = written([*triples, Triple(S, NamedNode(RDF + "type"), S)], names)
    assert triples < read(data)
    assert set(rdflib.Graph().parse(data=data, format="xml").predicates()) >= {
        rdflib.URIRef(f"http://example.org/{letter}/p") for letter in "abcd"
    }
