"""What an assessment says: intervals, statements, groups, comparisons, fulfilment, totals."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple


class Thing(NamedTuple):
    """Something with an IRI: a party, a measure, a referent, an asserter, a source."""

    iri: str
    label: str

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The whole numbers from ``low`` to ``high``, both included; without ``high`` there is no upper bound."""

    low: int
    high: int | None

    def __str__(self) -> str:
        if self.high is None:
            return f"{self.low:,} or more"
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,}–{self.high:,}"

    def __add__(self, other: Interval) -> Interval:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(self.low + other.low, high)


@dataclass(frozen=True, slots=True)
class Statement:
    """One count as somebody states it.

    ``side`` is the party for which the asserter speaks, ``narrator`` says that
    the number stands in a narrator's own voice, so that its origin is not
    known; ``polarity`` is False for a denial; ``confirms`` holds the claim
    whose number is confirmed, where no number of its own is stated;
    ``published`` and ``said`` are days, None where unknown.
    """

    count: str
    claim: str
    asserters: tuple[Thing, ...]
    side: Thing | None
    narrator: bool
    act: Thing
    words: str
    interval: Interval
    polarity: bool
    tolerance: bool
    population: Thing
    source: Thing
    publisher: Thing | None
    published: dt.date | None
    said: dt.date | None
    fragment: str | None
    confirms: str | None


@dataclass(frozen=True, slots=True)
class Position:
    """One distinct interval of a group, and the statements of it, the earliest first."""

    iri: str
    interval: Interval
    polarity: bool
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two positions of a group stand to each other.

    ``relation`` is contradicts, refines (the left one lies within the right
    one) or compatible; ``within_rounding``: the contradiction is no larger
    than the rounding of the rounder number; ``depends_on_tolerance``: an
    “around” or “1K” is involved.
    """

    iri: str
    left: Position
    right: Position
    relation: str
    within_rounding: bool
    depends_on_tolerance: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Intervals that overlap, in a group with too many of them to relate each two."""

    interval: Interval
    positions: int
    claims: int


@dataclass(frozen=True, slots=True)
class SumCheck:
    """A total of a group against its parts.

    ``rule`` is two-way, stated, series or period; ``parts`` are what was
    added, ``interval`` their sum; ``relation`` is contradicts or compatible.
    """

    iri: str
    rule: str
    total: Interval
    interval: Interval
    parts: tuple[str, ...]
    relation: str
    reason: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """A group of comparable counts, and whether they agree.

    ``status`` is uncontested, repeated, corroborated or contested;
    ``independence`` the best grade that a corroboration reaches: none,
    unknown, same-side, unaffiliated or opposing-sides, or None where nothing
    is corroborated; ``consensus`` is what all affirmations allow, None if they
    contradict; ``claimed`` reaches from the lowest to the highest number
    claimed, None where nothing is affirmed. ``period`` holds the earliest and
    latest day of its start and end. The last tuples before ``reason`` hold claims.
    """

    iri: str
    referent: Thing
    measure: Thing
    from_: Thing | None
    to: Thing | None
    aggregation: Thing
    modality: Thing
    population: Thing
    period: tuple[dt.date | None, dt.date | None, dt.date | None, dt.date | None] | None
    status: str
    independence: str | None
    consensus: Interval | None
    claimed: Interval | None
    within_rounding: bool
    depends_on_tolerance: bool
    claims: int
    asserters: int
    sides: tuple[Thing, ...]
    positions: tuple[Position, ...]
    comparisons: tuple[Comparison, ...]
    clusters: tuple[Cluster, ...]
    sums: tuple[SumCheck, ...]
    occurrence_confirmed_by: tuple[str, ...]
    count_disputed_by: tuple[str, ...]
    composition_disputed_by: tuple[str, ...]
    reason: str

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements of the group."""
        return tuple(statement for position in self.positions for statement in position.statements)


@dataclass(frozen=True, slots=True)
class Unit:
    """One exchange or series as it is counted in a total.

    ``interval`` is what its claims allow together or, where they contradict,
    from the lowest to the highest; it may be ``contested`` by a denial or
    dispute as well. ``claims`` are the earliest of those it rests on.
    """

    referent: Thing
    not_before: dt.date | None
    not_after: dt.date | None
    interval: Interval
    contested: bool
    assessment: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A number that a total does not add, and why."""

    referent: Thing
    measure: Thing
    from_: Thing | None
    to: Thing | None
    aggregation: Thing
    interval: Interval
    assessment: str
    claims: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class SideTotal:
    """The total on the word of one side alone; ``side`` None is everybody who speaks for no party."""

    side: Thing | None
    events: int
    total: Interval


@dataclass(frozen=True, slots=True)
class TallyRow:
    """A total in one direction; ``key`` is the month, party, asserter, side or source, else empty.

    By party there is one row for what it hands over, to whomever, and one for what it receives.
    ``total`` adds the units that the graph holds: it is no total of what
    happened. ``contested`` is how many of the units are.
    """

    key: str
    measure: Thing
    from_: Thing | None
    to: Thing | None
    total: Interval
    contested: int
    by_side: tuple[SideTotal, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was delivered as some have it; ``status`` is exceeded, met or not-shown-met."""

    interval: Interval
    status: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """What a claim says of an agreement: with its reciprocity (None if not said) and its words."""

    claim: str
    agreement: Thing
    asserters: tuple[Thing, ...]
    side: Thing | None
    modality: Thing
    reciprocity: Thing | None
    words: tuple[str, ...]
    source: Thing


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """One committed amount against what is said to be delivered under its agreement.

    ``delivered`` is on anybody's word, ``by_deliverer`` on that of the party
    that hands over, ``by_recipient`` what the party that receives states or
    confirms. ``statements`` are the commitments of this amount.
    """

    iri: str
    agreement: Thing
    measure: Thing
    from_: Thing
    to: Thing
    commitment: Interval
    statements: tuple[Statement, ...]
    delivered: Delivery
    by_deliverer: Delivery
    by_recipient: Delivery
    depends_on_tolerance: bool
    reason: str


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A happening with the days between which it lies, and what is said to have been handed over."""

    referent: Thing
    kind: str
    not_before: dt.date | None
    not_after: dt.date | None
    series: tuple[Thing, ...]
    under: tuple[Thing, ...]
    assessments: tuple[Assessment, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an explanation: what it is, its text, the thing it speaks of."""

    title: str
    text: str
    iri: str
