"""Small worlds as rows of the flat table: few speakers, few happenings, numbers that collide.

:func:`make` draws from a :class:`random.Random`, so that a seed gives thousands of
worlds at once, and Hypothesis can draw, and shrink, a single one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from tests.assess.counted import CONCEPT, UNSPECIFIED, Agent, Count, Referent, holds, read

T = TypeVar("T")
Row = dict[str, object]
Words = tuple[str, int, int, int | None, bool]
ID = "https://example.org/id/"
EXAMPLELAND, SAMPLESTAN, ELSEWHERE = (
    f"{ID}state/{key}" for key in ("exampleland", "samplestan", "elsewhere")
)
AGENTS = {
    agent.iri: agent
    for agent in (
        Agent(EXAMPLELAND, EXAMPLELAND),
        Agent(f"{ID}org/ministry-of-examples", EXAMPLELAND),
        Agent(f"{ID}person/minister-of-examples", EXAMPLELAND, f"{ID}org/ministry-of-examples"),
        Agent(SAMPLESTAN, SAMPLESTAN),
        Agent(f"{ID}org/sample-office", SAMPLESTAN),
        Agent(f"{ID}org/elsewhere-embassy", ELSEWHERE),
        # Two desks of one body that belongs to no party, and a body of its own.
        Agent(f"{ID}org/north-desk", None, f"{ID}org/example-relief"),
        Agent(f"{ID}org/south-desk", None, f"{ID}org/example-relief"),
        Agent(f"{ID}org/sample-watch"),
        Agent(f"{ID}org/example-gazette"),
        Agent(f"{ID}org/sample-herald"),
    )
}
OUTLETS = (f"{ID}org/example-gazette", f"{ID}org/sample-herald")
SPEAKERS = tuple(iri for iri in AGENTS if iri not in OUTLETS)
# Words, stated value, least and greatest number, and whether a tolerance of ours is in them.
SMALL: tuple[Words, ...] = (
    *((str(n), n, n, n, False) for n in range(7)),
    *((f"at least {n}", n, n, None, False) for n in range(0, 7, 2)),
    *((f"more than {n}", n, n + 1, None, False) for n in (0, 2, 5)),
    *((f"up to {n}", n, 0, n, False) for n in (0, 3, 6)),
    *((f"fewer than {n}", n, 0, n - 1, False) for n in (1, 4)),
    *((f"{low} to {high}", high, low, high, False) for low, high in ((1, 3), (2, 5), (3, 4), (0, 6))),
    *((f"around {n}", n, n - 1, n + 1, True) for n in (1, 3, 5)),
    *((f"nearly {n}", n, n - 1, n - 1, True) for n in (4, 6)),
)
REAL: tuple[Words, ...] = (
    ("1,000", 1000, 1000, 1000, False),
    ("1,003", 1003, 1003, 1003, False),
    ("1,100", 1100, 1100, 1100, False),
    ("1,101", 1101, 1101, 1101, False),
    ("990", 990, 990, 990, False),
    ("900", 900, 900, 900, False),
    ("1K", 1000, 900, 1100, True),
    ("around 1,000", 1000, 900, 1100, True),
    ("900 to 1,100", 1100, 900, 1100, False),
    ("more than 1,000", 1000, 1001, None, False),
    ("at least 1,001", 1001, 1001, None, False),
    ("up to 1,000", 1000, 0, 1000, False),
    ("fewer than 1,000", 1000, 0, 999, False),
    ("hundreds", 100, 100, 999, False),
    ("1,050", 1050, 1050, 1050, False),
    ("2,000", 2000, 2000, 2000, False),
)
POPULATIONS = (UNSPECIFIED, f"{CONCEPT}population/north", f"{CONCEPT}population/south")
FIRST = dt.date(2025, 5, 1)


@dataclass
class World:
    """Rows of the flat table, and who and what they speak of."""

    rows: list[Row]
    referents: dict[str, Referent]
    # Disputes of a count: who says so, and of which claim or happening.
    disputes: list[Row] = field(default_factory=list)

    def counts(self, as_of: dt.date | None = None) -> list[Count]:
        """Return what holds, as the oracle reads it."""
        return read(self.rows, AGENTS, self.referents, as_of)

    def disputed(self, as_of: dt.date | None = None) -> set[str]:
        """Return the claims and happenings of which somebody disputes the count."""
        return {str(link["target"]) for link in self.disputes if holds(link, as_of)}


def make(random: Random, name: str = "w", most: int = 6) -> World:
    """Return a world of at most so many counts, most of which can be compared."""
    series = Referent(f"{ID}event/{name}-series", parties=frozenset({EXAMPLELAND, SAMPLESTAN}))
    stages = [Referent(f"{ID}event/{name}-{n}", series.iri, parties=series.parties) for n in range(2)]
    referents = {item.iri: item for item in (series, *stages)}
    words = random.choice((SMALL, SMALL, REAL))
    world = World([], referents)
    for number in range(random.randint(1, most)):
        world.rows += _claim(random, name, number, world, words)
    if random.random() < 0.08:
        targets = [str(row["claim"]) for row in world.rows if row["polarity"]] + list(referents)
        world.disputes.append({**_said(random, name, most), "target": random.choice(targets)})
    return world


def _claim(random: Random, name: str, number: int, world: World, words: Sequence[Words]) -> list[Row]:
    """Return a claim with one count or, one for each direction, with two."""
    said = _said(random, name, number)
    stated = [row for row in world.rows if row["polarity"] and row["confirms"] is None]
    if stated and random.random() < 0.07:
        of = random.choice(stated)["claim"]
        # Confirms all numbers of another claim, and states none of its own.
        return [{**row, **said, "narrator": False, "confirms": of} for row in stated if row["claim"] == of]
    first = {**said, **_counted(random, world, words), "count": f"{said['claim']}/count/0"}
    if random.random() > 0.1:
        return [_complete(first)]
    back = _direction((_iri(first["to_party"]), _iri(first["from_party"])))
    second = {**first, **back, **_stated(random.choice(words)), "count": f"{said['claim']}/count/1"}
    return [_complete(first), _complete(second)]


def _iri(value: object) -> str | None:
    return None if value is None else str(value)


def _counted(random: Random, world: World, words: Sequence[Words]) -> Row:
    aggregation = _mostly(random, "single-event", "series-total", "cumulative-total", "stock")
    happenings = [iri for iri in world.referents if iri.endswith("series") == (aggregation != "single-event")]
    return {
        **_stated(random.choice(words)),
        "referent": _mostly(random, happenings[0], *happenings[1:], None),
        "measure": f"{CONCEPT}measure/{_mostly(random, 'remains-transferred', 'remains-identified')}",
        **_direction(_mostly(random, (EXAMPLELAND, SAMPLESTAN), (SAMPLESTAN, EXAMPLELAND))),
        "aggregation": f"{CONCEPT}aggregation/{aggregation}",
        **_modality(_mostly(random, "actual", "ongoing", "agreed", "planned", "offered", "conjectured")),
        "population": random.choice(POPULATIONS) if random.random() < 0.4 else UNSPECIFIED,
        "polarity": random.random() < 0.92,
        **period(_mostly(random, 1, 2, 3) if aggregation in ("cumulative-total", "stock") else None),
    }


def _mostly(random: Random, first: T, *others: T) -> T:
    return first if random.random() < 0.85 else random.choice((first, *others))


def _direction(parties: tuple[str | None, str | None]) -> Row:
    return {"from_party": parties[0], "to_party": parties[1]}


def _modality(key: str) -> Row:
    classes = {"actual": "fact", "ongoing": "fact", "agreed": "commitment", "planned": "plan"}
    name = classes.get(key, {"offered": "offer", "conjectured": "conjecture"}.get(key))
    return {"modality": f"{CONCEPT}modality/{key}", "modality_class": name}


def _stated(words: Words) -> Row:
    names = ("words", "stated_value", "low", "high", "tolerance")
    return dict(zip(names, words, strict=True))


def period(months: int | None) -> Row:
    """Return the period from May on, of so many months; without one, none."""
    if months is None:
        days: tuple[dt.date | None, ...] = (None,) * 4
    else:
        days = (FIRST, FIRST, dt.date(2025, 4 + months, 28), dt.date(2025, 4 + months, 30))
    names = ("start_not_before", "start_not_after", "end_not_before", "end_not_after")
    return {f"period_{name}": day for name, day in zip(names, days, strict=True)}


def _said(random: Random, name: str, number: int) -> Row:
    """Return who says something, and where: an outlet itself, somebody whom it quotes, or two jointly."""
    outlet = random.choice(OUTLETS)
    who = (outlet,) if random.random() < 0.2 else tuple(random.sample(SPEAKERS, _mostly(random, 1, 1, 1, 2)))
    published = FIRST + dt.timedelta(days=random.randint(0, 9)) if random.random() < 0.9 else None
    gone = random.random()
    later = FIRST + dt.timedelta(days=random.randint(3, 12))
    return {
        "claim": f"{ID}claim/{name}/c{number}",
        "source": f"{ID}source/{name}-{number}",
        "publisher": outlet,
        "published": published,
        "said": None,
        "latest": published,
        **voice(*who),
        "narrator": who == (outlet,),
        "act": f"{CONCEPT}act/announce",
        "superseded_on": later if gone < 0.04 else None,
        "replaced": gone < 0.04,
        "retracted": gone > 0.96,
        "confirms": None,
    }


def voice(*agents: str) -> Row:
    """Return the columns of who asserts a claim, jointly if several do."""
    joint = [AGENTS[iri] for iri in sorted(agents)]
    sides = {agent.side for agent in joint}
    return {
        "asserter": " ".join(agent.iri for agent in joint),
        "side": sides.pop() if len(sides) == 1 else None,
        "affiliation": " ".join(sorted({agent.affiliation for agent in joint})),
    }


def _complete(row: Row) -> Row:
    return {**row, "qualifier": None, "rule": None, "status": None, "key": key(row)}


def key(row: Row) -> str | None:
    """Return a name for what must be the same for two counts to be compared, but the population."""
    names = ["referent", "measure", "from_party", "to_party", "aggregation", "modality_class"]
    if str(row["aggregation"]).rsplit("/", 1)[-1] in ("cumulative-total", "stock"):
        names += [name for name in row if name.startswith("period_")]
    text = "|".join(str(row[name] or "") for name in names)
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:16] if row["referent"] else None
