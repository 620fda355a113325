"""The oracle itself: groups, their status, and what all of a group say together."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assess.counted import UNSPECIFIED, Agent, Count, Ends
from tests.assess.oracle import Verdict, assess, comparable, consensus, groups, judge, relation
from tests.assess.saying import EMBASSY, GAZETTE, HERALD, MINISTER, MINISTRY, OFFICE, WATCH, say
from tests.assess.strategies import intervals, worlds
from tests.assess.worlds import EXAMPLELAND, SAMPLESTAN, World


def judged(*counts: Count, disputed: str = "") -> Verdict:
    (verdict,) = assess(counts, [disputed])
    return verdict


def test_one_group_for_each_population_with_the_unspecified_in_each() -> None:
    north, south, open_ = (say("26", population=name) for name in ("north", "south", UNSPECIFIED))
    found = {frozenset(count.name for count in group) for group in groups([north, south, open_])}
    assert found == {frozenset({north.name, open_.name}), frozenset({south.name, open_.name})}
    (alone,) = groups([open_])
    assert judge(alone).population == UNSPECIFIED


def test_a_count_without_a_referent_is_in_no_group() -> None:
    assert groups([say("26", referent=None)]) == []


@given(worlds())
def test_groups_are_the_maximal_sets_of_comparable_counts(world: World) -> None:
    counts = world.counts()
    found = [{count.name + count.claim for count in group} for group in groups(counts)]
    # Another way to the same: every subset, kept if comparable throughout and in no larger one.
    placed = [count for count in counts if count.referent]
    sets = [
        {count.name + count.claim for count in chosen}
        for size in range(1, len(placed) + 1)
        for chosen in combinations(placed, size)
        if all(comparable(a, b) for a, b in combinations(chosen, 2))
    ]
    expected = [one for one in sets if not any(one < other for other in sets)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, expected))


@pytest.mark.parametrize(
    ("words", "asserters", "status", "independence"),
    [
        (["26"], [MINISTRY], "uncontested", None),
        (["26", "26"], [MINISTRY, MINISTRY], "repeated", "none"),
        (["26", "26"], [MINISTRY, MINISTER], "repeated", "same-side"),
        (["26", "26"], [MINISTRY, WATCH], "corroborated", "unaffiliated"),
        (["26", "26"], [MINISTRY, OFFICE], "corroborated", "opposing-sides"),
        (["26", "26", "26"], [MINISTRY, MINISTER, OFFICE], "corroborated", "opposing-sides"),
        (["at least 1", "26"], [MINISTRY, OFFICE], "corroborated", "opposing-sides"),
        (["around 6,000", "more than 6,000"], [MINISTRY, OFFICE], "uncontested", None),
        (["26", "27"], [MINISTRY, OFFICE], "contested", None),
        (["26", "26", "27"], [MINISTRY, OFFICE, MINISTER], "contested", "opposing-sides"),
    ],
)
def test_status(words: list[str], asserters: list[Agent], status: str, independence: str | None) -> None:
    verdict = judged(*(say(text, agent) for text, agent in zip(words, asserters, strict=True)))
    assert (verdict.status, verdict.independence) == (status, independence)


def test_ten_outlets_that_repeat_one_announcement_are_one_asserter() -> None:
    outlets = [say("1,003", MINISTRY) for _ in range(10)]
    verdict = judged(*outlets)
    assert (verdict.status, verdict.independence) == ("repeated", "none")
    assert (verdict.claims, verdict.asserters) == (10, 1)


def test_headline_article_and_another_narrator_corroborate_nothing() -> None:
    told = [say("1K", GAZETTE, narrator=True), say("1,003", GAZETTE, narrator=True)]
    assert judged(*told).independence == "none"
    verdict = judged(*told, say("1,003", HERALD, narrator=True), say("1,003", MINISTRY))
    assert (verdict.status, verdict.independence, verdict.asserters) == ("repeated", "unknown", 3)


def test_a_denial_or_a_dispute_makes_a_group_contested() -> None:
    count, denial = say("26"), say("26", OFFICE, polarity=False)
    assert judged(count, denial).status == "contested"
    assert judged(count, say("27", OFFICE, polarity=False)).status == "uncontested"
    assert judged(count, disputed=count.claim).status == "contested"


def test_a_denial_alone_claims_no_number() -> None:
    verdict = judged(say("26", OFFICE, polarity=False))
    assert (verdict.status, verdict.consensus, verdict.claimed) == ("uncontested", None, None)


def test_consensus_claimed_and_flags() -> None:
    verdict = judged(say("around 6,000"), say("more than 6,000", OFFICE))
    assert (verdict.consensus, verdict.claimed) == ((6001, 6500), (5500, None))
    rounded = judged(say("1,000"), say("1,003", OFFICE))
    assert (rounded.consensus, rounded.claimed, rounded.within_rounding) == (None, (1000, 1003), True)
    # One difference that no rounding explains, and the group's is not explained.
    assert not judged(say("1,000"), say("1,003", OFFICE), say("19")).within_rounding


@pytest.mark.parametrize(
    ("words", "depends"),
    [
        (["around 6,000"], True),
        (["around 6,000", "more than 6,000"], True),
        (["around 6,000", "6,060"], False),
        (["around 6,000", "5,500 to 6,500"], False),
        (["at least 5,500", "around 6,000"], True),
        (["6,060", "more than 6,000"], False),
    ],
)
def test_a_group_depends_on_a_tolerance_if_one_of_its_bounds_does(words: list[str], depends: bool) -> None:
    assert judged(*map(say, words)).depends_on_tolerance is depends


def test_a_dispute_of_a_happening_contests_its_facts_and_not_its_plans() -> None:
    count = say("26")
    assert judged(count, disputed="handover").status == "contested"
    assert judged(say("26", modality="plan"), disputed="handover").status == "uncontested"
    rounded = judged(say("1,000"), say("1,003", OFFICE), disputed="handover")
    assert (rounded.status, rounded.within_rounding) == ("contested", False)


def test_sides_are_parties() -> None:
    assert judged(say("26", EMBASSY), say("26", OFFICE), say("26", WATCH, MINISTER)).sides == {
        EXAMPLELAND,
        SAMPLESTAN,
    }


def test_clusters_hang_together_by_overlapping() -> None:
    counts = [say(words) for words in ("1 to 3", "3 to 5", "6", "6 to 8", "at least 8", "10")]
    assert judged(*counts).clusters == {(1, 5, 2, 2), (6, None, 4, 4)}


@given(st.lists(intervals(), min_size=1, max_size=6))
def test_jointly_consistent_if_and_only_if_pairwise(several: list[Ends]) -> None:
    counts = [say("0", low=low, high=high) for low, high in several]
    pairwise = all(relation(a, b) != "contradicts" for a, b in combinations(counts, 2))
    assert (consensus(counts) is not None) is pairwise
