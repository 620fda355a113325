"""Workspaces of ``tests/data/assess`` to build, each a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from repatria.building import build
from repatria.opening import open_workspace
from repatria.session import Graph
from repatria.workspace import Workspace, read_workspace


@pytest.fixture(scope="session")
def assess_data(root: Path) -> Path:
    """The folder of the synthetic dossiers."""
    return root / "tests" / "data" / "assess"


@pytest.fixture
def copy(assess_data: Path, tmp_path: Path) -> Callable[[str], Workspace]:
    """Return a function: name of a workspace → a copy of it that may be changed."""

    def make(name: str) -> Workspace:
        return read_workspace(Path(shutil.copytree(assess_data / name, tmp_path / name)))

    return make


@pytest.fixture
def built() -> Callable[[Workspace], Graph]:
    """Return a function: workspace → its graph, built now and validated."""

    def make(workspace: Workspace) -> Graph:
        assert build(workspace).conforms
        return open_workspace(workspace)

    return make
