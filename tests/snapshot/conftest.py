"""A small workspace whose store is written, killed and damaged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from repatria.building import build
from repatria.snapshot import Layout, open_current
from repatria.store import Dataset
from repatria.workspace import Workspace, read_workspace

ENTITIES = Path(__file__).parent.parent / "data" / "dossiers" / "entities.yaml"
HEAD = "publisher: example-gazette\nlanguage: en\nevidence: cited\nurl: https://example.org/1\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace that was built once, with the act “announce”."""
    (tmp_path / "sources").mkdir()
    shutil.copy(ENTITIES, tmp_path / "entities.yaml")
    config = (
        'base = "http://example.org/"\nstore = "store"\nentities = ["entities.yaml"]\nsources = ["sources"]\n'
    )
    (tmp_path / "repatria.toml").write_text(config, encoding="utf8")
    found = read_workspace(tmp_path)
    write_act(found, "announce")
    build(found, check=False)
    return found


def write_act(workspace: Workspace, act: str) -> None:
    claim = f"claims:\n  - {{key: c1, asserter: ministry-of-examples, act: {act}, modality: actual}}\n"
    (workspace.root / "sources" / "one.yaml").write_text(f"id: one\n{HEAD}{claim}", encoding="utf8")


@pytest.fixture
def change(workspace: Workspace) -> Callable[[str], None]:
    """Return a function that changes the act of the claim."""
    return lambda act: write_act(workspace, act)


def opened(workspace: Workspace) -> Dataset:
    return open_current(Layout(workspace.store), workspace.base)


@pytest.fixture
def current(workspace: Workspace) -> Callable[[], Dataset]:
    """Return a function that opens the current graph."""
    return lambda: opened(workspace)


@pytest.fixture
def act() -> Callable[[Dataset], str]:
    """Return a function: dataset → the act of the claim in it."""

    def of(dataset: Dataset) -> str:
        found = [q.object for q in dataset.quads() if q.predicate.value.endswith("ns#act")]
        assert len(found) == 1
        return str(found[0]).rpartition("/")[2].rstrip(">")

    return of
