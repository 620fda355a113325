"""The IRIs of assessments are those of the data, whatever these begin with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from repatria.building import build
from repatria.opening import open_workspace
from repatria.query.rows import Rows
from repatria.workspace import Workspace, read_workspace

# Each group of the workspace, its positions, and its comparisons.
NODES = """
SELECT DISTINCT ?node ?kind WHERE {
  ?node a ?kind VALUES ?kind { rep:Assessment rep:Position rep:Comparison }
} ORDER BY ?kind ?node"""
KINDS = ["Assessment"] * 4 + ["Comparison"] * 3 + ["Position"] * 8


@pytest.mark.parametrize("base", ["https://example.org/data#", "https://example.org/a/../b/"])
def test_an_unusual_base_is_kept(copy: Callable[[str], Workspace], base: str) -> None:
    settings = copy("contradiction").root / "repatria.toml"
    text = settings.read_text(encoding="utf8")
    settings.write_text(text.replace('base = "https://example.org/"', f'base = "{base}"'), encoding="utf8")
    workspace = read_workspace(settings.parent)
    assert workspace.base == base
    build(workspace, check=False)
    found = open_workspace(workspace).query(NODES)
    assert isinstance(found, Rows)
    rows = [(node.value, kind.value.rpartition("#")[2]) for node, kind in found.stream()]  # type: ignore[union-attr]
    assert {node.rpartition("id/assessment/")[0] for node, _ in rows} == {base}
    assert [kind for _, kind in rows] == KINDS
