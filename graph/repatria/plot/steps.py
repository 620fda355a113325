"""Cumulative numbers day by day: what the claims, added, allow at the least and at the most."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from repatria.assess.results import Interval, Unit


@dataclass(frozen=True, slots=True)
class Level:
    """What is claimed up to a day, that day included."""

    day: dt.date
    total: Interval


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a counted exchange stands: the last day it may be of, and the total by then."""

    day: dt.date
    total: Interval
    unit: Unit


@dataclass(frozen=True, slots=True)
class Course:
    """How a total grows; ``undated`` are the units that have no day and are in no level."""

    levels: tuple[Level, ...]
    stands: tuple[Stand, ...]
    undated: tuple[Unit, ...]

    @property
    def open_from(self) -> dt.date | None:
        """The day from which there is no upper bound, None if there always is one."""
        return next((level.day for level in self.levels if level.total.high is None), None)


def course(units: Iterable[Unit]) -> Course:
    """Add units up in order of time.

    The lower bound grows on the last day on which an exchange may have been,
    the upper bound on the first: between these days it may or may not be
    among the exchanges so far.
    """
    given = list(units)
    dated = sorted((u for u in given if u.not_before or u.not_after), key=_order)
    undated = tuple(unit for unit in given if not (unit.not_before or unit.not_after))
    levels = _levels(dated)
    at = {level.day: level.total for level in levels}
    stands = tuple(Stand(_last(unit), at[_last(unit)], unit) for unit in dated)
    return Course(levels, stands, undated)


def _levels(units: list[Unit]) -> tuple[Level, ...]:
    lows: dict[dt.date, int] = defaultdict(int)
    highs: dict[dt.date, list[int | None]] = defaultdict(list)
    for unit in units:
        lows[_last(unit)] += unit.interval.low
        highs[_first(unit)].append(unit.interval.high)
    low, high, levels = 0, Interval(0, 0), []
    for day in sorted({*lows, *highs}):
        low += lows.get(day, 0)
        for bound in highs.get(day, ()):
            high += Interval(0, bound)
        levels.append(Level(day, Interval(low, high.high)))
    return tuple(levels)


def _first(unit: Unit) -> dt.date:
    date = unit.not_before or unit.not_after
    assert date is not None
    return date


def _last(unit: Unit) -> dt.date:
    date = unit.not_after or unit.not_before
    assert date is not None
    return date


def _order(unit: Unit) -> tuple[dt.date, dt.date, str]:
    return _last(unit), _first(unit), unit.referent.iri
