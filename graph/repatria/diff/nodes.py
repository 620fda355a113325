"""Quads with blank nodes under other labels, as text and as quads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

Term = NamedNode | BlankNode | Literal | Triple | DefaultGraph


def statements_about(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    """Return for each blank node (label) the quads that it stands in."""
    about: dict[str, list[Quad]] = {}
    for quad in quads:
        for node in nodes_of(quad):
            about.setdefault(node, []).append(quad)
    return about


def nodes_of(quad: Quad) -> set[str]:
    """Return the labels of the blank nodes of a quad, also within triple terms."""
    found: set[str] = set()
    waiting: list[Term] = [quad.subject, quad.object, quad.graph_name]
    while waiting:
        term = waiting.pop()
        if isinstance(term, BlankNode):
            found.add(term.value)
        elif isinstance(term, Triple):
            waiting += [term.subject, term.object]
    return found


def render(quad: Quad, name: Callable[[str], str]) -> str:
    """Return a quad as text, in which ``name`` gives blank nodes another label."""
    terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    return " ".join(_text(term, name) for term in terms)


def _text(term: Term, name: Callable[[str], str]) -> str:
    if isinstance(term, BlankNode):
        return f"_:{name(term.value)}"
    if isinstance(term, Triple):
        inner = (_text(part, name) for part in (term.subject, term.predicate, term.object))
        return f"<<( {' '.join(inner)} )>>"
    return "" if isinstance(term, DefaultGraph) else str(term)


def renamed(quad: Quad, name: Callable[[str], str]) -> Quad:
    """Return a quad whose blank nodes have other labels."""
    return Quad(
        _renamed(quad.subject, name),
        quad.predicate,
        _renamed(quad.object, name),
        _renamed(quad.graph_name, name),
    )


def _renamed(term: Any, name: Callable[[str], str]) -> Any:
    if isinstance(term, BlankNode):
        return BlankNode(name(term.value))
    if isinstance(term, Triple):
        return Triple(_renamed(term.subject, name), term.predicate, _renamed(term.object, name))
    return term


def digest(texts: Iterable[str]) -> str:
    """Return a short name for texts in this order."""
    return blake2b("\n".join(texts).encode(), digest_size=16).hexdigest()
