"""Layers of marks with names of their own: the pieces that pictures are put together from.

``y`` is in pixels from the top of a panel; ``x`` in the unit of its axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from repatria.plot.style import INK, LEFT, MUTED, RIGHT

if TYPE_CHECKING:
    import altair as alt

    Chart: TypeAlias = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart

Rows = Sequence[dict[str, Any]]


class Panel:
    """A plane of so many pixels on which layers are laid; ``x`` is its horizontal axis and scale."""

    def __init__(self, name: str, width: int, height: float, x: dict[str, Any]) -> None:
        self.name = name
        self.width = width
        self.height = height
        self.x = x
        self.layers: list[alt.Chart] = []

    def _add(self, mark: str, name: str, rows: Rows, encodings: dict[str, Any], **options: Any) -> None:
        import altair as alt

        if not rows:
            return
        chart = alt.Chart(alt.InlineData(values=list(rows)), name=f"{name}-{self.name}")
        self.layers.append(getattr(chart, f"mark_{mark}")(**options).encode(**encodings))

    def _x(self, field: str = "x") -> Any:
        import altair as alt

        return alt.X(field, **self.x)

    def _place(self, at: float | None) -> Any:
        import altair as alt

        return self._x() if at is None else alt.value(at)

    def _y(self, field: str = "y") -> Any:
        import altair as alt

        scale = alt.Scale(domain=[0, self.height], range=[0, self.height], nice=False, zero=False)
        return alt.Y(field, type="quantitative", scale=scale, axis=None)

    def bars(self, name: str, rows: Rows, **options: Any) -> None:
        """Rectangles from ``x`` to ``x2`` and ``y`` to ``y2``."""
        encodings = {"x": self._x(), "x2": "x2", "y": self._y(), "y2": "y2"}
        self._add("rect", name, rows, encodings, **options)

    def spans(self, name: str, rows: Rows, **options: Any) -> None:
        """Horizontal lines from ``x`` to ``x2``."""
        encodings = {"x": self._x(), "x2": "x2", "y": self._y()}
        self._add("rule", name, rows, encodings, **{"color": INK, **options})

    def posts(self, name: str, rows: Rows, **options: Any) -> None:
        """Vertical lines from ``y`` to ``y2``."""
        encodings = {"x": self._x(), "y": self._y(), "y2": "y2"}
        self._add("rule", name, rows, encodings, **{"color": INK, **options})

    def steps(self, name: str, rows: Rows, *, area: bool = False, **options: Any) -> None:
        """A line of steps through ``x``, ``y``, or with ``area`` the plane between it and ``y2``."""
        encodings = {"x": self._x(), "y": self._y(), **({"y2": "y2"} if area else {})}
        self._add("area" if area else "line", name, rows, encodings, interpolate="step-after", **options)

    def points(
        self, name: str, rows: Rows, shape: str, size: int = 70, at: float | None = None, **options: Any
    ) -> None:
        """Symbols at ``x``, ``y``, or at so many pixels from the left of the panel."""
        given = {"shape": shape, "size": size, "stroke": INK, "strokeWidth": 1, "opacity": 1, **options}
        self._add("point", name, rows, {"x": self._place(at), "y": self._y()}, **given)

    def arrows(self, name: str, rows: Rows, *, left: bool = False) -> None:
        """Heads of arrows: there is no bound on this side."""
        shape = LEFT if left else RIGHT
        self.points(name, rows, shape, 60, strokeWidth=1.8, fill="transparent", strokeJoin="miter")

    def texts(self, name: str, rows: Rows, at: float | None = None, **options: Any) -> None:
        """Texts ``text`` at ``x``, ``y``, or at so many pixels from the left of the panel."""
        import altair as alt

        encodings = {"x": self._place(at), "y": self._y(), "text": alt.Text("text", type="nominal")}
        self._add("text", name, rows, encodings, **{"align": "left", "baseline": "middle", **options})

    def heading(self, name: str, lines: Sequence[str], at: float, y: float, **options: Any) -> None:
        """Lines of text at so many pixels from the left, the last one at ``y``."""
        rows = [{"y": y - 15 * (len(lines) - 1 - n), "text": line} for n, line in enumerate(lines)]
        self.texts(name, rows, at=at, **{"fontWeight": "bold", **options})

    def chart(self) -> Chart:
        """Return the layers, the first one lowest."""
        import altair as alt

        laid: alt.LayerChart = alt.LayerChart(layer=self.layers, width=self.width, height=self.height)
        return laid


def number_scale(low: float, high: float) -> dict[str, Any]:
    """Return a horizontal scale of numbers; its ticks are drawn as marks."""
    import altair as alt

    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    return {"type": "quantitative", "scale": scale, "axis": None}


MUTED_TEXT: dict[str, Any] = {"color": MUTED, "fontSize": 11}
