"""The oracle itself: sums, totals without counting twice, and commitments."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assess.counted import Count, Ends, Period, Referent
from tests.assess.oracle import consensus
from tests.assess.saying import MINISTRY, OFFICE, WATCH, say
from tests.assess.strategies import intervals
from tests.assess.totals import (
    Amount,
    added,
    amount,
    apart,
    fulfilment,
    inside,
    met,
    must_hold,
    must_meet,
    nested,
    tally,
    units,
)
from tests.assess.worlds import EXAMPLELAND, SAMPLESTAN

THERE, BACK = (EXAMPLELAND, SAMPLESTAN), (SAMPLESTAN, EXAMPLELAND)
REFERENTS = {
    item.iri: item
    for item in (
        Referent("all"),
        Referent("june", "all", frozenset({"accord"})),
        Referent("june 1", "june"),
        Referent("june 2", "june"),
        Referent("july", "all", frozenset({"accord"})),
        Referent("august", "all"),
    )
}


def day(month: int, number: int = 1) -> dt.date:
    return dt.date(2025, month, number)


def months(first: int, last: int) -> Period:
    return day(first), day(first), day(last, 28), day(last, 28)


def test_two_directions_meet_their_total() -> None:
    parts = [(1003, 1003), (26, 26)]
    assert must_meet((1029, 1029), parts) == "compatible"
    assert must_meet((1030, 1030), parts) == "contradicts"
    assert must_meet((1030, None), [(1003, 1003), (20, None)]) == "compatible"


def test_some_parts_bound_a_total_from_below_alone() -> None:
    assert must_hold((30, 30), [(19, 19)]) == "compatible"
    assert must_hold((30, 30), [(19, 19), (12, 40)]) == "contradicts"
    assert must_hold((0, None), [(19, 19)]) == "compatible"


@given(st.lists(intervals(), max_size=3))
def test_intervals_add_by_their_ends(parts: list[Ends]) -> None:
    highs = [high for _, high in parts if high is not None]
    assert added(parts) == (sum(low for low, _ in parts), sum(highs) if len(highs) == len(parts) else None)


def test_periods_inside_and_apart() -> None:
    assert inside(months(2, 3), months(1, 4))
    assert not inside(months(1, 4), months(2, 3))
    # "Since the invasion" is the same vague beginning in both.
    vague = (day(2), day(2, 28), day(5), day(5, 31))
    assert inside((day(2), day(2, 28), day(3), day(3, 31)), vague)
    assert not inside((day(2, 10), day(2, 10), day(3), day(3, 31)), vague)
    assert apart(months(1, 2), months(3, 4))
    assert not apart(months(1, 3), months(3, 4))


def test_disjoint_periods_fit_into_the_total() -> None:
    parts = [((40, 40), months(1, 2)), ((50, 50), months(3, 4)), ((60, 60), months(2, 3))]
    assert nested((90, 90), months(1, 4), parts) == "compatible"
    assert nested((89, 89), months(1, 4), parts) == "contradicts"
    # The overlapping one is never added to the others.
    assert nested((90, None), months(1, 4), parts) == "compatible"
    assert nested((59, 59), months(2, 4), parts) == "contradicts"


def test_amount_of_a_group() -> None:
    wide, narrow = say("more than 6,000"), say("6,060", OFFICE)
    assert amount([wide, narrow]) == Amount((6060, 6060), contested=False)
    assert amount([say("19"), say("26", OFFICE)]) == Amount((19, 26), contested=True)
    assert amount([say("19", polarity=False)]) is None


def test_a_stage_within_a_series_is_not_added_again() -> None:
    assert units(dict.fromkeys(["june", "june 1", "july"], Amount((1, 1), False)), REFERENTS) == {
        "june",
        "july",
    }
    assert units(dict.fromkeys(["june 1", "june 2"], Amount((1, 1), False)), REFERENTS) == {
        "june 1",
        "june 2",
    }
    circle = {"a": Referent("a", "b"), "b": Referent("b", "a")}
    assert units(dict.fromkeys(circle, Amount((1, 1), False)), circle) == {"a", "b"}


def counts() -> list[Count]:
    return [
        say("78", referent="june", aggregation="series-total"),
        say("50", referent="june 1"),
        say("around 20", referent="july"),
        say("20", OFFICE, referent="july"),
        say("5", WATCH, referent="august"),
        say("6", OFFICE, referent="august"),
        say("at least 500", referent="all", aggregation="cumulative-total"),
        say("40", referent="july", modality="plan"),
        say("9", referent="july", direction=BACK),
    ]


def test_tally_adds_happenings_and_neither_stages_nor_running_totals_nor_plans() -> None:
    total = tally(counts(), REFERENTS, "remains-transferred", THERE)
    assert total.ends == (78 + 20 + 5, 78 + 20 + 6)
    assert total.units == {"june", "july", "august"}
    assert total.contested == 1
    assert tally(counts(), REFERENTS, "remains-transferred", BACK).ends == (9, 9)
    assert tally(counts(), REFERENTS, "remains-identified", THERE).ends == (0, 0)


def test_fulfilment_on_three_words() -> None:
    agreed = [
        say(words, referent="accord", aggregation="agreed-total", modality="commitment")
        for words in ("90", "around 100")
    ]
    found = fulfilment([*counts(), *agreed], REFERENTS, "accord")
    assert set(found) == {("remains-transferred", THERE, ends) for ends in ((90, 90), (90, 110))}
    kept = found["remains-transferred", THERE, (90, 90)]
    assert kept.delivered == ((98, 98), "exceeded")
    assert kept.by_deliverer == ((78 + 18, 78 + 22), "exceeded")
    assert kept.by_recipient == ((20, 20), "not-shown-met")
    assert found["remains-transferred", THERE, (90, 110)].delivered == ((98, 98), "met")


@pytest.mark.parametrize(
    ("delivered", "commitment", "status"),
    [
        ((8063, 8063), (6000, 6000), "exceeded"),
        ((8063, 8063), (5500, 6500), "exceeded"),
        ((6000, 6000), (6000, 6000), "met"),
        ((6000, None), (6000, 6000), "met"),
        ((5600, 5600), (5500, 6500), "met"),
        ((123, 123), (6000, 6000), "not-shown-met"),
        ((0, 9000), (6000, 6000), "not-shown-met"),
        ((9000, 9000), (6000, None), "met"),
        ((0, 0), (6000, 6000), "not-shown-met"),
    ],
)
def test_what_a_delivery_shows(delivered: Ends, commitment: Ends, status: str) -> None:
    assert met(delivered, commitment) == status


def test_what_one_side_says_is_added_from_its_own_claims() -> None:
    def spoken(count: Count) -> bool:
        return MINISTRY in count.asserters

    alone = tally(counts(), REFERENTS, "remains-transferred", THERE, spoken)
    assert alone.units == {"june", "july"}
    assert alone.ends == (96, 100)
    july = [count for count in counts() if count.referent == "july" and count.direction == THERE]
    assert consensus([count for count in july if count.modality == "fact" and spoken(count)]) == (18, 22)
