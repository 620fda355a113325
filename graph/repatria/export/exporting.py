"""An export: what was selected, in a format, packed or not; and what was written, measured while writing."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import IO, TYPE_CHECKING, TypeVar, cast

from pyoxigraph import Quad

from repatria.errors import UsageError
from repatria.export.counting import count_lines
from repatria.export.flat import Value, flat_rows, flat_table
from repatria.export.formats import EXPORT_FORMATS
from repatria.export.graphs import write_graph
from repatria.export.lines import in_graph, sorted_lines
from repatria.export.selecting import Selection, in_words, selected
from repatria.export.subset import assessments_of, quads_of
from repatria.export.tables import write_csv, write_parquet
from repatria.query.rows import Rows
from repatria.store import Dataset

if TYPE_CHECKING:
    from typing_extensions import Buffer

    from repatria.description import Statistics

_T = TypeVar("_T")
TABLE_FORMATS = ("csv", "parquet")
LINE_FORMATS = ("nquads", "ntriples")
_LEVEL = 6


@dataclass(slots=True)
class Written:
    """What an export wrote: size in bytes and SHA-256 (hex) of the file as it is, packed or not.

    ``selection`` says in words what was selected, empty for all; ``rows`` is
    how many a table has; ``formulas`` in which columns of a CSV how many values
    begin as a spreadsheet's formulas do.
    """

    format: str
    size: int = 0
    sha256: str = ""
    packed: bool = False
    with_assessments: bool = False
    selection: str = ""
    rows: int | None = None
    formulas: dict[str, int] = field(default_factory=dict)


class _Measured(io.RawIOBase):
    """A binary stream that counts and hashes what passes through it; the one below stays open."""

    def __init__(self, out: IO[bytes]) -> None:
        super().__init__()
        self._out, self._hash, self.size = out, hashlib.sha256(), 0

    def writable(self) -> bool:
        return True

    def write(self, piece: Buffer) -> int:
        self._hash.update(piece)
        size = len(memoryview(piece).cast("B"))
        self.size += size
        self._out.write(piece)
        return size

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def export(
    dataset: Dataset,
    out: IO[bytes],
    format: str,
    chosen: Selection = Selection(),  # noqa: B008 - it cannot be changed
    *,
    with_assessments: bool = False,
    packed: bool = False,
    statistics: Statistics | None = None,
) -> Written:
    """Write the graph, or what was chosen of it, to ``out``; return what was written.

    ``packed``: in gzip, without name and time. ``statistics`` counts the
    statements that are written. Nothing is written before it is known that
    there is something. Raises UsageError RP210 (nothing), RP211 (no counts for
    a table), RP212 (options that exclude one another), RP213 (what the format
    cannot hold), MissingExtra RP204, InputError RP306, RP307, RP309, and OSError.
    """
    _check(format, with_assessments, packed)
    measured = _Measured(out)
    told = in_words(dataset, chosen)
    written = Written(format, packed=packed, with_assessments=with_assessments, selection=told)
    claims = selected(dataset, chosen) if chosen else None
    write = _prepared(_Source(dataset, claims, with_assessments, statistics), written)
    with _packing(measured) if packed else contextlib.nullcontext(cast("IO[bytes]", measured)) as stream:
        write(stream)
    written.size, written.sha256 = measured.size, measured.sha256
    return written


def export_bytes(
    dataset: Dataset, format: str, chosen: Selection, *, with_assessments: bool = False
) -> bytes:
    """Return what :func:`export` writes."""
    out = io.BytesIO()
    export(dataset, out, format, chosen, with_assessments=with_assessments)
    return out.getvalue()


def counts(dataset: Dataset, chosen: Selection) -> Rows:
    """Return the flat table of all counts, or of those of the claims that fit. Raises UsageError RP210."""
    return flat_table(dataset, selected(dataset, chosen) if chosen else None)


def _check(format: str, with_assessments: bool, packed: bool) -> None:
    if format not in EXPORT_FORMATS:
        hint = f"formats: {', '.join(EXPORT_FORMATS)}"
        raise UsageError("RP212", f"there is no format “{format}”", hint=hint)
    if format in TABLE_FORMATS and with_assessments:
        hint = "`repatria compare --format csv` writes the assessments as rows"
        raise UsageError("RP212", f"{format} holds counts, and no assessments", hint=hint)
    if format == "parquet" and packed:
        hint = "leave --gzip out"
        raise UsageError("RP212", "a Parquet file is packed in itself, and not by gzip", hint=hint)


@contextlib.contextmanager
def _packing(out: _Measured) -> Iterator[IO[bytes]]:
    with gzip.GzipFile("", "wb", _LEVEL, cast("IO[bytes]", out), mtime=0) as stream:
        yield cast("IO[bytes]", stream)


@dataclass(frozen=True, slots=True)
class _Source:
    """What is to be written: statements of a graph, counted as they pass."""

    dataset: Dataset
    claims: Collection[str] | None
    with_assessments: bool
    statistics: Statistics | None

    def quads(self) -> Iterator[Quad]:
        """Yield the statements."""
        for quad in self._quads():
            if self.statistics is not None:
                self.statistics.add(quad)
            yield quad

    def blocks(self, format: str) -> Iterator[list[bytes]]:
        """Yield the sorted lines of the whole graph."""
        without = () if self.with_assessments else (assessments_of(self.dataset),)
        for block in sorted_lines(self.dataset, triples=format == "ntriples", without=without):
            if self.statistics is not None:
                count_lines(block, self.statistics)
            if block:
                yield block

    def rows(self, written: Written) -> Iterator[tuple[Value, ...]]:
        """Yield the rows of the table, which are counted in ``written``."""
        written.rows = 0
        for row in flat_rows(self.dataset, self.claims):
            written.rows += 1
            yield row

    def _quads(self) -> Iterable[Quad]:
        if self.claims is not None:
            return quads_of(self.dataset, self.claims, with_assessments=self.with_assessments)
        if self.with_assessments:
            return self.dataset.quads()
        start = (assessments_of(self.dataset),)
        return (quad for quad in self.dataset.quads() if not in_graph(quad, start))


def _prepared(source: _Source, written: Written) -> Callable[[IO[bytes]], None]:
    """Return what writes to a stream, when it is known that there is something. Raises UsageError."""
    if written.format in TABLE_FORMATS:
        rows = _some(source.rows(written), "there is no count for a row of the table", "RP211")
        return partial(_write_table, rows, written)
    if written.format in LINE_FORMATS and source.claims is None:
        blocks = _some(source.blocks(written.format), "the graph is empty")
        return partial(_write_blocks, blocks)
    quads = _some(source.quads(), "the graph is empty")
    return lambda stream: write_graph(quads, written.format, stream, source.dataset.prefixes)


def _write_table(rows: Iterator[tuple[Value, ...]], written: Written, stream: IO[bytes]) -> None:
    if written.format == "csv":
        written.formulas = write_csv(rows, stream)
    else:
        write_parquet(rows, stream)


def _write_blocks(blocks: Iterator[list[bytes]], stream: IO[bytes]) -> None:
    for block in blocks:
        stream.write(b"".join(block))


def _some(items: Iterator[_T], message: str, code: str = "RP210") -> Iterator[_T]:
    """Return items of which there is at least one. Raises UsageError."""
    for first in items:
        return chain([first], items)
    hint = "nothing was written; `repatria status` tells what there is"
    raise UsageError(code, message, hint=hint)
