"""What most tests read: the graph of the checkout's own dossiers, and the folder beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyoxigraph import Store
from rdflib import Graph

from repatria.building import all_quads
from repatria.rdf.graphs import to_rdflib
from repatria.store import Dataset
from repatria.workspace import read_workspace

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """The folder with the articles and the questions; the test is skipped where there is none."""
    place = Path(os.environ.get("REPATRIA_SHARED", root.parent / "shared"))
    if not place.is_dir():
        pytest.skip(f"no folder {place.name} beside the checkout, and REPATRIA_SHARED names none")
    return place


@pytest.fixture(scope="session")
def dataset(root: Path) -> Dataset:
    """The graph of the shipped dossiers, in memory. Tests do not change it; `copied` is a copy to change."""
    store = Store()
    store.bulk_extend(all_quads(read_workspace(root)))
    return Dataset(store)


@pytest.fixture(scope="session")
def in_rdflib(dataset: Dataset) -> Graph:
    """The union of all graphs, in rdflib."""
    return to_rdflib(dataset.quads())


@pytest.fixture
def copied(dataset: Dataset) -> Dataset:
    """A copy of the graph that a test may change."""
    store = Store()
    store.bulk_extend(dataset.store)
    return Dataset(store)
