"""From the tables of an assessment to the dataclasses that users hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import duckdb

from repatria.assess.database import insert
from repatria.assess.results import (
    Assessment,
    Cluster,
    Comparison,
    Position,
    Statement,
    SumCheck,
    Thing,
)
from repatria.assess.sums import Check, interval
from repatria.terms import CONCEPT, Names


class Labels(Protocol):
    """What tells things by their names, and claims by the words that carry them."""

    def things(self, iris: Iterable[str]) -> Mapping[str, Thing]:
        """Return things by IRI."""

    def fragments(self, claims: Iterable[str]) -> Mapping[str, str]:
        """Return the fragments of claims and counts by IRI, where they have any."""


_ASSESSMENTS = """
SELECT a.gid, a.referent, a.measure, a.from_party, a.to_party, a.aggregation, a.modality_class, a.population,
       a.psnb, a.psna, a.penb, a.pena, a.status, a.independence, a.agreed, a.top, a.bottom, a.lowest,
       a.highest,
       a.within_rounding, a.tolerance, a.claims, a.asserters, a.sides, a.occurrence, a.disputes,
       a.composition,
       a.reason
FROM assessments a SEMI JOIN picked USING (gid)"""
_STATEMENTS = """
SELECT m.gid, m.low, m.hi, m.polarity, m.count, m.claim, m.asserter, l.side, m.narrator, l.act, l.words,
       m.tolerance,
       l.population, l.source, l.publisher, l.published, l.said, l.confirms
FROM (SELECT * FROM spoken SEMI JOIN picked USING (gid)) m
JOIN live l ON l.count = m.count AND l.claim = m.claim
ORDER BY m.gid, m.polarity DESC, m.low, m.hi, l.latest NULLS LAST, l.said NULLS LAST, m.claim, m.count"""
_POSITIONS = """
SELECT gid, n, name, polarity, low, hi FROM positions SEMI JOIN picked USING (gid) ORDER BY gid, n"""
_COMPARISONS = """
SELECT gid, left_n, right_n, left_name, right_name, relation, within_rounding, depends_on_tolerance, reason
FROM comparisons SEMI JOIN picked USING (gid)
ORDER BY gid, CASE relation WHEN 'contradicts' THEN 0 ELSE 1 END, left_n, right_n"""
_CLUSTERS = """
SELECT gid, low, hi, positions, claims FROM clusters SEMI JOIN picked USING (gid) ORDER BY gid, low"""


@dataclass(slots=True)
class _Parts:
    """The rows of the chosen groups by group."""

    statements: dict[str, dict[tuple[int, int, bool], list[Statement]]] = field(default_factory=dict)
    positions: dict[str, dict[int, Position]] = field(default_factory=dict)
    comparisons: dict[str, list[Comparison]] = field(default_factory=dict)
    clusters: dict[str, list[Cluster]] = field(default_factory=dict)
    sums: dict[str, list[SumCheck]] = field(default_factory=dict)


def read_assessments(
    connection: duckdb.DuckDBPyConnection,
    gids: Sequence[str],
    checks: Iterable[Check],
    names: Names,
    labels: Labels,
) -> list[Assessment]:
    """Return the groups of the given keys, in their order."""
    insert(connection, "picked", ("gid",), [(gid,) for gid in gids])
    rows = {row[0]: row for row in connection.execute(_ASSESSMENTS).fetchall()}
    stated = connection.execute(_STATEMENTS).fetchall()
    things = labels.things(_mentioned(rows.values(), stated))
    fragments = labels.fragments({iri for row in stated for iri in row[4:6]})
    parts = _Parts()
    for row in stated:
        found = _statement(row, things, fragments)
        parts.statements.setdefault(row[0], {}).setdefault(tuple(row[1:4]), []).append(found)
    _relations(connection, parts, names)
    for check in checks:
        if check.gid in rows:
            parts.sums.setdefault(check.gid, []).append(sum_check(check, names))
    return [_assessment(rows[gid], parts, things, names) for gid in gids if gid in rows]


def _mentioned(rows: Iterable[tuple[Any, ...]], stated: Iterable[tuple[Any, ...]]) -> set[str]:
    found = {iri for row in rows for iri in (*row[1:6], f"{CONCEPT}modality/{row[6]}", row[7], *row[23])}
    for row in stated:
        found.update(row[6].split(" "))
        found.update((row[7], row[9], row[12], row[13], row[14]))
    found.discard(None)
    return found


def _statement(row: tuple[Any, ...], things: Mapping[str, Thing], fragments: Mapping[str, str]) -> Statement:
    (_, low, hi, polarity, count, claim, asserter, side, narrator, act, words, tolerance, *rest) = row
    population, source, publisher, published, said, confirms = rest
    return Statement(
        count=count,
        claim=claim,
        asserters=tuple(things[agent] for agent in asserter.split(" ")),
        side=things[side] if side else None,
        narrator=narrator,
        act=things[act] if act else Thing("", ""),
        words=words,
        interval=interval(low, hi),
        polarity=polarity,
        tolerance=tolerance,
        population=things[population],
        source=things[source],
        publisher=things[publisher] if publisher else None,
        published=published,
        said=said,
        fragment=fragments.get(count if confirms is None else claim) or fragments.get(claim),
        confirms=confirms,
    )


def _relations(connection: duckdb.DuckDBPyConnection, parts: _Parts, names: Names) -> None:
    for gid, n, name, polarity, low, hi in connection.execute(_POSITIONS).fetchall():
        iri = f"{names.entity('assessment', gid)}/position/{name}"
        statements = tuple(parts.statements[gid][low, hi, polarity])
        parts.positions.setdefault(gid, {})[n] = Position(iri, interval(low, hi), polarity, statements)
    for gid, left, right, left_name, right_name, *rest in connection.execute(_COMPARISONS).fetchall():
        iri = f"{names.entity('assessment', gid)}/comparison/{left_name}/{right_name}"
        places = parts.positions[gid]
        parts.comparisons.setdefault(gid, []).append(Comparison(iri, places[left], places[right], *rest))
    for gid, low, hi, positions, claims in connection.execute(_CLUSTERS).fetchall():
        parts.clusters.setdefault(gid, []).append(Cluster(interval(low, hi), positions, claims))


def sum_check(check: Check, names: Names) -> SumCheck:
    """Return the check of a total with IRIs."""
    return SumCheck(
        iri=f"{names.entity('assessment', check.gid)}/sum/{check.name}",
        rule=check.rule,
        total=check.total,
        interval=check.interval,
        parts=tuple(names.entity("assessment", gid) for gid in check.parts),
        relation="contradicts" if check.contradicts else "compatible",
        reason=check.reason,
    )


def _assessment(row: tuple[Any, ...], parts: _Parts, things: Mapping[str, Thing], names: Names) -> Assessment:
    gid, referent, measure, from_, to, aggregation, modality, population, *rest = row
    *period, status, independence, agreed, top, bottom, lowest, highest, rounding, tolerance = rest[:13]
    claims, asserters, sides, occurrence, disputes, composition, reason = rest[13:]
    first, second, third, fourth = period
    return Assessment(
        iri=names.entity("assessment", gid),
        referent=things[referent],
        measure=things[measure],
        from_=things[from_] if from_ else None,
        to=things[to] if to else None,
        aggregation=things[aggregation],
        modality=things[f"{CONCEPT}modality/{modality}"],
        population=things[population],
        period=(first, second, third, fourth) if any(period) else None,
        status=status,
        independence=independence,
        consensus=interval(top, bottom) if agreed else None,
        claimed=interval(lowest, highest) if lowest is not None else None,
        within_rounding=rounding,
        depends_on_tolerance=tolerance,
        claims=claims,
        asserters=asserters,
        sides=tuple(things[side] for side in sides),
        positions=tuple(parts.positions[gid].values()),
        comparisons=tuple(parts.comparisons.get(gid, ())),
        clusters=tuple(parts.clusters.get(gid, ())),
        sums=tuple(parts.sums.get(gid, ())),
        occurrence_confirmed_by=tuple(occurrence),
        count_disputed_by=tuple(disputes),
        composition_disputed_by=tuple(composition),
        reason=reason,
    )


def keys(
    connection: duckdb.DuckDBPyConnection, condition: str, values: Sequence[object] = ()
) -> Iterator[str]:
    """Yield the keys of the groups that meet an SQL condition on ``assessments``, contested ones first."""
    order = (
        "CASE status WHEN 'contested' THEN 0 WHEN 'corroborated' THEN 1 WHEN 'repeated' THEN 2 ELSE 3 END,"
        " referent, measure, from_party, to_party, gid"
    )
    found = connection.execute(f"SELECT gid FROM assessments WHERE {condition} ORDER BY {order}", values)
    yield from (row[0] for row in found.fetchall())
