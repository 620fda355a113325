"""Hypothesis strategies: a world, and a few small numbers as intervals."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.assess.counted import Ends
from tests.assess.worlds import World, make

# Small, so that everything collides; None is no upper end.
TOP = 9


def worlds(most: int = 6) -> st.SearchStrategy[World]:
    """Return small worlds; a failing one shrinks."""
    return st.randoms(use_true_random=False).map(lambda random: make(random, most=most))


def intervals(*, bounded: bool = False) -> st.SearchStrategy[Ends]:
    """Return intervals of whole numbers from 0 to :data:`TOP`, some of them without an upper end."""
    high = st.integers(0, TOP) if bounded else st.none() | st.integers(0, TOP)
    return st.tuples(st.integers(0, TOP), high).map(_ordered)


def _ordered(pair: Ends) -> Ends:
    low, high = pair
    return (low, high) if high is None else (min(low, high), max(low, high))
