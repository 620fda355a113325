"""The oracle itself, on the rules and the checks of the data model: two counts, and who states them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from tests.assess.counted import END, UNSPECIFIED, Agent, Count, Ends, ends, numbers
from tests.assess.oracle import (
    GRADES,
    comparable,
    corroborates,
    grade,
    grain,
    relation,
    voices,
    within_rounding,
)
from tests.assess.saying import (
    EMBASSY,
    GAZETTE,
    HERALD,
    MINISTER,
    MINISTRY,
    NORTH,
    OFFICE,
    SOUTH,
    WATCH,
    say,
)
from tests.assess.strategies import TOP, intervals
from tests.assess.worlds import AGENTS, EXAMPLELAND, SAMPLESTAN

DAY = dt.date(2025, 11, 1)
PERIOD = (DAY, DAY, DAY, DAY)

# The checks that the page of the data model lists, and the words of its table.
CHECKS = [
    ("around 6,000", "more than 6,000", "compatible", False),
    ("around 6,000", "6,060", "refines", False),
    ("1,000", "1,003", "contradicts", True),
    ("19", "26", "contradicts", False),
]


@pytest.mark.parametrize(("left", "right", "expected", "rounding"), CHECKS)
def test_checks_of_the_model(left: str, right: str, expected: str, rounding: bool) -> None:
    for a, b in ((say(left), say(right)), (say(right), say(left))):
        assert comparable(a, b)
        assert relation(a, b) == expected
        assert within_rounding(a, b) is rounding


def test_numbers_of_two_exchanges_are_never_compared() -> None:
    assert not comparable(say("19"), say("26", referent="another handover"))
    assert not comparable(say("19", referent=None), say("26", referent=None))
    assert comparable(say("19"), say("26"))


@pytest.mark.parametrize(
    "other",
    [
        {"referent": "another handover"},
        {"measure": "remains-identified"},
        {"direction": (SAMPLESTAN, EXAMPLELAND)},
        {"aggregation": "series-total"},
        {"modality": "plan"},
        {"population": "south"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_each_condition_alone_parts_two_counts(other: dict[str, object]) -> None:
    count = say("26", population="north")
    assert comparable(count, say("19", population="north"))
    assert not comparable(count, replace(count, name="other", **other))  # type: ignore[arg-type]


def test_an_unspecified_population_is_compared_with_any() -> None:
    assert comparable(say("26", population="north"), say("26", population=UNSPECIFIED))


@pytest.mark.parametrize(
    ("aggregation", "parted"), [("cumulative-total", True), ("stock", True), ("single-event", False)]
)
def test_periods_part_what_is_counted_over_one(aggregation: str, parted: bool) -> None:
    a, b = say("26", aggregation=aggregation, period=PERIOD), say("26", aggregation=aggregation)
    assert comparable(a, b) is not parted


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("1,003", "exactly 1,003", "agrees"),
        ("at least 1,001", "more than 1,000", "agrees"),
        ("at least 1", "1,003", "refines"),
        ("more than 6,000", "at least 15", "refines"),
        ("up to 40", "at least 40", "compatible"),
        ("fewer than 40", "at least 40", "contradicts"),
        ("nearly 2,000", "2,000", "contradicts"),
        ("dozens", "99", "refines"),
        ("20 to 30", "25 to 35", "compatible"),
    ],
)
def test_relations_in_words(left: str, right: str, expected: str) -> None:
    assert relation(say(left), say(right)) == relation(say(right), say(left)) == expected


@pytest.mark.parametrize(
    ("denied", "affirmed", "expected"),
    [
        ("1,000", "1,000", "contradicts"),
        ("1,000", "around 1,000", "compatible"),
        ("around 1,000", "1,000", "contradicts"),
        ("more than 20", "26", "contradicts"),
        ("more than 20", "at least 20", "compatible"),
        ("1,000", "1,003", "compatible"),
    ],
)
def test_a_denial_contradicts_what_lies_within_it(denied: str, affirmed: str, expected: str) -> None:
    no = say(denied, OFFICE, polarity=False)
    assert relation(no, say(affirmed)) == relation(say(affirmed), no) == expected
    assert not within_rounding(no, say(affirmed))
    assert not corroborates(no, say(affirmed))
    assert not corroborates(say(affirmed), no)


def test_two_denials_do_not_contradict_or_corroborate() -> None:
    a, b = say("19", polarity=False), say("26", OFFICE, polarity=False)
    assert relation(a, b) == "compatible"
    assert not corroborates(a, replace(b, low=19, high=19))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("1,000", "1,100", True),
        ("1,000", "1,101", False),
        ("1,000", "900", True),
        ("6,000", "6,500", True),
        ("6,000", "6,501", False),
        # Grain 10: nothing is rounded, however near.
        ("1,030", "1,031", False),
        ("100", "110", True),
        ("100", "111", False),
        ("1,500", "1,450", True),
        ("1,500", "1,449", False),
        ("more than 1,000", "1,000", True),
        ("0", "1", False),
        ("1,003", "1,003", False),
    ],
)
def test_rounding_of_the_rounder_number(left: str, right: str, expected: bool) -> None:
    assert within_rounding(say(left), say(right)) is within_rounding(say(right), say(left)) is expected


@pytest.mark.parametrize(
    ("number", "expected"), [(0, 1), (7, 1), (10, 10), (1003, 1), (6060, 10), (6000, 1000)]
)
def test_grain(number: int, expected: int) -> None:
    assert grain(number) == expected


@given(intervals(), intervals())
def test_sets_of_numbers_are_the_intervals(a: Ends, b: Ends) -> None:
    listed = [number for number in range(TOP + 2) if numbers(*a) >> number & 1]
    assert listed == [n for n in range(TOP + 2) if n >= a[0] and (a[1] is None or n <= a[1])]
    assert ends(numbers(*a)) == a
    # The rule as the page has it: max(a, c) > min(b, d).
    tops = [END if high is None else high for high in (a[1], b[1])]
    apart = max(a[0], b[0]) > min(tops)
    left, right = (replace(say("0"), low=low, high=high) for low, high in (a, b))
    assert (relation(left, right) == "contradicts") is apart


# ---- Who speaks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (MINISTRY, MINISTRY, "none"),
        (MINISTRY, MINISTER, "same-side"),
        (NORTH, SOUTH, "same-side"),
        (MINISTRY, WATCH, "unaffiliated"),
        (NORTH, WATCH, "unaffiliated"),
        # The embassy of a state that is no party belongs to a side, but to no opposing one.
        (MINISTRY, EMBASSY, "unaffiliated"),
        (MINISTRY, OFFICE, "opposing-sides"),
    ],
)
def test_grades_of_independence(one: Agent, other: Agent, expected: str) -> None:
    a, b = say("26", one), say("26", other)
    assert grade(a, b, voices([a, b])) == grade(b, a, voices([a, b])) == expected


def test_every_grade_is_reached() -> None:
    reached = {grade(a, b, voices([a, b])) for a in _everybody() for b in _everybody()}
    assert reached == set(GRADES)


def _everybody() -> list[Count]:
    return [say("26", agent, narrator=agent in (GAZETTE, HERALD)) for agent in AGENTS.values()]


def test_a_narrator_is_of_unknown_origin_but_known_to_itself() -> None:
    headline, article = (say("26", GAZETTE, narrator=True) for _ in range(2))
    for other in (say("26"), say("26", HERALD, narrator=True), say("26", GAZETTE)):
        expected = "none" if GAZETTE in other.asserters else "unknown"
        assert grade(article, other, voices([article, other])) == expected
    assert grade(headline, article, voices([headline, article])) == "none"


def test_joint_asserters_are_one_voice_and_stay_one() -> None:
    joint = say("26", MINISTRY, WATCH)
    alone, far = say("26", WATCH), say("26", WATCH, OFFICE)
    assert len(voices([joint])) == 1
    assert grade(joint, alone, voices([joint, alone])) == "none"
    # The ministry and the office share no claim, but each one with the watch.
    ministry, office = say("26", MINISTRY), say("26", OFFICE)
    assert grade(ministry, office, voices([ministry, office])) == "opposing-sides"
    assert grade(ministry, office, voices([ministry, office, joint, far])) == "none"


def test_of_joint_asserters_the_nearest_decides() -> None:
    joint, minister, office = say("26", MINISTRY, WATCH), say("26", MINISTER), say("26", OFFICE)
    assert grade(joint, minister, voices([joint, minister])) == "same-side"
    assert grade(joint, office, voices([joint, office])) == "unaffiliated"


def test_the_narrower_corroborates_the_wider_and_never_the_other_way() -> None:
    wide, narrow = say("at least 1"), say("1,003", OFFICE)
    assert corroborates(narrow, wide)
    assert not corroborates(wide, narrow)
    same = say("1,003")
    assert corroborates(narrow, same)
    assert corroborates(same, narrow)
    assert not corroborates(same, replace(same, name="another count of the same claim"))
