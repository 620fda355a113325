"""The picture of totals: an interval for each month, party or whatever it is by, and for each side's word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from repatria.assess.results import SideTotal, TallyRow, Thing
from repatria.plot.bars import Bars, grid, number_told
from repatria.plot.drawing import ALL, SUMS, Drawing, Scope
from repatria.plot.figure import Sign, figure
from repatria.plot.marks import MUTED_TEXT, Panel, number_scale
from repatria.plot.scales import ticks
from repatria.plot.style import INK, NEUTRAL, Look, looks
from repatria.plot.words import count_of, headed, month, of_measures, sentence, spoken, way_of, wrapped

if TYPE_CHECKING:
    from repatria.plot.marks import Chart

_MARGIN = 200
_COLUMNS = ("measure", "direction", "for", "on the word of", "total", "exchanges", "contested")
# What says itself on whose word the numbers are.
_VOICES = ("asserter", "side", "source")
_OTHERS = "those who speak for no party"


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the picture: a key, or beneath it one side of whose word its numbers are."""

    key: str
    side: Thing | None
    total: bool
    y: float


def tally_chart(tally: Sequence[TallyRow], by: str = "", scope: Scope = ALL) -> Drawing:
    """Draw a tally: a block for each measure, the directions beside each other.

    ``by`` is what the keys of the rows are: month, party, asserter, side or source.
    """
    if by in _VOICES:
        tally = [replace(row, by_side=()) for row in tally]
    sides = looks(total.side.iri for row in tally for total in row.by_side if total.side)
    panels: list[Chart] = []
    for measure, rows in of_measures(tally).items():
        directions = list(dict.fromkeys(way_of(row) for row in rows))
        for start in range(0, len(directions), 2):
            shown = directions[start : start + 2]
            kept = [row for row in rows if way_of(row) in shown]
            panels.append(_block(len(panels), measure, kept, shown, sides))
    title = "Totals claimed" + (f", by {by}" if by else "")
    words = "as each has it" if by in _VOICES else "below each total, what each side’s word alone adds up to"
    subtitle = f"Bars: claimed at the least; {words}"
    subtitle = subtitle if tally else "No number of this kind is in the graph."
    notes = [SUMS, *scope.notes()]
    description = " ".join([f"{title}. {sentence(subtitle)}", *map(_told, tally), *notes])
    table = tuple(line for row in tally for line in _table(row))
    chart = figure(title, subtitle, panels, _signs(tally, sides), notes, _MARGIN)
    return Drawing("tally", title, subtitle, tuple(notes), description, _COLUMNS, table, chart)


def _lanes(rows: Sequence[TallyRow]) -> tuple[list[Lane], float]:
    keys = sorted({row.key for row in rows})
    lanes, y = [], 6.0
    for key in keys:
        lanes.append(Lane(key, None, True, y + 9))
        y += 20
        found = {total.side for row in rows if row.key == key for total in row.by_side}
        for side in sorted(found, key=lambda side: (side is None, side.label if side else "")):
            lanes.append(Lane(key, side, False, y + 7))
            y += 15
        y += 8
    return lanes, y


def _block(
    number: int,
    measure: Thing,
    rows: Sequence[TallyRow],
    ways: Sequence[Thing],
    sides: dict[str, Look],
) -> Chart:
    import altair as alt

    lanes, height = _lanes(rows)
    bounds = [bound for row in rows for bound in (row.total.low, row.total.high or 0)]
    top = max(max(bounds), 4) * 1.06
    width = 430 if len(ways) == 1 else 190
    columns = []
    for place, way in enumerate(ways):
        panel = Panel(f"{number}-{place}", width, height, number_scale(0, top))
        mine = {row.key: row for row in rows if way_of(row) == way}
        if not place:
            _names(panel, measure, lanes)
        _column(panel, way, mine, lanes, sides, top)
        columns.append(panel.chart())
    return alt.hconcat(*columns, spacing=26)


def _names(panel: Panel, measure: Thing, lanes: Sequence[Lane]) -> None:
    panel.heading("measure", wrapped(headed(measure.label), 26, 3), -_MARGIN, -30, fontSize=13)
    keys = [{"y": lane.y, "text": _key(lane.key)} for lane in lanes if lane.total]
    panel.texts("name", keys, at=-_MARGIN, limit=_MARGIN - 12)
    sides = [
        {"y": lane.y, "text": f"on the word of {lane.side or 'others'}"} for lane in lanes if not lane.total
    ]
    panel.texts("word", sides, at=-_MARGIN + 14, limit=_MARGIN - 26, **MUTED_TEXT)


def _column(
    panel: Panel,
    way: Thing,
    rows: dict[str, TallyRow],
    lanes: Sequence[Lane],
    sides: dict[str, Look],
    top: float,
) -> None:
    grid(panel, ticks(0, top, 4))
    panel.heading("direction", wrapped(headed(way.label), 32, 4), 0, -30)
    bars = Bars(NEUTRAL, top)
    words: dict[Thing | None, list[tuple[float, SideTotal]]] = {}
    for lane in lanes:
        row = rows.get(lane.key)
        if row is None:
            continue
        if lane.total:
            text = number_told(row.total, row.contested, len(row.units))
            bars.add(lane.y, row.total, row.contested, text)
        else:
            found = [total for total in row.by_side if total.side == lane.side]
            words.setdefault(lane.side, []).extend((lane.y, total) for total in found)
    bars.draw(panel, "")
    for number, (side, totals) in enumerate(words.items()):
        _words(panel, f"-{number}", sides.get(side.iri if side else ""), totals, top)


def _words(
    panel: Panel, name: str, look: Look | None, totals: Sequence[tuple[float, SideTotal]], top: float
) -> None:
    """Draw what one side's word adds up to: a line from the least to the most, its symbol at the ends."""
    ends = [(y, t.total.low, top if t.total.high is None else t.total.high, t.total) for y, t in totals]
    lines = [{"x": low, "x2": high, "y": y} for y, low, high, _ in ends if high > low]
    panel.spans("side" + name, lines, strokeWidth=1.2)
    shape, colour = (look.shape, look.colour) if look else ("cross", INK)
    marks = [{"x": x, "y": y} for y, low, high, total in ends for x in {low, total.high or low}]
    panel.points("said" + name, sorted(marks, key=lambda row: (row["y"], row["x"])), shape, 42, fill=colour)
    heads = [{"x": high, "y": y} for y, _, high, total in ends if total.high is None]
    panel.arrows("said-unbounded" + name, heads)
    told = [{"x": high, "y": y, "text": str(total)} for y, _, high, total in ends]
    panel.texts("said-number" + name, told, dx=11, **MUTED_TEXT)


def _key(key: str) -> str:
    return month(key) or "all exchanges"


def _signs(tally: Sequence[TallyRow], sides: dict[str, Look]) -> list[Sign]:
    signs = [Sign("claimed at the least", "bar")]
    if any(row.total.high not in (None, row.total.low) for row in tally):
        signs.append(Sign("at the most", "extent"))
    names = {total.side.iri: total.side.label for row in tally for total in row.by_side if total.side}
    signs += [Sign(f"on the word of {names[iri]}", "point", look, look.shape) for iri, look in sides.items()]
    if any(total.side is None for row in tally for total in row.by_side):
        signs.append(Sign("on the word of others", "point", None, "cross"))
    if any(row.total.high is None for row in tally):
        signs.append(Sign("no upper bound", "arrow"))
    if any(row.contested for row in tally):
        signs.append(Sign("claims contradict each other", "point", None, "diamond", True))
    return signs if tally else []


def _told(row: TallyRow) -> str:
    way = way_of(row).label.replace("→", "to")
    words = [f"{_side(total.side)} {spoken(total.total)}" for total in row.by_side]
    contested = f", {row.contested} contested" if row.contested else ""
    text = f"{_key(row.key)}, {row.measure}, {way}: {spoken(row.total)}"
    text += f" in {count_of(len(row.units), 'exchange')}"
    return sentence(text + contested + (f"; on the word of {', of '.join(words)}" if words else ""))


def _side(side: Thing | None) -> str:
    return side.label if side else _OTHERS


def _table(row: TallyRow) -> list[tuple[str, ...]]:
    head = (row.measure.label, way_of(row).label, _key(row.key))
    lines: list[tuple[str, ...]] = [
        (*head, "anybody", str(row.total), str(len(row.units)), str(row.contested))
    ]
    lines += [(*head, _side(t.side), str(t.total), str(t.events), "") for t in row.by_side]
    return lines
