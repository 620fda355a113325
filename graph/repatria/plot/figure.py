"""A figure from its panels: title above; key and caption below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from repatria.plot.marks import MUTED_TEXT, Panel, number_scale
from repatria.plot.style import BAND, CROSS, INK, NEUTRAL, PAPER, UP, WIDTH, Look, settings
from repatria.plot.words import wrapped

if TYPE_CHECKING:
    from repatria.plot.marks import Chart

_LINE = 20
_SYMBOL = 34
# Width of a letter of the caption's size, a little generous; labels are measured by letters.
LETTER = 5.8


@dataclass(frozen=True, slots=True)
class Sign:
    """One entry of a key: what stands for ``text``."""

    text: str
    kind: Literal["point", "bar", "extent", "band", "arrow", "rising", "cross", "allowed"]
    look: Look | None = None
    shape: str = "circle"
    hollow: bool = False


def figure(
    title: str,
    subtitle: str,
    panels: Sequence[Chart],
    signs: Sequence[Sign],
    notes: Sequence[str],
    margin: int = 0,
) -> Chart:
    """Return panels below each other with title, key and caption.

    ``margin`` is how far labels reach to the left of the panels, in pixels.
    """
    import altair as alt

    below = ([_key(signs, -margin)] if signs else []) + [_caption(notes, -margin)]
    head = alt.Title(
        wrapped(title, 88), subtitle=wrapped(subtitle, 120, 3) if subtitle else [], anchor="start", offset=14,
        fontSize=17, fontWeight="bold", color=INK, subtitleFontSize=12, subtitleColor=MUTED_TEXT["color"],
        subtitlePadding=5,
    )  # fmt: skip
    whole = alt.vconcat(*panels, *below, title=head)
    finished: alt.VConcatChart = whole.configure(**settings())
    return finished


def _key(signs: Sequence[Sign], begin: float) -> Chart:
    places: list[tuple[float, float]] = []
    left, top = begin, 10.0
    for sign in signs:
        width = _SYMBOL + len(sign.text) * LETTER + 14
        if left > begin and left + width > begin + WIDTH:
            left, top = begin, top + _LINE
        places.append((left, top))
        left += width
    width = int(WIDTH + begin)
    panel = Panel("key", width, top + 10, number_scale(0, width))
    for number, (sign, place) in enumerate(zip(signs, places, strict=True)):
        _sign(panel, f"key{number}", sign, *place)
    told = [{"x": x + _SYMBOL, "y": y, "text": s.text} for s, (x, y) in zip(signs, places, strict=True)]
    panel.texts("keytext", told, **MUTED_TEXT)
    return panel.chart()


def _sign(panel: Panel, name: str, sign: Sign, x: float, y: float) -> None:
    colour = sign.look.colour if sign.look else NEUTRAL if sign.kind == "bar" else INK
    box = [{"x": x, "x2": x + 26, "y": y - 5, "y2": y + 5}]
    if sign.kind == "band":
        panel.bars(name, box, fill=BAND)
        panel.spans(name + "edge", [{"x": x, "x2": x + 26, "y": y - 5}], strokeWidth=0.8)
    elif sign.kind in ("bar", "extent"):
        panel.bars(name, box, fill=colour if sign.kind == "bar" else PAPER, stroke=INK, strokeWidth=1)
    elif sign.kind == "arrow":
        panel.spans(name, [{"x": x, "x2": x + 22, "y": y}], strokeWidth=1.5)
        panel.arrows(name + "head", [{"x": x + 20, "y": y}])
    elif sign.kind == "rising":
        panel.points(name, [{"x": x + 13, "y": y + 8}], UP, 32**2, strokeWidth=1.3, fill="transparent")
    elif sign.kind == "allowed":
        panel.bars(name, box, fill=BAND)
        edges = [{"x": at, "y": y - 8, "y2": y + 8} for at in (x, x + 26)]
        panel.posts(name + "edge", edges, strokeWidth=1, strokeDash=[3, 2])
    elif sign.kind == "cross":
        panel.points(name, [{"x": x + 13, "y": y}], CROSS, 80, strokeWidth=2.2, fill="transparent")
    else:
        fill = PAPER if sign.hollow else colour
        panel.points(name, [{"x": x + 13, "y": y}], sign.shape, 80, fill=fill, strokeWidth=1.4)


def _caption(notes: Sequence[str], begin: float) -> Chart:
    lines = [line for note in notes for line in wrapped(note, int(WIDTH / 5.4), 9)]
    width = int(WIDTH + begin)
    panel = Panel("caption", width, 16 * len(lines) + 4, number_scale(0, width))
    rows = [{"x": begin, "y": 8 + 16 * n, "text": line} for n, line in enumerate(lines)]
    panel.texts("note", rows, **MUTED_TEXT)
    return panel.chart()
