"""Passages and evidence: where a claim stands in the normalised text, and which words carry it."""

from __future__ import annotations

from typing import Any

from pyoxigraph import Literal, NamedNode

from repatria.dossier.documents import JsonPath
from repatria.dossier.emit import integer
from repatria.dossier.scope import Entry, Scope
from repatria.dossier.text import MAX_FRAGMENT_WORDS, count_words
from repatria.terms import OA, iri, rep

_HAS_SOURCE = iri(OA + "hasSource")
_HAS_SELECTOR = iri(OA + "hasSelector")
_POSITION = iri(OA + "TextPositionSelector")
_QUOTE = iri(OA + "TextQuoteSelector")
_START = iri(OA + "start")
_END = iri(OA + "end")
_EXACT = iri(OA + "exact")
_PASSAGE = rep("Passage")
_EVIDENCE = rep("Evidence")
_HAS_PASSAGE = rep("passage")
_HAS_EVIDENCE = rep("evidence")
_SHA256 = rep("sha256")


def add_passage(scope: Scope, claim: NamedNode, source: NamedNode, path: JsonPath, passage: Entry) -> None:
    """Add the passage of a claim and the evidence in it."""
    start, end = passage["start"], passage["end"]
    if end <= start:
        scope.problem((*path, "end"), "RP135", "the passage ends before it begins")
        return
    node = _span(scope, source, "passage", _PASSAGE, start, end)
    scope.out.add(node, _SHA256, Literal(passage["sha256"]))
    scope.out.link(claim, _HAS_PASSAGE, node)
    add_evidence(scope, claim, path, passage, passage)


def add_evidence(scope: Scope, subject: NamedNode, path: JsonPath, piece: Entry, passage: Any) -> None:
    """Add the fragment ``piece`` as evidence of a claim or count, after checking it against the passage."""
    fragment, at = piece["fragment"], piece["at"]
    end = at + len(fragment)
    words = count_words(fragment)
    if words > MAX_FRAGMENT_WORDS:
        scope.problem(
            (*path, "fragment"),
            "RP133",
            f"the fragment has {words} words, more than {MAX_FRAGMENT_WORDS}",
            "keep the words that carry the claim",
        )
    if passage is not None:
        if at < passage["start"] or end > passage["end"]:
            scope.problem((*path, "at"), "RP135", "the fragment does not lie inside the passage")
        elif len(fragment) >= passage["end"] - passage["start"]:
            hint = "a fragment is never a whole sentence"
            scope.problem((*path, "fragment"), "RP134", "the fragment is the whole passage", hint)
    source = NamedNode(scope.index.names.entity("source", scope.source))
    node = _span(scope, source, "evidence", _EVIDENCE, at, end)
    quote = NamedNode(node.value + "/quote")
    scope.out.link(node, _HAS_SELECTOR, quote)
    scope.out.type(quote, _QUOTE)
    scope.out.add(quote, _EXACT, Literal(fragment))
    scope.out.link(subject, _HAS_EVIDENCE, node)


def _span(scope: Scope, source: NamedNode, kind: str, class_: NamedNode, start: int, end: int) -> NamedNode:
    out = scope.out
    node = NamedNode(scope.index.names.span(kind, scope.source, start, end))
    position = NamedNode(node.value + "/position")
    out.type(node, class_)
    out.add(node, _HAS_SOURCE, source)
    out.add(node, _HAS_SELECTOR, position)
    out.type(position, _POSITION)
    out.add(position, _START, integer(start))
    out.add(position, _END, integer(end))
    return node
