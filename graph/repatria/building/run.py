"""One build from start to end."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from repatria.assess import RULES
from repatria.assess.problems import Problem
from repatria.building.assessing import Previous, assess_build, gathering, restored, stored
from repatria.building.changes import CONCEPTS, Changes, scan
from repatria.building.describing import (
    count_parts,
    describe_store,
    description_digest,
    restored_numbers,
    stored_numbers,
)
from repatria.building.library import Library, builder_digest, concepts_digest, load_library, shapes_digest
from repatria.building.references import check_references
from repatria.building.write import new_store, write_all, write_changed
from repatria.description import Statistics
from repatria.errors import Problems, RepatriaError
from repatria.shacl import Report, Severity, validate
from repatria.shacl.loading import over
from repatria.snapshot import Input, Layout, Manifest, read_manifest, write_manifest, writing
from repatria.store import open_disk
from repatria.validation import shapes_of
from repatria.workspace import Workspace

if TYPE_CHECKING:
    from repatria.assess.extraction import Gathering

# Above this share of changed dossiers, by size and beyond so many bytes, a full build is quicker.
_FULL_SHARE = 0.25
_FULL_BYTES = 200_000


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


@dataclass(slots=True)
class _Plan:
    builder: str
    shapes: str
    description: str
    entities: Changes
    dossiers: Changes
    before: Manifest | None
    old: Path | None
    started: float
    report: Report | None = None
    rebuild: list[str] = field(default_factory=list)
    whole: bool = False
    numbers: Statistics = field(default_factory=Statistics)
    gathered: Gathering | None = None

    @property
    def previous(self) -> Previous | None:
        """The build whose assessments still hold but for what changed, or None where all are made anew."""
        if (
            self.whole
            or self.entities
            or self.before is None
            or self.old is None
            or self.before.assessed is None
        ):
            return None
        return Previous(self.old, self.replaced, restored(self.before.problems))

    @property
    def replaced(self) -> list[str]:
        """The ids of the sources of the build before that are read again or are gone."""
        before = self.before.dossiers if self.before else {}
        again = [before[name] for name in (*self.rebuild, *self.dossiers.gone) if name in before]
        return [source for item in again for source in item.sources]


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
    progress: Callable[[str], None] = lambda _: None,
) -> Summary:
    """Build the graph of a workspace and make it the one that is read.

    Only what changed is read again, unless ``full``; with ``compare`` the
    counts are assessed against each other; with ``check`` the new graph is
    validated, and one that violates a rule is not published: the old one
    stays. Raises Problems (all errors of the inputs), StoreError.
    """
    started = time.perf_counter()
    layout = Layout(workspace.store)
    with writing(layout):
        plan = _plan(workspace, layout, full, started)
        if plan.before is not None and _nothing_to_do(plan, plan.before, check, compare):
            return _summary(workspace, plan.before, plan, unchanged=True)
        path = layout.new_build()
        try:
            manifest = _fill(workspace, plan, path, _Steps(check, compare, progress))
        except BaseException as error:
            # Closes the store, which those frames hold, before its folder is removed.
            traceback.clear_frames(error.__traceback__)
            raise
        write_manifest(path, manifest)
        if manifest.conforms is not False:
            layout.publish(path)
        return _summary(workspace, manifest, plan)


def _plan(workspace: Workspace, layout: Layout, full: bool, started: float) -> _Plan:
    old = layout.current_build()
    before = read_manifest(old) if old is not None and not full else None
    builder = builder_digest(workspace)
    if before is not None and (before.builder != builder or not before.statistics):
        before = None
    entities = scan(workspace, workspace.entity_files(), before.entities if before else {})
    entities.inputs[CONCEPTS] = Input(0, 0, concepts_digest())
    if before is not None and before.entities.get(CONCEPTS) != entities.inputs[CONCEPTS]:
        entities.changed.append(CONCEPTS)
    dossiers = scan(workspace, workspace.source_files(), before.dossiers if before else {})
    digests = (builder, shapes_digest(workspace), description_digest(workspace))
    return _Plan(*digests, entities, dossiers, before, old, started)


def _nothing_to_do(plan: _Plan, before: Manifest, check: bool, compare: bool) -> bool:
    if plan.entities or plan.dossiers or (compare and before.assessed is None):
        return False
    if before.description != plan.description:
        return False
    return not check or (before.conforms is not None and before.shapes == plan.shapes)


def _fill(workspace: Workspace, plan: _Plan, path: Path, steps: _Steps) -> Manifest:
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
        manifest.assessed, problems = assess_build(store, path, library.index.names, inputs, *known)
        manifest.problems = stored(problems)
    else:  # those of the build before would tell of what was
        store.remove_graph(library.index.names.graph("assessment", RULES))
    if steps.check:
        steps.progress("validating")
        plan.report = validate_store(store, workspace)
        manifest.conforms = not plan.report.fails(Severity.VIOLATION)
        manifest.warnings = plan.report.count(Severity.WARNING)
        manifest.shapes = plan.shapes
    store.flush()
    return manifest


def _write(
    plan: _Plan, path: Path, library: Library, report: Callable[[RepatriaError], None], compare: bool
) -> tuple[Store, set[str] | None]:
    """Return the store of the new build, and what is gone from it (None if all was read).

    To ``compare`` the counts, those of all dossiers are gathered where all are read.
    """
    plan.rebuild = _to_rebuild(plan, library)
    if plan.before is None or plan.old is None or _much(plan):
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
    gone = write_changed(store, library, plan.dossiers, plan.rebuild, plan.before.dossiers, changed, report)
    plan.dossiers.changed = plan.rebuild
    added = [source for name in plan.rebuild for source in plan.dossiers.inputs[name].sources]
    plan.numbers = numbers + count_parts(store, names, added, changed)
    return store, gone


def _much(plan: _Plan) -> bool:
    inputs = plan.dossiers.inputs
    return sum(inputs[name].size for name in plan.rebuild) > _FULL_BYTES + _FULL_SHARE * sum(
        item.size for item in inputs.values()
    )


def _to_rebuild(plan: _Plan, library: Library) -> list[str]:
    """Return the dossiers that changed, and those whose references now mean something else."""
    found = list(plan.dossiers.changed)
    if plan.entities:
        changed = set(found)
        same = {name for name, item in plan.dossiers.inputs.items() if _same_uses(item, library)}
        found += [name for name in plan.dossiers.inputs if name not in changed and name not in same]
    return found


def _same_uses(item: Input, library: Library) -> bool:
    try:
        return all(library.index.resolve(use).value == node for use, node in item.uses)
    except RepatriaError:
        return False


def validate_store(store: Store, workspace: Workspace) -> Report:
    """Validate all quads of a store against the shipped shapes and the workspace's own."""
    return validate(over(store), shapes_of(workspace))


def _summary(workspace: Workspace, manifest: Manifest, plan: _Plan, *, unchanged: bool = False) -> Summary:
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
