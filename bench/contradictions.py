"""The contradicting pairs of intervals in written assessments, to be compared with those of the self-join."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple

from bench.selfjoin import EQUAL
from repatria.terms import concept, rep

Pair = tuple[str, ...]
Term = NamedNode | BlankNode | Literal | Triple
# The names of the join, and the properties of an assessment where they are others.
_PROPERTIES = [{"class": "modalityClass"}.get(name, name) for name in EQUAL]


def load_assessments(store: Store, folder: Path) -> None:
    """Load the quads that an assessment wrote to a folder."""
    for pattern in ("groups-*.trig", "totals.nq"):
        for file in sorted(folder.glob(pattern)):
            store.bulk_load(path=str(file), format=RdfFormat.from_extension(file.suffix[1:]))


def check(folder: Path, answer: Path) -> tuple[int, int]:
    """Compare assessments in a folder with the answer of the self-join.

    Returns how many pairs are the same, and how many groups are told by
    clusters and extremes: of these only the extremes are compared, which must
    be among what the join finds. Raises RuntimeError if anything differs.
    """
    written = _Written(folder)
    large, ours = set(written.large()), set(written.pairs())
    theirs = set(_joined(answer))
    few = {pair for pair in theirs if pair[: len(EQUAL)] not in large}
    if few != {pair for pair in ours if pair[: len(EQUAL)] not in large}:
        raise RuntimeError(f"the pairs differ: {sorted(few ^ ours)[:5]}")
    if not ours <= theirs:
        raise RuntimeError(f"no contradiction to the self-join: {sorted(ours - theirs)[:5]}")
    return len(few), len(large)


class _Written:
    """Assessments as they were written, looked up node by node."""

    def __init__(self, folder: Path) -> None:
        self.store = Store()
        load_assessments(self.store, folder)

    def large(self) -> Iterator[Pair]:
        """Yield what is equal in each group that is told by clusters and extremes."""
        for quad in self.store.quads_for_pattern(None, rep("cluster"), None, None):
            yield self._group(quad.subject)

    def pairs(self) -> Iterator[Pair]:
        """Yield what is equal, and two intervals as the join has them: the lower first, a denied one last."""
        contradicts = concept("relation", "contradicts")
        for quad in self.store.quads_for_pattern(None, rep("relation"), contradicts, None):
            if self._one(quad.subject, "left") is None:
                continue  # a total against its parts
            left, right = (self._interval(self._one(quad.subject, name)) for name in ("left", "right"))
            if left[0] == "false" or (right[0] == "true" and int(left[1]) > int(right[1])):
                left, right = right, left
            group = self._group(self._one(quad.subject, "inAssessment"))
            yield (*group, right[0], *left[1:], *right[1:])

    def _one(self, subject: Term | None, name: str) -> Term | None:
        assert isinstance(subject, NamedNode)
        found = next(self.store.quads_for_pattern(subject, rep(name), None, None), None)
        return None if found is None else found.object

    def _texts(self, subject: Term | None, names: Iterable[str]) -> Pair:
        return tuple(getattr(self._one(subject, name), "value", "") for name in names)

    def _group(self, subject: Term | None) -> Pair:
        return self._texts(subject, _PROPERTIES)

    def _interval(self, position: Term | None) -> Pair:
        return self._texts(position, ("polarity", "low", "high"))


def _joined(answer: Path) -> Iterator[Pair]:
    with answer.open(encoding="utf8") as lines:
        for line in lines:
            yield tuple(json.loads(line))
