"""Totals over exchanges, none counted twice, with what was left out and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from repatria.assess.containers import Tally
from repatria.assess.fulfilling import unit, when
from repatria.assess.fulfilment import EVENTS
from repatria.assess.problems import Problem
from repatria.assess.referents import Referents
from repatria.assess.results import Interval, LeftOut, SideTotal, TallyRow
from repatria.assess.sums import Group
from repatria.assess.units import Selection, Value, select
from repatria.assess.view import View, opened
from repatria.assess.words import Heard, heard_by, voiced
from repatria.store import Dataset
from repatria.terms import concept

BY = ("month", "party", "asserter", "side", "source")
_WHY = {
    "cumulative-total": "a total over a period, beside the events in it",
    "two-way-total": "a total of both directions, beside each of them",
    "agreed-total": "an agreed total, which is no delivery",
    "stock": "what is held at a time, not what was handed over",
    "threshold": "a limit, not a number of what was handed over",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which totals are asked for: days within which an exchange lies wholly, parties, measure (IRIs)."""

    since: dt.date | None = None
    until: dt.date | None = None
    from_: str | None = None
    to: str | None = None
    measure: str | None = None


_Place = tuple[str, str, str]


def tally(
    dataset: Dataset, filters: Filters, *, by: str | None = None, as_of: dt.date | None = None
) -> Tally:
    """Return the totals in each direction, split ``by`` one of :data:`BY`."""
    with opened(dataset, as_of=as_of) as view:
        counter = _Counter(view, filters)
        rows = tuple(counter.rows(by))
        left_out = tuple(counter.left_out())
        view.problems += [problem for problem in counter.problems if problem not in view.problems]
        return Tally(by, rows, left_out, tuple(view.told()), view.undated)


class _Counter:
    """Adds up the groups of a view that the filters let through."""

    def __init__(self, view: View, filters: Filters) -> None:
        self.view, self.filters = view, filters
        self.problems: list[Problem] = []
        self.groups = {group.value.gid: group for group in view.totals.groups if self._asked(group)}
        self.places: dict[_Place, list[Group]] = {}
        for group in self.groups.values():
            if group.aggregation in EVENTS and _outside(group, view.referents, filters) is None:
                self.places.setdefault(_place(group), []).append(group)
        self.places = dict(sorted(self.places.items()))
        self._heard: dict[str, Heard] = {}

    def _asked(self, group: Group) -> bool:
        wanted = self.filters
        return (
            group.modality == "fact"
            and (wanted.measure is None or group.measure == wanted.measure)
            and (wanted.from_ is None or group.from_ == wanted.from_)
            and (wanted.to is None or group.to == wanted.to)
        )

    def rows(self, by: str | None) -> Iterator[TallyRow]:
        """Yield the totals: of each measure in each direction, or handed over and received by each party."""
        if by == "party":
            yield from self._parties()
            return
        for place in self.places:
            selection = self._select([place])
            if by is None:
                yield self._row([place], place, "", selection.chosen)
            elif by == "month":
                yield from self._months(place, selection)
            else:
                yield from self._voices(place, by)

    def _parties(self) -> Iterator[TallyRow]:
        for measure in sorted({place[0] for place in self.places}):
            places = [place for place in self.places if place[0] == measure]
            for party in sorted({iri for place in places for iri in place[1:]}):
                for ends in ((measure, party, ""), (measure, "", party)):
                    here = [p for p in places if ends[1] in ("", p[1]) and ends[2] in ("", p[2])]
                    values = [value for place in here for value in self._select([place]).chosen]
                    if values:
                        yield self._row(here, ends, self._label(party), values)

    def _months(self, place: _Place, selection: Selection) -> Iterator[TallyRow]:
        months: dict[str, list[Value]] = {}
        for value in selection.chosen:
            months.setdefault(_month(value, self.view.referents), []).append(value)
        for month, values in sorted(months.items()):
            yield self._row([place], place, month, values)

    def _voices(self, place: _Place, by: str) -> Iterator[TallyRow]:
        """Yield what each side, asserter or source gives, on its own word."""
        heard = self._heard_by({"side": "party"}.get(by, by))
        gids = {group.value.gid for group in self.places[place]}
        totals = []
        for who, values in heard.items():
            selection = self._added(value for gid, value in values.items() if gid in gids)
            if selection.chosen:
                totals.append(self._row([place], place, self._name(who), selection.chosen))
        yield from sorted(totals, key=lambda row: row.key)

    def _name(self, who: str | None) -> str:
        if who is None:
            return "no party"
        return "; ".join(self._label(part) for part in who.split(" "))

    def _select(self, places: Iterable[_Place]) -> Selection:
        return self._added(group.value for place in places for group in self.places[place])

    def _added(self, values: Iterable[Value]) -> Selection:
        selection = select(values, self.view.referents)
        self.problems += selection.problems
        return selection

    def _heard_by(self, column: str) -> Heard:
        if column not in self._heard:
            groups = [group for items in self.places.values() for group in items]
            connection = self.view.connection
            self._heard[column] = (
                voiced(connection, groups) if column == "party" else heard_by(connection, column, groups)
            )
        return self._heard[column]

    def _row(self, places: list[_Place], ends: _Place, key: str, values: list[Value]) -> TallyRow:
        """Return the row of ``values``, counted in ``places``; ``ends``: the measure, from and to told."""
        units = sorted((unit(self.view, value) for value in values), key=when)
        thing = self.view.labels.thing
        return TallyRow(
            key=key,
            measure=thing(ends[0]),
            from_=thing(ends[1]) if ends[1] else None,
            to=thing(ends[2]) if ends[2] else None,
            total=sum((unit.interval for unit in units), Interval(0, 0)),
            contested=sum(unit.contested for unit in units),
            by_side=tuple(self._sides(places, {value.referent for value in values})),
            units=tuple(units),
        )

    def _sides(self, places: list[_Place], referents: set[str]) -> Iterator[SideTotal]:
        """Yield the totals over the same exchanges on the word of each side alone."""
        found: dict[str | None, list[Value]] = {}
        for place in places:
            gids = {
                g.value.gid for g in self.places[place] if referents & {g.value.referent, *self._above(g)}
            }
            for who, values in self._heard_by("party").items():
                chosen = self._added(value for gid, value in values.items() if gid in gids).chosen
                found.setdefault(who, []).extend(chosen)
        for who, added in sorted(found.items(), key=lambda item: item[0] or "~"):
            if added:
                total = sum((value.interval for value in added), Interval(0, 0))
                yield SideTotal(self.view.labels.thing(who) if who else None, len(added), total)

    def _above(self, group: Group) -> set[str]:
        return self.view.referents.above(group.value.referent)

    def _label(self, iri: str) -> str:
        return self.view.labels.thing(iri).label

    def left_out(self) -> Iterator[LeftOut]:
        """Yield the numbers of what was asked for that no total adds."""
        for place in self.places:
            for value, reason in self._select([place]).left_out:
                yield self._left(self.groups[value.gid], reason)
        for group in sorted(self.groups.values(), key=lambda group: (group.value.referent, group.value.gid)):
            why = _WHY.get(group.aggregation) or _outside(group, self.view.referents, self.filters)
            if why is not None and _is_transfer(group):
                yield self._left(group, why)

    def _left(self, group: Group, reason: str) -> LeftOut:
        thing = self.view.labels.thing
        return LeftOut(
            referent=thing(group.value.referent),
            measure=thing(group.measure),
            from_=thing(group.from_) if group.from_ else None,
            to=thing(group.to) if group.to else None,
            aggregation=thing(concept("aggregation", group.aggregation).value),
            interval=group.value.interval,
            assessment=self.view.names.entity("assessment", group.value.gid),
            claims=group.value.claims,
            reason=reason,
        )


def _place(group: Group) -> _Place:
    return group.measure, group.from_ or "", group.to or ""


def _is_transfer(group: Group) -> bool:
    return bool(group.from_ and group.to) or group.aggregation == "two-way-total"


def _outside(group: Group, referents: Referents, filters: Filters) -> str | None:
    """Return why an event does not belong to the totals asked for, or None if it does."""
    if not (group.from_ and group.to):
        return "no direction is stated"
    item = referents.get(group.value.referent)
    first, last = (item.not_before, item.not_after) if item else (None, None)
    if filters.since is not None and (first is None or first < filters.since):
        return f"it does not surely lie on or after {filters.since}"
    if filters.until is not None and (last is None or last > filters.until):
        return f"it does not surely lie on or before {filters.until}"
    return None


def _month(value: Value, referents: Referents) -> str:
    item = referents.get(value.referent)
    first, last = (item.not_before, item.not_after) if item else (None, None)
    if first is None and last is None:
        return "undated"
    months = [f"{day:%Y-%m}" if day else "…" for day in (first, last)]
    return months[0] if months[0] == months[1] else f"{months[0]} to {months[1]}"
