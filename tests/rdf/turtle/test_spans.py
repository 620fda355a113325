"""Where the terms of each quad stand: for messages with line and column, and for what is written back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import parse

from repatria.rdf import FORMATS
from repatria.rdf.turtle import Document, Format, Span, read_document

TURTLE = """\
@prefix : <http://example.org/> .
:s a :Kind, "x"@en ; :p "y" ^^ :t , [
  :q ( 1 :é
    ( ) [] )
] .
( -2 ) :p true . [ :p _:b ; ] :q () . [] :p 3 .
"""
TRIG = """\
PREFIX : <http://example.org/>
:g { :s :p 1 } :s :p 0 . GRAPH _:g { [] :p 2 } [ ] { :s :p 3 } { :s :p 4 } :s :p 5 ."""
QUADS = '<x:s> <x:p> "é😀"@en <x:g> .\n\t_:a.b<x:p><x:o>_:g. #\n<x:s> <x:p>  "1"  ^^  <x:t>.'


def written(document: Document) -> list[tuple[str, ...]]:
    """Return what stands at the spans of each quad, with its white space made one."""
    return [
        tuple(
            " ".join(document.text[span.start : span.end].split())
            for span in (located.subject, located.predicate, located.object, located.graph)
            if span is not None
        )
        for located in document.quads
    ]


def test_terms_nodes_and_lists_of_turtle_stand_where_they_are_written() -> None:
    node, rest = "[ :q ( 1 :é ( ) [] ) ]", "( 1 :é ( ) [] )"
    assert written(read_document(TURTLE, "x", format="turtle")) == [
        (":s", "a", ":Kind"),
        (":s", "a", '"x"@en'),
        (":s", ":p", '"y" ^^ :t'),
        (":s", ":p", node),
        (node, ":q", rest),
        (rest, "", "1"),
        (rest, "", ":é ( ) [] )"),
        (":é ( ) [] )", "", ":é"),
        (":é ( ) [] )", "", "( ) [] )"),
        ("( ) [] )", "", "( )"),
        ("( ) [] )", "", "[] )"),
        ("[] )", "", "[]"),
        ("[] )", "", ")"),
        ("( -2 )", "", "-2"),
        ("( -2 )", "", ")"),
        ("( -2 )", ":p", "true"),
        ("[ :p _:b ; ]", ":p", "_:b"),
        ("[ :p _:b ; ]", ":q", "()"),
        ("[]", ":p", "3"),
    ]


def test_names_of_graphs_stand_where_they_are_written() -> None:
    assert written(read_document(TRIG, "x", format="trig")) == [
        (":s", ":p", "1", ":g"),
        (":s", ":p", "0"),
        ("[]", ":p", "2", "_:g"),
        (":s", ":p", "3", "[ ]"),
        (":s", ":p", "4"),
        (":s", ":p", "5"),
    ]


def test_terms_of_lines_stand_where_they_are_written() -> None:
    assert written(read_document(QUADS, "x", format="nquads")) == [
        ("<x:s>", "<x:p>", '"é😀"@en', "<x:g>"),
        ("_:a.b", "<x:p>", "<x:o>", "_:g"),
        ("<x:s>", "<x:p>", '"1" ^^ <x:t>'),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_and_columns_are_counted_in_code_points_from_one(end: str) -> None:
    document = read_document(TURTLE.replace("\n", end), "x", format="turtle")
    places = [document.location(located.object.start) for located in document.quads]
    assert places[:8] == [(2, 6), (2, 13), (2, 25), (2, 37), (3, 6), (3, 8), (3, 10), (3, 10)]
    assert document.location(len(document.text)) == (7, 1)


TERMS = (
    "<x:a>", "_:b", "_:0.é-", r'"\t\"\u00e9"', '"😀 #"', '"1"^^<x:t>', '"x"@en-GB', '""  @de', '"" ^^ <x:t>'
)  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, list[tuple[str, ...]], list[str]]:
    """Return N-Quads, what each quad is written as, and the comments."""
    text, quads, comments = "", [], []
    space = st.sampled_from(["", " ", "\t ", "  "])
    for _ in range(draw(st.integers(0, 5))):
        text += draw(space)
        if draw(st.booleans()):
            terms = [draw(st.sampled_from(TERMS[:3])), "<x:p>", draw(st.sampled_from(TERMS))]
            terms += draw(st.sampled_from([[], ["<x:g>"], ["_:g"]]))
            # A label would go on into the next term.
            text += "".join(term + " " * term.startswith("_:") + draw(space) for term in terms) + "."
            quads.append(tuple(terms))
        text += draw(space)
        if draw(st.booleans()):
            comments.append("# " + draw(st.sampled_from(["", '"', "<x:s> <x:p> <x:o> .", "é #"])))
            text += comments[-1]
        text += draw(st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
    return text, quads, comments


@given(lines())
def test_generated_lines_read_as_they_were_written(
    generated: tuple[str, list[tuple[str, ...]], list[str]],
) -> None:
    text, quads, comments = generated
    document = read_document(text, "x", format="nquads")
    assert [located.quad for located in document.quads] == list(parse(text, FORMATS["nquads"]))
    assert written(document) == [tuple(" ".join(term.split()) for term in quad) for quad in quads]
    assert [comment.text for comment in document.comments] == comments
    assert [text[comment.start : comment.end] for comment in document.comments] == comments


@pytest.mark.parametrize("format", ["turtle", "trig", "ntriples", "nquads"])
def test_what_all_formats_share_stands_at_the_same_places(format: Format) -> None:
    text = '<x:s> <x:p> "x" .\n_:b <x:p> _:c . # end\n'
    first, second = read_document(text, "x", format=format).quads
    assert (first.subject, first.predicate, first.object) == (Span(0, 5), Span(6, 11), Span(12, 15))
    assert (second.subject, second.predicate, second.object) == (Span(18, 21), Span(22, 27), Span(28, 31))
    assert first.graph is second.graph is None
