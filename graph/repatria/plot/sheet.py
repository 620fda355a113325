"""The plane of a comparison: groups below each other, each with a scale of its own, a row for each statement.

One set of layers serves all groups, so that a picture of many of them is drawn as fast as one of few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from repatria.assess.results import Assessment, Interval
from repatria.plot.marks import MUTED_TEXT, Panel, number_scale
from repatria.plot.scales import around, ticks
from repatria.plot.statements import Said, allowed_told, kind_told, said_in, status_told
from repatria.plot.style import BAND, CROSS, GRID, PAPER, Look
from repatria.plot.words import wrapped

if TYPE_CHECKING:
    from repatria.plot.marks import Chart

MARGIN = 224
NOBODY = Look("#7F7F7F", (), "cross")
_NARRATOR = Look(PAPER, (), "circle")
_WIDTH, _LINE, _PAD, _GAP = 300, 14, 10, 26
_LEFT, _RIGHT, _SYMBOL = -MARGIN, _WIDTH + 16, 7 - MARGIN
Rows = list[dict[str, Any]]


def voice_of(said: Said) -> str:
    """Return what rows drawn with the same marks have in common: denial, narrator, a side, nobody."""
    if not said.polarity:
        return "denial"
    return "narrator" if said.narrator else said.side.iri if said.side else "nobody"


class Sheet:
    """Collects the marks of all groups by their kind, then lays them as layers."""

    def __init__(self, groups: Sequence[Assessment], styles: dict[str, Look]) -> None:
        self.styles = styles
        self.rows: defaultdict[str, Rows] = defaultdict(list)
        self.voices: dict[str, str] = {}
        y = 0.0
        for group in groups:
            y = self._group(group, y) + _GAP
        self.panel = Panel("compare", _WIDTH, y - _GAP, number_scale(0, _WIDTH))

    def _group(self, group: Assessment, top: float) -> float:
        """Add a group from ``top`` downwards; return where it ends."""
        said = said_in(group)[0]
        y = self._head(group, top)
        bounds = [bound for row in said for bound in (row.interval.low, row.interval.high)]
        scale = Scale(*around(bound for bound in bounds if bound is not None))
        heights = [_LINE * row.lines + _PAD for row in said]
        end = y + sum(heights) + 6
        self._ticks(scale, y, end)
        if group.consensus:
            self._consensus(scale, group.consensus, y, end)
        y += 3
        for row, height in zip(said, heights, strict=True):
            self._marks(scale, row, y + height / 2)
            self._texts(row, y + height / 2)
            y += height
        return end

    def _head(self, group: Assessment, top: float) -> float:
        self.rows["referent"].append({"y": top + 8, "text": group.referent.label})
        contested = group.status == "contested"
        if contested:
            self.rows["contested"].append({"y": top + 8})
        status = {"y": top + 8, "text": status_told(group)}
        self.rows["status-contested" if contested else "status"].append(status)
        self.rows["allowed"].append({"y": top + 25, "text": allowed_told(group)})
        lines = wrapped(kind_told(group), 84, 3)
        self.rows["kind"] += [{"y": top + 25 + _LINE * n, "text": line} for n, line in enumerate(lines)]
        return top + 25 + _LINE * len(lines) + 21

    def _ticks(self, scale: Scale, y: float, end: float) -> None:
        for number in ticks(scale.low, scale.high, 5):
            self.rows["grid"].append({"x": scale(number), "y": y, "y2": end})
            self.rows["tick"].append({"x": scale(number), "y": y - 10, "text": f"{number:,}"})

    def _consensus(self, scale: Scale, consensus: Interval, y: float, end: float) -> None:
        left, right = scale(consensus.low), scale(consensus.high)
        self.rows["consensus"].append({"x": left, "x2": right, "y": y, "y2": end})
        edges = {left} if consensus.high is None else {left, right}
        self.rows["edge"] += [{"x": x, "y": y, "y2": end} for x in sorted(edges)]

    def _marks(self, scale: Scale, said: Said, y: float) -> None:
        voice = voice_of(said)
        mark = f"-{self.voices.setdefault(voice, str(len(self.voices)))}"
        low, high = scale(said.interval.low), scale(said.interval.high)
        self.rows["sign" + mark].append({"y": y})
        if said.interval.low == said.interval.high:
            self.rows["exact" + mark].append({"x": low, "y": y})
            return
        self.rows["range" + mark].append({"x": low, "x2": high, "y": y})
        ends = [low] if said.interval.high is None else [low, high]
        self.rows["end"] += [{"x": x, "y": y - 5, "y2": y + 5} for x in ends]
        if said.interval.high is None:
            self.rows["unbounded"].append({"x": high + 5, "y": y})
            self.rows["tail"].append({"x": high, "x2": high + 7, "y": y})

    def _texts(self, said: Said, y: float) -> None:
        for names, texts in ((("who", "voice"), said.left), (("told", "how"), said.right)):
            top = y - _LINE / 2 * (sum(map(len, texts)) - 1)
            for name, lines in zip(names, texts, strict=True):
                self.rows[name] += [{"y": top + _LINE * n, "text": line} for n, line in enumerate(lines)]
                top += _LINE * len(lines)

    def chart(self) -> Chart:
        """Return the finished plane, bands and grids lowest."""
        panel, rows = self.panel, self.rows
        panel.bars("consensus", rows["consensus"], fill=BAND)
        panel.posts("grid", rows["grid"], color=GRID)
        panel.posts("edge", rows["edge"], strokeWidth=1, strokeDash=[3, 2])
        panel.texts("tick", rows["tick"], **{**MUTED_TEXT, "align": "center"})
        for voice, number in self.voices.items():
            self._voice(voice, f"-{number}")
        panel.posts("end", rows["end"], strokeWidth=1.6)
        panel.spans("tail", rows["tail"], strokeWidth=1.6)
        panel.arrows("unbounded", rows["unbounded"])
        panel.points(
            "contested", rows["contested"], "diamond", 110, at=_RIGHT + 6, fill=PAPER, strokeWidth=1.6
        )
        self._lettering()
        return panel.chart()

    def _voice(self, voice: str, mark: str) -> None:
        look = _NARRATOR if voice == "narrator" else self.styles.get(voice, NOBODY)
        wide, dashed = self.rows["range" + mark], voice in ("denial", "narrator")
        self.panel.spans("range" + mark, wide, strokeWidth=1.6 if dashed else 5.5, strokeDash=[4, 3] * dashed)
        if not dashed:
            self.panel.spans("fill" + mark, wide, strokeWidth=3.5, color=look.colour)
        for name, at in (("exact", None), ("sign", _SYMBOL)):
            rows = self.rows[name + mark]
            if voice == "denial":
                name = "denied" if name == "exact" else name
                self.panel.points(name + mark, rows, CROSS, 90, at=at, strokeWidth=2.2, fill="transparent")
            else:
                self.panel.points(name + mark, rows, look.shape, 80, at=at, fill=look.colour, strokeWidth=1.4)

    def _lettering(self) -> None:
        panel, rows = self.panel, self.rows
        panel.texts("referent", rows["referent"], at=_LEFT, fontWeight="bold", fontSize=13, limit=525)
        panel.texts("kind", rows["kind"], at=_LEFT, limit=525, **MUTED_TEXT)
        panel.texts("status", rows["status"], at=_RIGHT, fontWeight="bold")
        panel.texts("status-contested", rows["status-contested"], at=_RIGHT + 18, fontWeight="bold")
        panel.texts("allowed", rows["allowed"], at=_RIGHT, **MUTED_TEXT)
        panel.texts("who", rows["who"], at=_LEFT + 20)
        panel.texts("voice", rows["voice"], at=_LEFT + 20, **MUTED_TEXT)
        panel.texts("told", rows["told"], at=_RIGHT)
        panel.texts("how", rows["how"], at=_RIGHT, **MUTED_TEXT)


class Scale:
    """Where numbers from ``low`` to ``high`` stand on a line; without bound at its right end."""

    def __init__(self, low: int, high: int) -> None:
        self.low = low
        self.high = high

    def __call__(self, number: int | None) -> float:
        if number is None:
            return float(_WIDTH)
        return round(_WIDTH * (number - self.low) / (self.high - self.low), 2)
