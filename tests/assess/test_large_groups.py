"""Groups of more than fifty positions: clusters and extremes instead of pairs, and the same status."""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random

import pytest
from tests.assess.counted import Referent
from tests.assess.differences import MOST_POSITIONS
from tests.assess.engine_rows import answers
from tests.assess.oracle import Verdict, assess, status
from tests.assess.worlds import EXAMPLELAND, ID, SAMPLESTAN, World, make

# What is told of every group, however large.
SAME = ("measure", "from_party", "to_party", "modality", "modality_class", "aggregation", "population")
ALWAYS = {item.name for item in fields(Verdict)} - {"pairs", "clusters", "within_rounding"}


def crowded(random: Random, name: str, *, spread: int, denials: bool, joint: bool) -> World:
    """Return a world in which one handover has very many intervals."""
    iri = f"{ID}event/{name}"
    world = World([], {iri: Referent(iri, parties=frozenset({EXAMPLELAND, SAMPLESTAN}))})
    first = make(Random(0), name, most=1).rows[0]
    same = {column: first[column] for column in SAME} | {"referent": iri, "key": f"key-{name}"}
    number = 0
    while len({(row["low"], row["high"], row["polarity"]) for row in world.rows}) <= MOST_POSITIONS + 10:
        said = make(random, f"{name}-{number}", most=1).rows[0] | {"replaced": False, "retracted": False}
        number += 1
        if joint or " " not in str(said["asserter"]):
            low = random.randint(0, spread)
            high = None if random.random() < 0.02 else low + random.randint(0, 12)
            stated = {"words": "", "stated_value": low, "low": low, "high": high, "tolerance": False}
            denied = denials and random.random() < 0.2
            world.rows.append({**said, **same, **stated, "polarity": not denied})
    return world


def worlds(seed: int) -> list[World]:
    random = Random(seed)
    return [
        crowded(
            random,
            f"large{seed}-{number}",
            spread=random.choice((20, 60, 400)),
            denials=number % 2 == 0,
            joint=number % 4 == 0,
        )
        for number in range(8)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_large_groups_are_judged_as_small_ones(seed: int) -> None:
    several = worlds(seed)
    found = answers(several)
    runs = set()
    for world in several:
        wanted, (had,) = _wanted(world), found[next(iter(world.referents))]
        for name in sorted(ALWAYS):
            assert getattr(had, name) == getattr(wanted, name), name
        assert had.clusters == wanted.clusters
        runs.add(len(had.clusters))
        _extremes(wanted, had)
    assert len(runs) > 1


def _wanted(world: World) -> Verdict:
    """Judge a world; in a group told by clusters, joint claims do not count towards independence."""
    (verdict,) = assess(world.counts())
    (alone,) = assess([count for count in world.counts() if len(count.asserters) == 1])
    told = verdict.status if verdict.status == "contested" else status(False, alone.independence)
    return replace(verdict, independence=alone.independence, status=told)


def _extremes(wanted: Verdict, had: Verdict) -> None:
    """The pairs that are told are right, and tell that the lowest and the highest contradict, if they do."""
    assert len(had.pairs) <= 1
    for name, pair in had.pairs.items():
        assert pair == wanted.pairs[name]
    against = {
        name
        for name, pair in wanted.pairs.items()
        if pair.relation == "contradicts" and all(place[2] for place in name)
    }
    assert bool(against) == any(pair.relation == "contradicts" for pair in had.pairs.values())


def test_fifty_positions_are_still_related_each_to_each() -> None:
    world = worlds(9)[1]
    positions = sorted({(row["low"], row["high"] or 0) for row in world.rows})
    kept = positions[:MOST_POSITIONS]
    fewer = replace(world, rows=[row for row in world.rows if (row["low"], row["high"] or 0) in kept])
    (had,) = answers([fewer])[next(iter(world.referents))]
    assert len(had.pairs) == MOST_POSITIONS * (MOST_POSITIONS - 1) // 2
    assert had.clusters == frozenset()
    (large,) = answers([world])[next(iter(world.referents))]
    assert large.clusters
