"""SHACL property paths as the text of SPARQL property paths, and back.

The text writes every IRI in full and brackets every sequence and alternative
inside another path: ``<p>``, ``^<p>``, ``<p>/<q>``, ``(<p>|<q>)*``. It is
unambiguous, so that a report keeps its paths as text and can still be written
as RDF. SHACL §2.3.1, SPARQL 1.1 §9.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from repatria.shacl.vocabulary import FIRST, NIL, REST, sh

Node = NamedNode | BlankNode | Literal | Triple
Objects = Callable[[NamedNode | BlankNode, NamedNode], list[Node]]

_POSTFIX = {"*": sh("zeroOrMorePath"), "+": sh("oneOrMorePath"), "?": sh("zeroOrOnePath")}
_INVERSE = sh("inversePath")
_ALTERNATIVE = sh("alternativePath")
_TOKEN = re.compile(r"<[^>]*>|[()^/|*+?]")


def path_text(node: Node, objects: Objects) -> str:
    """Return a SHACL path as text; ``objects(subject, predicate)`` gives the values in the shapes graph.

    Raises ValueError for what is no well-formed path (also for one that contains itself).
    """
    return _text(node, objects, top=True, seen=frozenset())


def _text(node: Node, objects: Objects, *, top: bool, seen: frozenset[Node]) -> str:
    if isinstance(node, NamedNode):
        return f"<{node.value}>"
    if not isinstance(node, BlankNode) or node in seen:
        raise ValueError(f"no SHACL path: {node}")
    seen |= {node}
    if objects(node, FIRST):
        # A list is a sequence, whatever else is said of it.
        return _joined("/", node, objects, top=top, seen=seen)
    if inverse := objects(node, _INVERSE):
        return "^" + _text(inverse[0], objects, top=False, seen=seen)
    for sign, predicate in _POSTFIX.items():
        if inner := objects(node, predicate):
            text = _text(inner[0], objects, top=False, seen=seen)
            return (f"({text})" if text.startswith("^") else text) + sign
    if not (alternatives := objects(node, _ALTERNATIVE)):
        raise ValueError(f"no SHACL path: {node}")
    return _joined("|", alternatives[0], objects, top=top, seen=seen)


def _joined(sign: str, members: Node, objects: Objects, *, top: bool, seen: frozenset[Node]) -> str:
    text = sign.join(_text(step, objects, top=False, seen=seen) for step in _items(members, objects))
    return text if top else f"({text})"


def _items(node: Node, objects: Objects) -> Iterator[Node]:
    seen: set[Node] = set()
    while node != NIL:
        if not isinstance(node, NamedNode | BlankNode) or node in seen or not (first := objects(node, FIRST)):
            raise ValueError(f"no list of SHACL paths: {node}")
        seen.add(node)
        yield first[0]
        rest = objects(node, REST)
        node = rest[0] if rest else NIL


def path_quads(text: str, new_node: Callable[[], BlankNode]) -> tuple[NamedNode | BlankNode, list[Quad]]:
    """Return the node of a path given as text, and the triples that describe it. Raises ValueError."""
    reader = _Reader(text, new_node)
    node = reader.alternatives()
    if reader.peek():
        raise ValueError(f"no path: {text}")
    return node, reader.quads


class _Reader:
    """Reads the text of a path by recursive descent."""

    def __init__(self, text: str, new_node: Callable[[], BlankNode]) -> None:
        self._tokens = _TOKEN.findall(text)
        self._new_node = new_node
        self.quads: list[Quad] = []

    def peek(self) -> str:
        return self._tokens[0] if self._tokens else ""

    def alternatives(self) -> NamedNode | BlankNode:
        members = self._separated("|", self._sequence)
        if len(members) == 1:
            return members[0]
        return self._described(_ALTERNATIVE, self._list(members))

    def _sequence(self) -> NamedNode | BlankNode:
        members = self._separated("/", self._step)
        return members[0] if len(members) == 1 else self._list(members)

    def _step(self) -> NamedNode | BlankNode:
        if self.peek() == "^":
            self._tokens.pop(0)
            return self._described(_INVERSE, self._step())
        node = self._primary()
        while self.peek() in _POSTFIX:
            node = self._described(_POSTFIX[self._tokens.pop(0)], node)
        return node

    def _primary(self) -> NamedNode | BlankNode:
        token = self._tokens.pop(0) if self._tokens else ""
        if token == "(":
            node = self.alternatives()
            if not self._tokens or self._tokens.pop(0) != ")":
                raise ValueError("a bracket of the path is not closed")
            return node
        if not token.startswith("<"):
            raise ValueError(f"no step of a path: {token}")
        return NamedNode(token[1:-1])

    def _separated(self, sign: str, read: Callable[[], NamedNode | BlankNode]) -> list[NamedNode | BlankNode]:
        members = [read()]
        while self.peek() == sign:
            self._tokens.pop(0)
            members.append(read())
        return members

    def _described(self, predicate: NamedNode, value: NamedNode | BlankNode) -> BlankNode:
        node = self._new_node()
        self.quads.append(Quad(node, predicate, value))
        return node

    def _list(self, members: list[NamedNode | BlankNode]) -> BlankNode:
        nodes = [self._new_node() for _ in members]
        rests: list[NamedNode | BlankNode] = [*nodes[1:], NIL]
        for node, member, rest in zip(nodes, members, rests, strict=True):
            self.quads += [Quad(node, FIRST, member), Quad(node, REST, rest)]
        return nodes[0]
