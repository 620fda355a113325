"""The tables beside a store, as Parquet. ``counts/`` has one row per count; the others are small.

``counts/`` is split by the key of what is comparable, so that a change
rewrites the parts that it touches and leaves the rest as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import duckdb

from repatria.assess.database import insert, text
from repatria.assess.extraction import extract, load_entities
from repatria.assess.referents import Agents, Referents, read_agents, read_referents
from repatria.store import Dataset

# What is asked of the graph, and the summaries of groups; each is one folder.
INPUTS = ("links", "sums", "missing")
SUMMARIES = ("groups", "voiced", "commitments", "stated")
Scope = Callable[[Referents], Collection[str]]
_ROWS_OF_A_PART = 20_000
_TOTALS = "totals.nq"
# The part of a row: of its key, or of its source where it is compared with nothing.
PART = "('0x' || substr(coalesce(key, md5(source)), 1, 8))::UBIGINT % {parts}"


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
    """Write the table ``name`` of the connection beside the store of a build, sorted."""
    place = build / name
    place.mkdir(exist_ok=True)
    _copy(connection, f"SELECT * FROM {name} ORDER BY ALL", place / "0000.parquet")


def write_counts(
    connection: duckdb.DuckDBPyConnection,
    rows: str,
    build: Path,
    parts: int,
    only: Iterable[int] | None = None,
) -> None:
    """Write the rows of an SQL query as parts of ``counts/``, all of them or only some."""
    place = build / "counts"
    place.mkdir(exist_ok=True)
    number = PART.format(parts=parts)
    # Sorted, so that each part is read from its own blocks.
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE parted AS SELECT *, {number} AS part FROM ({rows}) ORDER BY part"
    )
    for part in range(parts) if only is None else sorted(only):
        mine = f"SELECT * EXCLUDE (part) FROM parted WHERE part = {part} ORDER BY key, count"
        _copy(connection, mine, part_file(place, part))
    connection.execute("DROP TABLE parted")


def part_file(place: Path, number: int) -> Path:
    """Return the file of a part of a table."""
    return place / f"{number:04d}.parquet"


def number_of_parts(rows: int) -> int:
    """Return into how many parts a table of so many rows is split."""
    return max(1, min(9999, rows // _ROWS_OF_A_PART))


def _copy(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    connection.execute(f"COPY ({query}) TO {text(str(file))} (FORMAT parquet)")


def write_lines(build: Path, lines: Iterable[str]) -> None:
    """Keep the N-Quads of sums and fulfilment, so that the next build finds what became different."""
    (build / _TOTALS).write_text("".join(f"{line}\n" for line in lines), encoding="utf8")


def read_lines(build: Path) -> list[str]:
    """Return the N-Quads of sums and fulfilment of a build."""
    return (build / _TOTALS).read_text(encoding="utf8").splitlines()


# The rows of `counts` with what became of each.
STATUS_ROWS = """
SELECT c.* EXCLUDE (status), s.status FROM counts c
LEFT JOIN statuses s ON s.count = c.count AND NOT c.replaced AND NOT c.retracted"""
