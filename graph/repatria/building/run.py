"""One build from start to end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, Store

from repatria.building.changes import CONCEPTS, Changes, scan
from repatria.building.library import Library, builder_digest, concepts_digest, load_library
from repatria.building.references import check_references
from repatria.building.write import new_store, write_all, write_changed
from repatria.errors import Location, Problems, RepatriaError, StoreError
from repatria.shacl import Report, Severity, validate
from repatria.snapshot import Input, Layout, Manifest, read_manifest, write_manifest, writing
from repatria.validation import shapes_of
from repatria.workspace import Workspace

# Above this share of changed dossiers a full build is quicker than one transaction.
_FULL_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did.

    ``totals``: sources, claims, counts, exchanges, officials (numbers of
    things); ``rebuilt``: dossiers read; ``full``: all of them; ``unchanged``:
    nothing was to do; ``report``: of the validation, None without one;
    ``conforms``: True, False, or None where it was never validated;
    ``seconds``: wall-clock time.
    """

    workspace: Workspace
    totals: dict[str, int]
    rebuilt: int
    full: bool
    unchanged: bool
    report: Report | None
    conforms: bool | None
    warnings: int
    seconds: float


@dataclass(slots=True)
class _Plan:
    builder: str
    entities: Changes
    dossiers: Changes
    before: Manifest | None
    old: Path | None


def build(
    workspace: Workspace,
    *,
    full: bool = False,
    check: bool = True,
    progress: Callable[[str], None] = lambda _: None,
) -> Summary:
    """Build the graph of a workspace and make it the one that is read.

    Only what changed is read again, unless ``full``; with ``check`` the new
    graph is validated, and one that violates a rule is not published: the
    old one stays. Raises Problems (all errors of the inputs), StoreError.
    """
    started = time.perf_counter()
    layout = Layout(workspace.store)
    with writing(layout):
        plan = _plan(workspace, layout, full)
        if _nothing_to_do(plan, check):
            assert plan.before is not None
            return _summary(workspace, plan.before, 0, False, None, started)
        path = layout.new_build()
        try:
            return _build(workspace, layout, plan, path, check, progress, started)
        except OSError as error:
            raise StoreError(
                "RP405" if error.errno == 28 else "RP404",
                f"the store cannot be written: {error.strerror or error}",
                hint="the graph built before is untouched",
                location=Location(str(workspace.store)),
            ) from None


def _plan(workspace: Workspace, layout: Layout, full: bool) -> _Plan:
    old = layout.current_build()
    before: Manifest | None = None
    if old is not None and not full:
        before = read_manifest(old)
    builder = builder_digest(workspace)
    if before is not None and before.builder != builder:
        before = None
    entities = scan(workspace, workspace.entity_files(), before.entities if before else {})
    entities.inputs[CONCEPTS] = Input(0, 0, concepts_digest())
    if before is not None and before.entities.get(CONCEPTS) != entities.inputs[CONCEPTS]:
        entities.changed.append(CONCEPTS)
    dossiers = scan(workspace, workspace.source_files(), before.dossiers if before else {})
    return _Plan(builder, entities, dossiers, before, old)


def _nothing_to_do(plan: _Plan, check: bool) -> bool:
    if plan.before is None or plan.entities or plan.dossiers:
        return False
    return plan.before.conforms is not None or not check


def _build(
    workspace: Workspace,
    layout: Layout,
    plan: _Plan,
    path: Path,
    check: bool,
    progress: Callable[[str], None],
    started: float,
) -> Summary:
    errors: list[RepatriaError] = []
    progress("reading the dossiers")
    library = load_library(workspace, errors.append)
    rebuild = _to_rebuild(plan, library)
    whole = plan.before is None or len(rebuild) > _FULL_SHARE * len(plan.dossiers.inputs) + 10
    if whole:
        store = new_store(path)
        write_all(store, library, plan.dossiers, errors.append)
        rebuild, gone = list(plan.dossiers.inputs), None
    else:
        store, gone = _update(plan, path, library, rebuild, errors)
    if not errors:
        check_references(store, library, plan.dossiers, errors.append, gone)
    if errors:
        raise Problems(errors)
    report = None
    if check:
        progress("validating")
        report = validate_store(store, workspace)
    manifest = Manifest(plan.builder, plan.entities.inputs, plan.dossiers.inputs, library.kinds)
    if report is not None:
        manifest.conforms = not report.fails(Severity.VIOLATION)
        manifest.warnings = report.count(Severity.WARNING)
    store.flush()
    del store
    write_manifest(path, manifest)
    if manifest.conforms is not False:
        layout.publish(path)
    return _summary(workspace, manifest, len(rebuild), whole, report, started)


def _to_rebuild(plan: _Plan, library: Library) -> list[str]:
    """Return the dossiers that changed, and those whose references now mean something else."""
    found = list(plan.dossiers.changed)
    if plan.entities:
        changed = set(found)
        found += [
            name
            for name, item in plan.dossiers.inputs.items()
            if name not in changed and not _same_uses(item, library)
        ]
    return found


def _same_uses(item: Input, library: Library) -> bool:
    index = library.index
    for reference, node in item.uses.items():
        try:
            scheme, slash, key = reference.partition("/")
            found = index.concept(scheme, key) if slash else index.find(reference).node
        except RepatriaError:
            return False
        if found.value != node:
            return False
    return True


def _update(
    plan: _Plan, path: Path, library: Library, rebuild: list[str], errors: list[RepatriaError]
) -> tuple[Store, set[str]]:
    assert plan.before is not None
    assert plan.old is not None
    Store.read_only(str(plan.old / "store")).backup(str(path / "store"))
    store = new_store(path)
    gone = write_changed(
        store, library, plan.dossiers, rebuild, plan.before.dossiers, bool(plan.entities), errors.append
    )
    plan.dossiers.changed = rebuild
    return store, gone


def validate_store(store: Store, workspace: Workspace) -> Report:
    """Validate all quads of a store against the shipped shapes and the workspace's own."""
    quads: list[Quad] = list(store)
    return validate(quads, shapes_of(workspace))


def _summary(
    workspace: Workspace, manifest: Manifest, rebuilt: int, full: bool, report: Report | None, started: float
) -> Summary:
    return Summary(
        workspace=workspace,
        totals=manifest.totals(),
        rebuilt=rebuilt,
        full=full,
        unchanged=not rebuilt and not full and report is None,
        report=report,
        conforms=manifest.conforms,
        warnings=manifest.warnings,
        seconds=time.perf_counter() - started,
    )
