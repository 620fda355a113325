"""Where labels stand so that none covers another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in pixels, from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Say whether the two share any place."""
        beside = self.right <= other.left or other.right <= self.left
        return not beside and self.top < other.bottom and other.top < self.bottom


def spread(wanted: Sequence[float], heights: Sequence[float], least: float, most: float) -> list[float]:
    """Return places near the wanted ones, so far apart as the heights of the labels ask.

    All are middles of labels, in pixels; the first and last stay between
    ``least`` and ``most`` where there is room enough.
    """
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    placed = [0.0] * len(wanted)
    edge = least
    for n in order:
        placed[n] = max(wanted[n], edge + heights[n] / 2)
        edge = placed[n] + heights[n] / 2
    edge = most
    for n in reversed(order):
        placed[n] = min(placed[n], edge - heights[n] / 2)
        edge = placed[n] - heights[n] / 2
    return placed


def free(candidates: Iterable[Box], taken: list[Box], within: Box) -> Box | None:
    """Return the first candidate that covers nothing taken, and take it; None if each covers something."""
    for box in candidates:
        inside = box.left >= within.left and box.right <= within.right and box.top >= within.top
        if inside and box.bottom <= within.bottom and not any(box.meets(other) for other in taken):
            taken.append(box)
            return box
    return None
