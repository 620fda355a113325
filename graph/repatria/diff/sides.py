"""The two things compared: each a file, a folder with a store, a stream of bytes or an open graph."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, BinaryIO, cast

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, parse, serialize

from repatria.errors import InputError, Location
from repatria.rdf import read_quads
from repatria.rdf.formats import format_of_name
from repatria.snapshot import Layout, open_current
from repatria.snapshot.layout import Hold
from repatria.store import Dataset, open_disk
from repatria.terms import BASE
from repatria.workspace import CONFIG, read_workspace

_PIECE = 1 << 20
_BOM = b"\xef\xbb\xbf"
_HEAD = 1 << 16
_META = "graph/meta"
# Prefixes of Turtle and its kin, and namespaces of RDF/XML: only to show IRIs as their writers do.
_PREFIX = re.compile(
    rb"^\s*@?prefix\s+([A-Za-z][\w.-]*)?:\s*<([^<>\s]+)>|\bxmlns:([A-Za-z][\w.-]*)\s*=\s*[\"']([^\"'\s]+)",
    re.MULTILINE | re.IGNORECASE,
)


class Lines:
    """N-Quads or N-Triples in a stream, read from its beginning as often as needed.

    ``named`` says whether named graphs were left out of them.
    """

    def __init__(self, stream: IO[bytes], named: bool = False) -> None:
        self.stream, self.named = stream, named

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()

    def blocks(self) -> Iterator[bytes]:
        """Yield whole lines, so many at a time, without a byte order mark."""
        self.stream.seek(0)
        start = _BOM
        while piece := self.stream.read(_PIECE):
            yield (piece + self.stream.readline()).removeprefix(start)
            start = b""

    def holds(self, text: bytes) -> bool:
        """Say whether a text without line ends stands somewhere."""
        return any(text in block for block in self.blocks())


@dataclass(slots=True)
class Side:
    """One of the two.

    ``name`` is what messages call it; ``quads`` reads it from the start;
    ``graphs`` says whether its format keeps named graphs apart (None: not
    known from its name); ``raw`` opens it where it is a file of N-Quads whose
    lines may be taken as they stand; ``prefixes`` are those of its head, for
    display. Use it in a ``with`` statement: what it was read into is closed at the end.
    """

    name: str
    quads: Callable[[], Iterator[Quad]]
    graphs: bool | None
    raw: Callable[[], IO[bytes]] | None = None
    prefixes: dict[str, str] = field(default_factory=dict)
    held: IO[bytes] | None = None

    def __enter__(self) -> Side:
        return self

    def __exit__(self, *_: object) -> None:
        if self.held is not None:
            self.held.close()

    def keeps_graphs(self) -> bool:
        """Say whether named graphs are kept apart; where the name says no format, whether there are any."""
        if self.graphs is None:
            self.graphs = any(_is_named(quad) for quad in self.quads())
        return self.graphs

    def normalised(self, *, triples: bool) -> Lines:
        """Return all statements as lines in one spelling, in a temporary file.

        ``triples``: without their graphs. Raises :class:`InputError` RP301–RP305.
        """
        return (None if triples else self._from_lines()) or self._from_quads(triples)

    def _from_quads(self, triples: bool) -> Lines:
        named = False

        def without_graph() -> Iterator[Triple]:
            nonlocal named
            for quad in self.quads():
                named = named or _is_named(quad)
                yield quad.triple

        with _kept() as out:
            if triples:
                serialize(without_graph(), output=out, format=RdfFormat.N_TRIPLES)
            else:
                serialize(self.quads(), output=out, format=RdfFormat.N_QUADS)
            return Lines(out, named)

    def _from_lines(self) -> Lines | None:
        """Return the lines of an N-Quads file; None for another, and where anything is wrong with it."""
        if self.raw is None:
            return None
        try:
            with self.raw() as stream, _kept() as out:
                serialize(parse(stream, format=RdfFormat.N_QUADS), output=out, format=RdfFormat.N_QUADS)
                return Lines(out)
        except (SyntaxError, ValueError, OSError):  # told with its place by the reader of anybody's files
            return None


@contextmanager
def _kept() -> Iterator[IO[bytes]]:
    """Give a temporary file that stays open unless something goes wrong."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the caller of the lines closes it
    try:
        yield out
    except BaseException:
        out.close()
        raise


def _is_named(quad: Quad) -> bool:
    return not isinstance(quad.graph_name, DefaultGraph)


def side_of(given: str | Path | Dataset | BinaryIO, name: str = "") -> Side:
    """Return the side that a path, an open stream (of bytes) or a dataset is.

    A folder is a workspace, a store or one build of a store. Raises
    :class:`InputError` RP301 and what opening a store raises.
    """
    if isinstance(given, Dataset):
        return _of_dataset(given, name or given.origin.path or "graph")
    if not isinstance(given, (str, Path)):
        return _of_stream(given, name)
    path = Path(given)
    return _of_folder(path, name or str(given)) if path.is_dir() else _of_file(path, name or str(given))


def _of_file(path: Path, name: str) -> Side:
    format = format_of_name(name)
    plain = format == RdfFormat.N_QUADS and path.is_file() and not name.lower().endswith(".gz")
    raw = (lambda: path.open("rb")) if plain else None
    side = Side(name, lambda: read_quads(path, name=name), _keeps_graphs(format), raw)
    if format in (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N3, RdfFormat.RDF_XML) and path.is_file():
        # Who reads the statements tells what is wrong.
        with suppress(OSError), path.open("rb") as stream:
            side.prefixes = _prefixes(stream.read(_HEAD))
    return side


def _of_stream(stream: BinaryIO, name: str) -> Side:
    with _kept() as held:
        shutil.copyfileobj(stream, held)
        held.seek(0)
        found = _prefixes(held.read(_HEAD))

        def again() -> Iterator[Quad]:
            held.seek(0)
            return read_quads(cast(BinaryIO, held), name=name)

        return Side(name, again, _keeps_graphs(format_of_name(name)), prefixes=found, held=held)


def _of_dataset(dataset: Dataset, name: str) -> Side:
    return Side(name, dataset.quads, True, prefixes=dataset.prefixes)


def _of_folder(path: Path, name: str) -> Side:
    if (path / CONFIG).is_file():
        workspace = read_workspace(path)
        return _of_dataset(open_current(Layout(workspace.store), workspace.base), name)
    if (path / "current").is_symlink():
        return _of_dataset(_with_base(open_current(Layout(path), BASE)), name)
    if (path / "store").is_dir() and (path / "readers").is_file():
        return _of_dataset(_with_base(open_disk(path / "store", BASE, Hold(path))), name)
    hint = "give an RDF file, the folder of a workspace, or that of a store"
    raise InputError("RP301", "is a folder without a graph", hint=hint, location=Location(name))


def _with_base(dataset: Dataset) -> Dataset:
    """Give a store without its workspace the base that the names of its graphs have."""
    names = (getattr(name, "value", "") for name in dataset.store.named_graphs())
    base = next((name.removesuffix(_META) for name in names if name.endswith(_META)), dataset.base)
    return replace(dataset, base=base)


def _keeps_graphs(format: RdfFormat | None) -> bool | None:
    return None if format is None else format.supports_datasets


def _prefixes(head: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for turtle, namespace, xml, other in _PREFIX.findall(head):
        text = (namespace or other).decode("utf8", "replace")
        found[(turtle or xml).decode()] = text
    return found
