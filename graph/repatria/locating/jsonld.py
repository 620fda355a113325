"""Places in JSON-LD: the parser itself is asked what the objects and values of a document write.

A document is read again with a mark in each object that looks like a node; unless it then gives the same
triples and the marks, in the same order, no place is told. Each value of an object in question is read
by itself, under the same contexts.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple, cast

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from repatria.locating.blank import names_in
from repatria.locating.found import Finds
from repatria.locating.json_tree import Member, Value, read_tree
from repatria.locating.jsonld_nodes import Node, Words, nodes_of, words_of
from repatria.locating.lines import Lines
from repatria.locating.sources import Source
from repatria.locating.spots import Edge, Spot
from repatria.shacl.report import Place, Term
from repatria.textfile import decode

# Of a document whose IRIs are all absolute: the data could not be read otherwise.
_BASE = "x-repatria-base://none/"
_MARK = NamedNode("x-repatria-mark:at")
_HOLDER = "x-repatria-holder:"
_NODE = "x-repatria-node:"


class _Written(NamedTuple):
    node: Node
    member: Member
    item: Value


class JsonFile:
    """A file of JSON-LD. Raises ValueError (of which SyntaxError is not) where it cannot be read again."""

    def __init__(self, source: Source, content: bytes) -> None:
        self._source = source
        self._text = decode(content, source.name)
        self._quads = _parsed(self._text)
        names = names_in(source, self._quads)
        self._names = names or {}
        self._edges = frozenset(self.triples())
        tree = read_tree(self._text)
        self._words: Words = words_of(tree)
        self._nodes = list(nodes_of(tree, self._words))
        self._subjects: dict[int, Term] = {}
        if names is not None:
            self._subjects = self._marked()

    def triples(self) -> Iterator[Edge]:
        """Yield the triples of the file as the data have them."""
        return (self._edge(quad, self._names) for quad in self._quads)

    def places(self, spots: Collection[Spot]) -> dict[Spot, Place]:
        """Return where those of the spots are that the file writes."""
        wanted = {spot.subject for spot in spots}
        nodes = [node for node in self._nodes if self._subjects.get(node.value.start) in wanted]
        finds: Finds[_Written] = Finds(spots)
        for edge, written in self._written(nodes):
            finds.add(edge, written)
        lines = Lines(self._text, self._source.name)
        found = {
            spot: lines.place(*self._span(spot, written)) for spot, (_, written) in finds.items().items()
        }
        found.update(self._blocks(nodes, spots, lines))
        return found

    def _blocks(self, nodes: list[Node], spots: Collection[Spot], lines: Lines) -> dict[Spot, Place]:
        """Return where the subjects of spots begin: the first object that says something of each."""
        found: dict[Spot, Place] = {}
        for node in nodes:
            spot = Spot(self._subjects[node.value.start])
            says = any(not self._words.keyword(one.key) or self._typed(one) for one in node.members)
            if spot in spots and spot not in found and says:
                found[spot] = lines.place(*self._name(node))
        return found

    def _typed(self, member: Member) -> bool:
        return self._words.is_a(member.key, "@type")

    def _name(self, node: Node) -> tuple[int, int]:
        for member in node.members:
            if self._words.is_a(member.key, "@id"):
                return member.value.start, member.value.end
        return node.value.start, node.value.start + 1

    def _span(self, spot: Spot, written: _Written) -> tuple[int, int]:
        if spot.verb:
            return written.member.start, written.member.end
        start, end = written.item.start, written.item.end
        return (start, end) if written.item.members is None else (start, start + 1)

    def _marked(self) -> dict[int, Term]:
        """Return the subjects of the objects by their offsets; empty where not all is certain."""
        pieces, position = [], 0
        for node in sorted(self._nodes, key=lambda node: node.value.end):
            end = node.value.end - 1
            pieces += [self._text[position:end], f', "{_MARK.value}": "{node.value.start}"']
            position = end
        try:
            quads = _parsed("".join([*pieces, self._text[position:]]))
        except ValueError:
            return {}
        same = _same([quad for quad in quads if quad.predicate != _MARK], self._quads)
        if same is None:
            return {}
        names = {one: self._names[two] for one, two in same.items() if two in self._names}
        marks = (self._edge(quad, names) for quad in quads if quad.predicate == _MARK)
        return {int(getattr(value, "value", "")): subject for subject, _, value in marks}

    def _written(self, nodes: list[Node]) -> Iterator[tuple[Edge, _Written]]:
        """Yield what the values of objects write, in the order of the document."""
        if self._words.scoped:
            return
        groups: dict[tuple[int, ...], list[_Written]] = defaultdict(list)
        for node in nodes:
            for written in self._values(node):
                groups[tuple(one.start for one in node.contexts)].append(written)
        found = [pair for group in groups.values() for pair in self._asked(group)]
        # What a value writes by itself it must write in the document too.
        strange = {id(written.node) for edge, written in found if edge not in self._edges}
        found.sort(key=lambda pair: pair[1].item.start)
        yield from (pair for pair in found if id(pair[1].node) not in strange)

    def _values(self, node: Node) -> Iterator[_Written]:
        for member in node.members:
            if self._words.keyword(member.key) and not self._typed(member):
                continue
            for item in self._items(member.value):
                if item.items is None and self._shown(item) != "null":
                    yield _Written(node, member, item)

    def _items(self, value: Value) -> Iterator[Value]:
        for one in (value,) if value.items is None else value.items:
            found = [member.value for member in one.members or () if self._words.is_a(member.key, "@set")]
            if found:
                yield from self._items(found[0])
            else:
                yield one

    def _shown(self, item: Value) -> str:
        """Return a value as it is asked about: of a node only its place; null for what is no value."""
        if item.start in self._subjects:
            return json.dumps({"@id": f"{_NODE}{item.start}"})
        if item.members is None or any(self._words.is_a(one.key, "@value") for one in item.members):
            return self._text[item.start : item.end]
        return "null"

    def _asked(self, group: list[_Written]) -> Iterator[tuple[Edge, _Written]]:
        contexts = []
        for context in group[0].node.contexts:
            for one in (context,) if context.items is None else context.items:
                contexts.append(self._text[one.start : one.end])
        holders = ",".join(
            f'{{"@id": "{_HOLDER}{number}", {json.dumps(one.member.key)}: {self._shown(one.item)}}}'
            for number, one in enumerate(group)
        )
        try:
            quads = _parsed(f'{{"@context": [{",".join(contexts)}], "@graph": [{holders}]}}')
        except ValueError:
            return
        for quad in quads:
            for term in (quad.subject, quad.object):
                if isinstance(term, NamedNode) and term.value.startswith(_HOLDER):
                    written = group[int(term.value.removeprefix(_HOLDER))]
                    yield self._meant(quad, written), written

    def _meant(self, quad: Quad, written: _Written) -> Edge:
        """Return a triple of what was asked with the nodes of the document."""
        subject, predicate, value = self._edge(quad, self._names)
        return self._node(subject, written), predicate, self._node(value, written)

    def _node(self, term: Term, written: _Written) -> Term:
        if isinstance(term, NamedNode):
            if term.value.startswith(_HOLDER):
                return self._subjects[written.node.value.start]
            if term.value.startswith(_NODE):
                return self._subjects[int(term.value.removeprefix(_NODE))]
        return term

    def _edge(self, quad: Quad, names: dict[BlankNode, BlankNode]) -> Edge:
        subject, value = cast("Term", quad.subject), cast("Term", quad.object)
        if isinstance(subject, BlankNode):
            subject = names.get(subject, subject)
        if isinstance(value, BlankNode):
            value = names.get(value, value)
        return subject, quad.predicate, value


def _parsed(text: str) -> list[Quad]:
    """Return the quads of JSON-LD. Raises ValueError."""
    try:
        return list(parse(text, RdfFormat.JSON_LD, base_iri=_BASE))
    except SyntaxError as problem:
        raise ValueError(problem.msg) from None


def _same(quads: list[Quad], others: list[Quad]) -> dict[BlankNode, BlankNode] | None:
    """Return the blank nodes of quads with those of others, or None unless these are the same otherwise."""
    if len(quads) != len(others):
        return None
    same: dict[object, object] = {}
    for one, two in zip(quads, others, strict=True):
        for mine, theirs in zip(one, two, strict=True):
            if same.setdefault(mine, theirs) != theirs or type(mine) is not type(theirs):
                return None
    blank = {one: two for one, two in same.items() if isinstance(one, BlankNode)}
    plain = all(one == two for one, two in same.items() if not isinstance(one, BlankNode))
    if not plain or len(set(blank.values())) != len(blank):
        return None
    return cast("dict[BlankNode, BlankNode]", blank)
