"""A build without assessments holds none, not even those of the build before."""

from __future__ import annotations

from collections.abc import Callable

import repatria
from repatria.building import build
from repatria.query.rows import Rows
from repatria.workspace import Workspace

ASSESSMENTS = "SELECT ?a WHERE { ?a a rep:Assessment }"


def test_assessments_of_the_build_before_are_gone(copy: Callable[[str], Workspace]) -> None:
    workspace = copy("contradiction")
    assert build(workspace).assessed == {"contested": 3, "uncontested": 1}
    assert assessments(workspace) == 4
    dossier = next(iter(workspace.source_files()))
    dossier.write_text(dossier.read_text(encoding="utf8") + "# read again\n", encoding="utf8")
    summary = build(workspace, compare=False)
    assert (summary.assessed, summary.full) == (None, False)
    assert assessments(workspace) == 0
    # What is asked for is computed all the same, and the next build brings the assessments back.
    assert len(repatria.open(workspace.root).compare()) == 4
    assert build(workspace).assessed == {"contested": 3, "uncontested": 1}
    assert assessments(workspace) == 4


def assessments(workspace: Workspace) -> int:
    found = repatria.open(workspace.root).query(ASSESSMENTS)
    assert isinstance(found, Rows)
    return len(found)
