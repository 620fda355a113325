"""The picture of totals as they grow: steps, bands, arrows, contested points, text alternative."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.plot import examples
from tests.plot.reading import drawn

from repatria.assess.results import Interval
from repatria.plot.drawing import Scope
from repatria.plot.steps import course
from repatria.plot.timeline import timeline_chart


def test_a_mark_for_each_dated_exchange() -> None:
    picture = drawn(timeline_chart(examples.few()))
    assert (picture.count("claimed-0"), picture.count("contested-0")) == (4, 1)
    assert (picture.count("claimed-1"), picture.count("contested-1")) == (2, 1)
    assert (picture.count("lowest-"), picture.count("unbounded-")) == (2, 0)
    assert picture.count("band-") == 2


def test_lines_are_told_apart_without_colour() -> None:
    picture = drawn(timeline_chart(examples.few()))
    assert picture.dashes("lowest-0") != picture.dashes("lowest-1")
    outlines = [{mark.get("d") for mark in picture.marks(f"end-{n}")} for n in (0, 1)]
    assert outlines[0].isdisjoint(outlines[1])
    assert picture.texts("party-") == ["Exampleland → Samplestan", "Samplestan → Exampleland"]
    assert picture.texts("total-") == ["5,203–5,218", "72–77"]


def test_steps_are_labelled() -> None:
    picture = drawn(timeline_chart(examples.few()))
    assert "+1,003" in picture.texts("step-0")
    assert "+1,000–1,003 contested" in picture.texts("step-0")
    assert picture.texts("measure") == ["Parcels handed over, as claimed"]


def test_no_band_where_all_numbers_and_days_are_exact() -> None:
    exact = [examples.row([examples.unit(examples.DAY, 19, 19)])]
    picture = drawn(timeline_chart(exact))
    assert (picture.count("band-"), picture.count("lowest-")) == (0, 1)


def test_no_upper_bound_is_an_arrow_and_no_number() -> None:
    drawing = timeline_chart(examples.unbounded())
    picture = drawn(drawing)
    assert picture.count("unbounded-0") >= 5
    assert picture.count("unbounded-1") == 0
    assert picture.texts("total-0") == ["350 or more"]
    assert "there is no upper bound from 9 May 2025 on" in drawing.description
    assert "no upper bound" in picture.texts("keytext")


def test_many_exchanges_and_measures() -> None:
    tally = examples.many()
    picture = drawn(timeline_chart(tally))
    units = [unit for row in tally for unit in row.units]
    contested = sum(unit.contested for unit in units)
    assert len(units) == 240
    assert picture.count("contested-") == contested > 10
    assert picture.count("claimed-") == 240 - contested
    assert len(picture.texts("measure")) == 2
    assert picture.texts("step-") == []


def test_text_and_table_hold_the_same_numbers() -> None:
    drawing = timeline_chart(
        examples.few(), Scope(as_of=dt.date(2025, 12, 31), undated=1, left_out=2, problems=3)
    )
    assert (
        "by 19 December 2025 the claims add up to 5,203 to 5,218, from 5 exchanges, 1 of them"
        in drawing.description
    )
    assert (
        "Not drawn, for want of any date: Samplestan → Exampleland, parcels handed over: 40 to 45."
        in drawing.notes
    )
    assert "As known on 31 December 2025, by date of publication and later correction." in drawing.notes
    for start in (
        "Left out for want of a date of publication: 1 count.",
        "Not added: 2 numbers",
        "Not assessed",
    ):
        assert any(note.startswith(start) for note in drawing.notes)
    assert any("no totals of what happened" in note for note in drawing.notes)
    assert len(drawing.rows) == 9
    assert all(len(row) == len(drawing.columns) for row in drawing.rows)
    cells = ("Exchange of 19 December 2025", "19 December 2025", "26–31", "contested", "72–77")
    assert ("parcels handed over", "Samplestan → Exampleland", *cells) in drawing.rows


def test_nothing_to_draw_is_said() -> None:
    drawing = timeline_chart([])
    assert drawing.subtitle == "No dated claim of this kind is in the graph."
    assert drawn(drawing).count("lowest-") == 0


def test_the_band_opens_on_the_first_day_and_closes_on_the_last() -> None:
    june = examples.unit(dt.date(2025, 6, 7), 10, 12, last=dt.date(2025, 6, 30))
    grown = course([june, examples.unit(dt.date(2025, 6, 10), 5, 5)])
    assert [(level.day.day, level.total) for level in grown.levels] == [
        (7, Interval(0, 12)),
        (10, Interval(5, 17)),
        (30, Interval(15, 17)),
    ]
    assert [stand.total for stand in grown.stands] == [Interval(5, 17), Interval(15, 17)]


def test_an_open_bound_stays_open_and_undated_exchanges_are_apart() -> None:
    grown = course([u for row in examples.unbounded() for u in row.units] + [examples.unit(None, 1, 1)])
    assert grown.open_from == dt.date(2025, 5, 9)
    assert grown.levels[-1].total == Interval(590, None)
    assert len(grown.undated) == 1


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_exchanges_does_not_matter(order: int) -> None:
    units = examples.many()[0].units
    assert course(units[::order]) == course(sorted(units, key=lambda unit: unit.referent.label))
