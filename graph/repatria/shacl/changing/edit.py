"""What was added to a graph and removed from it, and the old and the new graph together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from repatria.shacl.changing.patterns import ANY
from repatria.shacl.data import DataGraph, Subject
from repatria.shacl.paths import Choice, Inverse, Path, Predicate, Repeat
from repatria.shacl.report import Term
from repatria.shacl.walking import walk, walk_back

Pair = tuple[Subject, Term]


@dataclass(frozen=True, slots=True)
class Edit:
    """The quads that a graph has now and had not before, and those that it had and has no more."""

    added: frozenset[Quad] = frozenset()
    removed: frozenset[Quad] = frozenset()

    @staticmethod
    def of(before: Iterable[Quad], now: Iterable[Quad]) -> Edit:
        """Return what leads from some quads to others."""
        old, new = frozenset(before), frozenset(now)
        return Edit(new - old, old - new)

    def then(self, later: Edit) -> Edit:
        """Return what this edit and a later one added and removed, even if only for a while."""
        return Edit(self.added | later.added, self.removed | later.removed)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


class Both(DataGraph):
    """The graph before an edit and the one after it, together: what is in one of them is found.

    ``ANY`` stands for whatever property.
    """

    def __init__(self, now: DataGraph, edit: Edit) -> None:
        super().__init__(now.store, union=now.union, owned=False)
        self._now = now
        self._gone_values: dict[tuple[Subject, NamedNode], dict[Term, None]] = defaultdict(dict)
        self._gone_holders: dict[tuple[NamedNode, Term], dict[Term, None]] = defaultdict(dict)
        self._changed: dict[NamedNode, dict[Pair, None]] = defaultdict(dict)
        self._starts: dict[Path, dict[Term, None]] = {}
        for quad in edit.removed:
            subject, value = cast("Subject", quad.subject), cast("Term", quad.object)
            for predicate in (quad.predicate, ANY):
                self._gone_values[subject, predicate][value] = None
                self._gone_holders[predicate, value][subject] = None
        for quad in (*edit.added, *edit.removed):
            pair = cast("Subject", quad.subject), cast("Term", quad.object)
            self._changed[quad.predicate][pair] = None
            self._changed[ANY][pair] = None

    def changed(self, predicate: NamedNode) -> Iterable[Pair]:
        """Return subject and value of the changed triples of a property."""
        return self._changed.get(predicate, ())

    def has_changed(self, predicate: NamedNode) -> bool:
        """Return whether a triple of a property has changed."""
        return predicate in self._changed

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        if isinstance(subject, Literal):
            return []
        if predicate == ANY:
            found = [value for _, value in self._now.properties(subject)]
        else:
            found = self._now.objects(subject, predicate)
        return [*found, *self._gone_values.get((subject, predicate), ())]

    def subjects(self, predicate: NamedNode, value: Term) -> list[Term]:
        found = self._now.holders(value) if predicate == ANY else self._now.subjects(predicate, value)
        return [*found, *self._gone_holders.get((predicate, value), ())]

    def back(self, nodes: Iterable[Term], path: Path) -> dict[Term, None]:
        """Return the nodes from which a path leads to some nodes."""
        return dict.fromkeys(found for node in nodes for found in walk_back(self, node, path))

    def forth(self, nodes: Iterable[Term], path: Path) -> dict[Term, None]:
        """Return the nodes to which a path leads from some nodes."""
        return dict.fromkeys(found for node in nodes for found in walk(self, node, path))

    def starts(self, path: Path) -> dict[Term, None]:
        """Return the nodes from which a path goes along a changed triple."""
        if path not in self._starts:
            self._starts[path] = dict.fromkeys(self._ends(path, backwards=True))
        return self._starts[path]

    def ends(self, path: Path) -> dict[Term, None]:
        """Return the nodes that a path reaches along a changed triple."""
        return dict.fromkeys(self._ends(path, backwards=False))

    def _ends(self, path: Path, *, backwards: bool) -> Iterator[Term]:
        if isinstance(path, Predicate):
            yield from (pair[0 if backwards else 1] for pair in self.changed(path.iri))
        elif isinstance(path, Inverse):
            yield from self._ends(path.path, backwards=not backwards)
        elif isinstance(path, Choice):
            for one in path.paths:
                yield from self._ends(one, backwards=backwards)
        elif isinstance(path, Repeat):
            more = Repeat(path.path, "*") if path.sign in "*+" else None
            step = walk_back if backwards else walk
            for node in dict.fromkeys(self._ends(path.path, backwards=backwards)):
                yield from (node,) if more is None else step(self, node, more)
        else:
            yield from self._in_turn(path.paths, backwards=backwards)

    def _in_turn(self, paths: tuple[Path, ...], *, backwards: bool) -> Iterator[Term]:
        step = walk_back if backwards else walk
        for number, path in enumerate(paths):
            others = paths[:number][::-1] if backwards else paths[number + 1 :]
            reached = dict.fromkeys(self._ends(path, backwards=backwards))
            for other in others:
                reached = dict.fromkeys(found for node in reached for found in step(self, node, other))
            yield from reached
