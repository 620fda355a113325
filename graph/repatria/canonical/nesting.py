"""Which blank nodes are written where they are referred to, which need a label, and which are lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from repatria.canonical.tokens import FIRST, NIL, REST

Block = dict[str, list[str]]
"""Predicate → objects, all of them tokens."""
Blocks = dict[str, Block]
"""Subject → its block."""

DEEPEST = 16
"""Levels of nesting; what lies deeper gets a label. People lose count, and many parsers fail, far below."""


@dataclass(frozen=True, slots=True)
class Link:
    """A triple whose object is a blank node."""

    graph: str
    subject: str
    predicate: str
    node: str


@dataclass(slots=True)
class Nesting:
    """``nested``: written in their one place; ``lists``: of these, cells of well-formed lists;
    ``labelled``: written by label. All other blank nodes are referred to nowhere."""

    nested: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    labelled: set[str] = field(default_factory=set)


def nest(graphs: Mapping[str, Blocks], links: Iterable[Link]) -> Nesting:
    """Decide for each blank node of a dataset how it is written.

    Nested is what is referred to once, from the graph that says all about it, and lies on no cycle.
    """
    where: dict[str, set[str]] = {name: {name} for name in graphs if name.startswith("_")}
    for name, blocks in graphs.items():
        for subject in blocks:
            if subject[0] == "_":
                where.setdefault(subject, set()).add(name)
    found = Nesting()
    parents: dict[str, Link] = {}
    several: set[str] = set()
    for link in links:
        where.setdefault(link.node, set()).add(link.graph)
        if link.node in parents:
            several.add(link.node)
        parents[link.node] = link
    found.labelled = {
        node for node, places in where.items() if len(places) > 1 or node in several or node in graphs
    }
    once = {node: link for node, link in parents.items() if node not in found.labelled}
    _break_cycles(once, found)
    found.lists = _cells(once, graphs)
    _limit_depth(once, found)
    found.nested = once.keys() - found.labelled
    return found


def _break_cycles(once: dict[str, Link], found: Nesting) -> None:
    walks: dict[str, int] = {}
    for walk, start in enumerate(list(once)):
        node = start
        while node in once and node not in walks:
            walks[node] = walk
            node = once[node].subject
        if node in once and walks[node] == walk:
            while node in once:
                found.labelled.add(node)
                node = once.pop(node).subject


def _cells(once: dict[str, Link], graphs: Mapping[str, Blocks]) -> set[str]:
    """Return the cells from which well-formed cells lead to rdf:nil."""
    known: dict[str, bool] = {NIL: True}
    for start in once:
        chain = []
        node: str | None = start
        while node is not None and node not in known:
            chain.append(node)
            link = once.get(node)
            node = _next_cell(graphs[link.graph].get(node, {})) if link else None
        known.update(dict.fromkeys(chain, node is not None and known[node]))
    return {node for node, well in known.items() if well and node in once}


def _next_cell(block: Block) -> str | None:
    if len(block) == 2 and len(block.get(FIRST, ())) == 1 and len(block.get(REST, ())) == 1:
        return block[REST][0]
    return None


def _limit_depth(once: dict[str, Link], found: Nesting) -> None:
    children: dict[str, list[str]] = {}
    for node, link in once.items():
        children.setdefault(link.subject, []).append(node)
    waiting = [(node, 1) for top in children if top not in once for node in children[top]]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEPEST:
            found.labelled.add(node)
            depth = 0
        for child in children.get(node, ()):
            next_cell = depth and node in found.lists and once[child].predicate == REST
            waiting.append((child, depth if next_cell else depth + 1))
