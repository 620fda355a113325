"""Properties of documents written at random with every variant of the syntax, comments in every place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, parse

from repatria.rdf import FORMATS
from repatria.rdf.turtle import Document, Format, Span, read_document

Meaning = Callable[[Iterable[Quad]], set[str]]
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
FIRST, REST = NamedNode(RDF + "first"), NamedNode(RDF + "rest")
BASE = "http://example.org/folder/file"
PROLOGUE = "@prefix : <http://example.org/ns#> . @prefix e.1: <x/> . @prefix é: <http://example.org/é/>.\n"
IRIS = (
    "<http://example.org/x>", r"<http://example.org/\u00E9\U0001F600?q#f>", "<#f>", "<../y/./z>", "<>",
    "<urn:a:b>", ":", ":x", ":x.y", "e.1:a:b", r":\~\,x\.", ":%20", "é:é-1", "e.1:0", ":_x", "e.1:", ":true",
)  # fmt: skip
NUMBERS = ("0", "+01", "-5", "1.50", ".5", "-0.0", "1e5", "1.E-5", "+.5e+0", "true", "false")
SUFFIXES = (
    "",
    "",
    "@en",
    "@en-GB",
    "@de-x-a1",
    "^^:kind",
    "^^<http://www.w3.org/2001/XMLSchema#date>",
    "^^é:",
)
LABELS = ("_:b", "_:0.1", "_:anon0", "_:é-a")
CHARACTERS = "ab \"'\\\n\r\té#<>.\U0001f600\ufffd"
ESCAPES = {'"': r"\"", "'": r"\'", "\\": "\\\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
GAPS = (" ", "\n", "\t", "\r\n", "  ", "\r")
REMARKS = ("#", "# \"'<[({ .;,", "#é\U0001f600", "## :s :p :o .", "#\t")


class Writer:
    """Writes one document: ``text()``, its ``comments`` in order."""

    def __init__(self, random: Random, trig: bool) -> None:
        self.random, self.trig = random, trig
        self.pieces: list[str] = []
        self.comments: list[str] = []

    def text(self) -> str:
        return "".join(self.pieces)

    def put(self, *tokens: str) -> None:
        """Write tokens, each with white space, perhaps comments, behind it."""
        for token in tokens:
            self.pieces.append(token)
            for _ in range(self.random.choice((1, 1, 1, 2, 3))):
                self.gap()

    def gap(self) -> None:
        self.pieces.append(self.random.choice(GAPS))
        if self.random.random() < 0.15:
            comment = self.random.choice(REMARKS)
            self.comments.append(comment)
            self.pieces += comment, self.random.choice(("\n", "\r\n", "\r"))

    def tight(self, sign: str) -> None:
        """Write a sign with nothing need stand around it."""
        self.pieces.append(sign)
        if self.random.random() < 0.6:
            self.gap()

    def string(self) -> str:
        quotes = self.random.choice(('"', "'", '"""', "'''"))
        value = self.random.choices(CHARACTERS, k=self.random.randrange(6))
        written = [self.character(value, at, quotes) for at in range(len(value))]
        return quotes + "".join(written) + quotes

    def character(self, value: list[str], at: int, quotes: str) -> str:
        one = value[at]
        bare = one != "\\" and (len(quotes) == 3 or one not in "\n\r")
        # A quotation mark of a long string stands bare where no other follows.
        alone = (
            len(quotes) == 3 and one not in value[at - 1 : at] and value[at + 1 : at + 2] not in ([], [one])
        )
        if bare and (one != quotes[0] or alone) and self.random.random() < 0.8:
            return one
        return self.random.choice((ESCAPES.get(one, f"\\U{ord(one):08x}"), f"\\U{ord(one):08X}"))

    def iri(self) -> None:
        self.put(self.random.choice(IRIS))

    def object(self, depth: int) -> None:
        kind = self.random.randrange(6 if depth else 4)
        if kind == 0:
            self.iri()
        elif kind == 1:
            self.put(self.random.choice((*LABELS, *NUMBERS)))
        elif kind == 2:
            self.put(self.string() + self.random.choice(SUFFIXES))
        elif kind == 3:
            self.put(self.string(), *self.random.choice(((), ("@fr",), ("^^", ":kind"), ("^^", "<#kind>"))))
        elif kind == 4:
            self.node(depth)
        else:
            self.list(depth)

    def node(self, depth: int) -> bool:
        """Write a ``[ … ]``; tell whether it holds anything."""
        self.tight("[")
        if full := self.random.random() < 0.7:
            self.properties(depth - 1)
        self.tight("]")
        return full

    def list(self, depth: int) -> None:
        self.tight("(")
        for _ in range(self.random.choice((0, 1, 1, 2, 3))):
            self.object(depth - 1)
        self.tight(")")

    def properties(self, depth: int) -> None:
        for more in range(self.random.choice((1, 1, 2, 3))):
            if more:
                self.tight(self.random.choice((";", ";", ";;")))
            self.put("a") if self.random.random() < 0.3 else self.iri()
            for again in range(self.random.choice((1, 1, 1, 2, 3))):
                if again:
                    self.tight(",")
                self.object(depth)
        if self.random.random() < 0.2:
            self.tight(self.random.choice((";", ";;")))

    def triples(self) -> None:
        start = self.random.choice("iiil[(")
        if start == "[":
            if self.node(2) and self.random.random() < 0.5:
                return
        elif start == "(":
            self.list(2)
        elif start == "l":
            self.put(self.random.choice(LABELS))
        else:
            self.iri()
        self.properties(2)

    def graph(self) -> None:
        name = self.random.choice(
            ("", "", "_:g ", ":g ", "[ ]", "<g>", "GRAPH :h ", "graph []", "gRaph _:b ")
        )
        self.pieces.append(name)
        self.tight("{")
        blocks = self.random.randrange(3)
        for left in reversed(range(blocks)):
            self.triples()
            if left or self.random.random() < 0.5:
                self.put(".")
        self.tight("}")

    def statement(self) -> None:
        kind = self.random.randrange(8)
        if kind == 0:
            prefix = self.random.choice(("@prefix", "PREFIX", "prefix"))
            self.put(prefix, ":", "<http://example.org/ns#>", *("." * prefix.startswith("@")))
        elif kind == 1:
            base = self.random.choice(("@base", "BASE", "Base"))
            self.put(base, f"<{BASE}>", *("." * base.startswith("@")))
        elif self.trig and kind < 5:
            self.graph()
        else:
            self.triples()
            self.put(".")

    def document(self) -> str:
        for _ in range(self.random.randrange(3)):
            self.gap()
        self.put(PROLOGUE)
        for _ in range(self.random.randrange(1, 5)):
            self.statement()
        return self.text()


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, Format, list[str]]:
    """Return a text, its format, and its comments."""
    trig = draw(st.booleans())
    writer = Writer(draw(st.randoms(use_true_random=False)), trig)
    return writer.document(), "trig" if trig else "turtle", writer.comments


def read(text: str, format: Format) -> Document:
    return read_document(text, "x", format=format, base_iri=BASE)


def read_back(text: str) -> list[Quad]:
    return list(parse(PROLOGUE + text, FORMATS["turtle"], base_iri=BASE))


@given(documents())
@settings(max_examples=150, deadline=None)
def test_the_quads_are_those_of_pyoxigraph(meaning: Meaning, written: tuple[str, Format, list[str]]) -> None:
    text, format, _ = written
    expected = list(parse(text, FORMATS[format], base_iri=BASE))
    quads = [located.quad for located in read(text, format).quads]
    assert len(quads) == len(expected)
    assert meaning(quads) == meaning(expected)


def check_term(term: object, snippet: str, inside: int) -> None:
    """Check that a snippet means a term; one in brackets holds as many quads as the document has there."""
    if snippet.startswith("_:"):
        assert term == BlankNode(snippet[2:])
        return
    outer, *inner = sorted(
        read_back(f"<x:> <x:> {snippet} ."), key=lambda quad: quad.subject != NamedNode("x:")
    )
    assert len(inner) == (inside if snippet[0] in "[(" else 0)
    assert isinstance(term, BlankNode) if isinstance(outer.object, BlankNode) else outer.object == term


@given(documents())
@settings(max_examples=150, deadline=None)
def test_every_span_reads_back_as_its_term(written: tuple[str, Format, list[str]]) -> None:
    text, format, _ = written
    quads = read(text, format).quads

    def check(term: object, span: Span, before: str = "") -> None:
        objects = (other.object for other in quads)
        inside = sum(span.start <= one.start and one.end <= span.end and one != span for one in objects)
        check_term(term, before + text[slice(*span)], inside)

    for located in quads:
        quad, verb = located.quad, text[slice(*located.predicate)]
        if verb:
            assert read_back(f"<x:> {verb} 1 .")[0].predicate == quad.predicate
            check(quad.subject, located.subject)
        if verb or quad.predicate == FIRST:
            check(quad.object, located.object)
        else:  # the rest of a list, from its next item on, or its closing bracket alone
            assert quad.predicate == REST
            check(quad.object, located.object, before="(")
        if located.graph:
            check(quad.graph_name, located.graph)
        else:
            assert quad.graph_name == DefaultGraph()


@given(documents())
@settings(max_examples=150, deadline=None)
def test_every_comment_is_kept_once_and_placed(written: tuple[str, Format, list[str]]) -> None:
    text, format, comments = written
    document = read(text, format)
    assert [comment.text for comment in document.comments] == comments
    starts = [located.object.start for located in document.quads]
    assert starts == sorted(starts)
    for comment in document.comments:
        assert text[comment.start : comment.end] == comment.text
        before = bisect_right(starts, comment.start)
        assert comment.before == (before if before < len(starts) else None)
        line = text[: comment.start].replace("\r", "\n").rpartition("\n")[2]
        assert comment.own_line == (not line.strip())
        if comment.after is not None:
            assert comment.after < before
            assert not comment.own_line
