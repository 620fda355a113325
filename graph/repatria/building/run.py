"""One build from start to end."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from repatria.assess import RULES
from repatria.assess.problems import Problem
from repatria.building.assessing import assess_build, gathering, restored, stored
from repatria.building.checking import changed_report, placed, postpone_check, validate_store
from repatria.building.describing import (
    count_parts,
    describe_store,
    restored_numbers,
    stored_numbers,
)
from repatria.building.planning import Plan, make_plan, much_changed, nothing_to_do, to_rebuild
from repatria.building.references import check_references
from repatria.building.trace import Trace
from repatria.building.write import new_store, write_all, write_changed
from repatria.description import Statistics
from repatria.dossier.library import Library, load_library
from repatria.errors import Problems, RepatriaError
from repatria.shacl import Report, Severity
from repatria.snapshot import Layout, Manifest, write_manifest, writing
from repatria.store import open_disk
from repatria.workspace import Workspace

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did.

    ``totals``: sources, claims, counts, exchanges, officials (numbers of
    things); ``rebuilt``: files of dossiers read; ``full``: all of them;
    ``unchanged``: nothing was to do; ``report``: of the validation, None
    without one; ``conforms``: True, False, or None where it was never
    validated; ``assessed``: how many groups of counts have which status, None
    where they were not assessed; ``problems``: what could not be, with its
    place; ``seconds``: wall-clock time.
    """

    workspace: Workspace
    totals: dict[str, int]
    rebuilt: int
    full: bool
    unchanged: bool
    report: Report | None
    conforms: bool | None
    warnings: int
    assessed: dict[str, int] | None
    problems: tuple[Problem, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class _Steps:
    """What a build does beside writing quads."""

    check: bool
    compare: bool
    progress: Callable[[str], None]


def build(
    workspace: Workspace,
    *,
    full: bool = False,
    check: bool = True,
    compare: bool = True,
    publish: bool = True,
    progress: Callable[[str], None] = lambda _: None,
) -> Summary:
    """Build the graph of a workspace and make it the one that is read.

    Only what changed is read again, unless ``full``; with ``compare`` the
    counts are assessed against each other; with ``check`` the new graph is
    validated, and one that violates a rule is not published: the old one
    stays, as it does without ``publish``. Raises Problems (all errors of the inputs), StoreError.
    """
    started = time.perf_counter()
    layout = Layout(workspace.store)
    with writing(layout):
        plan = make_plan(workspace, layout, full, started)
        if plan.before is not None and nothing_to_do(plan, plan.before, check, compare):
            return _summary(workspace, plan.before, plan, unchanged=True)
        path = layout.new_build()
        try:
            manifest = _fill(workspace, plan, path, _Steps(check, compare, progress))
        except BaseException as error:
            # Closes the store, which those frames hold, before its folder is removed.
            traceback.clear_frames(error.__traceback__)
            raise
        write_manifest(path, manifest)
        if plan.report is not None:
            plan.report = placed(plan.report, workspace, path)
        if publish and manifest.conforms is not False:
            layout.publish(path)
        return _summary(workspace, manifest, plan)


def files_report(workspace: Workspace) -> Report:
    """Return the report on what the files of a workspace say now; the graph that is read stays as it is.

    Raises what :func:`build` raises.
    """
    return build(workspace, publish=False).report or changed_report(workspace)


def _fill(workspace: Workspace, plan: Plan, path: Path, steps: _Steps) -> Manifest:
    """Write the store of a new build; the store is closed again when this returns."""
    errors: list[RepatriaError] = []
    steps.progress("reading the dossiers")
    library = load_library(workspace, errors.append)
    store, gone = _write(plan, path, library, library.judge(errors.append), steps.compare)
    check_references(store, library, plan.dossiers, errors.append, gone)
    if errors:
        raise Problems(errors)
    manifest = Manifest(plan.builder, plan.entities.inputs, plan.dossiers.inputs, library.kinds)
    manifest.description, manifest.statistics = plan.description, stored_numbers(plan.numbers)
    describe_store(store, workspace, plan.numbers)
    if steps.compare:
        steps.progress("comparing the counts")
        inputs, known = (plan.entities, plan.dossiers), (plan.previous, plan.gathered)
        names = library.index.names
        manifest.assessed, problems, replaced = assess_build(store, path, names, inputs, *known)
        manifest.problems = stored(problems)
        plan.note_assessed(replaced)
    else:  # those of the build before would tell of what was
        store.remove_graph(library.index.names.graph("assessment", RULES))
        plan.note_assessed(None)
    _check(store, workspace, plan, path, manifest, steps)
    store.flush()
    return manifest


def _check(
    store: Store, workspace: Workspace, plan: Plan, path: Path, manifest: Manifest, steps: _Steps
) -> None:
    """Validate the new build, or keep beside it what is to be validated."""
    if steps.check:
        steps.progress("validating")
        plan.report = validate_store(store, workspace, path, plan.old, plan.edit())
        manifest.conforms = not plan.report.fails(Severity.VIOLATION)
        manifest.warnings = plan.report.count(Severity.WARNING)
        manifest.shapes = plan.shapes
    else:
        postpone_check(workspace, path, plan.old, plan.edit())


def _write(
    plan: Plan, path: Path, library: Library, report: Callable[[RepatriaError], None], compare: bool
) -> tuple[Store, set[str] | None]:
    """Return the store of the new build, and what is gone from it (None if all was read).

    To ``compare`` the counts, those of all dossiers are gathered where all are read.
    """
    plan.rebuild = to_rebuild(plan, library)
    if plan.before is None or plan.old is None or much_changed(plan):
        plan.whole, plan.rebuild = True, list(plan.dossiers.inputs)
        store = new_store(path)
        plan.numbers = Statistics(library.index.names.base, per_graph=True)
        names = library.index.names
        plan.gathered = gathering(path, names.base) if compare else None
        also = (plan.gathered.add,) if plan.gathered else ()
        write_all(store, library, plan.dossiers, report, plan.numbers, *also)
        return store, None
    open_disk(plan.old / "store").store.backup(str(path / "store"))
    store = new_store(path)
    changed, names = bool(plan.entities), library.index.names
    numbers = restored_numbers(plan.before.statistics, names.base)
    numbers -= count_parts(store, names, plan.replaced, changed)
    plan.trace = Trace(store, names)
    plan.trace.before(plan.replaced, changed)
    gone = write_changed(store, library, plan.dossiers, plan.rebuild, plan.before.dossiers, changed, report)
    plan.dossiers.changed = plan.rebuild
    plan.numbers = numbers + count_parts(store, names, plan.added, changed)
    return store, gone


def _summary(workspace: Workspace, manifest: Manifest, plan: Plan, *, unchanged: bool = False) -> Summary:
    return Summary(
        workspace=workspace,
        totals=manifest.totals(),
        rebuilt=len(plan.rebuild),
        full=plan.whole,
        unchanged=unchanged,
        report=plan.report,
        conforms=manifest.conforms,
        warnings=manifest.warnings,
        assessed=manifest.assessed,
        problems=restored(manifest.problems),
        seconds=time.perf_counter() - plan.started,
    )
