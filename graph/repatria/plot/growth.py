"""One panel of a timeline: steps by direction, bands, arrows where there is no bound, labels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from repatria.assess.results import TallyRow, Thing
from repatria.plot.figure import LETTER
from repatria.plot.labels import Box, free, spread
from repatria.plot.marks import MUTED_TEXT, Panel
from repatria.plot.scales import day_ticks, milliseconds, ticks
from repatria.plot.steps import Course, Stand
from repatria.plot.style import GRID, INK, PAPER, UP, Look
from repatria.plot.words import direction, headed, wrapped

if TYPE_CHECKING:
    from repatria.plot.marks import Chart

_WIDTH, _HEIGHT = 600, 300
# Pixels between the arrows of a total without upper bound, and their length.
_EVERY, _ARROW = 40, 24
# So many steps of a line have each a label of their own, and so many contested ones of a longer line.
_LABELLED, _CONTESTED = 12, 5
MARGIN = 54


class Line(NamedTuple):
    """One direction: its row of the tally, how it grows, how it looks."""

    row: TallyRow
    course: Course
    look: Look


class Growth:
    """The axes of a panel, the lines of all directions, and where labels stand already."""

    def __init__(
        self, number: int, measure: Thing, lines: Sequence[Line], span: tuple[dt.date, dt.date]
    ) -> None:
        room = max(2, (span[1] - span[0]).days // 30)
        self.first, self.last = span[0] - dt.timedelta(room), span[1] + dt.timedelta(room)
        totals = [level.total for line in lines for level in line.course.levels]
        self.top = max(4, max(max(total.low, total.high or 0) for total in totals)) * 1.08
        self.measure = measure
        self.lines = lines
        self.panel = Panel(str(number), _WIDTH, _HEIGHT, self._days())
        self.taken: list[Box] = []

    def _days(self) -> dict[str, Any]:
        import altair as alt

        found, format_ = day_ticks(self.first, self.last)
        scale = alt.Scale(type="utc", domain=[milliseconds(self.first), milliseconds(self.last)], nice=False)
        values = [milliseconds(date) for date in found]
        axis = alt.Axis(
            values=values, format=format_, title=None, grid=False, ticks=True, domain=True, labelOverlap=True
        )
        return {"type": "temporal", "scale": scale, "axis": axis}

    def _y(self, number: int) -> float:
        return round(_HEIGHT * (1 - number / self.top), 2)

    def _x(self, date: dt.date) -> float:
        return _WIDTH * (date - self.first).days / (self.last - self.first).days

    def _time(self, x: float) -> int:
        left, right = milliseconds(self.first), milliseconds(self.last)
        return left + int((right - left) * x / _WIDTH)

    def chart(self) -> Chart:
        """Return the finished panel."""
        self._grid()
        for draw in (self._band, self._line, self._arrows, self._stands):
            for number, line in enumerate(self.lines):
                draw(f"-{number}", line)
        for number, line in enumerate(self.lines):
            self._steps_told(f"-{number}", line)
        self._ends()
        return self.panel.chart()

    def _grid(self) -> None:
        left, right = milliseconds(self.first), milliseconds(self.last)
        marks = [(self._y(n), f"{n:,}") for n in ticks(0, self.top)]
        lines = [{"x": left, "x2": right, "y": y} for y, _ in marks]
        self.panel.spans("grid", lines, color=GRID, strokeWidth=1)
        told = [{"y": y, "text": text} for y, text in marks]
        self.panel.texts("number", told, at=-8, **{**MUTED_TEXT, "align": "right"})
        self.panel.heading("measure", [headed(f"{self.measure}, as claimed")], 0, -18, fontSize=13)

    def _corners(self, line: Line) -> Iterator[tuple[int, int, int | None]]:
        """Yield where steps turn: time, low, high (None: unbounded)."""
        yield milliseconds(self.first), 0, 0
        for level in line.course.levels:
            yield milliseconds(level.day), level.total.low, level.total.high
        total = line.course.levels[-1].total
        yield milliseconds(self.last), total.low, total.high

    def _band(self, mark: str, line: Line) -> None:
        rows: list[dict[str, Any]] = []
        for x, low, high in self._corners(line):
            if high is None:
                rows.append({**rows[-1], "x": x})
                break
            rows.append({"x": x, "y": self._y(low), "y2": self._y(high)})
        if all(row["y"] == row["y2"] for row in rows):
            return
        self.panel.steps("band" + mark, rows, area=True, fill=line.look.colour, fillOpacity=0.28)
        upper = [{"x": row["x"], "y": row["y2"]} for row in rows]
        self.panel.steps("highest" + mark, upper, stroke=INK, strokeWidth=0.8)

    def _line(self, mark: str, line: Line) -> None:
        rows = [{"x": x, "y": self._y(low)} for x, low, _ in self._corners(line)]
        dash = list(line.look.dash)
        self._take(rows)
        self.panel.steps("casing" + mark, rows, stroke=INK, strokeWidth=3.4, strokeDash=dash)
        self.panel.steps("lowest" + mark, rows, stroke=line.look.colour, strokeWidth=2.2, strokeDash=dash)

    def _take(self, corners: list[dict[str, Any]]) -> None:
        """Keep labels off the steps of a line."""
        left, right = milliseconds(self.first), milliseconds(self.last)
        places = [(_WIDTH * (c["x"] - left) / (right - left), c["y"]) for c in corners]
        for (x, y), (x2, y2) in pairwise(places):
            self.taken += [Box(x, y - 2, x2, y + 2), Box(x2 - 2, min(y, y2), x2 + 2, max(y, y2))]

    def _arrows(self, mark: str, line: Line) -> None:
        begin = line.course.open_from
        if begin is None:
            return
        rows, start = [], self._x(begin) + 12
        places = [start + n * _EVERY for n in range(_WIDTH // _EVERY) if start + n * _EVERY < _WIDTH - 26]
        for x in [*places, _WIDTH - 6]:
            time = self._time(x)
            past = (s.total.low for s in reversed(line.course.levels) if milliseconds(s.day) <= time)
            y = self._y(next(past, 0))
            rows.append({"x": time, "y": y})
            self.taken.append(Box(x - 7, y - _ARROW, x + 7, y))
        self.panel.points(
            "unbounded" + mark, rows, UP, (2 * _ARROW) ** 2, strokeWidth=1.3, fill="transparent"
        )

    def _stands(self, mark: str, line: Line) -> None:
        small = len(line.course.stands) > 25
        for contested in (False, True):
            found = [stand for stand in line.course.stands if stand.unit.contested == contested]
            rows = [{"x": milliseconds(s.day), "y": self._y(s.total.low)} for s in found]
            if contested:
                self.panel.points(
                    "contested" + mark, rows, "diamond", 170, fill=PAPER, stroke=INK, strokeWidth=1.8
                )
            else:
                size = 24 if small else 52
                self.panel.points("claimed" + mark, rows, line.look.shape, size, fill=line.look.colour)
            self.taken += [self._box_at(stand) for stand in found]

    def _box_at(self, stand: Stand) -> Box:
        x, y = self._x(stand.day), self._y(stand.total.low)
        return Box(x - 5, y - 5, x + 5, y + 5)

    def _steps_told(self, mark: str, line: Line) -> None:
        stands = line.course.stands
        few = len(stands) <= _LABELLED
        told = sum(stand.unit.contested for stand in stands) <= _CONTESTED
        rows: list[dict[str, Any]] = []
        for stand in stands:
            contested = stand.unit.contested
            if not (few or (told and contested)):
                continue
            text = f"+{stand.unit.interval}" + (" contested" if contested else "")
            box = free(self._around(stand, len(text) * LETTER), self.taken, Box(0, 0, _WIDTH, _HEIGHT))
            if box:
                middle = (box.top + box.bottom) / 2
                rows.append({"x": self._time(box.left + 1), "y": middle, "text": text})
        self.panel.texts("step" + mark, rows, fontSize=11)

    def _around(self, stand: Stand, width: float) -> list[Box]:
        x, y = self._x(stand.day), self._y(stand.total.low)
        high = stand.total.high
        over = min(y, self._y(high)) if high is not None else y
        lefts = [(x - width - 8, over - 16), (x - width - 8, y - 18)]
        lefts += [(x + 9, y + down) for down in (4, 16, 28)] + [(x + 9, over - 17)]
        return [Box(left, top, left + width, top + 13) for left, top in lefts]

    def _ends(self) -> None:
        """Label each line at its end, with its symbol, since a label may have had to move."""
        names, wanted = [], []
        for line in self.lines:
            total = line.course.levels[-1].total
            names.append([*wrapped(direction(line.row.from_, line.row.to), 30, 4), str(total)])
            wanted.append(self._y(total.low))
        heights = [15.0 * len(name) + 8 for name in names]
        places = spread(wanted, heights, 0, _HEIGHT)
        for number, (line, name, place) in enumerate(zip(self.lines, names, places, strict=True)):
            top = place - 7.5 * (len(name) - 1)
            at = [{"y": top + 15 * n, "text": text} for n, text in enumerate(name)]
            sign = [{"y": top}]
            self.panel.points(
                f"end-{number}", sign, line.look.shape, 64, at=_WIDTH + 14, fill=line.look.colour
            )
            self.panel.texts(f"party-{number}", at[:-1], at=_WIDTH + 24)
            self.panel.texts(f"total-{number}", at[-1:], at=_WIDTH + 24, fontWeight="bold")
