"""The picture of claims: a row for each statement, bands, arrows, denials, narrators."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.plot import examples
from tests.plot.reading import drawn

from repatria.assess.results import Interval
from repatria.plot.compare import GROUPS, compare_chart
from repatria.plot.statements import MOST


def test_a_row_for_each_statement() -> None:
    picture = drawn(compare_chart(examples.compared()))
    assert picture.count("sign-") == 9
    assert picture.count("exact-") == 3
    assert picture.count("denied-") == 1
    assert picture.count("range-") == 5
    assert picture.count("unbounded") == 2
    assert picture.texts("who").count("Ministry of Examples") == 3
    assert "1,001 or more “more than 1,000”" in picture.texts("told")
    assert "denied: 1,003" in picture.texts("told")


def test_voices_are_told_apart_without_colour() -> None:
    picture = drawn(compare_chart(examples.compared()))
    shapes = {(mark.get("d"), mark.get("fill") == "#FFFFFF") for mark in picture.marks("sign-")}
    assert len(shapes) == 5, "two sides, no party, narrator, denial"
    assert picture.dashes("range-0") == {""}
    assert {"4,3"} == picture.dashes("range-3"), "the narrator's own voice"
    assert "narrator’s own voice" in picture.texts("voice")
    assert {"for Exampleland", "for Samplestan"} <= set(picture.texts("voice"))


def test_status_and_what_all_claims_allow() -> None:
    picture = drawn(compare_chart(examples.compared()))
    assert picture.texts("status-contested") == ["contested"]
    assert picture.texts("status-compare") == ["corroborated by opposing sides", "on one word only"]
    assert picture.count("contested") == 1
    assert picture.texts("allowed") == [
        "no number fits all claims",
        "all claims allow 1,200",
        "all claims allow 19–26",
    ]
    assert picture.count("consensus") == 2
    assert picture.count("edge") == 3, "one line for an exact number, two for a range"


def test_other_statuses() -> None:
    contested, corroborated, _ = examples.compared()
    groups = [
        replace(contested, within_rounding=True, count_disputed_by=("x",)),
        replace(corroborated, independence="unaffiliated", composition_disputed_by=("x",)),
        replace(corroborated, status="repeated", claimed=None, consensus=None),
    ]
    picture = drawn(compare_chart(groups))
    assert picture.texts("status-contested") == ["contested, within rounding"]
    assert picture.texts("status-compare") == [
        "corroborated by somebody unaffiliated",
        "repeated, not corroborated",
    ]
    assert picture.texts("allowed") == [
        "no number fits all claims, number disputed",
        "all claims allow 1,200, composition disputed",
        "no number is affirmed",
    ]


def test_groups_of_an_exchange_stand_together() -> None:
    contested, corroborated, alone = examples.compared()
    picture = drawn(compare_chart([corroborated, contested, alone]))
    dates = ["Exchange of 7 June 2025", "Exchange of 7 June 2025", "Exchange of 19 August 2025"]
    assert picture.texts("referent") == dates


def test_what_is_counted_is_told() -> None:
    group = examples.compared()[0]
    plan, bodies = examples.thing("modality", "plan"), examples.thing("population", "long letters")
    changed = replace(group, modality=plan, population=bodies, from_=None, to=None)
    assert drawn(compare_chart([changed])).texts("kind") == [
        "parcels handed over · single event · plan · population: long letters"
    ]


def test_text_and_table_hold_the_same_numbers() -> None:
    drawing = compare_chart(examples.compared())
    assert (
        "Sample Office (for Samplestan): denied: 1,003, deny, Sample Courier, 17 July 2025"
        in drawing.description
    )
    assert "Example Watch: 1,000 or more “at least 1,000”, state, Example Gazette." in drawing.description
    assert len(drawing.rows) == 9
    assert all(len(row) == len(drawing.columns) for row in drawing.rows)
    assert [row[-1] for row in drawing.rows].count("no bound") == 2
    assert any("need not start at zero" in note for note in drawing.notes)


def test_long_cyrillic_labels_are_broken_into_lines() -> None:
    picture = drawn(compare_chart(examples.cyrillic_compared()))
    assert picture.texts("who")[:2] == ["Координационный комитет по", "делам образцов при …"]
    assert "1,000–1,100 “от тысячи до тысячи ста посылок”" in picture.texts("told")


def test_very_many_statements_are_drawn_by_interval() -> None:
    statements = [examples.statement(examples.OFFICE, n % 50, n % 50) for n in range(200)]
    drawing = compare_chart([examples.group(examples.exchange(examples.DAY), statements, "contested")])
    assert drawn(drawing).count("sign-") == MOST
    assert drawn(drawing).texts("voice")[0] == "and 3 more statements"
    assert any(note.endswith(f"very many: {200 - 4 * MOST} statements.") for note in drawing.notes)


def test_very_many_groups_are_not_all_drawn() -> None:
    days = [dt.date(2024, 1, 1) + dt.timedelta(n) for n in range(GROUPS + 3)]
    one = [examples.statement(examples.OFFICE, 5, 5)]
    groups = [examples.group(examples.exchange(day), one, consensus=Interval(5, 5)) for day in days]
    drawing = compare_chart(groups)
    assert drawn(drawing).count("referent") == GROUPS
    assert any(note.startswith("Not drawn: 3 more groups") for note in drawing.notes)


def test_nothing_to_draw_is_said() -> None:
    drawing = compare_chart([])
    assert drawing.subtitle.startswith("No comparable numbers")
    assert drawn(drawing).count("sign-") == 0
