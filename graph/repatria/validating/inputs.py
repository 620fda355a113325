"""What is validated, wherever it comes from: how it is read, and how a report tells of it."""

from __future__ import annotations

import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Protocol

from pyoxigraph import Quad, RdfFormat, serialize

from repatria.errors import InputError, Location
from repatria.locating import Source, blank_nodes, stamp_of
from repatria.rdf import read_quads
from repatria.shacl.data import DataGraph
from repatria.shacl.loading import load, load_lines, over
from repatria.store import Dataset, Origin, open_disk, open_nquads
from repatria.validating.origins import Origins
from repatria.workspace import Workspace

DOSSIERS = (".yaml", ".yml", ".jsonl", ".ndjson", ".json")
"""Endings of files that may be dossiers."""
# Up to so many bytes, about 400,000 quads, a store on disk is copied into memory, which answers
# sooner; a larger one is asked where it is, in 150 MB of memory.
_COPIED = 1 << 27


class Input(Protocol):
    """Data to validate."""

    @property
    def complete(self) -> bool:
        """Whether the shipped shapes need nothing beside the data: no ontology and no concepts."""

    def open(self) -> DataGraph | Iterable[Quad]:
        """Return the data. Raises InputError for what cannot be read."""

    def told(self, data: object) -> str:
        """Return in words what counts as data, once it is opened."""

    def portable(self) -> Input:
        """Return an input with the same data that another process can open."""


@dataclass(frozen=True, slots=True)
class Files:
    """RDF files, taken together; - is standard input."""

    paths: tuple[str, ...]
    _sources: list[Source] = field(default_factory=list, compare=False, repr=False)

    complete = False

    def open(self) -> DataGraph | Iterable[Quad]:
        """Read them, on a store where there is a way to it that is quicker than by its quads."""
        if len(self.paths) == 1:
            path = Path(self.paths[0])
            stamp = stamp_of(path)
            with unchanged(path):
                graph = load_lines(path)
            if graph is not None:
                self._sources[:] = [Source(path, str(path), stamp)]
                return graph
        self._sources.clear()
        return read_files(self.paths, self._sources)

    def origins(self) -> Origins:
        """Return the files as they were read."""
        return Origins(tuple(self._sources))

    def told(self, data: object) -> str:
        """Name the files."""
        named = ", ".join("standard input" if path == "-" else path for path in self.paths)
        return f"{named}: all graphs together"

    def portable(self) -> Input:
        """Return the same."""
        return self


@dataclass(frozen=True, slots=True)
class Quads:
    """Quads at hand, or with ``document`` the same as N-Quads; ``said`` is what is told of them."""

    quads: Iterable[Quad] = ()
    document: bytes | None = None
    said: str = "the quads handed over: all graphs together"

    complete = False

    def open(self) -> Iterable[Quad]:
        """Return the quads, or read them."""
        if self.document is None:
            return self.quads
        return read_quads(BytesIO(self.document), name="quads", format="nquads")

    def told(self, data: object) -> str:
        """Say that they were handed over."""
        return self.said

    def portable(self) -> Input:
        """Write the quads down."""
        return Quads(document=serialize(self.quads, format=RdfFormat.N_QUADS) or b"", said=self.said)


@dataclass(frozen=True, slots=True)
class Stored:
    """The graph of a dataset without its drafts; without ``dataset`` it is opened by its ``origin``."""

    origin: Origin
    base: str
    built: bool
    dataset: Dataset | None = field(default=None, compare=False)
    workspace: Workspace | None = field(default=None, compare=False)

    @property
    def complete(self) -> bool:
        """Whether a build made it, which puts in what its own validation needs."""
        return self.built

    def open(self) -> DataGraph | Iterable[Quad]:
        """Return the data, opened anew where it is another process's."""
        dataset = self.dataset
        if dataset is None and self.origin.kind == "disk":
            dataset = open_disk(Path(self.origin.path), self.base, built=self.built)
        elif dataset is None:
            dataset = open_nquads(Path(self.origin.path), self.base)
        # Drafts do not count: where there are some, not all graphs of the store do.
        if dataset.default_graph() is not None:
            return dataset.quads()
        if dataset.origin.kind == "disk" and _size(Path(dataset.origin.path)) <= _COPIED:
            return _in_memory(dataset)
        return over(dataset.store)

    def told(self, data: object) -> str:
        """Say which graphs count."""
        return "the graph of claims: all its graphs but drafts, together"

    def portable(self) -> Input:
        """Leave the open store out, or write it down where it is nowhere else."""
        if self.origin.kind == "memory" and self.dataset is not None:
            return Quads(self.dataset.quads(), said=self.told(None)).portable()
        return Stored(self.origin, self.base, self.built, workspace=self.workspace)

    def origins(self) -> Origins:
        """Return the files of the workspace, as they were built; or that which was read."""
        path = Path(self.origin.path)
        if self.origin.kind == "nquads":
            return Origins((Source(path, str(path), stamp_of(path)),))
        if self.origin.kind != "disk" or self.workspace is None:
            return Origins()
        from repatria.locating.dossiers import WorkspaceFiles
        from repatria.locating.unchanged import AsBuilt

        return Origins((WorkspaceFiles(self.workspace, AsBuilt(self.workspace, path.parent)),))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The graph at a SPARQL endpoint, which stays there."""

    url: str

    complete = False

    def open(self) -> DataGraph:
        """Ask it for what the validation has to know first. Raises StoreError RP410–RP413."""
        from repatria.shacl.endpoint.client import Client
        from repatria.shacl.endpoint.graph import RemoteGraph

        return RemoteGraph(Client(self.url))

    def told(self, data: object) -> str:
        """Say which graphs count."""
        from repatria.shacl.endpoint.graph import RemoteGraph

        assert isinstance(data, RemoteGraph)
        return data.told()

    def portable(self) -> Input:
        """Return the same."""
        return self


def _in_memory(dataset: Dataset) -> DataGraph:
    """Return the data graph of a copy of a store; of the store itself where there is no room for a file."""
    try:
        with tempfile.TemporaryDirectory(prefix="repatria-") as folder:
            path = Path(folder) / "graph.nq"
            with path.open("wb") as out:
                dataset.dump(out)
            return load_lines(path) or load(read_quads(path, name=str(path)))
    except OSError:
        return over(dataset.store)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def stored(dataset: Dataset, workspace: Workspace | None = None) -> Stored:
    """Return the input of an open dataset."""
    return Stored(dataset.origin, dataset.base, dataset.built, dataset, workspace)


def files(paths: Sequence[str], workspace: Workspace | None) -> Input:
    """Return what reads files: of RDF, or dossiers and entity files of a workspace too.

    Without a workspace it is that around the first dossier, or around the working folder, or the shipped
    one. Raises InputError RP106-RP108.
    """
    if not any(path.lower().endswith(DOSSIERS) for path in paths):
        return Files(tuple(paths))
    from repatria.validating.dossiers import files_input

    return files_input(paths, workspace)


def read_files(paths: Iterable[str | Path], sources: list[Source] | None = None) -> list[Quad]:
    """Return the quads of RDF files (- is standard input); ``sources`` are told what was read.

    Raises InputError RP301–RP306, RP313.
    """
    files = [Path(path) for path in paths]
    several = len(files) > 1  # blank nodes of different files are different
    found: list[Quad] = []
    for path in files:
        begun, stamp = len(found), stamp_of(path)
        with unchanged(path):
            found += read_quads(_source(path), name=str(path), rename_blank_nodes=several)
        if sources is not None:
            blank = blank_nodes(islice(found, begun, None))
            sources.append(Source(path, str(path), stamp, blank))
    return found


def _source(path: Path) -> Path | BinaryIO:
    if str(path) != "-":
        return path
    if sys.stdin is None:
        place = Location("-")
        raise InputError("RP301", "standard input is closed", hint="name a file instead", location=place)
    return sys.stdin.buffer


@contextmanager
def unchanged(path: Path) -> Iterator[None]:
    """Raise InputError RP313 if a file is not the same after the block as it was before, whatever else is
    wrong with what was read of it.
    """
    before = _state(path)
    try:
        yield
    finally:
        if before is not None and _state(path) != before:
            message = "the file changed while it was being read"
            hint = "run it again when whatever writes the file has ended"
            raise InputError("RP313", message, hint=hint, location=Location(str(path)))


def _state(path: Path) -> tuple[int, ...] | None:
    """Return what changes with the content of a file; None for what is no file, or not there."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    if str(path) == "-" or not stat.S_ISREG(found.st_mode):
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
