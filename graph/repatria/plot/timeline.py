"""The picture of how claimed numbers grow: steps by direction, with the band that the claims allow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from repatria.assess.results import TallyRow
from repatria.plot.drawing import ALL, SUMS, Drawing, Scope
from repatria.plot.figure import Sign, figure
from repatria.plot.growth import MARGIN, Growth, Line
from repatria.plot.steps import course
from repatria.plot.style import looks
from repatria.plot.words import (
    count_of,
    day,
    days,
    direction,
    of_measures,
    sentence,
    span_of,
    spoken,
    way_of,
)  # fmt: skip

if TYPE_CHECKING:
    from repatria.plot.marks import Chart


def timeline_chart(tally: Sequence[TallyRow], scope: Scope = ALL) -> Drawing:
    """Draw the totals of a tally as they grow, a panel for each measure.

    ``tally`` holds one row for each measure and direction; exchanges
    without any day are told in the caption and not drawn.
    """
    styles = looks(way_of(row).iri for row in tally)
    span = span_of([unit for row in tally for unit in row.units])
    panels: list[Chart] = []
    lines: list[Line] = []
    for measure, rows in of_measures(tally).items():
        drawn = [Line(row, course(row.units), styles[way_of(row).iri]) for row in rows]
        drawn = [line for line in drawn if line.course.levels]
        if span and drawn:
            panels.append(Growth(len(panels), measure, drawn, span).chart())
            lines += drawn
    title = "Numbers claimed so far, by direction"
    subtitle = f"Cumulative, {days(*span)}" if span else "No dated claim of this kind is in the graph."
    notes = [SUMS, *_undated(tally), *scope.notes()]
    description = " ".join([f"{title}. {subtitle}.", *_told(lines), *notes])
    chart = figure(title, subtitle, panels, _signs(lines), notes, MARGIN)
    return Drawing(
        "timeline", title, subtitle, tuple(notes), description, _COLUMNS, tuple(_table(tally)), chart
    )


_COLUMNS = ("measure", "direction", "exchange", "days", "claimed", "contested", "so far")


def _table(tally: Sequence[TallyRow]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for row in tally:
        way, grown = direction(row.from_, row.to), course(row.units)
        for stand in grown.stands:
            unit = stand.unit
            told = (str(unit.interval), "contested" if unit.contested else "", str(stand.total))
            date = days(unit.not_before, unit.not_after)
            found.append((row.measure.label, way, unit.referent.label, date, *told))
        for unit in grown.undated:
            told = (str(unit.interval), "contested" if unit.contested else "", "not drawn")
            found.append((row.measure.label, way, unit.referent.label, "date unknown", *told))
    return found


def _told(lines: Sequence[Line]) -> list[str]:
    said = []
    for row, grown, _ in lines:
        contested = sum(stand.unit.contested for stand in grown.stands)
        last, way = grown.levels[-1], direction(row.from_, row.to).replace("→", "to")
        text = f"{row.measure}, {way}: by {day(last.day)} the claims add up to {spoken(last.total)}"
        text += f", from {count_of(len(grown.stands), 'exchange')}"
        text += f", {contested} of them contested" if contested else ", none of them contested"
        text += f"; there is no upper bound from {day(grown.open_from)} on" if grown.open_from else ""
        said.append(sentence(text))
    return said


def _undated(tally: Sequence[TallyRow]) -> list[str]:
    found = []
    for row in tally:
        units = course(row.units).undated
        if units:
            numbers = ", ".join(spoken(unit.interval) for unit in units[:5]) + (
                " …" if len(units) > 5 else ""
            )
            way = direction(row.from_, row.to)
            found.append(f"Not drawn, for want of any date: {way}, {row.measure}: {numbers}.")
    return found


def _signs(lines: Sequence[Line]) -> list[Sign]:
    signs = []
    totals = [level.total for line in lines for level in line.course.levels]
    if any(total.high not in (None, total.low) for total in totals):
        signs.append(Sign("from the lowest to the highest total the claims allow", "band"))
    if any(total.high is None for total in totals):
        signs.append(Sign("no upper bound", "rising"))
    if any(stand.unit.contested for line in lines for stand in line.course.stands):
        signs.append(Sign("contested: claims contradict each other", "point", None, "diamond", True))
    return signs
