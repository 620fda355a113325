"""What is no Turtle, TriG, N-Triples or N-Quads, or is of RDF 1.2 only, is refused at its line and column."""

from __future__ import annotations

import pytest
from pyoxigraph import parse

from repatria.errors import InputError
from repatria.rdf import FORMATS
from repatria.rdf.turtle import Format, read_document

IRI = "<http://example.org/x>"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
REFUSED: list[tuple[Format, str, int, int, str]] = [
    ("turtle", ":s :p :o .", 1, 1, "prefix : is not declared"),
    ("turtle", "<s> <p> <o> .", 1, 1, "without a base"),
    ("turtle", "@base <b> .", 1, 7, "without a base"),
    ("turtle", "{IRI} {IRI} 1", 1, 48, "the text ends"),
    ("turtle", "{IRI} {IRI} 1 {IRI} {IRI} 2 .", 1, 49, "end of the block"),
    ("turtle", "{IRI} {IRI}\n ; {IRI} 1 .", 2, 2, "an object"),
    ("turtle", "{IRI} {IRI} 1\r\r\n  }", 3, 3, "end of the block"),
    ("turtle", "{IRI} {IRI} [ {IRI} 1 ) .", 1, 74, "; or , or ]"),
    ("turtle", "{IRI} {IRI} ( 1 ] .", 1, 51, "an object"),
    ("turtle", "{IRI} {IRI} ( 1", 1, 50, "the text ends"),
    ("turtle", "[ {IRI} 1 ] ; {IRI} 1 .", 1, 30, "a predicate"),
    ("turtle", "[] .", 1, 4, "a predicate"),
    ("turtle", "() .", 1, 4, "a predicate"),
    ("turtle", "1 {IRI} 1 .", 1, 1, "a subject"),
    ("turtle", "{IRI} [] 1 .", 1, 24, "a predicate"),
    ("turtle", "{IRI} a a .", 1, 26, "an object"),
    ("turtle", "{IRI} A {IRI} .", 1, 24, "a predicate"),
    ("turtle", "{IRI} a True .", 1, 26, "an object"),
    ("turtle", "{IRI} a 'x .\n", 1, 26, "does not end"),
    ("turtle", '{IRI} a "x\n" .', 1, 26, "does not end"),
    ("turtle", '{IRI} a """x"" .', 1, 26, "does not end"),
    ("turtle", r'{IRI} a "\x" .', 1, 26, "no escape"),
    ("turtle", r'{IRI} a "\uD83D\uDE00" .', 1, 26, "no character"),
    ("turtle", r'{IRI} a "\U00110000" .', 1, 26, "no character"),
    ("turtle", r'{IRI} a "\u12" .', 1, 26, "no escape"),
    ("turtle", "{IRI} a 'x'@1 .", 1, 29, "language tag"),
    ("turtle", "{IRI} a 'x'@toolonglanguage .", 1, 26, "eight"),
    ("turtle", "{IRI} a 'x'^^a .", 1, 31, "datatype"),
    (
        "turtle",
        "{IRI} a 'x'^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .",
        1,
        26,
        "language tag",
    ),
    ("turtle", "{IRI} a <a b> .", 1, 26, "no IRI"),
    ("turtle", r"{IRI} a <http://example.org/\u0020> .", 1, 26, "' '"),
    ("turtle", r"{IRI} a <http://example.org/\u003E> .", 1, 26, "'>'"),
    ("turtle", "{IRI} a <http://example.org/%zz> .", 1, 26, "%zz"),
    ("turtle", "{IRI} a _: .", 1, 26, "label"),
    ("turtle", "{IRI} a ?x .", 1, 26, "'?'"),
    ("turtle", "{IRI} a 1 . .", 1, 30, "a subject"),
    ("turtle", "@prefix x <http://example.org/> .", 1, 9, "a prefix"),
    ("turtle", "@prefix x:y <http://example.org/> .", 1, 9, "a prefix"),
    ("turtle", "@prefix x: x: .", 1, 12, "angle brackets"),
    ("turtle", "@prefix x: <http://example.org/>", 1, 33, "the text ends"),
    ("turtle", "PREFIX x: <http://example.org/> .", 1, 33, "a subject"),
    ("turtle", "@PREFIX x: <http://example.org/> .", 1, 1, "a subject"),
    ("turtle", "{IRI} { }", 1, 24, "a predicate"),
    ("turtle", "GRAPH {IRI} { }", 1, 1, "a subject"),
    ("trig", "{IRI} { {IRI} a 1 ", 1, 53, "the text ends"),
    ("trig", "{ [] . }", 1, 6, "a predicate"),
    ("trig", "{ { } }", 1, 3, "a subject"),
    ("trig", "{ {IRI} a 1 .. }", 1, 31, "a subject"),
    ("trig", "{ @prefix x: <http://example.org/> . }", 1, 3, "a subject"),
    ("trig", "GRAPH { }", 1, 7, "name of a graph"),
    ("trig", "GRAPH [ a 1 ] { }", 1, 9, "]"),
    ("trig", "[ a 1 ] { }", 1, 9, "a predicate"),
    ("trig", "GRAPH {IRI} .", 1, 30, "{"),
    ("trig", "{IRI} { } .", 1, 28, "a subject"),
    ("ntriples", "{IRI} {IRI} {IRI}", 1, 69, "a dot"),
    ("ntriples", "{IRI} {IRI} .", 1, 47, "an object"),
    ("ntriples", "{IRI} {IRI} {IRI} {IRI} .", 1, 70, "a graph in N-Triples"),
    ("ntriples", "{IRI} {IRI} 'x' .", 1, 47, "an object"),
    ("ntriples", "{IRI} {IRI} 1 .", 1, 47, "an object"),
    ("ntriples", "{IRI} {IRI} {IRI} . {IRI}", 1, 72, "end of the line"),
    ("ntriples", "\n{IRI} _:b {IRI} .", 2, 24, "a predicate"),
    ("ntriples", "{IRI}\n {IRI} {IRI} .", 1, 23, "a predicate"),
    ("ntriples", '{IRI} {IRI} "x" . # fine\n"x" {IRI} 1 .', 2, 1, "a subject"),
    ("ntriples", "<s> <p> <o> .", 1, 1, "without a base"),
    ("nquads", '{IRI} {IRI} {IRI} "g" .', 1, 70, "a dot"),
]


@pytest.mark.parametrize(("format", "text", "line", "column", "said"), REFUSED)
def test_is_refused_at_its_place(format: Format, text: str, line: int, column: int, said: str) -> None:
    text = text.replace("{IRI}", IRI).replace("{RDF}", RDF)
    with pytest.raises(SyntaxError):
        list(parse(text.encode(), FORMATS[format]))
    with pytest.raises(InputError) as caught:
        read_document(text, "file.ttl", format=format)
    place = caught.value.location
    assert place is not None
    assert (caught.value.code, place.file, place.line, place.column) == ("RP303", "file.ttl", line, column)
    assert said in caught.value.message


@pytest.mark.parametrize(
    ("format", "text", "column"),
    [
        ("turtle", f"{IRI} a <<( {IRI} {IRI} 1 )>> .", 26),
        ("turtle", f"<< {IRI} {IRI} 1 >> a 1 .", 1),
        ("turtle", f"{IRI} a 1 ~ _:r .", 28),
        ("trig", f"{IRI} a 1 {{| {IRI} 1 |}} .", 28),
        ("turtle", f'{IRI} a "x"@ar--rtl .', 32),
        ("turtle", 'VERSION "1.2"', 1),
        ("trig", '@version "1.2" .', 1),
        ("ntriples", f"{IRI} {IRI} <<( {IRI} {IRI} {IRI} )>> .", 47),
        ("nquads", f'{IRI} {IRI} "x"@ar--rtl .', 53),
        ("ntriples", 'VERSION "1.2"', 1),
    ],
)
def test_what_only_rdf_12_has_is_refused_by_name(format: Format, text: str, column: int) -> None:
    with pytest.raises(InputError, match=r"RDF 1\.2") as caught:
        read_document(text, "x", format=format)
    assert caught.value.code == "RP306"
    assert caught.value.location is not None
    assert caught.value.location.column == column


def test_a_base_that_is_no_iri_is_refused() -> None:
    with pytest.raises(InputError, match="RP303") as caught:
        read_document("<s> <p> <o> .", "x", format="turtle", base_iri="folder/file")
    assert "folder/file" in caught.value.message


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("e:s a e:t .", "declare it"),
        ("<s> a <t> .", "base"),
        ("<x:s> a <x:t>", "cut off"),
        ("<x:s> a 'x .", "close"),
    ],
)
def test_the_hint_says_what_to_do(text: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        read_document(text, "x", format="turtle")
    assert hint in caught.value.hint
