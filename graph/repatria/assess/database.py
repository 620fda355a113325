"""The database in which groups are computed: DuckDB in memory, out of core when memory is short."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from repatria.terms import CONCEPT

_SQL = Path(__file__).parent / "sql"
# At and above this, sums could leave the numbers that all engines hold.
LIMIT = 10**18
# Groups with more distinct intervals are told by clusters and extremes.
MOST_POSITIONS = 50
_SETTINGS = {"concept": CONCEPT, "most": MOST_POSITIONS, "bound": LIMIT}


@contextmanager
def connect(*, memory: str | None = None, threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give an empty database; what exceeds ``memory`` goes to a folder that is removed at the end.

    Without ``memory`` (such as 1GB) it may take four fifths of what the machine has.
    """
    with tempfile.TemporaryDirectory(prefix="repatria-", ignore_cleanup_errors=True) as folder:
        config: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": folder,
            "preserve_insertion_order": "false",
            # Nothing is ever fetched, and no extension loaded from a network.
            "autoinstall_known_extensions": "false",
        }
        if memory is not None:
            config["memory_limit"] = memory
        if threads is not None:
            config["threads"] = str(threads)
        connection = duckdb.connect(":memory:", config=config)
        try:
            connection.execute("SET enable_progress_bar = false")
            for name, value in _SETTINGS.items():
                connection.execute(
                    f"SET VARIABLE {name} = {text(value) if isinstance(value, str) else value}"
                )
            yield connection
        finally:
            connection.close()


def text(value: str) -> str:
    """Return a string as SQL literal."""
    return "'" + value.replace("'", "''") + "'"


@cache
def _statements(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf8")


def run_sql(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Run the statements of ``sql/{name}.sql``."""
    connection.execute(_statements(name))


def insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    types: Sequence[str] = (),
) -> None:
    """Make a temporary table of a few rows; all columns are VARCHAR unless ``types`` are given."""
    kinds = types or ["VARCHAR"] * len(columns)
    lists: list[list[Any]] = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in columns]
    made = ", ".join(
        f"unnest(CAST(${name} AS {kind}[])) AS {name}" for name, kind in zip(columns, kinds, strict=True)
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {made}", dict(zip(columns, lists, strict=True))
    )
