"""The files that data came from: what they were when they were read, to be sure when they are read again."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Quad

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """A file of RDF, as it was when the data were read from it.

    ``name`` is what places call it. ``stamp`` is its state, as :func:`stamp_of` gives it, from before it
    was read. ``blank`` are the blank nodes of the data in the order in which they were read, or None
    where they have the labels of the document.
    """

    path: Path
    name: str
    stamp: Stamp | None
    blank: tuple[BlankNode, ...] | None = None

    def text(self) -> bytes | None:
        """Return what is in the file, but for a byte order mark, or None if it is not what it was."""
        if self.stamp is None or stamp_of(self.path) != self.stamp:
            return None
        try:
            content = self.path.read_bytes()
        except OSError:
            return None
        return content.removeprefix(BOM_UTF8) if stamp_of(self.path) == self.stamp else None


def stamp_of(path: Path) -> Stamp | None:
    """Return what changes with a file: size, time of its last change in nanoseconds, and its number.

    None for what is no file, such as a pipe, which can be read only once.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns, found.st_ino) if path.is_file() else None


def blank_nodes(quads: Iterable[Quad]) -> tuple[BlankNode, ...]:
    """Return the blank nodes that are subjects or values, in the order in which they first come."""
    found: dict[BlankNode, None] = {}
    for quad in quads:
        subject, value = quad.subject, quad.object
        if type(subject) is BlankNode:
            found[subject] = None
        if type(value) is BlankNode:
            found[value] = None
    return tuple(found)
