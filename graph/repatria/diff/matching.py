"""Which blank node of one side is which of the other, where what is said of them has changed.

No labels are compared, and finding the smallest difference is out of reach for
large graphs (it is NP-hard). Nodes are paired by what they share, the most first; each
pair tells more about its neighbours. Any pairing gives a right difference; a
good one gives a short one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Quad

from repatria.diff.blank import Island
from repatria.diff.nodes import nodes_of, render, statements_about

# From which share of what is said of two nodes on they are taken for one; at last anything shared will do.
_SHARES = (1.0, 0.5, 0.0)
# What so many nodes have in common, such as a class, tells nothing.
_COMMON = 64
# So often all nodes are looked at again, each time with more neighbours known.
_TIMES = 3

Pair = tuple[str, str]


@dataclass(slots=True)
class _Half:
    """The nodes of one side: what is said of each, what is below it, and the pairs that are found."""

    about: dict[str, list[Quad]]
    colours: dict[str, str]
    below: dict[str, str]
    names: dict[str, str] = field(default_factory=dict)

    def unnamed(self) -> list[str]:
        """Return the nodes without partner."""
        return [node for node in self.about if node not in self.names]

    def traits(self, node: str) -> list[str]:
        """Return what is said of a node, its neighbours by their names where they are paired already."""

        def name(other: str) -> str:
            return "this" if other == node else self.names.get(other, "")

        found = []
        for quad in self.about[node]:
            text = render(quad, name)
            found.append(text)
            child = quad.object.value if isinstance(quad.object, BlankNode) else node
            if child != node and child not in self.names:
                # Two whose neighbours agree in all that is below them rather belong together.
                found.append(f"{text} {self.below[child]}")
        return sorted(found)

    def around(self, node: str) -> list[str]:
        """Return the neighbours of a node that have no partner."""
        near = {other for quad in self.about[node] for other in nodes_of(quad)}
        return [other for other in near if other not in self.names]

    def links(self, node: str) -> dict[str, set[str]]:
        """Return the neighbours of a node that have no partner, by what links them to it."""
        found: dict[str, set[str]] = {}
        for quad in self.about[node]:
            for other in nodes_of(quad) - {node}:
                if other not in self.names:
                    text = (
                        render(quad, {node: "this", other: "that"}.__getitem__)
                        if len(nodes_of(quad)) == 2
                        else ""
                    )
                    found.setdefault(text, set()).add(other)
        return found

    def stands_alone(self, node: str) -> bool:
        """Say whether all neighbours of a node are paired."""
        return all(
            other in self.names for quad in self.about[node] for other in nodes_of(quad) if other != node
        )


def _half(islands: list[Island]) -> _Half:
    return _Half(
        statements_about(quad for island in islands for quad in island.quads),
        {node: colour for island in islands for node, colour in island.colours.items()},
        {node: colour for island in islands for node, colour in island.below.items()},
    )


def pairs(old: list[Island], new: list[Island]) -> dict[str, str]:
    """Return for blank nodes (labels) of the new islands those of the old ones that they are."""
    ours, theirs = _half(old), _half(new)
    _spread(ours, theirs, _same(ours, theirs, ours.unnamed(), theirs.unnamed()), linked=False)
    for share in _SHARES:
        for _ in range(_TIMES):
            found = _alike(ours, theirs, share)
            if not found:
                break
            _spread(ours, theirs, found, linked=True)
    return theirs.names


def _spread(ours: _Half, theirs: _Half, paired: list[Pair], *, linked: bool) -> None:
    """Pair what is the same around the nodes of each pair, and go on from there.

    ``linked``: and what alone is linked to both in the same way.
    """
    while paired:
        node, other = paired.pop()
        paired += _same(ours, theirs, ours.around(node), theirs.around(other))
        if linked:
            paired += _linked(ours, theirs, node, other)


def _linked(ours: _Half, theirs: _Half, node: str, other: str) -> list[Pair]:
    first, second = ours.links(node), theirs.links(other)
    found = []
    for link in sorted(first.keys() & second.keys()):
        if len(first[link]) == len(second[link]) == 1:
            pair = first[link].pop(), second[link].pop()
            if pair[0] not in ours.names and pair[1] not in theirs.names:
                ours.names[pair[0]] = theirs.names[pair[1]] = pair[0]
                found.append(pair)
    return found


def _same(ours: _Half, theirs: _Half, old: list[str], new: list[str]) -> list[Pair]:
    """Pair nodes of which all is the same: the only ones on each side, or of several that do not differ."""
    groups: dict[str, tuple[list[str], list[str]]] = {}
    for number, (half, nodes) in enumerate(((ours, old), (theirs, new))):
        for node in nodes:
            groups.setdefault("\n".join(half.traits(node)), ([], []))[number].append(node)
    found = []
    for first, second in groups.values():
        one = len(first) == len(second) == 1
        for node, other in zip(sorted(first), sorted(second), strict=False):
            if one or (ours.stands_alone(node) and theirs.stands_alone(other)):
                ours.names[node] = theirs.names[other] = node
                found.append((node, other))
    return found


def _alike(ours: _Half, theirs: _Half, share: float) -> list[Pair]:
    """Pair nodes that share so much, the most alike first."""
    found = []
    for first, second in _ranked(ours, theirs, share):
        if first not in ours.names and second not in theirs.names:
            ours.names[first] = theirs.names[second] = first
            found.append((first, second))
    return found


def _ranked(ours: _Half, theirs: _Half, share: float) -> Iterator[Pair]:
    having: dict[str, list[str]] = {}
    sizes: dict[str, int] = {}
    for node in theirs.unnamed():
        traits = set(theirs.traits(node))
        sizes[node] = len(traits)
        for trait in traits:
            having.setdefault(trait, []).append(node)
    ranked = []
    for node in ours.unnamed():
        traits = set(ours.traits(node))
        telling = (found for trait in traits if len(found := having.get(trait, [])) <= _COMMON)
        for other, number in Counter(other for found in telling for other in found).items():
            if number >= share * max(len(traits), sizes[other]):
                ranked.append((-number, ours.colours[node], theirs.colours[other], node, other))
    ranked.sort()
    for *_, node, other in ranked:
        yield node, other
