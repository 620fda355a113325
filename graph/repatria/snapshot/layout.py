"""The folder of a store: builds, the link to the current one, the locks.

``builds/{number}-{random}/`` holds ``store/`` (Oxigraph), ``manifest.json``
and ``readers`` (a file that readers lock shared, with the number of this
format); ``current`` links to one of them and is replaced by one rename. A
writer holds ``lock``. A build that was killed is never linked, and the next
writer removes it.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

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
            return self.root / self.current.readlink()
        except OSError:
            return None

    def new_build(self) -> Path:
        """Make and return the empty folder of the next build. Only for the writer.

        No name is used twice: a process that failed may still hold the store
        of a build that was removed.
        """
        numbers = [int(name) for p in self.builds.iterdir() if (name := p.name.partition("-")[0]).isdigit()]
        path = self.builds / f"{max(numbers, default=0) + 1:06d}-{secrets.token_hex(4)}"
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
        (self.root / "current.new").unlink(missing_ok=True)
        keep = self.current_build()
        for path in self.builds.iterdir():
            if path != keep:
                _remove_unread(path)


def _remove_unread(build: Path) -> None:
    """Remove a build that nobody reads; a reader that comes now finds ``readers`` gone and looks anew."""
    readers = build / "readers"
    try:
        with readers.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            readers.unlink()
            _remove(build)
    except (FileNotFoundError, NotADirectoryError):
        _remove(build)
    except OSError:  # being read, or not ours to remove
        return


def _remove(folder: Path) -> None:
    # A store that has just been given up may still write into it.
    for pause in (0.0, 0.1):
        time.sleep(pause)
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return


class Hold:
    """A reader's lock on a build, until it is closed or forgotten.

    ``format`` is the number of the build's format. Raises FileNotFoundError
    if the build is gone.
    """

    __slots__ = ("_file", "format")

    def __init__(self, build: Path) -> None:
        readers = build / "readers"
        self._file = os.open(readers, os.O_RDONLY | os.O_CLOEXEC)
        fcntl.flock(self._file, fcntl.LOCK_SH)
        self.format = os.read(self._file, 20)
        readers.stat()  # gone if the build was removed while the lock was waited for

    def close(self) -> None:
        """Let the build be removed once it is not the current one."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            self.close()


@contextlib.contextmanager
def writing(layout: Layout) -> Iterator[None]:
    """Hold the writer's lock; builds that were killed or failed are removed, before and after.

    Raises StoreError RP401 (another writer is at work), and for what goes
    wrong with the disk meanwhile RP404 (cannot be written), RP405 (disk full),
    RP402 (damaged).
    """
    with _disk(layout):
        layout.builds.mkdir(parents=True, exist_ok=True)
        with (layout.root / "lock").open("a+b") as lock:
            _lock(layout, lock)
            layout.clean()
            try:
                yield
            finally:
                layout.clean()


def _lock(layout: Layout, lock: IO[bytes]) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        owner = lock.read(32).decode(errors="replace").strip()
        message = f"another build is at work here (process {owner or 'unknown'})"
        hint = "wait until it has ended; readers are not disturbed"
        raise StoreError("RP401", message, hint=hint, location=Location(str(layout.root))) from None
    lock.truncate(0)
    lock.write(str(os.getpid()).encode())
    lock.flush()


@contextlib.contextmanager
def _disk(layout: Layout) -> Iterator[None]:
    place = Location(str(layout.root))
    try:
        yield
    except OSError as error:
        # Oxigraph's own errors have a text, but no number.
        full = error.errno == errno.ENOSPC or "No space left on device" in str(error)
        message = "the disk is full" if full else f"the store cannot be written: {error.strerror or error}"
        hint = "the graph built before is untouched"
        raise StoreError("RP405" if full else "RP404", message, hint=hint, location=place) from None
    except RuntimeError as error:
        if not str(error).startswith("Corruption"):
            raise
        raise _damaged(layout.root, f"the store is damaged: {error}") from None


def open_current(layout: Layout, base: str) -> Dataset:
    """Open the current build to read; it stays whole while it is held.

    Raises StoreError RP403 (nothing built yet), RP402 (damaged, or of another version).
    """
    for _ in range(_RETRIES):
        build = layout.current_build()
        if build is None:
            hint = "`repatria build` makes it from the dossiers"
            place = Location(str(layout.root))
            raise StoreError("RP403", "nothing is built here yet", hint=hint, location=place)
        with contextlib.suppress(FileNotFoundError):  # replaced and removed since the link was read
            hold = Hold(build)
            _check_format(build, hold.format)
            return open_disk(build / "store", base, hold, built=True)
    raise _damaged(layout.root, "the store is damaged: the current build is not there")


def _check_format(build: Path, found: bytes) -> None:
    if found != str(FORMAT).encode():
        version = found.decode("ascii", "replace") or "unknown"
        raise _damaged(build, f"the store is of another version ({version}, not {FORMAT})")


def _damaged(place: Path, message: str) -> StoreError:
    hint = "`repatria build --full` makes it anew from the dossiers"
    return StoreError("RP402", message, hint=hint, location=Location(str(place)))
