"""A small workspace to build again and again, and its graph as sorted N-Quads."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from repatria.snapshot import Layout, open_current
from repatria.workspace import Workspace, read_workspace

ENTITIES = Path(__file__).parent.parent / "data" / "dossiers" / "entities.yaml"
BASE = "http://example.org/"
CONFIG = f'base = "{BASE}"\nentities = ["entities"]\nsources = ["sources"]\nstore = "store"\n'


def make(folder: Path) -> Workspace:
    (folder / "sources").mkdir(parents=True)
    (folder / "entities").mkdir()
    shutil.copy(ENTITIES, folder / "entities" / "entities.yaml")
    (folder / "repatria.toml").write_text(CONFIG, encoding="utf8")
    return read_workspace(folder)


def lines(workspace: Workspace) -> list[str]:
    dataset = open_current(Layout(workspace.store), workspace.base)
    text = serialize(dataset.quads(), format=RdfFormat.N_QUADS)
    assert text is not None
    return sorted(text.decode().splitlines())


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make(tmp_path / "workspace")


@pytest.fixture
def make_workspace() -> Callable[[Path], Workspace]:
    return make


@pytest.fixture
def nquads() -> Callable[[Workspace], list[str]]:
    """Return a function: workspace → the lines of its current graph, sorted."""
    return lines


@pytest.fixture
def dossier(workspace: Workspace) -> Callable[..., Path]:
    """Return a function that writes a dossier of one cited claim for each item of ``claims``."""

    def write(source: str, *claims: str, asserter: str = "ministry-of-examples", head: str = "") -> Path:
        path = workspace.root / "sources" / f"{source}.yaml"
        text = f"id: {source}\n{head}publisher: example-gazette\nlanguage: en\nevidence: cited\n"
        text += f"url: https://example.org/{source}\nclaims:\n"
        for number, more in enumerate(claims):
            text += f"  - {{key: c{number}, asserter: {asserter}, act: announce, modality: actual{more}}}\n"
        path.write_text(text, encoding="utf8")
        return path

    return write
