"""The engine against the oracle: the same rows, the same answers."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from tests.assess.counted import numbers
from tests.assess.differences import compared, shown, smallest
from tests.assess.engine_rows import answers
from tests.assess.strategies import worlds
from tests.assess.worlds import FIRST, World, make

BATCH = 6_000
# Groups judged, over all batches.
CASES = 100_000
SEEDS = range(9)
_judged: dict[int, int] = {}


def batch(seed: int, size: int = BATCH) -> list[World]:
    random = Random(seed)
    return [make(random, f"w{seed}-{number}") for number in range(size)]


def agree(several: list[World], as_of: dt.date | None = None) -> int:
    """Fail with the smallest world in which engine and oracle differ; else return the number of groups."""
    found = answers(several, as_of)
    total = 0
    for world in several:
        groups, differences = compared(world, found, as_of)
        total += groups
        if differences:
            least = smallest(world, lambda less: bool(compared(less, answers([less], as_of), as_of)[1]))
            told = compared(least, answers([least], as_of), as_of)[1]
            pytest.fail("\n".join([*told, shown(least)]))
    return total


@pytest.mark.parametrize("seed", SEEDS)
def test_engine_and_oracle_agree(seed: int) -> None:
    _judged[seed] = agree(batch(seed))


def test_a_hundred_thousand_cases_were_compared() -> None:
    if set(_judged) != set(SEEDS):
        pytest.skip("counts the cases of all batches, and not all of them ran")
    assert sum(_judged.values()) >= CASES


@pytest.mark.parametrize("day", [0, 4, 9])
def test_engine_and_oracle_agree_as_of_a_day(day: int) -> None:
    several = batch(100 + day, 2_000)
    assert agree(several, FIRST + dt.timedelta(days=day)) >= 100


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds(most=9))
def test_engine_and_oracle_agree_on_a_single_world(world: World) -> None:
    assert compared(world, answers([world]))[1] == []


def test_jointly_consistent_if_and_only_if_pairwise() -> None:
    several = batch(200)
    affirmed = {
        (row["claim"], row["count"]): row for world in several for row in world.rows if row["polarity"]
    }
    both = {True: 0, False: 0}
    for verdict in [verdict for group in answers(several).values() for verdict in group]:
        rows = [affirmed[member] for member in verdict.members if member in affirmed]
        if not rows:
            continue
        common = -1
        for row in rows:
            low, high = row["low"], row["high"]
            assert isinstance(low, int)
            assert high is None or isinstance(high, int)
            common &= numbers(low, high)
        pairs = [pair for name, pair in verdict.pairs.items() if all(place[2] for place in name)]
        pairwise = "contradicts" not in {pair.relation for pair in pairs}
        assert (verdict.consensus is not None) is bool(common) is pairwise
        both[pairwise] += len(rows) > 2
    assert min(both.values()) > 100


def test_every_status_grade_and_relation_occurs() -> None:
    found = [verdict for group in answers(batch(300)).values() for verdict in group]
    assert {verdict.status for verdict in found} == {"uncontested", "repeated", "corroborated", "contested"}
    grades = {None, "none", "unknown", "same-side", "unaffiliated", "opposing-sides"}
    assert {verdict.independence for verdict in found} == grades
    pairs = [pair for verdict in found for pair in verdict.pairs.values()]
    assert {pair.relation for pair in pairs} == {"contradicts", "refines", "compatible"}
    for one, other in combinations(("within_rounding", "depends_on_tolerance"), 2):
        assert (
            {getattr(pair, one) for pair in pairs}
            == {getattr(pair, other) for pair in pairs}
            == {True, False}
        )
