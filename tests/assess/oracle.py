"""What counts say together, worked out the long way: whole numbers listed, each pair looked at.

Written from the data model and for the tests alone: nothing here is quick and nothing is clever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from tests.assess.counted import UNSPECIFIED, Agent, Count, Ends, ends

# What is counted over a period, and so compared for one and the same period alone.
OVER_A_PERIOD = frozenset({"cumulative-total", "stock"})
GRADES = ("none", "unknown", "same-side", "unaffiliated", "opposing-sides")
Place = tuple[int, int | None, bool]

# ---- Two counts ----------------------------------------------------------------------------------


def comparable(a: Count, b: Count) -> bool:
    """The conditions of docs/model.md but polarity, which says how two counts stand, not whether."""
    return (
        a.referent is not None
        and a.referent == b.referent
        and a.measure == b.measure
        and a.direction == b.direction
        and a.aggregation == b.aggregation
        and a.modality == b.modality
        and (a.aggregation not in OVER_A_PERIOD or a.period == b.period)
        and (a.population == b.population or UNSPECIFIED in (a.population, b.population))
    )


def relation(a: Count, b: Count) -> str:
    """Say how two comparable counts stand: agrees, refines, compatible or contradicts."""
    if a.polarity != b.polarity:
        denied, affirmed = (b, a) if a.polarity else (a, b)
        return "contradicts" if within(affirmed.numbers, denied.numbers) else "compatible"
    if not a.polarity:
        return "compatible"
    if not a.numbers & b.numbers:
        return "contradicts"
    if a.numbers == b.numbers:
        return "agrees"
    if within(a.numbers, b.numbers) or within(b.numbers, a.numbers):
        return "refines"
    return "compatible"


def within(inner: int, outer: int) -> bool:
    """Say whether all numbers of one set are in the other."""
    return inner & outer == inner


def grain(number: int) -> int:
    """Return 10 to the number of zeros at the end; the zero of 0 rounds nothing."""
    digits = str(number)
    return 1 if number == 0 else int("1" + "0" * (len(digits) - len(digits.rstrip("0"))))


def within_rounding(a: Count, b: Count) -> bool:
    """Say whether two affirmed numbers contradict by no more than the rounding of the rounder one."""
    if relation(a, b) != "contradicts" or a.polarity != b.polarity:
        return False
    rounder = max(a, b, key=lambda count: (grain(count.value), count.value))
    g, n = grain(rounder.value), rounder.value
    # In twentieths, so that no half is lost.
    return g >= 100 and 20 * abs(a.value - b.value) <= min(10 * g, 2 * n)


# ---- Who speaks ----------------------------------------------------------------------------------


def voices(counts: Sequence[Count]) -> list[set[str]]:
    """Return the voices of a group: asserters who speak jointly in it are one."""
    found: list[set[str]] = []
    for count in counts:
        members = {agent.iri for agent in count.asserters}
        for other in [voice for voice in found if voice & members]:
            found.remove(other)
            members |= other
        found.append(members)
    return found


def grade(a: Count, b: Count, speaking: Sequence[set[str]]) -> str:
    """Say how independent two counts of a group are; of joint asserters the nearest two decide."""
    together = {agent.iri for agent in a.asserters | b.asserters}
    if any(together <= voice for voice in speaking):
        return "none"
    if a.narrator or b.narrator:
        return "unknown"
    pairs = [(x, y) for x in a.asserters for y in b.asserters]
    return min((_grade(x, y, a.parties) for x, y in pairs), key=GRADES.index)


def _grade(x: Agent, y: Agent, parties: frozenset[str]) -> str:
    if x.affiliation == y.affiliation:
        return "same-side"
    return "opposing-sides" if {x.side, y.side} <= parties else "unaffiliated"


def corroborates(a: Count, b: Count) -> bool:
    """Say whether ``a`` entails ``b``: whoever says the narrower says the wider as well."""
    return a.claim != b.claim and a.polarity and b.polarity and within(a.numbers, b.numbers)


# ---- A group -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """How two positions of a group stand."""

    relation: str
    within_rounding: bool
    depends_on_tolerance: bool


@dataclass(frozen=True)
class Verdict:
    """What the counts of one group say together; ``members`` are pairs of claim and count."""

    members: frozenset[tuple[str, str]]
    population: str
    status: str
    independence: str | None
    consensus: Ends | None
    claimed: Ends | None
    within_rounding: bool
    depends_on_tolerance: bool
    claims: int
    asserters: int
    sides: frozenset[str]
    pairs: Mapping[frozenset[Place], Pair]
    clusters: frozenset[tuple[int, int | None, int, int]]


def groups(counts: Sequence[Count]) -> list[list[Count]]:
    """Return the maximal sets of counts of which each two are comparable."""
    placed = [count for count in counts if count.referent is not None]
    near = [
        {j for j, other in enumerate(placed) if j != i and comparable(count, other)}
        for i, count in enumerate(placed)
    ]
    return [[placed[i] for i in sorted(clique)] for clique in cliques(set(range(len(placed))), near)]


def cliques(
    candidates: set[int],
    near: Sequence[set[int]],
    chosen: frozenset[int] = frozenset(),
    seen: frozenset[int] = frozenset(),
) -> Iterator[frozenset[int]]:
    """Yield the maximal cliques of a graph (Bron and Kerbosch 1973, with a pivot)."""
    if not candidates:
        if not seen and chosen:
            yield chosen
        return
    pivot = max(candidates | seen, key=lambda i: len(near[i] & candidates))
    for i in candidates - near[pivot]:
        yield from cliques(candidates & near[i], near, chosen | {i}, frozenset(seen & near[i]))
        candidates = candidates - {i}
        seen |= {i}


def assess(counts: Sequence[Count], disputed: Iterable[str] = ()) -> list[Verdict]:
    """Judge every group; ``disputed`` holds the claims and happenings whose count somebody disputes."""
    targets = frozenset(disputed)
    return [judge(group, targets) for group in groups(counts)]


def judge(group: Sequence[Count], disputed: frozenset[str] = frozenset()) -> Verdict:
    """Judge one group of comparable counts."""
    affirmed = [count for count in group if count.polarity]
    pairs = related(group)
    speaking = voices(group)
    reached = {grade(a, b, speaking) for a, b in permutations(group, 2) if corroborates(a, b)}
    best = max(reached, key=GRADES.index, default=None)
    doubted = any(c.claim in disputed or (c.modality == "fact" and c.referent in disputed) for c in group)
    against = [pair for pair in pairs.values() if pair.relation == "contradicts"]
    return Verdict(
        members=frozenset((count.claim, count.name) for count in group),
        population=next((c.population for c in group if c.population != UNSPECIFIED), UNSPECIFIED),
        status=status(bool(against) or doubted, best),
        independence=best,
        consensus=consensus(affirmed),
        claimed=claimed(affirmed),
        within_rounding=bool(against) and not doubted and all(pair.within_rounding for pair in against),
        depends_on_tolerance=meeting(affirmed) != meeting([c for c in affirmed if not c.tolerance]),
        claims=len({count.claim for count in group}),
        asserters=len(speaking),
        sides=frozenset(a.side for c in group for a in c.asserters if a.side in c.parties and a.side),
        pairs=pairs,
        clusters=clusters(affirmed),
    )


def status(contested: bool, best: str | None) -> str:
    """Return the one status of a group, ``best`` being the best grade of a corroboration."""
    if contested:
        return "contested"
    if best is None:
        return "uncontested"
    return "corroborated" if best in ("unaffiliated", "opposing-sides") else "repeated"


def related(group: Sequence[Count]) -> dict[frozenset[Place], Pair]:
    """Relate each two positions: rounding must explain each two of their counts, one tolerance is enough."""
    found: dict[frozenset[Place], Pair] = {}
    for a, b in combinations(group, 2):
        if a.position == b.position:
            continue
        name = frozenset({a.position, b.position})
        before = found.get(name, Pair("", True, False))
        rounded = within_rounding(a, b) and before.within_rounding
        found[name] = Pair(relation(a, b), rounded, a.tolerance or b.tolerance or before.depends_on_tolerance)
    return found


def consensus(affirmed: Sequence[Count]) -> Ends | None:
    """Return what all allow; None if that is nothing, or nobody affirms anything."""
    members = affirmed[0].numbers if affirmed else 0
    for count in affirmed:
        members &= count.numbers
    return ends(members) if members else None


def meeting(affirmed: Sequence[Count]) -> Ends | None:
    """Return the greatest least number and the least greatest one, whether or not they meet."""
    highs = [count.high for count in affirmed if count.high is not None]
    return (max(c.low for c in affirmed), min(highs, default=None)) if affirmed else None


def claimed(affirmed: Sequence[Count]) -> Ends | None:
    """Return the lowest and the highest number that anybody allows."""
    members = 0
    for count in affirmed:
        members |= count.numbers
    return ends(members) if members else None


def clusters(affirmed: Sequence[Count]) -> frozenset[tuple[int, int | None, int, int]]:
    """Return runs of intervals that hang together by overlapping: ends, positions and claims of each."""
    runs: list[list[Count]] = []
    for count in affirmed:
        near = [run for run in runs if any(count.numbers & other.numbers for other in run)]
        runs = [run for run in runs if not any(run is other for other in near)]
        runs.append([count, *(other for run in near for other in run)])
    return frozenset(_cluster(run) for run in runs)


def _cluster(run: Sequence[Count]) -> tuple[int, int | None, int, int]:
    reach = claimed(run)
    assert reach is not None
    return *reach, len({count.position for count in run}), len({count.claim for count in run})
