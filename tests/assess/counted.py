"""Counts as small Python objects for the oracle, and sets of whole numbers.

A set of numbers is an int whose bit n is set when n is in it; what stands at ``END``
stands for all numbers above, so that an unbounded count reaches it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

END = 1 << 14
CONCEPT = "https://w3id.org/repatria/concept/"
UNSPECIFIED = f"{CONCEPT}population/unspecified"
Ends = tuple[int, int | None]
Period = tuple[dt.date | None, dt.date | None, dt.date | None, dt.date | None]


@dataclass(frozen=True)
class Agent:
    """Somebody who speaks: for which party, and under which body in the end."""

    iri: str
    side: str | None = None
    body: str | None = None

    @property
    def affiliation(self) -> str:
        return self.side or self.body or self.iri


@dataclass(frozen=True)
class Referent:
    """What is counted: the series it is a stage of, the agreements it is said to be under, its parties."""

    iri: str
    series: str | None = None
    under: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Count:
    """A number that one claim states, or confirms of another."""

    name: str
    claim: str
    referent: str | None
    measure: str
    direction: tuple[str | None, str | None]
    aggregation: str
    modality: str
    population: str
    period: Period
    polarity: bool
    value: int
    low: int
    high: int | None
    tolerance: bool
    narrator: bool
    asserters: frozenset[Agent]
    parties: frozenset[str] = frozenset()

    @property
    def numbers(self) -> int:
        """All numbers that the words allow, as a set."""
        return numbers(self.low, self.high)

    @property
    def position(self) -> tuple[int, int | None, bool]:
        return self.low, self.high, self.polarity


@cache
def numbers(low: int, high: int | None) -> int:
    """Return the set of the numbers from ``low`` to ``high``."""
    assert high is None or high < END
    return sum(1 << number for number in range(low, (END if high is None else high) + 1))


def ends(members: int) -> Ends:
    """Return the least and the greatest of a set, None for no greatest."""
    least = (members & -members).bit_length() - 1
    greatest = members.bit_length() - 1
    return least, None if greatest >= END else greatest


def read(
    rows: Iterable[Mapping[str, object]],
    agents: Mapping[str, Agent],
    referents: Mapping[str, Referent],
    as_of: dt.date | None = None,
) -> list[Count]:
    """Read the rows of the flat table that hold, as of a day or now.

    A confirmation without a number of its own holds as long as what it confirms.
    """
    kept = [row for row in rows if holds(row, as_of)]
    stated = {(row["claim"], row["count"]) for row in kept if row["confirms"] is None}
    heard = [row for row in kept if row["confirms"] is None or (row["confirms"], row["count"]) in stated]
    return [_read(row, agents, referents) for row in heard]


def holds(row: Mapping[str, object], as_of: dt.date | None = None) -> bool:
    """Say whether a row counts: neither retracted nor superseded and, as of a day, published by then."""
    if row["retracted"]:
        return False
    if as_of is None:
        return not row["replaced"]
    published, superseded = row["published"], row["superseded_on"]
    if not isinstance(published, dt.date) or published > as_of:
        return False
    return not (isinstance(superseded, dt.date) and superseded <= as_of)


def _read(row: Mapping[str, object], agents: Mapping[str, Agent], referents: Mapping[str, Referent]) -> Count:
    referent = _text(row["referent"])
    known = referents.get(referent or "")
    low = _number(row["low"])
    assert low is not None
    return Count(
        name=str(row["count"]),
        claim=str(row["claim"]),
        referent=referent,
        measure=str(row["measure"]),
        direction=(_text(row["from_party"]), _text(row["to_party"])),
        aggregation=str(row["aggregation"]).rsplit("/", 1)[-1],
        modality=str(row["modality_class"]),
        population=str(row["population"]),
        period=(
            _day(row["period_start_not_before"]),
            _day(row["period_start_not_after"]),
            _day(row["period_end_not_before"]),
            _day(row["period_end_not_after"]),
        ),
        polarity=bool(row["polarity"]),
        value=_number(row["stated_value"]) or 0,
        low=low,
        high=_number(row["high"]),
        tolerance=bool(row["tolerance"]),
        narrator=bool(row["narrator"]),
        asserters=frozenset(agents[iri] for iri in str(row["asserter"]).split(" ")),
        parties=known.parties if known else frozenset(),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: object) -> int | None:
    assert value is None or isinstance(value, int)
    return value


def _day(value: object) -> dt.date | None:
    assert value is None or isinstance(value, dt.date)
    return value
