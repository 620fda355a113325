"""The picture of the two directions against one another, for each exchange or month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from repatria.assess.results import Interval, TallyRow, Thing
from repatria.plot.bars import Bars, grid, number_told
from repatria.plot.drawing import ALL, SUMS, Drawing, Scope
from repatria.plot.figure import Sign, figure
from repatria.plot.marks import MUTED_TEXT, Panel, number_scale
from repatria.plot.scales import ticks
from repatria.plot.style import INK, looks
from repatria.plot.words import direction, headed, month, of_measures, sentence, spoken, wrapped

if TYPE_CHECKING:
    from repatria.plot.marks import Chart

_MARGIN, _HALF, _ROOM = 250, 305, 130
# A row is lower where there are many, and higher where a label has two lines.
_ROW, _LOW_ROW, _HIGH_ROW, _MANY, _LETTERS = 22, 18, 34, 30, 40
_COLUMNS = ("measure", "exchange or month", "direction", "claimed", "contested")
Way = tuple[Thing, Thing]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is claimed in one direction for an exchange or a month; ``order`` sorts in time."""

    key: str
    label: str
    order: str
    way: Way
    total: Interval
    contested: int
    units: int


def balance_chart(tally: Sequence[TallyRow], by: str = "exchange", scope: Scope = ALL) -> Drawing:
    """Draw each two opposite directions left and right of a middle, a block for each measure.

    By exchange the units of the rows are drawn, by month the rows themselves.
    """
    panels: list[Chart] = []
    table: list[tuple[str, ...]] = []
    told: list[str] = []
    shown: list[Entry] = []
    for measure, rows in of_measures(tally).items():
        entries = list(_entries(rows, by))
        for ways in _pairs(entries):
            mine = [entry for entry in entries if entry.way in ways]
            panels.append(_block(len(panels), measure, mine, ways))
            shown += mine
            told += _told(measure, mine, ways)
            table += [_cells(measure, entry) for entry in sorted(mine, key=lambda entry: entry.order)]
    title = f"Both directions against one another, by {by}"
    subtitle = "Numbers as claimed. Where one direction has no bar, no number is claimed; that is not zero."
    subtitle = subtitle if shown else "No number of this kind is in the graph."
    notes = [SUMS, *scope.notes()]
    description = " ".join([f"{title}. {subtitle}", *told, *notes])
    chart = figure(title, subtitle, panels, _signs(shown), notes, _MARGIN)
    return Drawing("balance", title, subtitle, tuple(notes), description, _COLUMNS, tuple(table), chart)


def _entries(rows: Iterable[TallyRow], by: str) -> Iterable[Entry]:
    for row in rows:
        if row.from_ is None or row.to is None:
            continue
        way = (row.from_, row.to)
        if by == "month":
            label = month(row.key)
            yield Entry(row.key, label, row.key, way, row.total, row.contested, len(row.units))
            continue
        for unit in row.units:
            date = unit.not_after or unit.not_before
            order = f"{date or '~'} {unit.referent.label} {unit.referent.iri}"
            label, contested = unit.referent.label, int(unit.contested)
            yield Entry(unit.referent.iri, label, order, way, unit.interval, contested, 1)


def _pairs(entries: Iterable[Entry]) -> list[tuple[Way, Way]]:
    """Return the opposite directions, left and right, by the IRIs of the parties."""
    found = {tuple(sorted(entry.way)) for entry in entries}
    return [((first, second), (second, first)) for first, second in sorted(found)]


def _block(number: int, measure: Thing, entries: Sequence[Entry], ways: tuple[Way, Way]) -> Chart:
    order = {entry.key: entry for entry in sorted(entries, key=lambda entry: entry.order)}
    row = _LOW_ROW if len(order) > _MANY else _ROW
    row = _HIGH_ROW if any(len(entry.label) > _LETTERS for entry in entries) else row
    lanes = {key: row * (place + 0.5) + 4 for place, key in enumerate(order)}
    bounds = [bound for entry in entries for bound in (entry.total.low, entry.total.high or 0)]
    edge = max(max(bounds), 4) * 1.04
    reach = edge * _HALF / (_HALF - _ROOM)
    panel = Panel(str(number), 2 * _HALF, row * len(lanes) + 8, number_scale(-reach, reach))
    positive = ticks(0, edge, 4)
    grid(panel, sorted({-n for n in positive} | set(positive)))
    _names(panel, measure, [(lanes[key], entry.label) for key, entry in order.items()], ways)
    styles = looks(f"{from_.iri} {to.iri}" for from_, to in ways)
    for place, way in enumerate(ways):
        mine = {entry.key: entry for entry in entries if entry.way == way}
        bars = Bars(styles[f"{way[0].iri} {way[1].iri}"].colour, edge, 1 if place else -1)
        for key, entry in mine.items():
            bars.add(
                lanes[key],
                entry.total,
                entry.contested,
                number_told(entry.total, entry.contested, entry.units),
            )
        bars.draw(panel, f"-{place}")
        missing = [{"y": y, "text": "no number claimed"} for key, y in lanes.items() if key not in mine]
        at, align = (_HALF + 8, "left") if place else (_HALF - 8, "right")
        panel.texts(
            f"missing-{place}", missing, at=at, **{**MUTED_TEXT, "align": align, "fontStyle": "italic"}
        )
    panel.posts("middle", [{"x": 0, "y": 0, "y2": panel.height}], color=INK, strokeWidth=1.2)
    return panel.chart()


def _names(panel: Panel, measure: Thing, lanes: Sequence[tuple[float, str]], ways: tuple[Way, Way]) -> None:
    names: list[dict[str, Any]] = []
    panel.heading("measure", wrapped(headed(measure.label), 30, 3), -_MARGIN, -30, fontSize=13)
    for y, label in lanes:
        lines = wrapped(label, _LETTERS)
        names += [{"y": y + 14 * (n - (len(lines) - 1) / 2), "text": line} for n, line in enumerate(lines)]
    panel.texts("name", names, at=-_MARGIN)
    for place, way in enumerate(ways):
        at, align = (_HALF + 8, "left") if place else (_HALF - 8, "right")
        panel.heading(f"direction-{place}", wrapped(direction(*way), 42, 4), at, -30, align=align)


def _signs(entries: Sequence[Entry]) -> list[Sign]:
    signs = [Sign("claimed at the least", "bar")] if entries else []
    if any(entry.total.high not in (None, entry.total.low) for entry in entries):
        signs.append(Sign("at the most", "extent"))
    if any(entry.total.high is None for entry in entries):
        signs.append(Sign("no upper bound", "arrow"))
    if any(entry.contested for entry in entries):
        signs.append(Sign("claims contradict each other", "point", None, "diamond", True))
    return signs


def _told(measure: Thing, entries: Sequence[Entry], ways: tuple[Way, Way]) -> list[str]:
    labels = {e.key: e.label for e in sorted(entries, key=lambda entry: entry.order)}
    lines = []
    for key, label in labels.items():
        found = {entry.way: entry for entry in entries if entry.key == key}
        words = [f"{direction(*way).replace('→', 'to')} {_words(found.get(way))}" for way in ways]
        lines.append(sentence(f"{label}, {measure}: {', '.join(words)}"))
    return lines


def _words(entry: Entry | None) -> str:
    if entry is None:
        return "no number claimed"
    return spoken(entry.total) + (" (contested)" if entry.contested else "")


def _cells(measure: Thing, entry: Entry) -> tuple[str, ...]:
    way = direction(*entry.way)
    return (measure.label, entry.label, way, str(entry.total), "contested" if entry.contested else "")
