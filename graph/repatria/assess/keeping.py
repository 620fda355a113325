"""What a build keeps for the next one: what could not be assessed, how many groups have which status."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from repatria.assess.database import insert
from repatria.assess.problems import Problem
from repatria.assess.tables import parquet, write_table

_COLUMNS = ("owner", "code", "message", "hint", "subject")
# Of the groups that were assessed, and of all after a change.
STATUSES = "SELECT status, count(*) AS groups FROM groups GROUP BY status"
_STATUSES_NOW = """
SELECT status, sum(groups)::BIGINT AS groups FROM (
  FROM {before}
  UNION ALL SELECT status, -count(*) FROM was_groups GROUP BY status
  UNION ALL SELECT status, count(*) FROM assessments GROUP BY status
) GROUP BY status HAVING sum(groups) > 0"""


def write_problems(connection: duckdb.DuckDBPyConnection, problems: Iterable[Problem], build: Path) -> None:
    """Keep problems beside the store of a build, each for each of its owners."""
    rows = sorted({(p.owner, p.code, p.message, p.hint, p.subject) for p in problems})
    insert(connection, "problems", _COLUMNS, rows)
    write_table(connection, "problems", build)


def read_problems(connection: duckdb.DuckDBPyConnection, build: Path) -> list[Problem]:
    """Return the problems kept beside the store of a build, without their places."""
    found = connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM {parquet(build / 'problems')}")
    return [
        Problem(code, message, hint, subject, owner=owner)
        for owner, code, message, hint, subject in found.fetchall()
    ]


def write_statuses(connection: duckdb.DuckDBPyConnection, build: Path, before: Path) -> dict[str, int]:
    """Keep how many groups have which status: as before, less those of ``was_groups``, with those now."""
    write_table(connection, "statuses", build, _STATUSES_NOW.format(before=parquet(before / "statuses")))
    found = connection.execute(f"SELECT status, groups FROM {parquet(build / 'statuses')} ORDER BY status")
    return dict(found.fetchall())
