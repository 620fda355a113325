"""SHACL property paths as the text of SPARQL property paths, and back.

The text writes every IRI in full and brackets every sequence and alternative
inside another path: ``<p>``, ``^<p>``, ``<p>/<q>``, ``(<p>|<q>)*``. It is
unambiguous, so that a report keeps its paths as text and can still be written
as RDF. SHACL §2.3.1, SPARQL 1.1 §9.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from repatria.shacl.vocabulary import FIRST, NIL, REST, sh

Node = NamedNode | BlankNode | Literal | Triple
Objects = Callable[[NamedNode | BlankNode, NamedNode], list[Node]]

_POSTFIX = {"*": sh("zeroOrMorePath"), "+": sh("oneOrMorePath"), "?": sh("zeroOrOnePath")}
_INVERSE = sh("inversePath")
_ALTERNATIVE = sh("alternativePath")
_SIGNS = {kind: sign for sign, kind in _POSTFIX.items()}
_KINDS = (_INVERSE, _ALTERNATIVE, *_SIGNS)
_TOKEN = re.compile(r"<[^>]*>|[()^/|*+?]")


@dataclass(frozen=True, slots=True)
class Predicate:
    """One property."""

    iri: NamedNode


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path walked backwards."""

    path: Path


@dataclass(frozen=True, slots=True)
class Steps:
    """One path after another (SHACL: a sequence path)."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Any of several paths (SHACL: an alternative path)."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A path walked as often as ``sign`` says: ``*``, ``+`` or ``?``."""

    path: Path
    sign: str


Path = Predicate | Inverse | Steps | Choice | Repeat


def read_path(node: Node, objects: Objects) -> Path:
    """Return a SHACL path; ``objects(subject, predicate)`` gives the values in the shapes graph.

    Raises ValueError for what is no well-formed path (also for one that contains itself).
    """
    return _read(node, objects, frozenset())


def _read(node: Node, objects: Objects, seen: frozenset[Node]) -> Path:
    if isinstance(node, NamedNode):
        return Predicate(node)
    if not isinstance(node, BlankNode) or node in seen:
        raise ValueError(f"no SHACL path: {node}")
    seen |= {node}
    if objects(node, FIRST):
        # A list is a sequence, whatever else is said of it.
        return Steps(_members(node, objects, seen))
    said = [(kind, value) for kind in _KINDS for value in objects(node, kind)]
    if len(said) != 1:
        raise ValueError(f"no SHACL path: {node}")
    ((kind, value),) = said
    if kind == _ALTERNATIVE:
        return Choice(_members(value, objects, seen))
    inner = _read(value, objects, seen)
    return Inverse(inner) if kind == _INVERSE else Repeat(inner, _SIGNS[kind])


def _members(node: Node, objects: Objects, seen: frozenset[Node]) -> tuple[Path, ...]:
    found = tuple(_read(step, objects, seen) for step in _items(node, objects))
    if len(found) < 2:
        raise ValueError(f"a list of fewer than two SHACL paths: {node}")
    return found


def stands_still(path: Path) -> bool:
    """Return whether a path reaches every node from itself, by no step."""
    if isinstance(path, Repeat):
        return path.sign != "+" or stands_still(path.path)
    if isinstance(path, Inverse):
        return stands_still(path.path)
    if isinstance(path, Choice):
        return any(map(stands_still, path.paths))
    return isinstance(path, Steps) and all(map(stands_still, path.paths))


def path_text(path: Path, *, top: bool = True) -> str:
    """Return a path as the text of a SPARQL property path."""
    if isinstance(path, Predicate):
        return f"<{path.iri.value}>"
    if isinstance(path, Inverse):
        text = path_text(path.path, top=False)
        return "^" + (f"({text})" if isinstance(path.path, Inverse) else text)
    if isinstance(path, Repeat):
        text = path_text(path.path, top=False)
        return (f"({text})" if isinstance(path.path, Inverse | Repeat) else text) + path.sign
    sign = "/" if isinstance(path, Steps) else "|"
    text = sign.join(path_text(step, top=False) for step in path.paths)
    return text if top else f"({text})"


def simplified(path: Path) -> Path:
    """Return a path that reaches the same, with only single properties inverted, nothing repeated twice."""
    if isinstance(path, Predicate):
        return path
    if isinstance(path, Inverse):
        return _inverted(simplified(path.path))
    if isinstance(path, Repeat):
        inner = simplified(path.path)
        if isinstance(inner, Repeat):
            return Repeat(inner.path, path.sign if inner.sign == path.sign else "*")
        return Repeat(inner, path.sign)
    return type(path)(tuple(map(simplified, path.paths)))


def _inverted(path: Path) -> Path:
    if isinstance(path, Predicate):
        return Inverse(path)
    if isinstance(path, Inverse):
        return path.path
    if isinstance(path, Repeat):
        return Repeat(_inverted(path.path), path.sign)
    inverted = tuple(map(_inverted, path.paths))
    return Choice(inverted) if isinstance(path, Choice) else Steps(inverted[::-1])


def predicates_of(path: Path) -> Iterator[NamedNode]:
    """Yield the properties that a path goes along."""
    if isinstance(path, Predicate):
        yield path.iri
    else:
        for one in path.paths if isinstance(path, Steps | Choice) else (path.path,):
            yield from predicates_of(one)


def _items(node: Node, objects: Objects) -> Iterator[Node]:
    seen: set[Node] = set()
    while node != NIL:
        if not isinstance(node, NamedNode | BlankNode) or node in seen:
            raise ValueError(f"no list of SHACL paths: {node}")
        seen.add(node)
        first, rest = objects(node, FIRST), objects(node, REST)
        if len(first) != 1 or len(rest) != 1:
            raise ValueError(f"no list of SHACL paths: {node}")
        yield first[0]
        node = rest[0]


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
