"""The step of a build that validates the graph: all of it, or only what changed since it was validated."""

from __future__ import annotations

import contextlib
from pathlib import Path

from pyoxigraph import Store

from repatria import __version__
from repatria.building.library import shapes_digest
from repatria.locating import locate
from repatria.locating.dossiers import WorkspaceFiles
from repatria.locating.unchanged import AsBuilt
from repatria.shacl.changing import Edit, graph_after, revalidate, validate_kept
from repatria.shacl.changing.saving import carry_kept, read_kept, write_kept
from repatria.shacl.loading import over
from repatria.shacl.report import Report
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.snapshot import Layout, open_current
from repatria.validation import shapes_of
from repatria.workspace import Workspace

_SECONDS = 10  # to find places; what is not found by then has none
_COUNTED = ("all graphs of the store",)


def validate_store(
    store: Store, workspace: Workspace, new: Path, old: Path | None, edit: Edit | None
) -> Report:
    """Validate the store of a new build, and keep the report beside it.

    ``old`` is the folder of the build before, and ``edit`` leads from its store
    to this one; without one of them all is validated.
    """
    return _check(store, workspace, new, old if edit is not None else None, edit or Edit())


def postpone_check(workspace: Workspace, new: Path, old: Path | None, edit: Edit | None) -> None:
    """Keep what a build changed beside it, that it can be validated from there."""
    if old is not None and edit is not None:
        carry_kept(old, new, edit, _digest(workspace))


def changed_report(workspace: Workspace) -> Report:
    """Return the report on the store of a workspace; only what changed since the last one is validated.

    Raises :class:`StoreError` RP402, RP403; InputError for shapes.
    """
    dataset = open_current(Layout(workspace.store), workspace.base)
    build = Path(dataset.origin.path).parent
    return placed(_check(dataset.store, workspace, build, build, Edit()), workspace, build)


def placed(report: Report, workspace: Workspace, build: Path) -> Report:
    """Return a report with the places of its results in the files that a build was made from."""
    return locate(report, (WorkspaceFiles(workspace, AsBuilt(workspace, build)),), seconds=_SECONDS)


def _check(store: Store, workspace: Workspace, place: Path, old: Path | None, edit: Edit) -> Report:
    shapes, digest = ShapesGraph(shapes_of(workspace)), _digest(workspace)
    known = None if old is None else read_kept(old, shapes, digest)
    if known is None:
        report, kept = validate_kept(over(store), shapes)
    else:
        before, waiting = known
        edit = waiting.then(edit)
        if place == old and not edit:
            return before.report(shapes, _COUNTED)
        report, kept = revalidate(graph_after(store, before, edit), shapes, before, edit)
    if kept is not None:
        # Who may not write there validates all of it again the next time.
        with contextlib.suppress(PermissionError):
            write_kept(place, kept, shapes, digest)
    report.counted = _COUNTED
    return report


def _digest(workspace: Workspace) -> str:
    return f"{__version__} {shapes_digest(workspace)}"
