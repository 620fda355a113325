"""The number of each group on the word of some alone: a party, an asserter, a source."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from repatria.assess.database import insert
from repatria.assess.sums import Group, agreed
from repatria.assess.units import Value

_HEARD = """
WITH heard AS (
    SELECT gid, {column} AS who, max(low) AS top, min(hi) AS bottom, min(low) AS lowest,
           max(hi) AS highest,
           NOT max({{'low': low, 'exact': NOT tolerance}}).exact
           OR min({{'hi': hi, 'rests': tolerance}}).rests AS tolerance,
           count(DISTINCT cid) AS claims, list_sort(list_distinct(min(cid, 10)))[1:5] AS first_cids
    FROM spoken SEMI JOIN wanted USING (gid) WHERE polarity GROUP BY gid, {column}
)
SELECT h.gid, h.who, any_value(top), any_value(bottom), any_value(lowest), any_value(highest),
       any_value(tolerance), any_value(claims), list(c.claim ORDER BY c.cid)
FROM (SELECT *, unnest(first_cids) AS cid FROM heard) h JOIN claims c USING (cid)
GROUP BY h.gid, h.who ORDER BY h.gid, h.who"""
_VOICED = """
SELECT gid, party, top, bottom, lowest, highest, tolerance, claims, first_claims
FROM voiced SEMI JOIN wanted USING (gid){where} ORDER BY gid, party"""
COLUMNS = ("asserter", "source")
Heard = dict[str | None, dict[str, Value]]


def heard_by(connection: duckdb.DuckDBPyConnection, column: str, groups: Iterable[Group]) -> Heard:
    """Return for each ``asserter`` or ``source`` the values of the groups it speaks of, by gid."""
    assert column in COLUMNS
    return _heard(connection, _HEARD.format(column=column), groups)


def voiced(
    connection: duckdb.DuckDBPyConnection, groups: Iterable[Group], parties: Iterable[str] | None = None
) -> Heard:
    """Return for each party, and for None who speaks for none, the values of its events by gid.

    With ``parties`` (IRIs) only for those.
    """
    where = ""
    if parties is not None:
        insert(connection, "asked_parties", ("party",), [(party,) for party in parties])
        where = " SEMI JOIN asked_parties USING (party)"
    return _heard(connection, _VOICED.format(where=where), groups)


def _heard(connection: duckdb.DuckDBPyConnection, query: str, groups: Iterable[Group]) -> Heard:
    values = {group.value.gid: group.value for group in groups}
    insert(connection, "wanted", ("gid",), [(gid,) for gid in values])
    found: Heard = {}
    for gid, who, top, bottom, low, high, tolerance, weight, claims in connection.execute(query).fetchall():
        found.setdefault(who, {})[gid] = values[gid]._replace(
            interval=agreed(top, bottom, low, high),
            contested=top > bottom,
            tolerance=tolerance,
            weight=weight,
            claims=tuple(claims),
        )
    return found
