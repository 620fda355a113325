"""Quads to rdflib and back: no literal is rewritten, no blank node merged."""

from __future__ import annotations

import logging

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from repatria.errors import InputError
from repatria.rdf import from_rdflib, to_rdflib

P = NamedNode("http://example.org/p")
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DATATYPES = [
    *(
        XSD + name
        for name in ("string", "integer", "byte", "decimal", "double", "boolean", "date", "dateTime")
    ),
    *(XSD + name for name in ("gYear", "duration", "anyURI", "hexBinary", "time", "nonNegativeInteger")),
    RDF + "XMLLiteral",
    RDF + "HTML",
    RDF + "JSON",
    "http://example.org/type",
]

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
numerals = st.from_regex(r"[-+]?0{0,2}[0-9]{1,3}(\.[0-9]{0,3})?([eE][0-9])?Z?", fullmatch=True)
typed = st.builds(
    lambda value, kind: Literal(value, datatype=NamedNode(kind)), text | numerals, st.sampled_from(DATATYPES)
)
tagged = st.builds(
    lambda value, tag: Literal(value, language=tag), text, st.sampled_from(["en", "uk", "ru-latn"])
)


@given(st.lists(typed | tagged, max_size=8))
def test_lexical_forms_survive_the_way_to_rdflib_and_back(literals: list[Literal]) -> None:
    quads = {Quad(BlankNode(f"n{number}"), P, literal) for number, literal in enumerate(literals)}
    assert set(from_rdflib(to_rdflib(quads))) == quads


def test_unlike_forms_of_one_number_stay_two_literals() -> None:
    integer = NamedNode(XSD + "integer")
    graph = to_rdflib(Quad(P, P, Literal(form, datatype=integer)) for form in ("01", "1"))
    assert sorted(str(value) for value in graph.objects()) == ["01", "1"]


def test_the_graph_is_the_union_of_all_graphs_with_blank_nodes_distinct() -> None:
    quads = [Quad(BlankNode(name), P, P, NamedNode(f"http://example.org/g{name}")) for name in "abb"]
    graph = to_rdflib(quads)
    assert len(graph) == 2
    assert set(graph.subjects()) == {rdflib.BNode("a"), rdflib.BNode("b")}


def test_all_graphs_of_a_dataset_come_back() -> None:
    dataset = rdflib.Dataset()
    node = rdflib.URIRef("http://example.org/a")
    dataset.graph(node).add((node, node, node))
    dataset.default_graph.add((node, node, rdflib.Literal("x")))
    assert len(list(from_rdflib(dataset))) == 2


def test_a_literal_as_subject_is_left_out() -> None:
    graph = rdflib.Graph()
    graph.add((rdflib.Literal("x"), rdflib.RDF.type, rdflib.RDFS.Resource))
    assert list(from_rdflib(graph)) == []


@pytest.mark.parametrize("written", ["<<( <a:a> <a:b> <a:c> )>>", '"x"@en--ltr'])
def test_terms_of_rdf_1_2_are_refused(written: str) -> None:
    with pytest.raises(InputError) as caught:
        to_rdflib(parse(f"<a:a> <a:b> {written} .", RdfFormat.TURTLE))
    assert caught.value.code == "RP306"


def test_ill_typed_literals_are_read_without_a_word_on_the_terminal(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert logging.lastResort is not None
    to_rdflib([Quad(P, P, Literal("yesterday", datatype=NamedNode(XSD + "date")))])
    assert capfd.readouterr().err == ""
