"""N-Triples and N-Quads: one quad a line, one match a line."""

from __future__ import annotations

import re

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from repatria.rdf.turtle.document import Comment, Document, LocatedQuad, Span
from repatria.rdf.turtle.refusal import Stopped, of_rdf12, unmade
from repatria.rdf.turtle.terminals import IRI_REFERENCE, LABEL, LANGUAGE, SHORT_STRING
from repatria.rdf.turtle.terms import Terms

_NODE = f"{IRI_REFERENCE}|{LABEL}"
_LITERAL = rf"({SHORT_STRING})(?:[ \t]*+(?:({LANGUAGE})|\^\^[ \t]*+({IRI_REFERENCE})))?+"
_PARTS = (
    ("a subject", f"({_NODE})"),
    ("a predicate", f"({IRI_REFERENCE})"),
    ("an object", rf"(?:({_NODE})|({_LITERAL}))"),
    ("a dot", rf"(?:({_NODE})[ \t]*+)?+\."),
)
_QUAD = "".join(rf"{part}[ \t]*+" for _, part in _PARTS)
_LINE = re.compile(rf"[ \t]*+(?:{_QUAD})?+(#[^\r\n]*+)?+(?:\r\n?|\n|\Z)", re.DOTALL)
_SUBJECT, _VERB, _OBJECT, _LITERAL_OBJECT, _GRAPH, _COMMENT = 1, 2, 3, 4, 8, 9
_SPACE = re.compile(r"[ \t]*+")
_OF_RDF12 = re.compile(r"<<\(?|--[a-z]++|version\b", re.IGNORECASE)


def read_lines(document: Document, terms: Terms, *, with_graphs: bool) -> None:
    """Read N-Triples, or N-Quads ``with_graphs``, into ``document``. Raises Stopped."""
    text = document.text
    position = int(text.startswith("\ufeff"))
    while position < len(text):
        if (line := _LINE.match(text, position)) is None:
            raise _misread(text, position)
        if line.start(_SUBJECT) >= 0:
            if line.start(_GRAPH) >= 0 and not with_graphs:
                raise Stopped(line.start(_GRAPH), "a graph in N-Triples", "read it as N-Quads")
            try:
                document.quads.append(_quad(line, terms))
            except ValueError as problem:
                raise unmade(line.start(_SUBJECT), problem) from None
        if line.start(_COMMENT) >= 0:
            document.comments.append(_comment(line, len(document.quads)))
        position = line.end()
    _end_comments(document)


def _quad(line: re.Match[str], terms: Terms) -> LocatedQuad:
    written, verb, node, _, quoted, tag, datatype, name, _ = line.groups()
    known = terms.known
    subject = known.get(written) or _node(written, terms)
    predicate = known.get(verb) or terms.iri(verb)
    value: NamedNode | BlankNode | Literal
    if node is None:
        value, span = terms.literal(quoted, tag, datatype), Span(*line.span(_LITERAL_OBJECT))
    else:
        value, span = known.get(node) or _node(node, terms), Span(*line.span(_OBJECT))
    if name is None:
        quad, graph = Quad(subject, predicate, value), None
    else:
        quad = Quad(subject, predicate, value, known.get(name) or _node(name, terms))
        graph = Span(*line.span(_GRAPH))
    return LocatedQuad(quad, Span(*line.span(_SUBJECT)), Span(*line.span(_VERB)), span, graph)


def _node(written: str, terms: Terms) -> NamedNode | BlankNode:
    return BlankNode(written[2:]) if written[0] == "_" else terms.iri(written)


def _comment(line: re.Match[str], quads: int) -> Comment:
    own_line = line.start(_SUBJECT) < 0
    after = None if own_line else quads - 1
    return Comment(
        line[_COMMENT], line.start(_COMMENT), own_line, "between" if quads else "head", quads, after
    )


def _end_comments(document: Document) -> None:
    for comment in reversed(document.comments):
        if comment.before != len(document.quads):
            break
        comment.before = None
        if comment.own_line and comment.place == "between":
            comment.place = "tail"


def _misread(text: str, position: int) -> Stopped:
    expected, offset = _misplaced(text, position)
    if newer := _OF_RDF12.match(text, offset):
        return of_rdf12(offset, newer.group())
    return Stopped(offset, f"{expected} should stand here", "each line holds one statement and its dot")


def _misplaced(text: str, position: int) -> tuple[str, int]:
    """Return the first part (in words) that the line at ``position`` lacks, and where it should stand."""
    for expected, part in _PARTS:
        found = re.compile(rf"([ \t]*+)(?:{part})?+", re.DOTALL).match(text, position)
        assert found is not None  # all of it is optional
        if found.end() == found.end(1):
            return expected, found.end()
        position = found.end()
    space = _SPACE.match(text, position)
    return "the end of the line", space.end() if space else position
