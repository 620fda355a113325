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
_LOCATE = "`repatria locate ARTICLE WORDS` prints the offsets"


def check_words(scope: Scope, path: JsonPath, words: str, what: str) -> None:
    """Report words of the source that are more than the dossier may keep (RP133)."""
    if len(words) <= 2 * MAX_FRAGMENT_WORDS:
        return  # a word takes a letter and what parts it from the next
    number = count_words(words)
    if number > MAX_FRAGMENT_WORDS:
        message = f"{what} has {number} words, more than {MAX_FRAGMENT_WORDS}"
        scope.problem(path, "RP133", message, "keep the words that carry the claim")


def add_passage(scope: Scope, claim: NamedNode, path: JsonPath, passage: Entry) -> None:
    """Add the passage of a claim and the evidence in it."""
    start, end = passage["start"], passage["end"]
    if end <= start:
        scope.problem((*path, "end"), "RP135", "the passage ends before it begins", _LOCATE)
        return
    length = scope.document.data.get("text", {}).get("characters", end)
    if end > length:
        message = f"the passage ends after the text, which has {length} characters"
        scope.problem((*path, "end"), "RP135", message, _LOCATE)
    node = _span(scope, "passage", _PASSAGE, start, end)
    scope.out.add(node, _SHA256, Literal(passage["sha256"]))
    scope.out.link(claim, _HAS_PASSAGE, node)
    add_evidence(scope, claim, path, passage, passage)


def add_evidence(scope: Scope, subject: NamedNode, path: JsonPath, piece: Entry, passage: Any) -> None:
    """Add the fragment ``piece`` as evidence of a claim or count, after checking it against the passage."""
    fragment, at = piece["fragment"], piece["at"]
    end = at + len(fragment)
    check_words(scope, (*path, "fragment"), fragment, "the fragment")
    if passage is not None:
        if at < passage["start"] or end > passage["end"]:
            scope.problem((*path, "at"), "RP135", "the fragment does not lie inside the passage", _LOCATE)
        elif len(fragment) >= passage["end"] - passage["start"]:
            hint = "a fragment is never a whole sentence"
            scope.problem((*path, "fragment"), "RP134", "the fragment is the whole passage", hint)
    node = _span(scope, "evidence", _EVIDENCE, at, end)
    quote = NamedNode(node.value + "/quote")
    scope.out.link(node, _HAS_SELECTOR, quote)
    scope.out.type(quote, _QUOTE)
    scope.out.add(quote, _EXACT, Literal(fragment))
    scope.out.link(subject, _HAS_EVIDENCE, node)


def _span(scope: Scope, kind: str, class_: NamedNode, start: int, end: int) -> NamedNode:
    out = scope.out
    node = NamedNode(scope.index.names.span(kind, scope.source, start, end))
    position = NamedNode(node.value + "/position")
    out.type(node, class_)
    out.add(node, _HAS_SOURCE, scope.node)
    out.add(node, _HAS_SELECTOR, position)
    out.type(position, _POSITION)
    out.add(position, _START, integer(start))
    out.add(position, _END, integer(end))
    return node
