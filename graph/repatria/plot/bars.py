"""Totals as bars from zero: filled as far as all claims go, hollow as far as some do, then an arrow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from repatria.assess.results import Interval
from repatria.plot.marks import MUTED_TEXT, Panel
from repatria.plot.style import GRID, INK, PAPER

_HALF = 6


@dataclass(slots=True)
class Bars:
    """Collects the bars of one direction; ``edge`` is where an arrow ends, ``sign`` -1 draws leftwards."""

    colour: str
    edge: float
    sign: int = 1
    solid: list[dict[str, Any]] = field(default_factory=list)
    extent: list[dict[str, Any]] = field(default_factory=list)
    open: list[dict[str, Any]] = field(default_factory=list)
    contested: list[dict[str, Any]] = field(default_factory=list)
    numbers: list[dict[str, Any]] = field(default_factory=list)

    def add(self, y: float, total: Interval, contested: int, text: str) -> None:
        """Add a total in the lane around ``y``, with its number in words."""
        low, high, sign = total.low, total.high, self.sign
        box = {"y": y - _HALF, "y2": y + _HALF}
        self.solid.append({"x": 0, "x2": sign * low, **box})
        if high is None:
            self.open.append({"x": sign * low, "x2": sign * self.edge, "y": y})
        elif high > low:
            self.extent.append({"x": sign * low, "x2": sign * high, **box})
        end = self.edge if high is None else high
        if contested:
            self.contested.append({"x": sign * end, "y": y})
        self.numbers.append({"x": sign * end, "y": y, "text": text})

    def draw(self, panel: Panel, name: str) -> None:
        """Lay the bars on a panel, with a name of their own for each kind of mark."""
        panel.bars("lowest" + name, self.solid, fill=self.colour, stroke=INK, strokeWidth=0.8)
        panel.bars("highest" + name, self.extent, fill=PAPER, stroke=INK, strokeWidth=0.8)
        panel.spans("open" + name, self.open, strokeWidth=1.5)
        heads = [{"x": row["x2"], "y": row["y"]} for row in self.open]
        panel.arrows("unbounded" + name, heads, left=self.sign < 0)
        panel.points("contested" + name, self.contested, "diamond", 130, fill=PAPER, strokeWidth=1.6)
        align = "left" if self.sign > 0 else "right"
        panel.texts("number" + name, self.numbers, align=align, dx=11 * self.sign, fontSize=12)


def grid(panel: Panel, numbers: list[int], top: float = 0) -> None:
    """Draw thin vertical lines at the ticks, with their numbers above the panel."""
    panel.posts("grid", [{"x": n, "y": top, "y2": panel.height} for n in numbers], color=GRID)
    told = [{"x": n, "y": -9, "text": f"{abs(n):,}"} for n in numbers]
    panel.texts("tick", told, **{**MUTED_TEXT, "align": "center"})


def number_told(total: Interval, contested: int, units: int) -> str:
    """Return a total as its label: “26–31, contested”, “5,203 or more, 1 of 4 contested”."""
    if not contested:
        return str(total)
    return f"{total}, contested" if units == 1 else f"{total}, {contested} of {units} contested"
