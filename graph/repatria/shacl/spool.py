"""Results of a report: in memory while they are few, beyond that in a temporary database on the disk.

The database has no name and is gone with the process. Its cache is bounded, and
so is the memory that a report takes, however many results there are.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, groupby, islice
from typing import overload

from pyoxigraph import BlankNode

from repatria.errors import StoreError
from repatria.shacl.ordering import (
    ROUNDS,
    blank_labels,
    blank_nodes,
    colour,
    in_order,
    key,
    roles,
    with_details_in_order,
)
from repatria.shacl.packing import pack, unpack
from repatria.shacl.report import Result

Labels = Mapping[BlankNode, BlankNode]
IN_MEMORY = 50_000
"""Up to so many results are kept in memory: about 50 MB."""
_CACHE = 16 * 1024  # KiB of the database that stay in memory
_NODES = 20_000  # so many blank nodes are remembered beside the database


def kept(results: Iterable[Result]) -> Sequence[Result]:
    """Return the results in their order (:func:`repatria.shacl.ordering.in_order`).

    Raises :class:`StoreError` RP405 if the disk of the temporary files is full.
    """
    coming = iter(results)
    first = list(islice(coming, IN_MEMORY))
    following = next(coming, None)
    return in_order(first) if following is None else Spool(chain(first, (following,), coming))


def labelled(results: Sequence[Result]) -> Iterator[tuple[Result, Labels]]:
    """Yield each result with labels ``b1``, ``b2``, … for its blank nodes, the same in all results."""
    if isinstance(results, Spool):
        yield from results.labelled()
        return
    labels: dict[BlankNode, BlankNode] = {}
    for result in results:
        for node in blank_nodes(result):
            labels.setdefault(node, BlankNode(f"b{len(labels) + 1}"))
        yield result, labels


class Spool(Sequence[Result]):
    """Many results in their order, in a temporary database. Raises :class:`StoreError` RP405."""

    def __init__(self, results: Iterable[Result]) -> None:
        self._store = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._store.close)
        with _room():
            for setting in (f"cache_size=-{_CACHE}", "journal_mode=OFF", "synchronous=OFF", "temp_store=1"):
                self._store.execute(f"PRAGMA {setting}")
            self._store.execute("BEGIN")
            self._sort(results)
            self._store.execute("COMMIT")
        self._length = int(self._store.execute("SELECT count(*) FROM result").fetchone()[0])

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Result]:
        return (unpack(body) for (body,) in self._rows("SELECT body FROM result ORDER BY rowid"))

    @overload
    def __getitem__(self, index: int) -> Result: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Result, ...]: ...

    def __getitem__(self, index: int | slice) -> Result | tuple[Result, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(self._length)))
        at = range(self._length)[index] + 1
        ((body,),) = self._rows("SELECT body FROM result WHERE rowid = ?", at)
        return unpack(body)

    def labelled(self) -> Iterator[tuple[Result, Labels]]:
        """Yield each result with labels for its blank nodes."""
        for body, numbers in self._rows("SELECT body, labels FROM result ORDER BY rowid"):
            result = unpack(body)
            labels = (BlankNode(f"b{number}") for number in numbers.split())
            yield result, dict(zip(blank_nodes(result), labels, strict=True)) if numbers else {}

    def _rows(self, query: str, *values: object) -> Iterator[tuple[str, ...]]:
        with _room():
            yield from self._store.execute(query, values)

    def _sort(self, results: Iterable[Result]) -> None:
        run = self._store.execute
        run("CREATE TABLE keyed (key TEXT, body TEXT, nodes TEXT)")
        run("CREATE TABLE result (body TEXT, labels TEXT)")
        if self._take(results):
            run("CREATE TABLE colour (node TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
            colours = _Colours(self._store)
            for number in range(ROUNDS):
                if number:
                    self._say(colours)
                self._colour()
                colours = _Colours(self._store)
            settled = (with_details_in_order(result, colours) for result in self._waiting())
            rows = (_row(result, colours) for result in settled)
            self._store.executemany("INSERT INTO keyed VALUES (?, ?, ?)", rows)
            run("DROP TABLE waiting")
            numbers = _Numbers(self._store)
            found = run("SELECT body, nodes FROM keyed ORDER BY key, nodes")
            numbered = ((body, numbers(nodes)) for body, nodes in found)
            self._store.executemany("INSERT INTO result VALUES (?, ?)", numbered)
        else:
            run("INSERT INTO result SELECT body, '' FROM keyed ORDER BY key")
        run("DROP TABLE keyed")

    def _take(self, results: Iterable[Result]) -> bool:
        """Store the results, and return whether some wait for their blank nodes to be told apart."""
        run = self._store.execute
        run("CREATE TABLE waiting (body TEXT)")
        run("CREATE TABLE role (node TEXT, said BLOB)")
        waits = False
        for result in results:
            if next(blank_nodes(result), None) is None:
                run("INSERT INTO keyed VALUES (?, ?, ?)", _row(with_details_in_order(result, {}), {}))
                continue
            waits = True
            run("INSERT INTO waiting VALUES (?)", (pack(result),))
            for node, role in roles(result, {}):
                run("INSERT INTO role VALUES (?, ?)", (node.value, role))
        return waits

    def _waiting(self) -> Iterator[Result]:
        return (unpack(body) for (body,) in self._store.execute("SELECT body FROM waiting"))

    def _say(self, colours: Mapping[BlankNode, str]) -> None:
        """Store what is said with each blank node."""
        said = ((node.value, role) for result in self._waiting() for node, role in roles(result, colours))
        self._store.executemany("INSERT INTO role VALUES (?, ?)", said)

    def _colour(self) -> None:
        """Tell blank nodes apart by what is said with them."""
        run = self._store.execute
        told = groupby(run("SELECT node, said FROM role ORDER BY node, said"), lambda row: row[0])
        new = ((node, colour(role for _, role in rows)) for node, rows in told)
        self._store.executemany("INSERT OR REPLACE INTO colour VALUES (?, ?)", new)
        run("DELETE FROM role")


def _row(result: Result, colours: Mapping[BlankNode, str]) -> tuple[str, str, str]:
    """Return what a result is sorted by, the result, and the labels of its blank nodes."""
    return key(result, colours), pack(result), blank_labels(result)


class _Colours(Mapping[BlankNode, str]):
    """The colours in the database, those of the last nodes remembered."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store
        self._found = lru_cache(_NODES)(self._find)

    def _find(self, node: str) -> str | None:
        row = self._store.execute("SELECT value FROM colour WHERE node = ?", (node,)).fetchone()
        return None if row is None else str(row[0])

    def __getitem__(self, node: BlankNode) -> str:
        found = self._found(node.value)
        if found is None:
            raise KeyError(node)
        return found

    def __iter__(self) -> Iterator[BlankNode]:
        return (BlankNode(node) for (node,) in self._store.execute("SELECT node FROM colour"))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Numbers:
    """Gives blank nodes numbers, in the order in which they are asked for."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store
        self._last = 0
        self._known = lru_cache(_NODES)(self._find)
        store.execute("CREATE TABLE number (node TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID")

    def __call__(self, nodes: str) -> str:
        """Return the numbers of some nodes by their labels, with spaces between as these."""
        return " ".join(str(self._known(node)) for node in nodes.split())

    def _find(self, node: str) -> int:
        row = self._store.execute("SELECT value FROM number WHERE node = ?", (node,)).fetchone()
        if row is not None:
            return int(row[0])
        self._last += 1
        self._store.execute("INSERT INTO number VALUES (?, ?)", (node, self._last))
        return self._last


@contextmanager
def _room() -> Iterator[None]:
    """Turn the errors of a full disk into one that says so."""
    try:
        yield
    except sqlite3.OperationalError as error:
        hint = "make room where temporary files go (TMPDIR), or ask for fewer results"
        message = f"the results cannot be kept: {error}"
        raise StoreError("RP405", message, hint=hint) from None
