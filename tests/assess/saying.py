"""Counts in words, for tests that tell their case by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import count as numbered

from tests.assess.counted import UNSPECIFIED, Agent, Count
from tests.assess.worlds import AGENTS, EXAMPLELAND, ID, SAMPLESTAN

from repatria import bounds, read_words

MINISTRY = AGENTS[f"{ID}org/ministry-of-examples"]
MINISTER = AGENTS[f"{ID}person/minister-of-examples"]
OFFICE = AGENTS[f"{ID}org/sample-office"]
WATCH = AGENTS[f"{ID}org/sample-watch"]
EMBASSY = AGENTS[f"{ID}org/elsewhere-embassy"]
NORTH = AGENTS[f"{ID}org/north-desk"]
SOUTH = AGENTS[f"{ID}org/south-desk"]
GAZETTE = AGENTS[f"{ID}org/example-gazette"]
HERALD = AGENTS[f"{ID}org/sample-herald"]
_NUMBERS = numbered()
_TOLERANT = ("about", "abbreviated", "nearly")
_PLAIN = Count(
    name="",
    claim="",
    referent="handover",
    measure="remains-transferred",
    direction=(EXAMPLELAND, SAMPLESTAN),
    aggregation="single-event",
    modality="fact",
    population=UNSPECIFIED,
    period=(None, None, None, None),
    polarity=True,
    value=0,
    low=0,
    high=0,
    tolerance=False,
    narrator=False,
    asserters=frozenset({MINISTRY}),
    parties=frozenset({EXAMPLELAND, SAMPLESTAN}),
)


def say(words: str, *asserters: Agent, **more: object) -> Count:
    """Return the count that a claim of its own states in these words."""
    read = read_words(words)
    assert read is not None
    assert read.value is not None
    limits = bounds(read.qualifier, read.value, low=read.low)
    number = next(_NUMBERS)
    stated = replace(
        _PLAIN,
        name=f"n{number}",
        claim=f"c{number}",
        value=read.value,
        low=limits.min,
        high=limits.max,
        tolerance=limits.rule in _TOLERANT,
        asserters=frozenset(asserters or (MINISTRY,)),
    )
    return replace(stated, **more)  # type: ignore[arg-type]
