"""The engine on rows of the flat table: tables in, and its answers in the form of the oracle's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa
from tests.assess.counted import Ends, Referent
from tests.assess.oracle import Pair, Place, Verdict
from tests.assess.worlds import Row, World

from repatria.assess.database import connect
from repatria.assess.engine import assess

DAY, TRUTH, WHOLE, TEXT = pa.date32(), pa.bool_(), pa.int64(), pa.string()
SPOKEN = {
    "claim": TEXT,
    "source": TEXT,
    "publisher": TEXT,
    "published": DAY,
    "said": DAY,
    "latest": DAY,
    "asserter": TEXT,
    "side": TEXT,
    "affiliation": TEXT,
    "narrator": TRUTH,
    "act": TEXT,
    "superseded_on": DAY,
    "replaced": TRUTH,
    "retracted": TRUTH,
}
COUNTS = SPOKEN | {
    "count": TEXT,
    "referent": TEXT,
    "measure": TEXT,
    "from_party": TEXT,
    "to_party": TEXT,
    "aggregation": TEXT,
    "modality": TEXT,
    "modality_class": TEXT,
    "population": TEXT,
    "polarity": TRUTH,
    "period_start_not_before": DAY,
    "period_start_not_after": DAY,
    "period_end_not_before": DAY,
    "period_end_not_after": DAY,
    "words": TEXT,
    "qualifier": TEXT,
    "rule": TEXT,
    "tolerance": TRUTH,
    "stated_value": WHOLE,
    "low": WHOLE,
    "high": WHOLE,
    "key": TEXT,
    "status": TEXT,
}
LINKS = SPOKEN | {"kind": TEXT, "aspect": TEXT, "target": TEXT}
PARTIES = {"referent": TEXT, "party": TEXT}
SUMS = {"source": TEXT, "total": TEXT, "part": TEXT}
_NO_END = 2**63 - 1


def answers(worlds: Iterable[World], as_of: dt.date | None = None) -> dict[str, list[Verdict]]:
    """Assess all worlds in one run, and return the verdicts by the referent of the group."""
    all_worlds = list(worlds)
    with connect() as connection:
        _load(connection, all_worlds)
        assess(connection, as_of=as_of)
        return _verdicts(connection)


def _load(connection: duckdb.DuckDBPyConnection, worlds: Sequence[World]) -> None:
    rows = [row for world in worlds for row in world.rows if row["confirms"] is None]
    _table(connection, "counts", COUNTS, rows)
    _table(connection, "links", LINKS, [link for world in worlds for link in _links(world)])
    parties = [row for world in worlds for item in world.referents.values() for row in _parties(item)]
    _table(connection, "parties", PARTIES, parties)
    _table(connection, "sums", SUMS, [])


def _links(world: World) -> Iterator[Row]:
    confirmed = {str(row["claim"]): row for row in world.rows if row["confirms"] is not None}
    for row in confirmed.values():
        yield {**row, "kind": "confirms", "aspect": "count", "target": row["confirms"]}
    for row in world.disputes:
        yield {**row, "kind": "disputes", "aspect": "count"}


def _parties(item: Referent) -> Iterator[Row]:
    for party in sorted(item.parties):
        yield {"referent": item.iri, "party": party}


def _table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, pa.DataType],
    rows: Sequence[Row],
) -> None:
    arrays = {key: pa.array([row[key] for row in rows], kind) for key, kind in columns.items()}
    connection.register("given", pa.table(arrays))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM given")
    connection.unregister("given")


def _verdicts(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Verdict]]:
    members: dict[str, set[tuple[str, str]]] = {}
    for gid, claim, count in connection.execute("SELECT gid, claim, count FROM spoken").fetchall():
        members.setdefault(gid, set()).add((claim, count))
    pairs = _pairs(connection)
    clusters: dict[str, set[tuple[int, int | None, int, int]]] = {}
    told = "SELECT gid, low, hi, positions, claims FROM clusters"
    for gid, low, hi, positions, claims in connection.execute(told).fetchall():
        clusters.setdefault(gid, set()).add((low, _high(hi), positions, claims))
    found: dict[str, list[Verdict]] = {}
    assessed = """
        SELECT gid, referent, population, status, independence, agreed, top, bottom, lowest, highest,
               within_rounding, tolerance, claims, asserters, sides
        FROM assessments"""
    for gid, referent, population, status, independence, *rest in connection.execute(assessed).fetchall():
        agreed, top, bottom, lowest, highest, rounding, tolerance, claims, asserters, sides = rest
        verdict = Verdict(
            members=frozenset(members[gid]),
            population=population,
            status=status,
            independence=independence,
            consensus=(top, _high(bottom)) if agreed else None,
            claimed=_ends(lowest, highest),
            within_rounding=rounding,
            depends_on_tolerance=tolerance,
            claims=claims,
            asserters=asserters,
            sides=frozenset(sides),
            pairs=pairs.get(gid, {}),
            clusters=frozenset(clusters.get(gid, ())),
        )
        found.setdefault(referent, []).append(verdict)
    return found


def _pairs(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[frozenset[Place], Pair]]:
    found: dict[str, dict[frozenset[Place], Pair]] = {}
    told = """SELECT c.gid, l.low, l.hi, l.polarity, r.low, r.hi, r.polarity, relation, within_rounding,
                     depends_on_tolerance
              FROM comparisons c JOIN positions l ON l.gid = c.gid AND l.n = left_n
              JOIN positions r ON r.gid = c.gid AND r.n = right_n"""
    for gid, low, hi, polarity, *rest in connection.execute(told).fetchall():
        other_low, other_hi, other_polarity, relation, rounding, tolerance = rest
        left, right = (low, _high(hi), polarity), (other_low, _high(other_hi), other_polarity)
        found.setdefault(gid, {})[frozenset({left, right})] = Pair(relation, rounding, tolerance)
    return found


def _ends(low: int | None, high: int | None) -> Ends | None:
    return None if low is None else (low, _high(high))


def _high(value: int | None) -> int | None:
    return None if value is None or value == _NO_END else value
