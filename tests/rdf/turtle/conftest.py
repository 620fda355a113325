"""What the tests of the located reader compare: quads as a set, whatever their blank nodes are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad


@pytest.fixture(scope="session")
def meaning() -> Callable[[Iterable[Quad]], set[str]]:
    """Returns quads as text with canonical labels: the same for isomorphic datasets alone."""

    def canonical(quads: Iterable[Quad]) -> set[str]:
        dataset = Dataset(quads)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        return {str(quad) for quad in dataset}

    return canonical
