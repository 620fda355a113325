"""Workspaces of the small dossiers in tests/data/dossiers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Quad

from repatria.building import all_quads
from repatria.errors import Problems, RepatriaError
from repatria.workspace import Workspace

DATA = Path(__file__).parent.parent / "data" / "dossiers"
BASE = "http://example.org/"

Outcome = tuple[set[Quad], tuple[RepatriaError, ...]]
Read = Callable[..., Outcome]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function: files of dossiers, and of entities besides the base ones → quads and errors."""

    def outcome(*dossiers: Path, entities: tuple[Path, ...] = ()) -> Outcome:
        workspace = Workspace(
            root=DATA,
            store=tmp_path / "store",
            base=BASE,
            entities=(DATA / "entities.yaml", *entities),
            sources=dossiers,
        )
        try:
            return set(all_quads(workspace)), ()
        except Problems as problems:
            return set(), problems.errors

    return outcome
