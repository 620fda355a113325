"""Collecting which of the wanted spots a document writes, in one pass over its triples."""

from __future__ import annotations

from collections.abc import Collection
from typing import Generic, TypeVar

from repatria.locating.spots import Edge, Spot

_W = TypeVar("_W")


class Finds(Generic[_W]):
    """For each of ``spots`` where it is first written; ``W`` is whatever tells that.

    What a pattern means is not certain where it fits values of several properties, or, as a value
    alone, several triples: then nothing is found.
    """

    def __init__(self, spots: Collection[Spot]) -> None:
        self._wanted = frozenset(spots)
        self._subjects = frozenset(spot.subject for spot in spots if spot.subject is not None)
        self._values = frozenset(spot.value for spot in spots if spot.subject is None)
        self._found: dict[Spot, tuple[Edge, _W]] = {}
        self._unsure: set[Spot] = set()

    def wants(self, edge: Edge) -> bool:
        """Return whether a triple can be what is wanted."""
        return edge[0] in self._subjects or edge[2] in self._values

    def add(self, edge: Edge, written: _W) -> None:
        """Say that a triple is written there; triples come in the order of the document."""
        subject, predicate, value = edge
        if subject in self._subjects:
            self._keep(Spot(subject), edge, written)
            self._keep(Spot(subject, predicate, value), edge, written)
            self._keep(Spot(subject, predicate, value, True), edge, written)
            self._keep(Spot(subject, None, value), edge, written, certain=False)
        if value in self._values:
            self._keep(Spot(None, predicate, value), edge, written)
            self._keep(Spot(None, None, value), edge, written, certain=False)

    def _keep(self, spot: Spot, edge: Edge, written: _W, *, certain: bool = True) -> None:
        if spot not in self._wanted:
            return
        known = self._found.setdefault(spot, (edge, written))
        if not certain and known[0] != edge:
            self._unsure.add(spot)

    def items(self) -> dict[Spot, tuple[Edge, _W]]:
        """Return what was found: the triple and where it is written."""
        return {spot: found for spot, found in self._found.items() if spot not in self._unsure}
