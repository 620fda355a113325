"""Graphs for the tests of the canonical form: every kind of term, lists, trees and cycles of blank nodes."""

from __future__ import annotations

import io
from collections.abc import Iterable

from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from repatria.canonical import canonical_nquads, write_trig, write_turtle
from repatria.terms import RDF, XSD

EX = "http://example.org/"
# Two prefixes of one namespace, one inside another, one without a slash at its end, one that is never used.
PREFIXES = {
    "ex": EX, "also": EX, "": EX + "sub/", "half": EX + "na", "rdf": RDF, "xsd": XSD, "urn": "urn:x:",
    "unused": "http://example.com/",
}  # fmt: skip
NAMES = (
    "a", "b.c", "dot.", "name", "na", "na-me", "", "-x", "0", "_", "sub/x", "sub/y/z", "x#y", "é·ї", "a×b",
    "%41", "a%2e", "a:b", "(x)", "it's", "a,b", "~", "\U0001f600", "\u200d", "true",
)  # fmt: skip
IRIS = [NamedNode(EX + name) for name in NAMES] + [
    NamedNode(x) for x in ("urn:x:1", "http://example.org", RDF + "nil")
]
PREDICATES = [NamedNode(RDF + "type"), *IRIS[:6]]
LEXICAL = (
    "1", "01", "-0", "+7", "1.", "1.50", ".5", "-.5", ".", "", "1e5", "1.E-5", ".5e+0", "1e", "INF", "true",
    "True", "0", " 1", "1\n", "٣",
)  # fmt: skip
KINDS = [
    *(XSD + name for name in ("integer", "decimal", "double", "boolean", "date", "string")),
    EX + "kind",
    EX + "x/",
]
TEXTS = st.text("ab \"'\\\n\r\t\b\f\x00\x07\x0b\x7f\x85\u2028é\U0001f600\ufffe.,;#<>_:@^", max_size=8)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(["en", "uk", "de-x-a1"])),
    st.builds(
        lambda text, kind: Literal(text, datatype=NamedNode(kind)),
        st.one_of(st.sampled_from(LEXICAL), TEXTS),
        st.sampled_from(KINDS),
    ),
)
BLANKS: list[BlankNode] = [BlankNode(f"b{number}") for number in range(6)]
Node = NamedNode | BlankNode
# Blank nodes come up more often, so that they meet.
NODES: list[Node] = [*IRIS, *BLANKS, *BLANKS, *BLANKS]
GRAPHS: list[Node | DefaultGraph] = [DefaultGraph(), DefaultGraph(), *IRIS[:3], BLANKS[0], BlankNode("g")]
OBJECTS: st.SearchStrategy[Node | Literal] = st.one_of(LITERALS, st.sampled_from(NODES))
FIRST, REST, NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))


@st.composite
def lists(draw: st.DrawFn) -> list[Triple]:
    """Return a subject with a list, sometimes one that is not well formed."""
    cells = [BlankNode(f"cell{draw(st.integers(0, 999))}x{at}") for at in range(draw(st.integers(1, 4)))]
    found = [Triple(draw(st.sampled_from(NODES)), draw(st.sampled_from(PREDICATES)), cells[0])]
    for cell, rest in zip(cells, [*cells[1:], draw(st.sampled_from([NIL] * 5 + BLANKS[:1]))], strict=True):
        found += [Triple(cell, FIRST, draw(OBJECTS)), Triple(cell, REST, rest)]
    spoilt = st.sampled_from(
        [[], [], [], [Triple(cells[-1], FIRST, IRIS[0])], [Triple(IRIS[0], REST, cells[-1])]]
    )
    return found + draw(spoilt)


@st.composite
def triples(draw: st.DrawFn) -> list[Triple]:
    """Return the triples of a graph, each once."""
    single = st.builds(Triple, st.sampled_from(NODES), st.sampled_from(PREDICATES), OBJECTS)
    found = draw(st.lists(single, max_size=12))
    for more in draw(st.lists(lists(), max_size=2)):
        found += more
    return list(dict.fromkeys(found))


@st.composite
def datasets(draw: st.DrawFn) -> list[Quad]:
    """Return the quads of a dataset, each once."""
    graphs = st.sampled_from(GRAPHS)
    return list(dict.fromkeys(Quad(t.subject, t.predicate, t.object, draw(graphs)) for t in draw(triples())))


def meaning(quads: Iterable[Quad]) -> list[str]:
    """Return quads as text with canonical labels: the same for isomorphic datasets alone.

    By pyoxigraph, but for blank nodes that name graphs, which it labels in a way of its own.
    """
    quads = list(quads)
    if any(isinstance(quad.graph_name, BlankNode) for quad in quads):
        return canonical_nquads(quads)
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def turtle(quads: Iterable[Quad | Triple], prefixes: dict[str, str] = PREFIXES) -> str:
    """Return canonical Turtle."""
    out = io.BytesIO()
    write_turtle(quads, out, prefixes)
    return out.getvalue().decode()


def trig(quads: Iterable[Quad | Triple], prefixes: dict[str, str] = PREFIXES) -> str:
    """Return canonical TriG."""
    out = io.BytesIO()
    write_trig(quads, out, prefixes)
    return out.getvalue().decode()


def read(text: str, format: RdfFormat = RdfFormat.TURTLE) -> list[Quad]:
    """Return the quads of a text, as pyoxigraph reads them."""
    return list(parse(text, format))


def renamed(quads: Iterable[Quad], names: list[str]) -> list[Quad]:
    """Return quads with other labels of the blank nodes, in the order given."""
    known: dict[BlankNode, BlankNode] = {}
    left = iter(names)

    def other(term: object) -> object:
        if not isinstance(term, BlankNode):
            return term
        return known.get(term) or known.setdefault(term, BlankNode(next(left)))

    return [
        Quad(other(q.subject), q.predicate, other(q.object), other(q.graph_name))  # type: ignore[arg-type]
        for q in quads
    ]
