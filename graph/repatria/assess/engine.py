"""From the flat table of counts to assessments: groups, relations, statuses. The rules are in ``sql/``.

Whatever is computed stays in tables of the connection: ``live`` (statements
that hold), ``members``, ``positions``, ``comparisons``, ``clusters``,
``assessments``, ``statuses``, and the summaries of which totals are made.
"""

from __future__ import annotations

import datetime as dt

import duckdb

from repatria.assess.database import run_sql
from repatria.assess.voices import grade_large, merge


def assess(connection: duckdb.DuckDBPyConnection, *, as_of: dt.date | None = None) -> None:
    """Assess the counts in the table ``counts``, with ``links`` and ``parties``.

    With ``as_of`` only what had been published by that day, and not yet
    replaced, is heard.
    """
    day = "NULL" if as_of is None else f"'{as_of.isoformat()}'"
    connection.execute(f"SET VARIABLE as_of = CAST({day} AS DATE)")
    run_sql(connection, "live")
    run_sql(connection, "groups")
    merge(connection)
    run_sql(connection, "relations")
    run_sql(connection, "clusters")
    grade_large(connection)
    run_sql(connection, "assessments")
    run_sql(connection, "summaries")
