"""Assessing a whole graph: its quads into the graph of assessments, its tables beside the store."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from pyoxigraph import RdfFormat

from repatria.assess.change import PUBLISHERS
from repatria.assess.database import connect
from repatria.assess.engine import assess
from repatria.assess.extraction import Gathering, extract, load_entities
from repatria.assess.keeping import STATUSES, write_problems
from repatria.assess.problems import Problem, missing_claims, ordered, unsound_bounds
from repatria.assess.quads import total_lines, write_groups
from repatria.assess.referents import Agents, Referents
from repatria.assess.tables import (
    INPUTS,
    STATUS_ROWS,
    SUMMARIES,
    number_of_parts,
    parquet,
    part_of,
    read_table,
    write_parts,
    write_table,
)
from repatria.assess.totals import assess_totals, no_collection
from repatria.store import Dataset
from repatria.terms import BASE, Names

# What a build may take, and so many counts are assessed at once; their groups fit into it.
_MEMORY = "1GB"
_ROWS_OF_A_BATCH = 350_000
_IS_VIEW = "SELECT 1 FROM duckdb_views() WHERE view_name = 'counts'"


@dataclass(slots=True)
class Outcome:
    """What an assessment found: how many groups have which status, and what could not be assessed.

    ``touched`` is how many groups were computed; ``replaced`` are the triples
    that were removed and added, without their ends, None where all are new.
    """

    statuses: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    touched: int = 0
    replaced: tuple[set[str], set[str]] | None = None


def materialise(dataset: Dataset, build: Path | None = None, gathered: Gathering | None = None) -> Outcome:
    """Assess the graph of ``dataset``, which has no assessments yet, and add them to its store.

    With ``build``, a folder, the tables are written there; what was ``gathered``
    while the graph was built is not asked of it.
    """
    names = Names(dataset.base)
    with connect(memory=_MEMORY) as connection, tempfile.TemporaryDirectory(prefix="repatria-") as folder:
        referents, _ = extract(connection, dataset, gathered)
        place = Path(folder) if build is None else build
        outcome = _assess(connection, referents, names, place, Path(folder))
        write_table(connection, "agents", place)
        write_table(connection, "publishers", place, PUBLISHERS)
        for file in sorted(path for path in Path(folder).iterdir() if path.is_file()):
            dataset.store.bulk_load(path=str(file), format=RdfFormat.from_extension(file.suffix[1:]))
        return outcome


def assess_tables(
    place: Path, referents: Referents, out: Path, base: str = BASE, threads: int = 1
) -> Outcome:
    """Assess tables without a graph: Parquet files in, tables and N-Quads out.

    ``place`` is a folder with ``counts/``, ``links/``, ``sums/`` and
    ``missing/``, as beside a store; ``out`` the folder to write to: the quads
    stand in ``groups-*.trig`` and ``totals.nq``.
    """
    with connect(memory=_MEMORY, threads=threads) as connection:
        for name in INPUTS:
            read_table(connection, name, place)
        connection.execute(f"CREATE OR REPLACE TEMP VIEW counts AS SELECT * FROM {parquet(place / 'counts')}")
        load_entities(connection, referents, Agents())
        return _assess(connection, referents, Names(base), out, out)


def _assess(
    connection: duckdb.DuckDBPyConnection, referents: Referents, names: Names, place: Path, quads: Path
) -> Outcome:
    """Assess the table ``counts``; tables go to ``place``, and the quads of groups to files in ``quads``."""
    problems = [*unsound_bounds(connection), *missing_claims(connection)]
    _assess_groups(connection, names, place, quads)
    with no_collection():
        totals = assess_totals(connection, referents)
        _write_lines(quads / "totals.nq", total_lines(totals, names))
    for name in (*INPUTS, *SUMMARIES):
        write_table(connection, name, place)
    statuses = count_statuses(connection, "groups")
    problems += totals.problems
    write_problems(connection, problems, place)
    write_table(connection, "statuses", place, STATUSES)
    return Outcome(statuses, ordered(problems), sum(statuses.values()))


def _assess_groups(connection: duckdb.DuckDBPyConnection, names: Names, place: Path, quads: Path) -> None:
    """Assess batch by batch, so that memory does not grow: groups know nothing of each other."""
    row = connection.execute("SELECT count(*) FROM counts").fetchone()
    total = row[0] if row else 0
    parts, batches = number_of_parts(total), max(1, -(-total // _ROWS_OF_A_BATCH))
    if batches > 1:
        kind = "VIEW" if connection.execute(_IS_VIEW).fetchone() else "TABLE"
        connection.execute(f"ALTER {kind} counts RENAME TO all_counts")
    kept = {"counts", "statuses", *SUMMARIES, *(f"all_{name}" for name in SUMMARIES), *_tables(connection)}
    for number in range(batches):
        if batches > 1:
            mine = f"SELECT * FROM all_counts WHERE ({part_of('counts', parts)}) % {batches} = {number}"
            connection.execute(f"CREATE OR REPLACE TEMP TABLE counts AS {mine}")
        assess(connection)
        write_groups(connection, names, quads / f"groups-{number:04d}.trig")
        # Memory is short: what only the quads were made of goes before the counts are sorted into parts.
        for name in _tables(connection):
            if name not in kept:
                connection.execute(f"DROP TABLE {name}")
        write_parts(connection, "counts", STATUS_ROWS, place, parts, range(number, parts, batches))
        for name in SUMMARIES if batches > 1 else ():
            _gather(connection, name, first=number == 0, last=number == batches - 1)


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute("SELECT table_name FROM duckdb_tables() WHERE temporary")
    return [row[0] for row in found.fetchall()]


def _gather(connection: duckdb.DuckDBPyConnection, name: str, *, first: bool, last: bool) -> None:
    """Add the rows of a batch to those of the batches before; the last makes them the table ``name``."""
    if first:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE all_{name} AS SELECT * FROM {name}")
    else:
        connection.execute(f"INSERT INTO all_{name} BY NAME SELECT * FROM {name}")
    if last:
        connection.execute(f"DROP TABLE {name}")
        connection.execute(f"ALTER TABLE all_{name} RENAME TO {name}")


def count_statuses(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, int]:
    """Return how many groups have which status."""
    found = connection.execute(f"SELECT status, count(*) FROM {table} GROUP BY status ORDER BY status")
    return dict(found.fetchall())


def _write_lines(file: Path, lines: Iterable[str]) -> None:
    with file.open("w", encoding="utf8") as out:
        out.writelines(f"{line}\n" for line in lines)
