"""Totals against their parts, from summaries of the groups: two directions, stages of a series."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import duckdb

from repatria.assess.referents import Referents
from repatria.assess.results import Interval
from repatria.assess.units import Value, select

Key = tuple[str, str | None, str | None, str]
_GROUPS = """
SELECT gid, referent, measure, from_party, to_party, aggregation, modality_class, population, psnb, psna,
       penb, pena,
       top, bottom, lowest, highest, status, tolerance, claims, first_claims
FROM groups WHERE lowest IS NOT NULL ORDER BY gid"""
_UNBOUNDED = 2**63 - 1
# So many parts of a total, and claims of total and parts, are named; the sum is that of all.
MOST_PARTS = 50


class Group(NamedTuple):
    """The summary of a group that sums need; ``aggregation`` is a key, ``value`` its number and claims."""

    value: Value
    measure: str
    from_: str | None
    to: str | None
    aggregation: str
    modality: str
    status: str
    period: tuple[dt.date | None, dt.date | None, dt.date | None, dt.date | None]

    @property
    def key(self) -> Key:
        """What parts and totals must share."""
        return self.measure, self.from_, self.to, self.modality

    def meets(self, other: Group) -> bool:
        """Say whether the populations may be compared."""
        mine, others = self.value.population, other.value.population
        return mine == others or any(name.endswith("/unspecified") for name in (mine, others))


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome for one total: ``name`` is the last part of its IRI, ``gid`` the group of the total.

    ``parts`` are groups, with ``more`` only the first of them; ``claims`` are
    the earliest of total and parts.
    """

    gid: str
    name: str
    rule: str
    total: Interval
    interval: Interval
    parts: tuple[str, ...]
    tolerance: bool
    claims: tuple[str, ...]
    more: bool = False

    @property
    def contradicts(self) -> bool:
        """Whether no number of the total is one of the sum."""
        above = self.total.high is not None and self.interval.low > self.total.high
        return above or (self.interval.high is not None and self.total.low > self.interval.high)

    @property
    def reason(self) -> str:
        """The outcome in words."""
        number = f"more than {MOST_PARTS}" if self.more else str(len(self.parts))
        parts = "one part" if number == "1" else f"{number} parts"
        verb = "cannot be" if self.contradicts else "agrees with"
        return f"The total {self.total} {verb} {self.interval}, the sum of {parts} {_RULES[self.rule]}."


_RULES = {
    "two-way": "in its two directions",
    "stated": "that its source adds up",
    "series": "among the stages of the series in this graph",
    "period": "within its period in this graph",
}


def read_groups(connection: duckdb.DuckDBPyConnection) -> list[Group]:
    """Return the summaries of all groups that affirm a number."""
    return [_group(row) for row in connection.execute(_GROUPS).fetchall()]


def _group(row: tuple[Any, ...]) -> Group:
    gid, referent, measure, from_, to, aggregation, modality, population, *rest = row
    *period, top, bottom, lowest, highest, status, tolerance, weight, claims = rest
    number = agreed(top, bottom, lowest, highest)
    contested = status == "contested"
    value = Value(gid, referent, aggregation, population, number, contested, tolerance, weight, tuple(claims))
    first, second, third, fourth = period
    return Group(value, measure, from_, to, aggregation, modality, status, (first, second, third, fourth))


def agreed(top: int, bottom: int, lowest: int, highest: int) -> Interval:
    """Return what all allow, from the greatest lower to the least upper bound, or else their span."""
    return interval(top, bottom) if top <= bottom else interval(lowest, highest)


def interval(low: int, high: int) -> Interval:
    """Return the interval of two bounds as the tables hold them."""
    return Interval(low, None if high == _UNBOUNDED else high)


def make_check(total: Group, rule: str, sum_: Interval, parts: list[Value]) -> Check:
    """Return the check of the total of a group; its claims are the earliest of the total and of the parts."""
    named = parts[:MOST_PARTS]
    claims = dict.fromkeys([*total.value.claims, *(claim for part in named for claim in part.claims)])
    return Check(
        gid=total.value.gid,
        name=rule,
        rule=rule,
        total=total.value.interval,
        interval=sum_,
        parts=tuple(part.gid for part in named),
        tolerance=total.value.tolerance or any(part.tolerance for part in parts),
        claims=tuple(islice(claims, MOST_PARTS)),
        more=len(parts) > MOST_PARTS,
    )


def two_way_sums(groups: list[Group], heads: list[Group]) -> Iterator[Check]:
    """Yield the checks of totals of both directions among ``heads`` against one number for each direction."""
    one_way: dict[tuple[str, str, str], dict[tuple[str, str], list[Group]]] = {}
    for group in groups:
        if group.aggregation in ("single-event", "series-total") and group.from_ and group.to:
            place = (group.value.referent, group.measure, group.modality)
            one_way.setdefault(place, {}).setdefault((group.from_, group.to), []).append(group)
    for total in heads:
        found = one_way.get((total.value.referent, total.measure, total.modality), {})
        if total.aggregation != "two-way-total" or not found:
            continue
        best = [
            max(items, key=lambda g: (g.value.weight, g.value.interval.low, g.value.gid))
            for items in found.values()
        ]
        sum_ = sum((group.value.interval for group in best), Interval(0, 0))
        both = len(best) == 2 and (best[0].from_, best[0].to) == (best[1].to, best[1].from_)
        # With one direction only, the other may be any number.
        open_ = sum_ if both else Interval(sum_.low, None)
        yield make_check(total, "two-way", open_, [group.value for group in best])


def series_sums(groups: list[Group], heads: list[Group], referents: Referents) -> Iterator[Check]:
    """Yield the checks of totals of series among ``heads``: the stages in the graph may not exceed them."""
    places = by_place(groups)
    for total in heads:
        if total.aggregation != "series-total":
            continue
        stages = referents.within(total.value.referent)
        values = [
            group.value
            for stage in stages
            for group in places.get((stage, total.key), ())
            if group.meets(total)
        ]
        if values:
            chosen = select(values, referents)
            yield make_check(total, "series", Interval(chosen.total.low, None), chosen.chosen)


def by_place(groups: list[Group]) -> dict[tuple[str, Key], list[Group]]:
    """Return the groups of single events and of series by referent and by what parts and totals share."""
    places: dict[tuple[str, Key], list[Group]] = {}
    for group in groups:
        if group.aggregation in ("single-event", "series-total"):
            places.setdefault((group.value.referent, group.key), []).append(group)
    return places
