"""How pictures look: a palette for colour-blind readers, shapes and dashes beside it, fonts, sizes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# vl-convert bundles Liberation Sans (Latin, Cyrillic, arrows); a browser takes what has its metrics.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK = "#1A1A1A"
MUTED = "#595959"
GRID = "#DEDEDE"
BAND = "#E4E4E4"
PAPER = "#FFFFFF"
# Bars that stand for no single party or direction.
NEUTRAL = "#8C8C8C"
WIDTH = 860


@dataclass(frozen=True, slots=True)
class Look:
    """What tells one party or direction from another: colour, dash, shape of the point."""

    colour: str
    dash: tuple[int, ...]
    shape: str


# Okabe and Ito (2008), in an order in which neighbours differ in luminance as well; light ones are
# always drawn with an outline in INK.
LOOKS = (
    Look("#0072B2", (), "circle"),
    Look("#E69F00", (7, 3), "square"),
    Look("#000000", (2, 2), "triangle-up"),
    Look("#56B4E9", (9, 3, 2, 3), "triangle-down"),
    Look("#D55E00", (4, 4), "triangle-right"),
    Look("#F0E442", (1, 3), "triangle-left"),
    Look("#009E73", (12, 3), "circle"),
)

# Paths of symbols that Vega-Lite has not, in the square from -1 to 1.
UP = "M0,0L0,-1M-0.22,-0.72L0,-1L0.22,-0.72"
RIGHT = "M-0.6,-0.7L0.6,0L-0.6,0.7"
LEFT = "M0.6,-0.7L-0.6,0L0.6,0.7"
CROSS = "M-0.7,-0.7L0.7,0.7M-0.7,0.7L0.7,-0.7"


def looks(keys: Iterable[str]) -> dict[str, Look]:
    """Return a look for each key (IRIs), the same ones for the same keys in any order."""
    return {key: LOOKS[place % len(LOOKS)] for place, key in enumerate(sorted(set(keys)))}


def settings() -> dict[str, Any]:
    """Return the ``config`` of a picture. Marks carry no labels for screen readers: the picture does."""
    axis = {
        "labelFont": FONT, "titleFont": FONT, "labelFontSize": 11, "titleFontSize": 11, "labelColor": MUTED,
        "titleColor": MUTED, "titleFontWeight": "normal", "gridColor": GRID, "domainColor": INK,
        "tickColor": INK, "domain": False, "ticks": False, "labelPadding": 5,
    }  # fmt: skip
    return {
        "aria": False, "background": PAPER, "font": FONT, "padding": 18, "axis": axis,
        "view": {"stroke": None}, "text": {"font": FONT, "color": INK, "fontSize": 12},
        "concat": {"spacing": 22},
    }  # fmt: skip
