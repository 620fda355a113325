"""The folder of a store: builds, the link to the current one, the locks.

``builds/{number}/`` holds ``store/`` (Oxigraph), ``manifest.json`` and
``readers`` (a file that readers lock shared, with the number of this format); ``current`` links to one of
them and is replaced by one rename. A writer holds ``lock``. A build that was
killed is never linked, and the next writer removes it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from repatria.errors import Location, StoreError
from repatria.snapshot.manifest import FORMAT
from repatria.store import Dataset, open_disk

_RETRIES = 20


@dataclass(frozen=True, slots=True)
class Layout:
    """The places below the folder of a store."""

    root: Path

    @property
    def current(self) -> Path:
        """The link to the build that is read."""
        return self.root / "current"

    @property
    def builds(self) -> Path:
        """The folder of all builds."""
        return self.root / "builds"

    def current_build(self) -> Path | None:
        """Return the folder of the current build, or None before the first."""
        try:
            return self.root / os.readlink(self.current)
        except OSError:
            return None

    def new_build(self) -> Path:
        """Make and return the empty folder of the next build. Only for the writer."""
        numbers = [int(p.name) for p in self.builds.iterdir() if p.name.isdigit()]
        path = self.builds / f"{max(numbers, default=0) + 1:06d}"
        path.mkdir()
        (path / "readers").write_text(str(FORMAT), encoding="ascii")
        return path

    def publish(self, build: Path) -> None:
        """Make ``build`` the current one, in one step."""
        link = self.root / "current.new"
        link.unlink(missing_ok=True)
        link.symlink_to(build.relative_to(self.root))
        link.replace(self.current)

    def clean(self) -> None:
        """Remove all builds that are neither current nor being read. Only for the writer."""
        keep = self.current_build()
        for path in self.builds.iterdir():
            if path != keep and not _is_read(path):
                shutil.rmtree(path, ignore_errors=True)


def _is_read(build: Path) -> bool:
    try:
        with (build / "readers").open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


@contextlib.contextmanager
def writing(layout: Layout) -> Iterator[None]:
    """Hold the writer's lock; debris of killed builds is removed first.

    Raises StoreError RP401 (another writer is at work), RP404 (cannot be written).
    """
    place = Location(str(layout.root))
    try:
        layout.builds.mkdir(parents=True, exist_ok=True)
        lock = (layout.root / "lock").open("a+b")
    except OSError as error:
        message = f"the store's folder cannot be written: {error.strerror}"
        raise StoreError("RP404", message, location=place) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            owner = lock.read(32).decode(errors="replace").strip()
            message = f"another build is at work here (process {owner or 'unknown'})"
            hint = "wait until it has ended; readers are not disturbed"
            raise StoreError("RP401", message, hint=hint, location=place) from None
        lock.truncate(0)
        lock.write(str(os.getpid()).encode())
        lock.flush()
        layout.clean()
        yield
        layout.clean()


def open_current(layout: Layout, base: str) -> Dataset:
    """Open the current build to read; it stays whole while it is held.

    Raises StoreError RP403 (nothing built yet), RP402 (damaged, or of another version).
    """
    for _ in range(_RETRIES):
        build = layout.current_build()
        if build is None:
            hint = "`repatria build` makes it from the dossiers"
            raise StoreError("RP403", "nothing is built here yet", hint=hint, location=Location(str(layout.root)))
        with contextlib.suppress(FileNotFoundError):  # replaced and removed between reading the link and locking
            hold = (build / "readers").open("rb")
            fcntl.flock(hold, fcntl.LOCK_SH)
            if build.is_dir():
                _check_format(build, hold.read(20))
                return open_disk(build / "store", base, hold)
            hold.close()
    raise _damaged(layout.root, "the store is damaged: the current build is not there")


def _check_format(build: Path, found: bytes) -> None:
    if found != str(FORMAT).encode():
        version = found.decode("ascii", "replace") or "unknown"
        raise _damaged(build, f"the store is of another version ({version}, not {FORMAT})")


def _damaged(place: Path, message: str) -> StoreError:
    hint = "`repatria build --full` makes it anew from the dossiers"
    return StoreError("RP402", message, hint=hint, location=Location(str(place)))
