"""Which triple a path of several steps ends with when it reaches a value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from repatria.locating.spots import Edge
from repatria.shacl.paths import Choice, Inverse, Path, Predicate, Repeat, Steps
from repatria.shacl.report import Term

Reached = dict[Term, Edge | None]
"""Nodes that a path reaches, and the triple by which; None for a node that it starts from."""


class Ways:
    """The triples of some documents, to walk along."""

    def __init__(self, triples: Iterable[Edge]) -> None:
        self._from: dict[Term, list[Edge]] = defaultdict(list)
        self._to: dict[Term, list[Edge]] = defaultdict(list)
        for edge in triples:
            self._from[edge[0]].append(edge)
            self._to[edge[2]].append(edge)
        self._known: dict[tuple[Path, Term], Reached] = {}

    def last(self, path: Path, start: Term, value: Term) -> Edge | None:
        """Return the triple that leads to ``value``, or None where there is none (a path of no step)."""
        known = self._known.get((path, start))
        if known is None:
            # Results come sorted by focus node: what the last one needed is all that is worth keeping.
            known = self._reached(path, {start: None})
            self._known = {(path, start): known}
        return known.get(value)

    def _reached(self, path: Path, starts: Mapping[Term, Edge | None]) -> Reached:
        if isinstance(path, Predicate):
            edges = (edge for one in starts for edge in self._from.get(one, ()) if edge[1] == path.iri)
            return _first((edge[2], edge) for edge in edges)
        if isinstance(path, Inverse):
            assert isinstance(path.path, Predicate)  # it is simplified
            verb = path.path.iri
            edges = (edge for one in starts for edge in self._to.get(one, ()) if edge[1] == verb)
            return _first((edge[0], edge) for edge in edges)
        if isinstance(path, Choice):
            return _first(pair for one in path.paths for pair in self._reached(one, starts).items())
        if isinstance(path, Steps):
            found: Reached = dict(starts)
            for step in path.paths:
                found = self._passing(step, found)
            return found
        return self._repeated(path, starts)

    def _passing(self, step: Path, starts: Reached) -> Reached:
        """Return what a step reaches; one that went nowhere leaves the triple that led to its start."""
        found = self._reached(step, starts)
        return {node: edge or starts.get(node) for node, edge in found.items()}

    def _repeated(self, path: Repeat, starts: Mapping[Term, Edge | None]) -> Reached:
        found: Reached = {} if path.sign == "+" else dict.fromkeys(starts)
        waiting: Mapping[Term, Edge | None] = starts
        while waiting:
            reached = self._reached(path.path, waiting)
            waiting = {node: edge for node, edge in reached.items() if node not in found}
            found.update(waiting)
            if path.sign == "?":
                break
        return found


def _first(pairs: Iterable[tuple[Term, Edge | None]]) -> Reached:
    found: Reached = {}
    for node, edge in pairs:
        found.setdefault(node, edge)
    return found
