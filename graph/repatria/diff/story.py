"""The whole difference: compares two sides and tells what differs by claims, things and subjects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias, cast

from repatria.diff.assessed import assessment
from repatria.diff.claims import claim
from repatria.diff.delta import Delta, delta
from repatria.diff.grouping import Groups, by_root, grouped, keep, outcomes, speaks_of_claims, tally
from repatria.diff.items import Matter, dataset, source, thing
from repatria.diff.lines import parts, quads_of
from repatria.diff.model import Diff, Item, Move, Section, Tally
from repatria.diff.nested import Tree
from repatria.diff.reading import mentioned, names
from repatria.diff.roots import SECTIONS, Root, root_of
from repatria.diff.sides import Side, side_of
from repatria.diff.subjects import subject
from repatria.diff.words import Words
from repatria.store import Dataset
from repatria.terms import BASE, prefixes

if TYPE_CHECKING:
    from repatria.session import Graph

PARTS = ("graphs", "assessments")
"""What may be left out of a comparison."""

Given: TypeAlias = "str | Path | Graph | Dataset | BinaryIO | Side"


def differences(
    first: Given,
    second: Given,
    *,
    ignore: Collection[str] = (),
    limit: int | None = None,
    canonical: bool = True,
) -> Diff:
    """Return the difference between two graphs.

    Each is an RDF file of any format or the folder of a workspace, a store or
    a build (a path), a graph of :func:`repatria.open`, a dataset, an open
    binary stream, or a :class:`Side`. ``ignore`` leaves out ``graphs`` (what
    only changed its named graph is the same) or ``assessments``. ``limit`` is
    how many items of each sort and kind are told, None for all; numbers and
    statements are always whole. With ``canonical`` blank nodes of the first
    graph have their labels of RDFC-1.0, which takes time where there are many.

    Raises :class:`InputError` RP301–RP305 (cannot be read), RP307 (blank nodes cannot be told apart in
    bounded work), and what opening a workspace or store raises.
    """
    with ExitStack() as opened:
        old, new = (_opened(given, opened) for given in (first, second))
        found = delta(old, new, opened, union="graphs" in ignore, canonical=canonical)
        vocabulary = bool(found.removed or found.added) and speaks_of_claims(found)
        if "assessments" in ignore and vocabulary:
            found = _without_assessments(found)
        table = {**prefixes(_base(found) if vocabulary else BASE), **old.prefixes, **new.prefixes}
        sections, counts = _sections(found, table, vocabulary, limit)
    return Diff(
        old.name, new.name, _texts(found.removed), _texts(found.added), _moves(found), sections, counts,
        tuple(part for part in PARTS if part in ignore), found.union and "graphs" not in ignore,
    )  # fmt: skip


def _opened(given: Given, opened: ExitStack) -> Side:
    if isinstance(given, Side):
        return given
    plain = given if isinstance(given, (str, Path, Dataset)) else getattr(given, "dataset", given)
    return opened.enter_context(side_of(cast("str | Path | Dataset | BinaryIO", plain)))


def _texts(lines: list[bytes]) -> tuple[str, ...]:
    return tuple(line.decode() for line in lines)


def _without_assessments(found: Delta) -> Delta:
    def other(line: bytes) -> bool:
        subject, _, _, graph = parts(line)
        return root_of(subject, graph, True).section != "assessments"

    removed, added = filter(other, found.removed), filter(other, found.added)
    moved = [pair for pair in found.moved if other(pair[0])]
    return replace(found, removed=list(removed), added=list(added), moved=moved)


def _base(found: Delta) -> str:
    """Return the base of the data, as the first IRI of the difference that has one says."""
    for line in (*found.removed, *found.added):
        start, mark, _ = parts(line)[0].partition(b"/id/")
        if mark and start.startswith(b"<"):
            return start[1:].decode() + "/"
    return BASE


def _moves(found: Delta) -> tuple[Move, ...]:
    numbers = Counter((parts(old)[3], parts(new)[3]) for old, new in found.moved)
    return tuple(
        Move(old.decode().strip("<>"), new.decode().strip("<>"), number)
        for (old, new), number in sorted(numbers.items())
    )


def _sections(
    found: Delta, table: dict[str, str], vocabulary: bool, limit: int | None
) -> tuple[dict[str, Section], Tally]:
    plain = Words({}, table, vocabulary)
    trees = (Tree(found.trees[0], plain.value), Tree(found.trees[1], plain.value))
    if not found.removed and not found.added:
        return {name: Section(Tally(), ()) for name in SECTIONS}, Tally()
    groups = grouped(found, trees, vocabulary)
    chosen = {name: by_root(name, groups, limit) for name in SECTIONS}
    wanted = {root for roots in chosen.values() for root in roots}
    keep(found, groups, wanted)
    lines = [
        line
        for root in wanted
        for part in (groups.removed, groups.added, groups.kept)
        for line in part.get(root, ())
    ]
    labels = names((found.second, found.first), mentioned(lines)) if lines else {}
    words = Words(labels, table, vocabulary)
    for tree in trees:
        tree.word = words.value
    sections = {
        name: Section(tally(name, groups), tuple(_item(root, groups, trees, words) for root in roots))
        for name, roots in chosen.items()
    }
    sections["assessments"] = replace(sections["assessments"], outcomes=len(outcomes(groups)))
    return sections, groups.counts


def _item(root: Root, groups: Groups, trees: tuple[Tree, Tree], words: Words) -> Item:
    tables = (groups.removed, groups.added, groups.kept)
    removed, added, same = (quads_of(table.get(root, ())) for table in tables)
    matter = Matter(root, groups.kinds[root], removed, added, same, trees, words)
    if root.section == "sources":
        return source(matter, groups.claims_of(root, matter.kind))
    makers = {"claims": claim, "assessments": assessment, "dataset": dataset, "other": subject}
    return makers.get(root.section, thing)(matter)
