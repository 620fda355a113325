"""The tables beside a store, as Parquet. ``counts/`` has one row per count; the others are small.

``counts/`` is split by the key of what is comparable, so that a change
rewrites the parts that it touches and leaves the rest as they are.
"""

from __future__ import annotations

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
_ROWS_OF_A_PART = 10_000
# The part of a row: of its key, and the first one for what is compared with nothing.
PART = "coalesce(('0x' || substr(key, 1, 8))::UBIGINT % {parts}, 0)"


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


def write_table(connection: duckdb.DuckDBPyConnection, name: str, build: Path) -> None:
    """Write the table ``name`` of the connection beside the store of a build."""
    place = build / name
    place.mkdir(exist_ok=True)
    _copy(connection, f"SELECT * FROM {name}", place / "0000.parquet")


def write_counts(
    connection: duckdb.DuckDBPyConnection,
    rows: str,
    build: Path,
    parts: int,
    only: Iterable[int] | None = None,
) -> None:
    """Write the rows of an SQL query as parts of ``counts/``, all of them or only some."""
    place, work = build / "counts", build / "counts.new"
    place.mkdir(exist_ok=True)
    query = f"SELECT *, {PART.format(parts=parts)} AS part FROM ({rows})"
    options = "FORMAT parquet, PARTITION_BY (part)"
    connection.execute(f"COPY ({query}) TO {text(str(work))} ({options})")
    for part in range(parts) if only is None else sorted(only):
        written = list((work / f"part={part}").glob("*.parquet"))
        if len(written) == 1:
            written[0].rename(part_file(place, part))
        else:  # none, or what several threads wrote
            found = parquet(work / f"part={part}") if written else f"({rows}) LIMIT 0"
            _copy(connection, f"SELECT * FROM {found}", part_file(place, part))
    shutil.rmtree(work, ignore_errors=True)


def part_file(place: Path, number: int) -> Path:
    """Return the file of a part of a table."""
    return place / f"{number:04d}.parquet"


def number_of_parts(rows: int) -> int:
    """Return into how many parts a table of so many rows is split."""
    return max(1, min(9999, rows // _ROWS_OF_A_PART))


def _copy(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    connection.execute(f"COPY ({query}) TO {text(str(file))} (FORMAT parquet)")


def totals_file(build: Path) -> Path:
    """Return the file of the N-Quads of sums and fulfilment."""
    return build / "totals.nq"


def write_lines(build: Path, lines: Iterable[str]) -> None:
    """Keep the N-Quads of sums and fulfilment, so that the next build finds what became different."""
    with totals_file(build).open("w", encoding="utf8") as file:
        file.writelines(f"{line}\n" for line in lines)


def read_lines(build: Path) -> list[str]:
    """Return the N-Quads of sums and fulfilment of a build."""
    return totals_file(build).read_text(encoding="utf8").splitlines()


# The rows of `counts` with what became of each.
STATUS_ROWS = """
SELECT c.* EXCLUDE (status), s.status FROM counts c
LEFT JOIN statuses s ON s.count = c.count AND NOT c.replaced AND NOT c.retracted"""
