"""Statements by what they belong to: which roots a difference concerns, and what of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, NamedNode

from repatria.diff.assessed import OUTCOMES
from repatria.diff.delta import Delta
from repatria.diff.items import PASSIVE
from repatria.diff.lines import parts
from repatria.diff.model import ADDED, CHANGED, REMOVED, Kind, Tally
from repatria.diff.nested import Tree
from repatria.diff.reading import holders, kept
from repatria.diff.roots import VOCABULARY, Root, count_of, root_of
from repatria.dossier.ontology import inverses
from repatria.terms import NS

# Up to so many subjects all that is said of them is kept at once; else only what is told is read again.
_FEW = 2_000
_OUTCOMES = frozenset(f"<{name}>".encode() for name in OUTCOMES)
_ANCHORS = frozenset((f"<{NS}passage>".encode(), f"<{NS}evidence>".encode()))


@dataclass(slots=True)
class Groups:
    """Statements (lines) of each root: before only, now only, and in both, as far as they are read."""

    removed: dict[Root, list[bytes]] = field(default_factory=dict)
    added: dict[Root, list[bytes]] = field(default_factory=dict)
    vocabulary: bool = False
    kinds: dict[Root, Kind] = field(default_factory=dict)
    kept: dict[Root, list[bytes]] = field(default_factory=dict)
    counts: Tally = field(default_factory=Tally)

    def roots(self, section: str) -> list[Root]:
        """Return the roots of a section, sorted."""
        return sorted(root for root in self.kinds if root.section == section)

    def claims_of(self, source: Root, kind: Kind) -> int:
        """Return how many claims of a source are added or removed."""
        start = source.subject.replace(b"/id/source/", b"/id/claim/")[:-1] + b"/"
        return sum(found == kind and root.subject.startswith(start) for root, found in self.kinds.items())


def speaks_of_claims(delta: Delta) -> bool:
    """Say whether the vocabulary of claims is used on either side."""
    return any(VOCABULARY in line for line in (*delta.removed, *delta.added)) or delta.first.holds(VOCABULARY)


def grouped(delta: Delta, trees: tuple[Tree, Tree], vocabulary: bool) -> Groups:
    """Return what differs by root, but for statements that only moved and those that follow from others."""
    found = Groups(vocabulary=vocabulary)
    gone, come = ({pair[side] for pair in delta.moved} for side in (0, 1))
    tops = _Tops(trees, vocabulary)
    for lines, moved, groups in ((delta.removed, gone, found.removed), (delta.added, come, found.added)):
        rest = [line for line in lines if line not in moved]
        told = _led_to(rest)
        for line in _stated(rest) if vocabulary else rest:
            root = tops.root(line)
            if root.section != "passages" or root.subject not in told:
                groups.setdefault(root, []).append(line)
    _with_claims(delta, found)
    _settle(delta, found)
    return found


def _led_to(lines: list[bytes]) -> set[bytes]:
    """Return the passages and evidence that statements among the lines lead to: they are told with these."""
    return {found[2] for line in lines if (found := parts(line))[1] in _ANCHORS}


def _with_claims(delta: Delta, found: Groups) -> None:
    """Put passages and evidence that changed to the claims that rest on them."""
    spans = {
        root.subject for table in (found.removed, found.added) for root in table if root.section == "passages"
    }
    claims = holders(delta.first, spans)
    for table in (found.removed, found.added):
        for root in [root for root in table if root.subject in claims]:
            claim = root_of(claims[root.subject], b"", found.vocabulary)
            table.setdefault(claim, []).extend(table.pop(root))


def _settle(delta: Delta, found: Groups) -> None:
    """Find out what is added, removed or changed, and keep what else is said where that is not too much."""
    wanted = found.removed.keys() | found.added.keys()
    known: set[Root | bytes] = set()
    few = len(wanted) <= _FEW
    for root, subject, line in kept(delta.first, wanted, set(delta.removed), found.vocabulary):
        known.update((root, count_of(subject) or root))
        if few:
            found.kept.setdefault(root, []).append(line)
    for root in wanted:
        blank = root.subject.startswith(b"_:") and _in_both(delta, root)
        both = blank or root in known or (root in found.removed and root in found.added)
        found.kinds[root] = CHANGED if both else ADDED if root in found.added else REMOVED
    found.counts = _tally_of_counts(found, known)


def keep(delta: Delta, found: Groups, wanted: set[Root]) -> None:
    """Find out what is said in both graphs of some roots, unless it is known."""
    if len(found.kinds) <= _FEW or not wanted:
        return
    for root, _, line in kept(delta.first, wanted, set(delta.removed), found.vocabulary):
        found.kept.setdefault(root, []).append(line)


def _in_both(delta: Delta, root: Root) -> bool:
    node = BlankNode(root.subject.decode()[2:])
    old, new = ({quad.subject for quad in tree} for tree in delta.trees)
    return node in old and node in new


def _tally_of_counts(found: Groups, known: set[Root | bytes]) -> Tally:
    gone, come = (
        {
            count
            for root, lines in groups.items()
            if root.section == "claims"
            for line in lines
            if (count := count_of(parts(line)[0]))
        }
        for groups in (found.removed, found.added)
    )
    changed = {count for count in gone | come if count in known} | gone & come
    return Tally(len(come - changed), len(gone - changed), len(changed))


def _stated(lines: list[bytes]) -> Iterable[bytes]:
    """Leave out inverses whose statement is among the lines: ``confirmed by`` where there is ``confirms``."""
    passive = {f"<{name}>".encode(): str(inverses()[name]).encode() for name in sorted(PASSIVE)}
    active = set(passive.values())
    said = {found[:3] for line in lines if (found := parts(line))[1] in active}
    for line in lines:
        subject, predicate, value, _ = parts(line)
        if predicate not in passive or (value, passive[predicate], subject) not in said:
            yield line


class _Tops:
    """Finds the root of a statement; one about a blank node belongs to what leads there."""

    def __init__(self, trees: tuple[Tree, Tree], vocabulary: bool) -> None:
        self._trees, self._vocabulary = trees, vocabulary
        self._known: dict[bytes, bytes] = {}

    def root(self, line: bytes) -> Root:
        subject, _, _, graph = parts(line)
        if subject.startswith(b"_:"):
            subject = self._known.get(subject) or self._known.setdefault(subject, self._top(subject))
        return root_of(subject, graph, self._vocabulary)

    def _top(self, label: bytes) -> bytes:
        node = BlankNode(label.decode()[2:])
        tops = [tree.top(node) for tree in reversed(self._trees)]
        named = [top for top in tops if isinstance(top, NamedNode)]
        return str((named or tops)[0]).encode()


def by_root(section: str, found: Groups, limit: int | None) -> list[Root]:
    """Return the first so many roots of each kind of a section, added, removed and changed."""
    roots = found.roots(section)
    first = outcomes(found)
    roots.sort(key=lambda root: root not in first)
    kinds = (ADDED, REMOVED, CHANGED)
    chosen = [[root for root in roots if found.kinds[root] == kind][:limit] for kind in kinds]
    return [root for part in chosen for root in part]


def outcomes(found: Groups) -> set[Root]:
    """Return the assessments that are changed and came to another outcome."""
    gone, come = (
        {
            root
            for root, lines in table.items()
            if root.section == "assessments" and any(parts(line)[1] in _OUTCOMES for line in lines)
        }
        for table in (found.removed, found.added)
    )
    return {root for root in gone | come if found.kinds[root] == CHANGED}


def tally(section: str, found: Groups) -> Tally:
    """Return how many of a section are added, removed, changed."""
    kinds = [found.kinds[root] for root in found.roots(section)]
    return Tally(kinds.count(ADDED), kinds.count(REMOVED), kinds.count(CHANGED))
