"""Sums, totals and fulfilment worked out the long way, on top of :mod:`tests.assess.oracle`.

Open world: the graph need not hold all stages of a series nor all periods of a total,
so that these bound a total from below alone; two directions, and parts that a claim
itself adds up, are all there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, product

from tests.assess.counted import END, Count, Ends, Period, Referent, numbers
from tests.assess.oracle import claimed, consensus, groups, judge

Direction = tuple[str | None, str | None]
# What one happening hands over; a cumulative total, a stock or both directions together is no such unit.
OF_ONE_HAPPENING = frozenset({"single-event", "series-total"})


@dataclass(frozen=True)
class Amount:
    """What the counts of a group come to: what all allow or, if contested, all that anybody allows."""

    ends: Ends
    contested: bool


def amount(group: Sequence[Count]) -> Amount | None:
    """Return the amount of a group; None where all is denial."""
    affirmed = [count for count in group if count.polarity]
    contested = judge(group).status == "contested"
    found = claimed(affirmed) if contested else consensus(affirmed)
    return None if found is None else Amount(found, contested)


def added(parts: Iterable[Ends]) -> Ends:
    """Add sets of numbers, each number to each; what passes the end stays there."""
    total = {0}
    for low, high in parts:
        reach = [number for number in range(END + 1) if numbers(low, high) >> number & 1]
        if len(reach) * len(total) > 10_000:
            # Long intervals: their ends tell the same.
            reach, total = [reach[0], reach[-1]], {min(total), max(total)}
        total = {min(END, a + b) for a, b in product(total, reach)}
    return min(total), None if max(total) >= END else max(total)


# ---- Sums ----------------------------------------------------------------------------------------


def must_meet(total: Ends, parts: Iterable[Ends]) -> str:
    """Relate a total to all of its parts."""
    return "compatible" if numbers(*total) & numbers(*added(parts)) else "contradicts"


def must_hold(total: Ends, parts: Iterable[Ends]) -> str:
    """Relate a total to some of its parts: it is at least as large as they are."""
    high = total[1]
    return "compatible" if high is None or high >= added(parts)[0] else "contradicts"


def inside(part: Period, whole: Period) -> bool:
    """Say whether one period surely lies in another; equal bounds are the same day however vague."""
    (a, b, c, d), (e, f, g, h) = part, whole
    starts = (a, b) == (e, f) or (a is not None and f is not None and a >= f)
    stops = (c, d) == (g, h) or (d is not None and g is not None and d <= g)
    return starts and stops


def apart(one: Period, other: Period) -> bool:
    """Say whether two periods surely have no day in common."""
    return _before(one, other) or _before(other, one)


def _before(first: Period, second: Period) -> bool:
    return first[3] is not None and second[0] is not None and first[3] < second[0]


def nested(total: Ends, whole: Period, parts: Sequence[tuple[Ends, Period]]) -> str:
    """Relate a total to each choice of disjoint parts of its period; one that is too large will do."""
    held = [part for part in parts if part[1] != whole and inside(part[1], whole)]
    for size in range(1, len(held) + 1):
        for choice in combinations(held, size):
            disjoint = all(apart(a[1], b[1]) for a, b in combinations(choice, 2))
            if disjoint and must_hold(total, [part[0] for part in choice]) == "contradicts":
                return "contradicts"
    return "compatible"


# ---- Totals --------------------------------------------------------------------------------------


def handed_over(counts: Iterable[Count], measure: str, direction: Direction) -> dict[str, Amount]:
    """Return what was handed over in one direction, as fact, by happening."""
    chosen = [
        count
        for count in counts
        if count.modality == "fact"
        and count.aggregation in OF_ONE_HAPPENING
        and (count.measure, count.direction) == (measure, direction)
    ]
    found: dict[str, Amount] = {}
    for group in groups(chosen):
        here = amount(group)
        if here is not None and group[0].referent is not None:
            assert group[0].referent not in found, "one population and one aggregation a happening, here"
            found[group[0].referent] = here
    return found


def units(amounts: Mapping[str, Amount], referents: Mapping[str, Referent]) -> set[str]:
    """Return what is added: whatever has an amount, unless a series above it has one."""
    return {iri for iri in amounts if not any(up in amounts for up in above(iri, referents))}


def raised(iri: str, amounts: Mapping[str, Amount], referents: Mapping[str, Referent]) -> Ends:
    """Return the amount of a series: no less than its stages come to, if it can be that much."""
    low, high = amounts[iri].ends
    below = {stage: amounts[stage] for stage in amounts if iri in above(stage, referents)}
    least = added(raised(stage, below, referents) for stage in units(below, referents))[0]
    return (max(low, least), high) if high is None or least <= high else (low, high)


def above(iri: str, referents: Mapping[str, Referent]) -> list[str]:
    """Return the series to which something belongs, the nearest first; those of a circle are none."""
    found: list[str] = []
    up = referents[iri].series if iri in referents else None
    while up is not None:
        if up == iri or up in found:
            return []
        found.append(up)
        up = referents[up].series if up in referents else None
    return found


@dataclass(frozen=True)
class Total:
    """What was handed over in all: interval, happenings added, how many of them are contested."""

    ends: Ends
    units: frozenset[str]
    contested: int


def tally(
    counts: Iterable[Count],
    referents: Mapping[str, Referent],
    measure: str,
    direction: Direction,
    where: Callable[[Count], bool] = lambda _: True,
) -> Total:
    """Add what was handed over in one direction on the word of those counts that ``where`` lets in."""
    amounts = handed_over(filter(where, counts), measure, direction)
    chosen = units(amounts, referents)
    return Total(
        added(raised(iri, amounts, referents) for iri in chosen),
        frozenset(chosen),
        sum(amounts[iri].contested for iri in chosen),
    )


# ---- Fulfilment ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """A committed amount, and what was delivered as anybody, the deliverer and the recipient have it."""

    commitment: Ends
    delivered: tuple[Ends, str]
    by_deliverer: tuple[Ends, str]
    by_recipient: tuple[Ends, str]


def met(delivered: Ends, commitment: Ends) -> str:
    """Say what a delivery shows of a commitment; that one is broken is never shown."""
    low, high = commitment
    if high is not None and delivered[0] > high:
        return "exceeded"
    return "met" if delivered[0] >= low else "not-shown-met"


def fulfilment(
    counts: Sequence[Count], referents: Mapping[str, Referent], agreement: str
) -> dict[tuple[str, Direction, Ends], Kept]:
    """Hold each amount agreed, by measure and direction, against what was delivered under the agreement."""
    made = {
        iri
        for iri in referents
        if any(agreement in referents[one].under for one in [iri, *above(iri, referents)])
    }
    facts = [count for count in counts if count.referent in made]
    agreed = [
        count
        for count in counts
        if count.referent == agreement
        and (count.modality, count.aggregation, count.polarity) == ("commitment", "agreed-total", True)
    ]
    found = {}
    for count in agreed:
        commitment = (count.low, count.high)
        giver, taker = count.direction
        found[count.measure, count.direction, commitment] = Kept(
            commitment,
            _delivered(facts, referents, count, commitment, lambda _: True),
            _delivered(facts, referents, count, commitment, partial(speaks_for, giver)),
            _delivered(facts, referents, count, commitment, partial(speaks_for, taker)),
        )
    return found


def speaks_for(side: str | None, count: Count) -> bool:
    """Say whether somebody of a side states a number, and not a narrator."""
    return not count.narrator and any(agent.side == side for agent in count.asserters)


def _delivered(
    facts: Sequence[Count],
    referents: Mapping[str, Referent],
    of: Count,
    commitment: Ends,
    where: Callable[[Count], bool],
) -> tuple[Ends, str]:
    total = tally(facts, referents, of.measure, of.direction, where).ends
    return total, met(total, commitment)
