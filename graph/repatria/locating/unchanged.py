"""Whether files are what they were when data were made from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from repatria.errors import StoreError
from repatria.locating.sources import Stamp, stamp_of
from repatria.snapshot import Input, read_manifest
from repatria.workspace import Workspace


class Same(Protocol):
    """Tells whether a file is what it was when the data were made from it."""

    def __call__(self, path: Path) -> bool: ...


@dataclass(frozen=True)
class AsStamped:
    """By the states of the files from before they were read."""

    stamps: Mapping[Path, Stamp | None]

    def __call__(self, path: Path) -> bool:
        """Return whether a file is among them and is what it was."""
        stamp = self.stamps.get(path)
        return stamp is not None and stamp == stamp_of(path)


@dataclass
class AsBuilt:
    """By what the build in a folder says of its inputs."""

    workspace: Workspace
    build: Path

    @cached_property
    def _inputs(self) -> dict[str, Input]:
        try:
            manifest = read_manifest(self.build)
        except StoreError:
            return {}
        return {**manifest.entities, **manifest.dossiers}

    def __call__(self, path: Path) -> bool:
        """Return whether a file is an input that did not change."""
        known = self._inputs.get(self.workspace.shown(path))
        try:
            found = path.stat()
            if known is None or (found.st_size, found.st_mtime_ns) == (known.size, known.mtime_ns):
                return known is not None
            return sha256(path.read_bytes()).hexdigest() == known.sha256
        except OSError:
            return False
