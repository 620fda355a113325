"""Which inputs changed since a build: size and time first, the hash only when those differ."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from repatria.errors import InputError, Location
from repatria.snapshot import Input
from repatria.workspace import Workspace

CONCEPTS = "(shipped concepts)"


@dataclass(slots=True)
class Changes:
    """The inputs of one kind: all of them now, and which are new or changed, and which are gone.

    ``complete`` is False once one of them could not be read.
    """

    inputs: dict[str, Input] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    complete: bool = True

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)


def scan(workspace: Workspace, paths: Iterable[Path], before: dict[str, Input]) -> Changes:
    """Compare the files ``paths`` with what a build recorded of them."""
    found = Changes()
    for path in paths:
        name = workspace.shown(path)
        item, same = _compare(path, before.get(name))
        found.inputs[name] = item
        found.paths[name] = path
        if not same:
            found.changed.append(name)
    found.gone = [name for name in before if name not in found.inputs and name != CONCEPTS]
    return found


def _compare(path: Path, before: Input | None) -> tuple[Input, bool]:
    try:
        stat = path.stat()
        if before is not None and (stat.st_size, stat.st_mtime_ns) == (before.size, before.mtime_ns):
            return before, True
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        told = f"cannot be read: {(error.strerror or str(error)).lower()}"
        hint = "check that you may read the file"
        raise InputError("RP101", told, hint=hint, location=Location(str(path))) from None
    now = Input(stat.st_size, stat.st_mtime_ns, digest)
    if before is None or before.sha256 != digest:
        return now, False
    now.sources, now.uses = before.sources, before.uses
    return now, True
