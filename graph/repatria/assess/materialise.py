"""Assessing a whole graph: its quads into the graph of assessments, its tables beside the store."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from pyoxigraph import RdfFormat

from repatria.assess.database import connect
from repatria.assess.engine import assess
from repatria.assess.extraction import extract, load_entities
from repatria.assess.problems import Problem, missing_claims, unsound_bounds
from repatria.assess.quads import total_lines, write_groups
from repatria.assess.referents import Agents, Referents
from repatria.assess.tables import (
    INPUTS,
    STATUS_ROWS,
    SUMMARIES,
    number_of_parts,
    parquet,
    read_table,
    write_counts,
    write_lines,
    write_table,
)
from repatria.assess.totals import assess_totals
from repatria.store import Dataset
from repatria.terms import BASE, Names


@dataclass(slots=True)
class Outcome:
    """What an assessment found: how many groups have which status, and what could not be assessed.

    ``touched`` is how many groups were computed; ``lines`` are the quads of
    sums and fulfilment.
    """

    statuses: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    touched: int = 0
    lines: list[str] = field(default_factory=list)


def materialise(dataset: Dataset, build: Path | None = None) -> Outcome:
    """Assess the graph of ``dataset``, which has no assessments yet, and add them to its store.

    With ``build``, a folder, the tables are written there.
    """
    names = Names(dataset.base)
    with connect() as connection, tempfile.TemporaryDirectory(prefix="repatria-") as folder:
        referents, _ = extract(connection, dataset)
        file = Path(folder) / "assessments.nq"
        outcome = _assess(connection, referents, names, file)
        if build is not None:
            _write(connection, build)
            write_lines(build, outcome.lines)
        dataset.store.bulk_load(path=str(file), format=RdfFormat.N_QUADS)
        dataset.store.bulk_load("\n".join(outcome.lines), format=RdfFormat.N_QUADS)
        return outcome


def assess_tables(
    place: Path, referents: Referents, out: Path, base: str = BASE, threads: int = 1
) -> Outcome:
    """Assess tables without a graph: Parquet files in, tables and ``assessments.nq`` out.

    ``place`` is a folder with ``counts/``, ``links/``, ``sums/`` and
    ``missing/``, as beside a store; ``out`` the folder to write to.
    """
    with connect(threads=threads) as connection:
        for name in INPUTS:
            read_table(connection, name, place)
        connection.execute(f"CREATE OR REPLACE TEMP VIEW counts AS SELECT * FROM {parquet(place / 'counts')}")
        load_entities(connection, referents, Agents())
        outcome = _assess(connection, referents, Names(base), out / "assessments.nq")
        _write(connection, out)
        with (out / "assessments.nq").open("a", encoding="utf8") as file:
            file.writelines(f"{line}\n" for line in outcome.lines)
        return outcome


def _assess(connection: duckdb.DuckDBPyConnection, referents: Referents, names: Names, file: Path) -> Outcome:
    """Assess the tables of the connection; write the quads of groups to ``file``."""
    problems = [*unsound_bounds(connection), *missing_claims(connection)]
    assess(connection)
    write_groups(connection, names, file)
    totals = assess_totals(connection, referents)
    statuses = count_statuses(connection, "groups")
    told = list(dict.fromkeys([*problems, *totals.problems]))
    return Outcome(statuses, told, sum(statuses.values()), list(total_lines(totals, names)))


def _write(connection: duckdb.DuckDBPyConnection, build: Path) -> None:
    row = connection.execute("SELECT count(*) FROM counts").fetchone()
    write_counts(connection, STATUS_ROWS, build, number_of_parts(row[0] if row else 0))
    for name in (*INPUTS, *SUMMARIES):
        write_table(connection, name, build)


def count_statuses(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, int]:
    """Return how many groups have which status."""
    found = connection.execute(f"SELECT status, count(*) FROM {table} GROUP BY status ORDER BY status")
    return dict(found.fetchall())
