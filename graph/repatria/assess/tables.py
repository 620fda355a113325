"""The tables beside a store, as Parquet. ``counts/`` has one row per count.

What is comparable is split by its key, what totals add up by what it refers
to, what a source says by that source: a change reads and rewrites the parts
that it touches, and leaves the rest as they are. What is the same for all
stands in one file.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import duckdb

from repatria.assess.database import insert, text
from repatria.assess.extraction import extract, load_entities
from repatria.assess.referents import Agents, Referents, read_agents, read_referents
from repatria.store import Dataset

# What is asked of the graph, and the summaries of groups; each is one folder.
INPUTS = ("links", "sums", "missing")
SUMMARIES = ("groups", "voiced", "commitments", "summed")
Scope = Callable[[Referents], Collection[str]]
# Hexadecimal digits that choose the part of a row; what is compared with nothing goes with its source.
_OF_SOURCE, _OF_REFERENT = "md5(source)", "md5(referent)"
_DIGITS = {
    "counts": f"coalesce(key, {_OF_SOURCE})",
    "groups": _OF_REFERENT,
    "voiced": _OF_REFERENT,
    "commitments": "key",
    "summed": "key",
    **dict.fromkeys(INPUTS, _OF_SOURCE),
}
# A part has at least so many rows. Beyond, the number of parts grows as their size does: a change rewrites
# few of them, and whoever reads the table opens all.
_ROWS_OF_A_PART, _ROWS_TO_PARTS = 1000, 4
_OUTGROWN = 4


def folder(dataset: Dataset) -> Path | None:
    """Return the folder of a build with tables, or None where the graph has none beside it."""
    if dataset.origin.kind != "disk":
        return None
    build = Path(dataset.origin.path).parent
    return build if (build / "counts").is_dir() else None


def load(
    connection: duckdb.DuckDBPyConnection, dataset: Dataset, scope: Scope | None = None
) -> tuple[Referents, Agents]:
    """Make the tables to assess, from those beside the store or else from the graph itself.

    ``scope`` says, of all referents, whose counts to keep.
    """
    place = folder(dataset)
    if place is None:
        found, agents = extract(connection, dataset)
    else:
        found, agents = read_referents(dataset), read_agents(dataset)
        load_entities(connection, found, agents)
        for name in INPUTS:
            read_table(connection, name, place)
    if scope is not None:
        insert(connection, "asked", ("referent",), [(iri,) for iri in sorted(scope(found))])
    only = "" if scope is None else " SEMI JOIN asked USING (referent)"
    if place is not None:
        rows = f"SELECT * FROM {parquet(place / 'counts')}{only}"
        connection.execute(f"CREATE OR REPLACE TEMP {'TABLE' if only else 'VIEW'} counts AS {rows}")
    elif only:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE counts AS SELECT * FROM counts{only}")
    return found, agents


def parquet(place: Path) -> str:
    """Return what reads all parts of a table in SQL."""
    return f"read_parquet({text(str(place / '*.parquet'))})"


def read_table(connection: duckdb.DuckDBPyConnection, name: str, build: Path, alias: str = "") -> None:
    """Make the table ``name`` (or ``alias``) of what stands beside the store of a build."""
    rows = f"SELECT * FROM {parquet(build / name)}"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {alias or name} AS {rows}")


def write_table(connection: duckdb.DuckDBPyConnection, name: str, build: Path, rows: str = "") -> None:
    """Write the table ``name``, or the rows of a query, beside the store of a build."""
    query = rows or all_rows(name)
    if name not in _DIGITS:
        (build / name).mkdir(exist_ok=True)
        _copy(connection, query, part_file(build / name, 0))
        return
    found = connection.execute(f"SELECT count(*) FROM ({query})").fetchone()
    write_parts(connection, name, query, build, number_of_parts(found[0] if found else 0))


def all_rows(name: str) -> str:
    """Return, in SQL, the rows of a table of the connection as they stand beside a store."""
    if name == "voiced":
        return "SELECT v.*, g.referent FROM voiced v JOIN groups g USING (gid)"
    return f"SELECT * FROM {name}"


def write_parts(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    rows: str,
    build: Path,
    parts: int,
    only: Iterable[int] | None = None,
) -> None:
    """Write the rows of an SQL query as parts of a table that is split, all of them or only some."""
    place, work = build / name, build / f"{name}.new"
    place.mkdir(exist_ok=True)
    if parts == 1:
        _copy(connection, rows, part_file(place, 0))
        return
    query = f"SELECT *, {part_of(name, parts)} AS piece FROM ({rows})"
    connection.execute(f"COPY ({query}) TO {text(str(work))} (FORMAT parquet, PARTITION_BY (piece))")
    for part in range(parts) if only is None else sorted(only):
        written = list((work / f"piece={part}").glob("*.parquet"))
        if len(written) == 1:
            written[0].rename(part_file(place, part))
        else:  # none, or what several threads wrote
            found = parquet(work / f"piece={part}") if written else f"({rows}) LIMIT 0"
            _copy(connection, f"SELECT * FROM {found}", part_file(place, part))
    shutil.rmtree(work, ignore_errors=True)


def part_of(name: str, parts: int) -> str:
    """Return, in SQL, the part of a row of a table that is split into so many."""
    return f"('0x' || substr({_DIGITS[name]}, 1, 8))::UBIGINT % {parts}"


def part_file(place: Path, number: int) -> Path:
    """Return the file of a part of a table."""
    return place / f"{number:04d}.parquet"


def part_files(place: Path, numbers: Iterable[int]) -> str:
    """Return what reads some parts of a table in SQL."""
    return f"read_parquet([{', '.join(text(str(part_file(place, number))) for number in sorted(numbers))}])"


def count_parts(build: Path, name: str) -> int:
    """Return into how many parts a table of a build is split."""
    return len(list((build / name).glob("*.parquet")))


def number_of_parts(rows: int) -> int:
    """Return into how many parts a table of so many rows is split."""
    return max(1, min(9999, rows // _ROWS_OF_A_PART, math.isqrt(rows) // _ROWS_TO_PARTS))


def outgrown(connection: duckdb.DuckDBPyConnection, build: Path) -> bool:
    """Say whether the tables of a build, changed time and again, should be split into many more parts."""
    found = connection.execute(f"SELECT sum(groups)::BIGINT FROM {parquet(build / 'statuses')}").fetchone()
    return number_of_parts((found and found[0]) or 0) > _OUTGROWN * count_parts(build, "groups")


def keep_parts(old: Path, new: Path, name: str, without: Collection[int] = ()) -> None:
    """Make the parts of a table in one build those of another one as well; nobody writes into them."""
    (new / name).mkdir(exist_ok=True)
    for number in range(count_parts(old, name)):
        if number not in without:
            part_file(new / name, number).hardlink_to(part_file(old / name, number))


def _copy(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    connection.execute(f"COPY ({query}) TO {text(str(file))} (FORMAT parquet)")


# The rows of `counts` with what became of each.
STATUS_ROWS = """
SELECT c.* EXCLUDE (status), s.status FROM counts c
LEFT JOIN statuses s ON s.count = c.count AND NOT c.replaced AND NOT c.retracted"""
