"""The pictures of totals: tally by month or another key, and both directions against one another."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.plot import examples
from tests.plot.reading import drawn

from repatria.assess.results import Interval, SideTotal
from repatria.plot.balance import balance_chart
from repatria.plot.style import NEUTRAL
from repatria.plot.tally import tally_chart


def test_a_bar_for_each_month_and_direction() -> None:
    picture = drawn(tally_chart(examples.by_month(), "month"))
    assert picture.texts("name-") == ["June 2025", "July 2025", "August 2025", "October 2025"]
    assert picture.count("lowest-") == 7
    assert picture.count("highest-") == 5
    assert (picture.count("unbounded-"), picture.count("contested-")) == (1, 1)
    assert picture.texts("direction-") == ["Exampleland → Samplestan", "Samplestan → Exampleland"]
    assert "1,100–1,280, contested" in picture.texts("number-")
    assert "1,200 or more" in picture.texts("number-")
    assert picture.colours("lowest-") == {NEUTRAL}


def test_what_each_side_says_stands_below() -> None:
    tally = examples.by_month()
    picture = drawn(tally_chart(tally, "month"))
    assert picture.texts("word-").count("on the word of Exampleland") == 4
    assert picture.texts("word-").count("on the word of others") == 2
    assert picture.count("said-number") == sum(len(row.by_side) for row in tally)
    assert picture.count("said-unbounded") == 1
    assert (
        len({mark.get("d") for name in ("said-0", "said-1", "said-2") for mark in picture.marks(name)}) == 3
    )


def test_by_a_voice_there_is_no_word_below() -> None:
    drawing = tally_chart(examples.by_month(), "asserter")
    assert drawn(drawing).count("said") == 0
    assert drawing.title == "Totals claimed, by asserter"


def test_by_party_what_it_hands_over_and_receives() -> None:
    units = [examples.unit(examples.DAY, 19, 26)]
    base = examples.row(units, key="Exampleland")
    drawing = tally_chart([replace(base, to=None), replace(base, from_=None, key="Samplestan")], "party")
    picture = drawn(drawing)
    assert picture.texts("direction-") == ["Handed over to anybody", "Received from anybody"]
    assert picture.count("lowest-") == 2


def test_more_than_two_directions_are_drawn_below_each_other() -> None:
    third = examples.thing("state", "Thirdland")
    units = [examples.unit(examples.DAY, 5, 5)]
    ways = [
        (examples.EXAMPLELAND, examples.SAMPLESTAN),
        (examples.SAMPLESTAN, third),
        (third, examples.EXAMPLELAND),
    ]
    picture = drawn(tally_chart([examples.row(units, way) for way in ways]))
    assert len(picture.texts("direction-")) == 3
    assert picture.texts("name-") == ["all exchanges", "all exchanges"]


def test_the_tally_is_told_in_words_and_as_a_table() -> None:
    drawing = tally_chart(examples.by_month(), "month")
    assert (
        "October 2025, parcels handed over, Exampleland to Samplestan: 1,200 or more" in drawing.description
    )
    assert (
        "Exampleland to Samplestan: 1,100 to 1,280 in 1 exchange, 1 contested; on the word of Exampleland"
        in (drawing.description)
    )
    assert len(drawing.rows) == 7 + sum(len(row.by_side) for row in examples.by_month())
    assert all(len(row) == len(drawing.columns) for row in drawing.rows)


def test_months_that_are_no_single_ones() -> None:
    units = [examples.unit(examples.DAY, 5, 5)]
    keys = ("2025-06 to 2025-07", "2025-06 to …", "undated")
    picture = drawn(tally_chart([examples.row(units, key=key) for key in keys], "month"))
    assert picture.texts("name-") == ["June 2025 to July 2025", "June 2025 to …", "undated"]


def test_directions_diverge() -> None:
    picture = drawn(balance_chart(examples.few()))
    assert len(picture.texts("name-")) == 6
    assert (picture.count("lowest-0"), picture.count("lowest-1")) == (5, 4)
    assert (picture.count("contested-0"), picture.count("contested-1")) == (1, 1)
    assert picture.texts("missing-0") == ["no number claimed"]
    assert picture.texts("missing-1") == ["no number claimed"] * 2
    assert picture.colours("lowest-0").isdisjoint(picture.colours("lowest-1"))
    assert picture.texts("tick-") == ["1,000", "500", "0", "500", "1,000"]


def test_an_open_bound_diverges_as_an_arrow() -> None:
    picture = drawn(balance_chart(examples.unbounded()))
    assert (picture.count("unbounded-0"), picture.count("unbounded-1")) == (1, 0)
    assert "50 or more" in picture.texts("number-0")


def test_balance_by_month_and_of_many() -> None:
    picture = drawn(balance_chart(examples.by_month(), "month"))
    assert picture.texts("name-") == ["June 2025", "July 2025", "August 2025", "October 2025"]
    assert picture.texts("missing-1") == ["no number claimed"]
    many = drawn(balance_chart(examples.many()))
    assert many.count("lowest-") == 240
    assert len(many.texts("measure-")) == 2


def test_the_balance_is_told_in_words_and_as_a_table() -> None:
    drawing = balance_chart(examples.few())
    expected = (
        "Exchange of 19 August 2025, parcels handed over: Exampleland to Samplestan 1,000 to 1,003 "
        "(contested), Samplestan to Exampleland no number claimed."
    )
    assert expected in drawing.description
    assert len(drawing.rows) == 9
    assert all(len(row) == len(drawing.columns) for row in drawing.rows)
    assert "that is not zero" in drawing.subtitle


def test_nothing_to_draw_is_said() -> None:
    for drawing in (balance_chart([]), tally_chart([])):
        assert drawing.subtitle == "No number of this kind is in the graph."
        assert drawn(drawing).count("lowest-") == 0


def test_huge_and_tiny_numbers() -> None:
    units = [examples.unit(dt.date(2025, 1, 1), 0, 0), examples.unit(dt.date(2025, 2, 1), 10**15, None)]
    sides = [SideTotal(None, 1, Interval(0, None))]
    tally = [examples.row(units, sides=sides)]
    for drawing in (balance_chart(tally), tally_chart(tally)):
        assert drawn(drawing).count("unbounded-") == 1
