"""What a sum may add: each exchange once, either by itself or within its series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from repatria.assess.problems import Problem
from repatria.assess.referents import Referents
from repatria.assess.results import Interval


class Value(NamedTuple):
    """What some voices say of one group: ``interval`` is what they allow together or, contested, the span.

    ``aggregation`` is a key such as single-event; ``claims`` are the earliest
    five, ``weight`` is the number of all of them.
    """

    gid: str
    referent: str
    aggregation: str
    population: str
    interval: Interval
    contested: bool
    tolerance: bool
    weight: int
    claims: tuple[str, ...]


@dataclass(slots=True)
class Selection:
    """The values to be added, and those left out, each with the reason in words."""

    chosen: list[Value] = field(default_factory=list)
    left_out: list[tuple[Value, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def total(self) -> Interval:
        """The sum of what was chosen; of nothing it is 0."""
        return sum((value.interval for value in self.chosen), Interval(0, 0))


def select(values: Iterable[Value], referents: Referents) -> Selection:
    """Choose what a sum over ``values`` (one measure, one direction) adds.

    A stage is left out where a total of one of its series is stated; what the
    stages add up to then raises the lower bound of that total, if it fits.
    """
    found = Selection()
    known = []
    for value in values:
        if value.referent in referents.circular:
            found.left_out.append(
                (value, "its series leads back to itself, so that it may be part of another")
            )
        else:
            known.append(value)
    single = _one_each(known, referents, found)
    stages: dict[str, list[Value]] = {}
    for iri, value in single.items():
        above = referents.above(iri) & single.keys()
        if not above:
            found.chosen.append(value)
            continue
        for series in above:
            stages.setdefault(series, []).append(value)
        found.left_out.append((value, "a stage of a series whose total is counted"))
    _drop_overlapping(found, referents)
    found.chosen = sorted(
        (_raised(value, stages.get(value.referent, ()), referents) for value in found.chosen),
        key=lambda value: value.referent,
    )
    return found


def _one_each(values: Iterable[Value], referents: Referents, found: Selection) -> Mapping[str, Value]:
    """Return one value for each referent: populations that are told apart are not added up."""
    best: dict[str, Value] = {}
    for value in sorted(values, key=lambda value: _preference(value, referents)):
        if value.referent not in best:
            best[value.referent] = value
        elif value.aggregation != best[value.referent].aggregation:
            found.left_out.append((value, "the same exchange, counted another way"))
        else:
            found.left_out.append(
                (value, "another population of the same exchange; it may be part of the other")
            )
    return best


def _preference(value: Value, referents: Referents) -> tuple[str, bool, int, int, str]:
    item = referents.get(value.referent)
    series = item is not None and item.kind == "ExchangeSeries"
    fits = (value.aggregation == "series-total") == series
    return value.referent, not fits, -value.weight, -value.interval.low, value.gid


def _drop_overlapping(found: Selection, referents: Referents) -> None:
    """Leave out a series that shares a stage with a chosen one of more exchanges or a greater number."""
    kept: list[Value] = []
    taken: dict[str, str] = {}
    sizes = {value.referent: referents.within(value.referent) for value in found.chosen}
    for value in sorted(found.chosen, key=lambda v: (-len(sizes[v.referent]), -v.interval.low, v.referent)):
        shared = sorted(stage for stage in sizes[value.referent] if stage in taken)
        if not shared:
            kept.append(value)
            taken.update(dict.fromkeys(sizes[value.referent], value.referent))
            continue
        found.left_out.append((value, "it shares a stage with another series that is counted"))
        message = "two series with totals of their own share a stage, so that only one of them is added"
        hint = "check `series` of the exchange that belongs to both"
        found.problems.append(Problem("RP504", message, hint, shared[0]))
    found.chosen = kept


def _raised(value: Value, stages: Iterable[Value], referents: Referents) -> Value:
    low = select(stages, referents).total.low if stages else 0
    interval = value.interval
    if low <= interval.low or (interval.high is not None and low > interval.high):
        return value
    return value._replace(interval=Interval(low, interval.high))
