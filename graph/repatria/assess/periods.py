"""Totals over a period against what lies within it: events, and totals over shorter periods.

Totals only grow: whatever disjoint parts add up to at least, the total must
allow. The best sum of disjoint parts is weighted interval scheduling,
O(k log k) for k parts; it is done once for each beginning of a period.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from itertools import accumulate, islice
from operator import attrgetter

from repatria.assess.database import MOST_POSITIONS
from repatria.assess.problems import Problem
from repatria.assess.referents import Referents
from repatria.assess.results import Interval
from repatria.assess.sums import MOST_PARTS, Check, Group, Key, by_place, make_check
from repatria.assess.units import Value, select

_Bounds = tuple[dt.date, dt.date]


def check_periods(
    groups: list[Group], heads: list[Group], referents: Referents, problems: list[Problem]
) -> Iterator[Check]:
    """Yield the checks of cumulative totals that have parts; totals whose periods cross are told.

    Only of the referents of ``heads``.
    """
    totals: dict[tuple[str, Key], list[Group]] = {}
    for group in groups:
        if group.aggregation == "cumulative-total" and None not in group.period:
            totals.setdefault((group.value.referent, group.key), []).append(group)
    places = by_place(groups)
    asked = {group.value.referent for group in heads}
    for (referent, key), outer in totals.items():
        if referent not in asked:
            continue
        stages = sorted(referents.within(referent))
        inner = [group for place in (referent, *stages) for group in totals.get((place, key), ())]
        events = [group for stage in stages for group in places.get((stage, key), ())]
        problems.extend(_crossing(outer))
        yield from _checked(outer, inner, events, referents)


def _checked(
    outer: list[Group], inner: list[Group], events: list[Group], referents: Referents
) -> Iterator[Check]:
    """Yield the checks of totals of one referent, those that begin alike together."""
    begun: dict[tuple[_Bounds, str], list[Group]] = {}
    for total in outer:
        begun.setdefault((_starts(total), total.value.population), []).append(total)
    for number, ((starts, _), same) in enumerate(sorted(begun.items(), key=lambda item: item[0])):
        # Beyond so many beginnings only those that begin alike are parts, so that the work stays bounded.
        candidates = inner if number < MOST_POSITIONS else same
        within = [group for group in candidates if _begins_within(group, starts) and group.meets(same[0])]
        values = [group.value for group in events if group.meets(same[0])]
        parts = _Parts(starts[1], within, values, referents)
        for total in same:
            check = parts.check(total)
            if check is not None:
                yield check


def _begins_within(group: Group, starts: _Bounds) -> bool:
    """Say whether a period surely begins no earlier; vague beginnings are the same if their bounds are."""
    return _starts(group) == starts or _starts(group)[0] >= starts[1]


def _starts(group: Group) -> _Bounds:
    first, last = group.period[:2]
    assert first is not None
    assert last is not None
    return first, last


def _ends(group: Group) -> _Bounds:
    first, last = group.period[2:]
    assert first is not None
    assert last is not None
    return first, last


def _crossing(totals: list[Group]) -> Iterator[Problem]:
    """Yield a problem for each that surely begins in the middle of another one and ends after it."""
    ends: list[_Bounds] = []
    waiting = sorted(totals, key=lambda group: (_starts(group)[1], group.value.gid))
    begun = 0
    for other in sorted(totals, key=lambda group: (_starts(group)[0], group.value.gid)):
        first, last = _starts(other)[1], _ends(other)[0]
        while begun < len(waiting) and _starts(waiting[begun])[1] < _starts(other)[0]:
            insort(ends, _ends(waiting[begun]))
            begun += 1
        # The nearest end that surely comes after the beginning of the other.
        place = bisect_left(ends, (first, dt.date.min))
        if place < len(ends) and ends[place][1] < last:
            message = "the period of this total crosses that of another, so that the two are not compared"
            hint = "only equal periods, and periods within periods, can be compared"
            yield Problem("RP505", message, hint, other.value.claims[0], owner=other.value.referent)


class _Parts:
    """What may be a part of totals that begin on ``start``: events after it, totals over shorter periods."""

    def __init__(
        self, start: dt.date, totals: list[Group], events: list[Value], referents: Referents
    ) -> None:
        spans = {value.gid: _span(value, referents) for value in events}
        dated = [value for value in events if (span := spans[value.gid]) is not None and span[0] >= start]
        # Sorted by their ends.
        self.events = [
            (span, value)
            for value in select(dated, referents).chosen
            if (span := spans[value.gid]) is not None
        ]
        self.events.sort(key=lambda event: (event[0][1], event[1].gid))
        self.ends = [span[1] for span, _ in self.events]
        self.sums = [0, *accumulate(value.interval.low for _, value in self.events)]
        begun = sorted((span[0], value.interval.low) for span, value in self.events)
        self.begins = [day for day, _ in begun]
        self.begun = [0, *accumulate(low for _, low in begun)]
        self.totals = sorted(totals, key=lambda group: (_ends(group)[1], group.value.gid))
        self.total_ends = [_ends(group)[1] for group in self.totals]
        self.numbers = {group.value.gid: number for number, group in enumerate(self.totals)}
        self._schedule()

    def _schedule(self) -> None:
        """Find for each total the most that it gives together with what lies before it.

        ``worth`` is that; ``gain`` is the same less all events begun by its
        end, so that adding the events ended by a later day counts those after
        it alone. ``best`` holds the two totals of the greatest gain so far.
        """
        self.worth: list[int] = []
        self.gain: list[int] = []
        self.before: list[int | None] = []
        self.best: list[list[int]] = [[]]
        self.alike: dict[_Bounds, list[int]] = {}
        for number, group in enumerate(self.totals):
            first = _starts(group)[0]
            earlier = self._best(bisect_left(self.total_ends, first))
            gained = self.gain[earlier] if earlier is not None else 0
            self.before.append(earlier)
            self.worth.append(group.value.interval.low + self.sums[bisect_left(self.ends, first)] + gained)
            begun = self.begun[bisect_right(self.begins, self.total_ends[number])]
            self.gain.append(self.worth[number] - begun)
            self.best.append(sorted((*self.best[-1], number), key=lambda n: (-self.gain[n], n))[:2])
            self.alike.setdefault(_ends(group), []).append(number)
        for numbers in self.alike.values():
            numbers.sort(key=lambda n: (-self.worth[n], n))

    def _best(self, upto: int, without: int | None = None) -> int | None:
        """Return the total of the greatest gain among the first ``upto``, if it gains anything at all."""
        for number in self.best[upto]:
            if number != without:
                return number if self.gain[number] > 0 else None
        return None

    def check(self, total: Group) -> Check | None:
        """Return the check of a total, or None where it has no parts."""
        day, own = _ends(total)[0], self.numbers.get(total.value.gid)
        last = self._best(bisect_right(self.total_ends, day), own)
        low = self.sums[bisect_right(self.ends, day)] + (self.gain[last] if last is not None else 0)
        # Vague ends are the same if their bounds are: nothing comes after such a part.
        for number in [n for n in self.alike.get(_ends(total), [])[:2] if n != own][:1]:
            if self.worth[number] > low or (last is None and self.worth[number] >= low):
                low, last = self.worth[number], number
        parts = self._chosen(last, day)
        if not parts:
            return None
        return make_check(total, "period", Interval(low, None), parts)

    def _chosen(self, last: int | None, day: dt.date) -> list[Value]:
        totals: list[Group] = []
        while last is not None:
            totals.append(self.totals[last])
            last = self.before[last]
        covered = [(_starts(group)[0], _ends(group)[1]) for group in totals]
        free = (
            value
            for (begin, end), value in self.events[: bisect_right(self.ends, day)]
            if not any(first <= end and begin <= until for first, until in covered)
        )
        return [*map(attrgetter("value"), reversed(totals)), *islice(free, MOST_PARTS + 1)]


def _span(value: Value, referents: Referents) -> tuple[dt.date, dt.date] | None:
    item = referents.get(value.referent)
    if item is None or item.not_before is None or item.not_after is None:
        return None
    return item.not_before, item.not_after
