"""The shipped dataset, as it is read outside any workspace."""

from __future__ import annotations

import pytest
from pyoxigraph import Quad

from repatria.opening import open_workspace
from repatria.store import Dataset


@pytest.fixture(scope="session")
def shipped() -> Dataset:
    return open_workspace(None).dataset


@pytest.fixture(scope="session")
def unassessed(shipped: Dataset) -> list[Quad]:
    """All statements of the shipped dataset but its assessments: what an export holds."""
    return [quad for quad in shipped.quads() if "/graph/assessment/" not in str(quad.graph_name)]
