"""Colours that differ in grey, axes with round numbers, labels that do not cover each other."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from repatria.plot.labels import Box, free, spread
from repatria.plot.scales import around, day_ticks, ticks
from repatria.plot.style import BAND, INK, LOOKS, MUTED, NEUTRAL, PAPER, looks

OKABE_ITO = {"#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7"}


def luminance(colour: str) -> float:
    """The relative luminance of a colour, as of WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, as of WCAG 2.2."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_the_palette_is_that_of_okabe_and_ito() -> None:
    assert {look.colour for look in LOOKS} <= OKABE_ITO
    assert len({look.colour for look in LOOKS}) == len(LOOKS) == 7


def test_neighbours_differ_in_grey() -> None:
    for first, second in pairwise(LOOKS):
        assert contrast(first.colour, second.colour) >= 1.5
    assert contrast(LOOKS[0].colour, LOOKS[1].colour) >= 2


def test_no_two_looks_share_dash_and_shape() -> None:
    assert len({(look.dash, look.shape) for look in LOOKS}) == len(LOOKS)
    assert len({look.dash for look in LOOKS}) == len(LOOKS)
    assert len({look.shape for look in LOOKS[:6]}) == 6


def test_text_and_outlines_stand_out() -> None:
    assert contrast(INK, PAPER) >= 7
    assert contrast(MUTED, PAPER) >= 7
    assert contrast(MUTED, BAND) >= 4.5
    assert contrast(NEUTRAL, PAPER) >= 3
    assert contrast(INK, NEUTRAL) >= 3
    assert all(contrast(INK, look.colour) >= 3 or contrast(look.colour, PAPER) >= 3 for look in LOOKS)


def test_looks_do_not_depend_on_order() -> None:
    assert looks(["b", "a", "b"]) == looks(["a", "b"]) == {"a": LOOKS[0], "b": LOOKS[1]}
    assert len(looks(map(str, range(20)))) == 20


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 5218, [0, 1000, 2000, 3000, 4000, 5000]),
        (0, 4, [0, 1, 2, 3, 4]),
        (998, 1005, [998, 1000, 1002, 1004]),
        (19, 19, [19]),
        (0, 0, [0]),
    ],
)
def test_ticks(low: int, high: int, expected: list[int]) -> None:
    assert ticks(low, high) == expected


@pytest.mark.parametrize("high", [1, 7, 26, 99, 1003, 60_000, 10**9, 10**18])
def test_ticks_are_few_round_and_within(high: int) -> None:
    found = ticks(0, high)
    assert 2 <= len(found) <= 6
    assert found[0] == 0
    assert found[-1] <= high
    step = str(found[1])
    assert step.rstrip("0") in ("1", "2", "5")


def test_room_about_numbers() -> None:
    assert around([19]) == (17, 21)
    assert around([0, 1]) == (0, 3)
    assert around([900, 1100]) == (875, 1125)
    assert around([]) == (0, 2)


@pytest.mark.parametrize(
    ("first", "last", "count", "format_"),
    [
        (dt.date(2025, 7, 17), dt.date(2025, 7, 20), 4, "%-d %b %Y"),
        (dt.date(2025, 6, 1), dt.date(2025, 7, 10), 6, "%-d %b %Y"),
        (dt.date(2025, 6, 7), dt.date(2025, 12, 19), 6, "%b %Y"),
        (dt.date(2022, 9, 1), dt.date(2025, 9, 1), 6, "%b %Y"),
        (dt.date(2000, 1, 1), dt.date(2025, 1, 1), 9, "%Y"),
    ],
)
def test_day_ticks(first: dt.date, last: dt.date, count: int, format_: str) -> None:
    found, told = day_ticks(first, last)
    assert (len(found), told) == (count, format_)
    assert all(first <= date <= last for date in found)


def test_labels_are_spread() -> None:
    places = spread([10, 12, 290], [30, 30, 30], 0, 300)
    assert places == [15, 45, 285]
    assert all(second - first >= 30 for first, second in pairwise(sorted(places)))
    assert spread([290, 295], [30, 30], 0, 300) == [255, 285]


def test_a_label_takes_the_first_free_place() -> None:
    within, taken = Box(0, 0, 100, 100), [Box(0, 0, 50, 20)]
    candidates = [Box(10, 10, 60, 30), Box(90, 0, 140, 20), Box(10, 30, 60, 50)]
    assert free(candidates, taken, within) == candidates[2]
    assert free(candidates, taken, within) is None
    assert len(taken) == 2
