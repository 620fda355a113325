"""One dossier changed: what it touches beyond its own groups, and what stays in its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import repatria
from repatria.building import build
from repatria.query.rows import Rows
from repatria.snapshot import Layout
from repatria.workspace import Workspace

Copy = Callable[[str], Workspace]
DOSSIER = "sources/example-gazette-2025-08.yaml"
# Adds up a number of another dossier.
SUMMARY = """\
id: example-gazette-2025-09
publisher: example-gazette
published: 2025-09-05
language: en
evidence: cited
url: https://example.org/gazette/2025/09/05
claims:
  - key: in-sum
    asserter: ministry-of-examples
    act: announce
    modality: actual
    about: handover-2025-06-06
    counts:
      - {words: "26", measure: remains-transferred, from: exampleland, to: samplestan,
         population: unspecified, aggregation: single-event, sum_of: ["example-gazette-2025-08#sound/0"]}
"""
STATED = """
SELECT ?relation WHERE {
  ?check rep:sumRule <https://w3id.org/repatria/concept/sum/stated> ; rep:relation ?relation
}"""


def stated(workspace: Workspace) -> list[str]:
    """Return how the sums that sources state stand to their parts, as the graph has it."""
    found = repatria.open(workspace.root).query(STATED)
    assert isinstance(found, Rows)
    return [str(row["relation"]).rpartition("/")[2] for row in found]


def places(workspace: Workspace) -> dict[str, tuple[str, int]]:
    """Build what changed; return the file and line of each problem by its code."""
    told = build(workspace)
    assert not told.full
    found = {}
    for problem in told.problems:
        assert problem.location is not None
        found[problem.code] = (problem.location.file, problem.location.line)
    return found


def test_a_sum_of_numbers_in_another_dossier_follows_them(copy: Copy) -> None:
    workspace = copy("trouble")
    assert build(workspace).full
    assert stated(workspace) == []
    other = workspace.root / "sources" / "example-gazette-2025-09.yaml"
    other.write_text(SUMMARY, encoding="utf8")
    assert not build(workspace).full
    assert stated(workspace) == ["compatible"]
    text = (workspace.root / DOSSIER).read_text(encoding="utf8")
    changed = text.replace('words: "26"', 'words: "27"')
    assert changed != text
    (workspace.root / DOSSIER).write_text(changed, encoding="utf8")
    assert not build(workspace).full
    assert stated(workspace) == ["contradicts"]
    other.unlink()
    assert not build(workspace).full
    assert stated(workspace) == []


def test_problems_keep_their_places_and_move_with_their_lines(copy: Copy) -> None:
    workspace = copy("trouble")
    before = {p.code: (p.location.file, p.location.line) for p in build(workspace).problems if p.location}
    assert set(before) == {"RP501", "RP502", "RP505"}
    (workspace.root / "sources" / "example-gazette-2025-09.yaml").write_text(SUMMARY, encoding="utf8")
    assert places(workspace) == before
    path = workspace.root / DOSSIER
    path.write_text("# Two\n# lines.\n" + path.read_text(encoding="utf8"), encoding="utf8")
    moved = {code: (file, line + 2 if file == DOSSIER else line) for code, (file, line) in before.items()}
    assert places(workspace) == moved


def test_tables_that_have_outgrown_their_parts_are_split_anew(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = copy("contradiction")
    assessed = build(workspace).assessed
    assert parts(workspace) == 1
    for name in ("_ROWS_OF_A_PART", "_ROWS_TO_PARTS", "_OUTGROWN"):
        monkeypatch.setattr(f"repatria.assess.tables.{name}", 1)
    dossier = next(iter(workspace.source_files()))
    dossier.write_text(dossier.read_text(encoding="utf8") + "# read again\n", encoding="utf8")
    again = build(workspace)
    assert (again.full, again.assessed) == (False, assessed)
    assert parts(workspace) > 1


def parts(workspace: Workspace) -> int:
    current = Layout(workspace.store).current_build()
    assert isinstance(current, Path)
    return len(list((current / "groups").glob("*.parquet")))
