"""The tables of a build after a change: the parts that hold what is touched are written, the others kept."""

from __future__ import annotations

from repatria.assess.change import TOUCHED, Change
from repatria.assess.tables import (
    INPUTS,
    STATUS_ROWS,
    SUMMARIES,
    all_rows,
    count_parts,
    keep_parts,
    write_parts,
    write_table,
)


def rewrite_tables(change: Change) -> None:
    """Write the tables of the new build, but for those of problems and statuses."""
    for name in INPUTS:
        others = f"SELECT * FROM {change.near(name, TOUCHED[name])} ANTI JOIN changed USING (source)"
        _rewrite(change, name, f"SELECT * FROM old_{name}", others, f"SELECT * FROM new_{name}")
    for name in SUMMARIES:
        others = f"SELECT * FROM {change.near(name, TOUCHED[name])} ANTI JOIN touched USING (key)"
        _rewrite(change, name, change.were(name), others, all_rows(name))
    others = "SELECT * FROM kept_rows ANTI JOIN touched USING (key)"
    _rewrite(change, "counts", "SELECT * FROM part_rows", others, STATUS_ROWS)
    keep_parts(change.old, change.new, "agents")
    write_table(change.connection, "publishers", change.new, "SELECT * FROM publishers_now")


def _rewrite(change: Change, name: str, dropped: str, others: str, rows: str) -> None:
    """Write the parts of a table that are touched: the rows that stay in them, and new ones."""
    some = f"SELECT 1 WHERE EXISTS ({dropped}) OR EXISTS ({rows})"
    numbers = change.parts(name, TOUCHED[name]) if change.connection.execute(some).fetchone() else set()
    if numbers:
        query = f"{others} UNION ALL BY NAME {rows}"
        parts = count_parts(change.old, name)
        write_parts(change.connection, name, query, change.new, parts, numbers)
    keep_parts(change.old, change.new, name, without=numbers)
