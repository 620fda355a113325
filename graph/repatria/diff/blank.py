"""Blank nodes: what is the same on both sides but for their labels.

The statements with blank nodes fall into islands, held together by the blank
nodes that they share. Two graphs are isomorphic if and only if they have the
same other statements and the same islands, each as often. An island whose
nodes all differ by what is said of them and around them is known by that, and
so is one whose blank nodes make no circle; any other by its canonical form
(RDFC-1.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import Quad

from repatria.canonical import canonical_nquads
from repatria.diff.colours import from_below, refined
from repatria.diff.lines import labels, quads_of
from repatria.diff.nodes import digest, nodes_of, render, statements_about
from repatria.errors import InputError, Location


@dataclass(slots=True)
class Island:
    """Statements held together by blank nodes.

    ``colours`` tells the nodes by all that is said of and around them, ``below`` only by what
    they lead to.
    """

    quads: list[Quad]
    key: str
    colours: dict[str, str]
    below: dict[str, str]


def differing_islands(
    old: tuple[str, set[bytes]], new: tuple[str, set[bytes]]
) -> tuple[list[Island], list[Island]]:
    """Return the islands of each side that have no partner on the other, in an order free of labels.

    ``old`` and ``new`` are the name of a side and its lines with blank nodes. Raises
    :class:`InputError` RP307 for an island whose nodes take too much work to tell apart.
    """
    if old[1] == new[1]:
        return [], []
    ours, theirs = _without_same_labels(_islands(old[1]), _islands(new[1]))
    with telling(old[0]):
        first = _by_key(ours)
    with telling(new[0]):
        second = _by_key(theirs)
    for key in first.keys() & second.keys():
        met = min(len(first[key]), len(second[key]))
        del first[key][:met], second[key][:met]
    return _in_order(first), _in_order(second)


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Name the file in an error that names none."""
    try:
        yield
    except InputError as error:
        place = error.location or Location(name)
        raise InputError(error.code, error.message, hint=error.hint, location=place) from None


def _islands(lines: Iterable[bytes]) -> list[list[bytes]]:
    parent: dict[bytes, bytes] = {}

    def top(label: bytes) -> bytes:
        while parent.setdefault(label, label) != label:
            parent[label] = label = parent[parent[label]]
        return label

    one: list[tuple[bytes, bytes]] = []
    for line in lines:
        found = labels(line)
        one.append((found[0], line))
        for other in found[1:]:
            parent[top(other)] = top(found[0])
    groups: dict[bytes, list[bytes]] = {}
    for label, line in one:
        groups.setdefault(top(label), []).append(line)
    return list(groups.values())


def _without_same_labels(
    ours: list[list[bytes]], theirs: list[list[bytes]]
) -> tuple[list[list[bytes]], list[list[bytes]]]:
    """Leave out islands that are the same lines on both sides: nothing needs to be computed for them."""
    first, second = {frozenset(lines) for lines in ours}, {frozenset(lines) for lines in theirs}
    both = first & second
    return [list(lines) for lines in first - both], [list(lines) for lines in second - both]


def _by_key(islands: list[list[bytes]]) -> dict[str, list[Island]]:
    found: dict[str, list[Island]] = {}
    # All at once: there may be very many islands, each of few statements.
    quads = iter(quads_of(line for lines in islands for line in lines))
    for lines in islands:
        island = _told_apart(list(islice(quads, len(lines))))
        found.setdefault(island.key, []).append(island)
    return found


def _in_order(islands: dict[str, list[Island]]) -> list[Island]:
    return [island for key in sorted(islands) for island in islands[key]]


def _told_apart(quads: list[Quad]) -> Island:
    about = statements_about(quads)
    below = from_below(about)
    colours, settled = refined(about, below)
    if len(set(colours.values())) == len(colours) or (settled and _is_tree(quads, len(colours))):
        # Of trees, too, nodes that are still alike may change places.
        key = digest(sorted(render(quad, colours.__getitem__) for quad in quads))
    else:
        key = digest(canonical_nquads(quads))
    return Island(quads, key, colours, below)


def _is_tree(quads: list[Quad], nodes: int) -> bool:
    """Say whether the links between the blank nodes of an island make no circle."""
    links = {frozenset(nodes_of(quad)) for quad in quads}
    return all(len(link) <= 2 for link in links) and sum(len(link) == 2 for link in links) == nodes - 1
