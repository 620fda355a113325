"""What a build has to do: which inputs changed since the one before, and what that asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from repatria.building.assessing import Previous, Replaced, restored
from repatria.building.changes import CONCEPTS, Changes, scan
from repatria.building.describing import description_digest
from repatria.building.library import builder_digest, concepts_digest, shapes_digest
from repatria.building.trace import Trace
from repatria.description import Statistics
from repatria.dossier.library import Library
from repatria.errors import RepatriaError
from repatria.shacl import Report
from repatria.shacl.changing import Edit
from repatria.snapshot import Input, Layout, Manifest, read_manifest
from repatria.workspace import Workspace

if TYPE_CHECKING:
    from repatria.assess.extraction import Gathering

# Above this share of changed dossiers, by size and beyond so many bytes, a full build is quicker.
_FULL_SHARE = 0.25
_FULL_BYTES = 200_000


@dataclass(slots=True)
class Plan:
    """One build: what it begins from, what it reads again, and what it has found so far."""

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
    trace: Trace | None = None

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

    @property
    def added(self) -> list[str]:
        """The ids of the sources that were read again or are new."""
        return [source for name in self.rebuild for source in self.dossiers.inputs[name].sources]

    def note_assessed(self, replaced: Replaced | None) -> None:
        """Take down the assessments that were replaced; None for all of them."""
        if self.trace is None or self.old is None:
            return
        if replaced is not None:
            self.trace.assessed(*replaced)
        elif not self.trace.reassessed(self.old):
            self.trace = None

    def edit(self) -> Edit | None:
        """Return what leads from the build before to this one; None if that is not known."""
        if self.trace is None:
            return None
        self.trace.after(self.added, bool(self.entities))
        return self.trace.edit()


def make_plan(workspace: Workspace, layout: Layout, full: bool, started: float) -> Plan:
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
    return Plan(*digests, entities, dossiers, before, old, started)


def nothing_to_do(plan: Plan, before: Manifest, check: bool, compare: bool) -> bool:
    if plan.entities or plan.dossiers or (compare and before.assessed is None):
        return False
    if before.description != plan.description:
        return False
    return not check or (before.conforms is not None and before.shapes == plan.shapes)


def much_changed(plan: Plan) -> bool:
    inputs = plan.dossiers.inputs
    return sum(inputs[name].size for name in plan.rebuild) > _FULL_BYTES + _FULL_SHARE * sum(
        item.size for item in inputs.values()
    )


def to_rebuild(plan: Plan, library: Library) -> list[str]:
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
