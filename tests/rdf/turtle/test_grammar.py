"""Every form that Turtle, TriG, N-Triples and N-Quads have is read as pyoxigraph reads it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, parse

from repatria.errors import InputError
from repatria.rdf import FORMATS
from repatria.rdf.turtle import Format, read_document

Meaning = Callable[[Iterable[Quad]], set[str]]
BASE = "http://example.org/folder/file?query"
DECLARED = "@prefix : <http://example.org/ns#> . @prefix e: <e/> .\n"
XSD = "http://www.w3.org/2001/XMLSchema#"
IRI = "<http://example.org/x>"

TURTLE = [
    # strings
    ":s :p \"\", '', \"\"\"\"\"\", '''''' .",
    r""":s :p "\t\b\n\r\f\"\'\\ \u00e9 \U0001F600", '\t"\'' .""",
    ':s :p """a "b" ""c\\"""" , \'\'\'a \'b\' \'\'c\'\'\' .',
    ':s :p """two\nlines\r\nand \\u0022 """ .',
    ":s :p \"\"\"ends in ''\"\"\", '''ends in \"\"''' .",
    ':s :p "x"@en, "x"@en-GB, "x"@de-AT-1996, "x"@EN .',
    f':s :p "01"^^<{XSD}integer>, "x"^^:kind, "x"^^e:kind.',
    ':s :p "x" @en , "x" ^^ :kind , "x"\n#\n^^ #\n :kind, "x" # no tag\n .',
    ":s :p \"# no comment\", '<http://example.org/>' .",
    # shorthand
    ":s :p 1, -1, +1, 01, 1.5, -.5, .5 .:s :p 1.",
    ":s :p 1e5, 1.e5, 1.5E-5, -.5e+5, +1E0 .",
    ":s :p true, false. :s :p true .",
    ":s a :Kind; a e:Kind .",
    # IRIs and prefixed names
    f"{IRI}<http://example.org/p>{IRI}.",
    r"<http://example.org/\u00e9\U000000e9> <p> <é%20%C3> .",
    "<> <#p> <?q>, <../../..>, <.>, <//other.example/a/b>, </a/./b>, <http://example.org/a/../b> .",
    ": : : . e: e: e: .",
    ":a.b :c:d :e-f, :_x, :0, :1.2.3, :é, :%20%C3%a9, ::, :a:, e:a.b.c.",
    r":s :p e:\~\.\-\!\$\&\'\(\)\*\+\,\;\=\/\?\#\@\%41\_, :a\.. :s :p 1.",
    ":true :false :a, :prefix, :base .",
    # blank nodes
    "_:a :p _:b, _:a.b, _:0, _:_, _:é, _:a-b .",
    "_:anon0 :p [], [ ], [ :p _:anon_1 ] .",
    "[] :p 1 . [ ] :p 2 . [ :p 1 ] . [ :p 1 ] :q 2 . [ :p [ :q [ :r 1 ] ; ] ; :t 2 ;; ] .",
    "[:p 1, 2; :q [:r 3], [:r 4] ] :p 5; .",
    # lists
    ":s :p (), ( ), ( # none\n ), (1), (1 2 3), ((1) () (2 3)), ([] [ :q () ]) .",
    '() :p 1 . (1) :p 2 . (1 (2) [ :q 3 ]) :p ("x"@en \'y\' "z"^^:kind true .5 :e _:b) .',
    # punctuation
    ":s :p 1;. :s :p 1;;;. :s :p 1;;:q 2;. :s :p 1,2;:q 3.",
    ":s\t:p\r1\r\n.\r",
    "# only\n\n# comments",
    "",
    # directives anywhere
    "PREFIX x: <x/> x:a x:b x:c . prefix x: <y/> x:a x:b x:c . pReFiX : <z/>BASE <x://b/>:a <b> <c> .",
    "@base <http://b.example/c/d> . <e> :p <e> . @base <f/g> . <e> :p <> . @prefix : <h#> . :s :p e:x .",
    "@prefix é.a-b: <http://example.org/> . é.a-b:x é.a-b:y é.a-b:z .",
    "@prefix a: <http://example.org/> . a:a a a:a .",
]
TRIG = [
    "{} :g {} GRAPH :g {} graph _:g { } [] {} GRAPH [] { } { }",
    "{ :s :p 1 } :g { :s :p 1 . } :g { :s :p 2 . :s :p 3 } :s :p 4 .",
    "GRAPH <g> { :s :p 1; :q 2; . [] :p 1 . [ :p 2 ] . [ :p 3 ] :q (1 2) } <g> { } <s> <p> <o> .",
    "_:g { _:g :p _:h } _:h :p _:g . [] { [ :p 1 ] } [] :p 1 .",
    "{ (1) :p (2) . () :p () } @prefix : <other#> . :g { :s :p :o } BASE <x://b/> <g> { <s> a <o> }",
    "[ :p 1 ] . (1) :p 2 . [ :p 1 ] :q 2 . _:b :p 1 .",
]
QUADS = [
    f'{IRI}{IRI}"x".',
    f'\t{IRI} {IRI} "x"@en . # end\r\n\r\n   # alone\r{IRI} {IRI} _:a.b.\n',
    rf'_:0 {IRI} "\t\b\n\r\f\"\'\\ \u00e9 \U0001F600 \u0000".',
    f'_:a {IRI} "1"^^<{XSD}integer> .\n_:a {IRI} "x" ^^ {IRI} .\n_:a {IRI} "x" @en-GB .',
    "# only a comment",
    "",
]
NAMED = [f"{IRI} {IRI} _:a _:g .\n{IRI} {IRI} {IRI}{IRI}.", f'_:a {IRI} "x"@en {IRI} . # c\n_:a {IRI} "x" .']

CASES: list[tuple[Format, str]] = [
    *(("turtle", DECLARED + text) for text in TURTLE),
    *(("trig", DECLARED + text) for text in TURTLE + TRIG),
    *(("ntriples", text) for text in QUADS),
    *(("nquads", text) for text in QUADS + NAMED),
]


@pytest.mark.parametrize(("format", "text"), CASES)
def test_is_read_as_pyoxigraph_reads_it(format: Format, text: str, meaning: Meaning) -> None:
    expected = list(parse(text.encode(), FORMATS[format], base_iri=BASE))
    quads = [located.quad for located in read_document(text, "x", format=format, base_iri=BASE).quads]
    assert meaning(quads) == meaning(expected)
    assert len(quads) == len(expected)


@pytest.mark.parametrize("format", ["turtle", "trig", "ntriples", "nquads"])
def test_a_byte_order_mark_is_skipped(format: Format) -> None:
    document = read_document(f"\ufeff{IRI} {IRI} {IRI} .", "x", format=format)
    assert [located.subject.start for located in document.quads] == [1]
    assert document.location(1) == (1, 2)


REFERENCES = {
    # RFC 3986, sections 5.4.1 and 5.4.2.
    "g:h": "g:h", "g": "http://a/b/c/g", "./g": "http://a/b/c/g", "g/": "http://a/b/c/g/", "/g": "http://a/g",
    "//g": "http://g", "?y": "http://a/b/c/d;p?y", "g?y": "http://a/b/c/g?y", "#s": "http://a/b/c/d;p?q#s",
    "g#s": "http://a/b/c/g#s", "g?y#s": "http://a/b/c/g?y#s", ";x": "http://a/b/c/;x", "g;x": "http://a/b/c/g;x",
    "g;x?y#s": "http://a/b/c/g;x?y#s", "": "http://a/b/c/d;p?q", ".": "http://a/b/c/", "./": "http://a/b/c/",
    "..": "http://a/b/", "../": "http://a/b/", "../g": "http://a/b/g", "../..": "http://a/", "../../": "http://a/",
    "../../g": "http://a/g", "../../../g": "http://a/g", "../../../../g": "http://a/g", "/./g": "http://a/g",
    "/../g": "http://a/g", "g.": "http://a/b/c/g.", ".g": "http://a/b/c/.g", "g..": "http://a/b/c/g..",
    "..g": "http://a/b/c/..g", "./../g": "http://a/b/g", "./g/.": "http://a/b/c/g/", "g/./h": "http://a/b/c/g/h",
    "g/../h": "http://a/b/c/h", "g;x=1/./y": "http://a/b/c/g;x=1/y", "g;x=1/../y": "http://a/b/c/y",
    "g?y/./x": "http://a/b/c/g?y/./x", "g?y/../x": "http://a/b/c/g?y/../x", "g#s/./x": "http://a/b/c/g#s/./x",
    "g#s/../x": "http://a/b/c/g#s/../x", "http:g": "http:g",
}  # fmt: skip


@pytest.mark.parametrize(("reference", "expected"), REFERENCES.items())
def test_references_are_resolved_as_rfc_3986_says(reference: str, expected: str) -> None:
    text = f"@base <http://a/b/c/d;p?q> . <x:s> <x:p> <{reference}> . @prefix p: <{reference}> . p: a p: ."
    first, second = (located.quad for located in read_document(text, "x", format="turtle").quads)
    assert first.object == second.subject == second.object == NamedNode(expected)


@pytest.mark.parametrize("base", ["urn:a:b", "tag:a@b.example,2020:x/y", "x:", "file:///a/b", "http://a?q#f"])
@pytest.mark.parametrize("reference", ["", "c", "c/../d", "/c", "//c/d", "?c", "#c", "..", "./c:d"])
def test_references_below_any_scheme_are_resolved_as_by_pyoxigraph(base: str, reference: str) -> None:
    text = f"<{reference}> <x:p> <x:o> ."
    try:
        expected = [quad.subject for quad in parse(text, FORMATS["turtle"], base_iri=base)]
    except SyntaxError:
        with pytest.raises(InputError):
            read_document(text, "x", format="turtle", base_iri=base)
    else:
        found = read_document(text, "x", format="turtle", base_iri=base)
        assert [located.quad.subject for located in found.quads] == expected


def test_prefixes_and_base_are_those_in_force_at_the_end() -> None:
    text = "@prefix b: <b/> . @prefix a: <a/> . @base <http://c.example/> . PREFIX b: <d#>"
    document = read_document(text, "x", format="turtle", base_iri="http://example.org/")
    assert list(document.prefixes.items()) == [("a", "http://example.org/a/"), ("b", "http://c.example/d#")]
    assert document.base == "http://c.example/"


def test_doubles_are_kept_and_labels_stay_the_same_on_each_run() -> None:
    text = f"_:anon0 {IRI} 1, 1, [ {IRI} (1) ] ."
    first, second = (read_document(text, "x", format="turtle").quads for _ in range(2))
    assert [located.quad for located in first] == [located.quad for located in second]
    assert [located.quad.subject for located in first[:2]] == [BlankNode("anon0")] * 2
    assert len({located.quad.subject for located in first}) == 3


@pytest.mark.parametrize(
    ("opening", "closing", "quads"), [("[<x:p>", "]", 100_001), ("[<x:p>(", ")]", 150_001)]
)
def test_a_hundred_thousand_nested_brackets_are_read(opening: str, closing: str, quads: int) -> None:
    depth = 100_000 // len(closing)
    text = f"<x:s><x:p>{opening * depth}1{closing * depth}."
    document = read_document(text, "x", format="turtle")
    assert len(document.quads) == quads
    assert text[slice(*document.quads[0].object)] == text[10:-1]


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(enabled: bool) -> None:
    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        read_document("", "x", format="turtle")
        with pytest.raises(InputError):
            read_document("x", "x", format="turtle")
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()
