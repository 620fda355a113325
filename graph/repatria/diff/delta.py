"""What has to be removed from one graph and added to it to get the other: statements, blank nodes and all."""

from __future__ import annotations

from collections.abc import Container, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from pyoxigraph import Quad

from repatria.canonical import canonical_labels
from repatria.diff.blank import Island, differing_islands, telling
from repatria.diff.lines import Residue, compare_lines, line_of, parts, quads_of
from repatria.diff.matching import pairs
from repatria.diff.nodes import renamed
from repatria.diff.sides import Lines, Side


@dataclass(slots=True)
class Delta:
    """Lines of N-Quads in one spelling, sorted, without line ends.

    ``removed`` and ``added`` are all; ``moved`` are pairs of those among them
    that only changed their named graph, before and after. ``trees`` are the
    statements around the blank nodes that differ, before and after. ``union``
    says that there are named graphs, and that they were left out. ``first``
    and ``second`` are the statements of each side.
    """

    removed: list[bytes]
    added: list[bytes]
    moved: list[tuple[bytes, bytes]]
    trees: tuple[list[Quad], list[Quad]]
    union: bool
    first: Lines
    second: Lines


def delta(old: Side, new: Side, opened: ExitStack, *, union: bool = False, canonical: bool = False) -> Delta:
    """Compare two sides. The lines that are read stay open as long as ``opened``.

    Where one has a format without named graphs and the other has such graphs,
    or with ``union``, named graphs are left out. Blank nodes of the old side
    have the labels of its canonical form (RDFC-1.0) with ``canonical``, else
    short ones of their own; those only in the new one are ``new0`` and so on.
    Raises :class:`InputError` RP301–RP305, and RP307 for blank nodes that
    take too much work to tell apart.
    """
    union = union or old.keeps_graphs() != new.keeps_graphs()
    first = opened.enter_context(old.normalised(triples=union))
    second, found = _compared(first, new, opened, union)
    islands = differing_islands((old.name, found.old_blank), (new.name, found.new_blank))
    trees = _one_set_of_labels(islands, _labels(old.name, islands[0], found, canonical))
    before, after = ({line_of(quad) for quad in tree} for tree in trees)
    removed, added = sorted(found.removed | (before - after)), sorted(found.added | (after - before))
    moved = [] if union else _moved(removed, added)
    return Delta(removed, added, moved, trees, union and (first.named or second.named), first, second)


def _compared(first: Lines, new: Side, opened: ExitStack, union: bool) -> tuple[Lines, Residue]:
    """Return the lines of the new side, as they stand where that is possible, and what differs."""
    if new.raw is not None and not union:
        # What is wrong with the file is told, with its place, by the reader of anybody's files.
        with suppress(SyntaxError, OSError):
            second = opened.enter_context(Lines(new.raw()))
            return second, compare_lines(first, second)
    second = opened.enter_context(new.normalised(triples=union))
    return second, compare_lines(first, second)


def _labels(name: str, islands: list[Island], found: Residue, canonical: bool) -> dict[str, str]:
    """Return for the blank nodes of the old side that matter the labels that they get."""
    if islands and canonical:
        with telling(name):
            return canonical_labels(quads_of(sorted(found.old_blank)))
    return _numbered("b", islands)


def _numbered(prefix: str, islands: list[Island], but: Container[str] = ()) -> dict[str, str]:
    """Return labels in the order of the islands and colours."""
    nodes = [
        (number, colour, node)
        for number, island in enumerate(islands)
        for node, colour in island.colours.items()
        if node not in but
    ]
    return {node: f"{prefix}{number}" for number, (*_, node) in enumerate(sorted(nodes))}


def _one_set_of_labels(
    islands: tuple[list[Island], list[Island]], names: dict[str, str]
) -> tuple[list[Quad], list[Quad]]:
    """Return the quads of the islands of both sides, in which one node has one label.

    Before nodes are paired their own labels are forgotten, so that these decide nothing.
    """
    old = [_relabelled(island, names) for island in islands[0]]
    unnamed = _numbered("unpaired", islands[1])
    new = [_relabelled(island, unnamed) for island in islands[1]]
    same = pairs(old, new)
    others = same | _numbered("new", new, same)
    return (
        [quad for island in old for quad in island.quads],
        [renamed(quad, others.__getitem__) for island in new for quad in island.quads],
    )


def _relabelled(island: Island, names: dict[str, str]) -> Island:
    return Island(
        [renamed(quad, names.__getitem__) for quad in island.quads],
        island.key,
        {names[node]: colour for node, colour in island.colours.items()},
        {names[node]: colour for node, colour in island.below.items()},
    )


def _moved(removed: Iterable[bytes], added: Iterable[bytes]) -> list[tuple[bytes, bytes]]:
    before: dict[tuple[bytes, ...], list[bytes]] = {}
    for line in removed:
        before.setdefault(parts(line)[:3], []).append(line)
    return [(same.pop(0), line) for line in added if (same := before.get(parts(line)[:3]))]
