"""N-Quads and N-Triples of a whole graph: canonical, sorted, in memory that does not grow with the graph.

The store writes the lines itself, faster than any loop in Python; here they
are only picked, cut to triples and sorted. The order of the store would be
that of insertion in memory, and of its own keys on disk.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import Quad

from repatria.canonical import canonical_nquads
from repatria.export.sorting import LineSorter
from repatria.store import Dataset
from repatria.terms import Names

_BATCH = 4 << 20


class _BlankNodes(Exception):
    """There are blank nodes, whose labels depend on the whole graph."""


def sorted_lines(dataset: Dataset, *, triples: bool, without: Collection[str] = ()) -> Iterator[list[bytes]]:
    """Yield all lines of a graph in sorted lists, each line once and with its line feed.

    ``triples`` leaves the names of graphs out; graphs whose name (IRI) begins
    with one of ``without`` are left out, as drafts are. With blank nodes, which
    RDFC-1.0 labels, all of it is held in memory. Raises StoreError RP402, and
    OSError of the temporary file.
    """
    picker = _Picker(triples, (*without, Names(dataset.base).drafts))
    try:
        dataset.dump(picker)
        picker.flush()
    except _BlankNodes:
        starts = tuple(without)
        kept = (quad for quad in dataset.quads() if not starts or not in_graph(quad, starts))
        yield quad_lines(kept, triples=triples)
    else:
        yield from picker.sorter.blocks()


def quad_lines(quads: Iterable[Quad], *, triples: bool) -> list[bytes]:
    """Return the canonical lines of quads that are held in memory, sorted, each once."""
    if triples:
        quads = {Quad(quad.subject, quad.predicate, quad.object) for quad in quads}
    return [line.encode() for line in canonical_nquads(quads)]


def in_graph(quad: Quad, starts: tuple[str, ...]) -> bool:
    """Say whether the name of a quad's graph begins with one of these."""
    name: str = getattr(quad.graph_name, "value", "")
    return name.startswith(starts)


class _Picker:
    """A binary stream that takes N-Quads in pieces and hands the lines that are wanted to a sorter."""

    def __init__(self, triples: bool, without: Iterable[str]) -> None:
        # A store holds each quad once, but a triple once for each graph.
        self.sorter = LineSorter(repeated=triples)
        self._triples = triples
        self._without = tuple(f"<{start}".encode() for start in without)
        self._pieces: list[bytes] = []
        self._held = 0

    def write(self, piece: bytes) -> int:
        """Take a piece, which may begin and end within a line."""
        self._pieces.append(bytes(piece))
        self._held += len(piece)
        if self._held >= _BATCH:
            whole, feed, rest = b"".join(self._pieces).rpartition(b"\n")
            self._pieces, self._held = [rest], len(rest)
            self._take(whole + feed)
        return len(piece)

    def flush(self) -> None:
        """Take what is left."""
        rest, self._pieces, self._held = b"".join(self._pieces), [], 0
        self._take(rest)

    def _take(self, batch: bytes) -> None:
        lines = batch.splitlines(keepends=True)
        if b"_:" in batch and any(map(_has_blank_node, lines)):
            raise _BlankNodes
        if any(start in batch for start in self._without):
            lines = [line for line in lines if not _graph(line).startswith(self._without)]
        if self._triples:
            lines = [_triple(line) for line in lines]
        self.sorter.add(lines)


def _graph(line: bytes) -> bytes:
    """Return the name of the graph of an N-Quads line as it is written there, empty for the default graph.

    A name is the last token before the full stop. So may be an object, which
    is the third token then; the end of a literal, which has a quotation mark;
    or the end of a triple term.
    """
    last = line[line.rindex(b" ", 0, -3) + 1 : -3]
    if b'"' in last or last == b")>>" or line.count(b" ") == 3:
        return b""
    return last


def _triple(line: bytes) -> bytes:
    name = _graph(line)
    return line[: -len(name) - 4] + b" .\n" if name else line


def _has_blank_node(line: bytes) -> bool:
    """Say whether a line has a blank node, or a triple term, which may hold one."""
    if b"_:" not in line:
        return False
    value = line.split(b" ", 2)[2]
    return line.startswith(b"_:") or value.startswith((b"_:", b"<<(")) or _graph(line).startswith(b"_:")
