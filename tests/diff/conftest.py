"""A small workspace of fictional bodies as N-Quads, and as it is after changes of its files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from repatria.building import all_quads
from repatria.building.scaffold import make_workspace
from repatria.workspace import read_workspace

DOSSIER = "sources/example-gazette-2025-05-02.yaml"
ENTITIES = "entities/entities.yaml"
Change = Callable[[str, dict[str, str]], Path]


@pytest.fixture(scope="session")
def _quads(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, str]], bytes]:
    """Return the workspace as N-Quads after replacements; each is made once."""
    place = tmp_path_factory.mktemp("diff") / "workspace"
    make_workspace(place, "http://example.org/")
    files = {name: (place / name).read_text(encoding="utf8") for name in (DOSSIER, ENTITIES)}
    made: dict[tuple[tuple[str, str], ...], bytes] = {}

    def make(replacements: dict[str, str]) -> bytes:
        key = tuple(replacements.items())
        if key not in made:
            for file, text in files.items():
                for old, new in key:
                    assert any(old in found for found in files.values()), old
                    text = text.replace(old, new)
                (place / file).write_text(text, encoding="utf8")
            quads = all_quads(read_workspace(place))
            made[key] = serialize(quads, format=RdfFormat.N_QUADS) or b""
        return made[key]

    return make


@pytest.fixture
def changed(tmp_path: Path, _quads: Callable[[dict[str, str]], bytes]) -> Change:
    """Write the workspace as N-Quads; replacements are texts of its two files, and the new ones."""

    def write(name: str, replacements: dict[str, str]) -> Path:
        target = tmp_path / f"{name}.nq"
        target.write_bytes(_quads(replacements))
        return target

    return write


@pytest.fixture
def dossier(tmp_path: Path) -> str:
    """The text of the dossier."""
    make_workspace(tmp_path / "workspace", "http://example.org/")
    return (tmp_path / "workspace" / DOSSIER).read_text(encoding="utf8")
