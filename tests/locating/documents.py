"""Random documents in several formats with mistakes planted in them, their places marked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from hypothesis import strategies as st

SHAPES = """
@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
ex:shape a sh:NodeShape ; sh:targetSubjectsOf ex:planted ;
  sh:property [ sh:path ex:planted ; sh:in ( "good" ) ] .
"""
PREFIX = "http://example.org/"
GAPS = (" ", "  ", "\t", "\n", "\r\n", "\n   ", ' # "bad"\n', "\n# ex:planted [\n\n")


@dataclass
class Node:
    """A node with what is said of it: pairs of a property and a literal, a node, or a list of these."""

    name: str = ""
    facts: list[tuple[str, Any]] = field(default_factory=list)


LITERALS = st.sampled_from(["bad", "good", "x", 'a "bad" [one]', "й\U0001f600"])


def _facts(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[tuple[str, Any]]]:
    planted = st.tuples(st.just("planted"), st.sampled_from(["bad", "good"]))
    return st.lists(planted | st.tuples(st.sampled_from(["p", "q"]), values), min_size=1, max_size=4)


NODES: st.SearchStrategy[Node] = st.deferred(
    lambda: st.builds(
        Node,
        st.sampled_from(["", "", "iri", "label"]),
        _facts(LITERALS | NODES | st.lists(LITERALS | NODES, max_size=3)),
    )
)


@st.composite
def documents(draw: st.DrawFn) -> list[Node]:
    """Draw some nodes, each with a name of its own or none."""
    nodes = draw(st.lists(NODES, min_size=1, max_size=4))
    numbers = count()
    for node in nodes:
        _name(node, numbers)
    return nodes


def _name(node: Node, numbers: Any) -> None:
    prefix = {"iri": "ex:n", "label": "_:n"}.get(node.name)
    node.name = f"{prefix}{next(numbers)}" if prefix else ""
    for _, value in node.facts:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Node):
                _name(one, numbers)


def _mark(text: str, verb: str, value: str, seen: set[str]) -> str:
    """Mark a literal if it is planted; a triple that is written twice stands where it is written first."""
    if verb != "planted" or value != "bad" or "bad" in seen:
        return text
    seen.add("bad")
    return f"⟦{text}⟧"


class Turtle:
    """Writes Turtle with gaps from ``gap``; named nodes inside others get a block of their own."""

    def __init__(self, gap: Callable[[], str]) -> None:
        self._gap = gap
        self._later: list[Node] = []

    def text(self, nodes: list[Node]) -> str:
        """Return the document."""
        parts = [f"@prefix ex: <{PREFIX}> ."]
        waiting = list(nodes)
        while waiting:
            node = waiting.pop(0)
            parts.append(self._block(node))
            waiting, self._later = [*self._later, *waiting], []
        return self._gap().join(parts)

    def _block(self, node: Node) -> str:
        gap = self._gap
        if not node.name:
            return f"[{gap()}{self._said(node)}{gap()}]{gap()}."
        return f"{node.name}{gap()}{self._said(node)}{gap()}."

    def _said(self, node: Node) -> str:
        seen: set[str] = set()
        gap = self._gap
        return f"{gap()};{gap()}".join(
            f"ex:{verb}{gap()}{self._value(verb, value, seen)}" for verb, value in node.facts
        )

    def _value(self, verb: str, value: Any, seen: set[str]) -> str:
        gap = self._gap
        if isinstance(value, list):
            items = gap().join(self._value("", one, set()) for one in value)
            return f"({gap()}{items}{gap()})"
        if isinstance(value, Node):
            if value.name:
                self._later.append(value)
                return value.name
            return f"[{gap()}{self._said(value)}{gap()}]"
        return _mark(json.dumps(value, ensure_ascii=False), verb, value, seen)


class JsonLd:
    """Writes JSON-LD; all of it nested."""

    def __init__(self, gap: Callable[[], str]) -> None:
        self._any_gap = gap

    def _gap(self) -> str:
        found = self._any_gap()
        return " " if "#" in found else found

    def text(self, nodes: list[Node]) -> str:
        """Return the document."""
        gap = self._gap
        graph = f",{gap()}".join(map(self._node, nodes))
        return f'{{{gap()}"@context": {{"ex": "{PREFIX}"}},{gap()}"@graph": [{graph}]{gap()}}}'

    def _node(self, node: Node) -> str:
        gap, seen = self._gap, set[str]()
        by_verb: dict[str, list[Any]] = {}
        for verb, value in node.facts:
            by_verb.setdefault(verb, []).append(value)
        members = [f'"@id":{gap()}"{node.name}"'] if node.name else []
        for verb, values in by_verb.items():
            written = f",{gap()}".join(self._value(verb, value, seen) for value in values)
            members.append(f'"ex:{verb}"{gap()}:{gap()}' + (f"[{written}]" if len(values) > 1 else written))
        return "{" + f"{gap()},{gap()}".join(members) + gap() + "}"

    def _value(self, verb: str, value: Any, seen: set[str]) -> str:
        if isinstance(value, list):
            return '{"@list": [' + ", ".join(self._value("", one, set()) for one in value) + "]}"
        if isinstance(value, Node):
            return self._node(value)
        return _mark(json.dumps(value), verb, value, seen)
