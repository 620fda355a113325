"""What the counts of one exchange measure, and what is stated of it: the groups of the generated table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from random import Random

from bench.countwords import Stated, exact, loose, near
from bench.countworld import BACK, BOTH, FORTH, TOGETHER, Direction, World

# Of the groups; what contradicts is one in four of their counts, so that not all of these come out contested.
_CONTESTED = 0.03
# Of what is stated of the great exchange: so many draws around its number, and how far.
_DRAWS, _WIDTH = 450, 120
_REMAINS, _PRISONERS = "remains-transferred", "prisoners-exchanged"
_QUARTERS = (3, 6, 9, 12)


@dataclass(frozen=True, slots=True)
class Facet:
    """What makes counts comparable, and the true number; ``period`` is the first and the last day."""

    referent: str
    measure: str
    direction: Direction
    aggregation: str
    modality_class: str
    number: int
    period: tuple[str, str] = ("", "")

    def back(self) -> Facet:
        """Return what tells the same of the other direction; the number is left as it is."""
        return replace(self, direction=self.direction[::-1])


@dataclass(frozen=True, slots=True)
class Palette:
    """The few things that are stated of a facet; one in four counts is ``against`` them if there is one."""

    stated: tuple[Stated, ...]
    against: Stated | None = None
    denied: bool = False

    def draw(self, random: Random) -> Stated:
        """Return one of them, the first ones more often."""
        return self.stated[int(len(self.stated) * random.random() ** 2)]


def facets(world: World, exchange: int) -> tuple[list[Facet], list[int]]:
    """Return the facets of an exchange, of its series and of its agreement, with their weights."""
    chosen = [*_own(world, exchange), *_of_series(world, exchange)]
    return [facet for facet, _ in chosen], [weight for _, weight in chosen]


def _own(world: World, exchange: int) -> list[tuple[Facet, int]]:
    key = f"event/exchange-{exchange}"

    def facet(measure: str, direction: Direction, kind: str = "fact") -> Facet:
        aggregation = "two-way-total" if direction == BOTH else "single-event"
        return Facet(key, measure, direction, aggregation, kind, world.number(exchange, (measure, direction)))

    return [
        (facet(_REMAINS, FORTH), 50),
        (facet(_REMAINS, BACK), 17),
        (facet(_REMAINS, BOTH), 4),
        (facet(_PRISONERS, FORTH), 5),
        (facet(_PRISONERS, BACK), 4),
        (facet(_PRISONERS, BOTH), 1),
        (facet(_REMAINS, FORTH, "plan"), 4),
        (facet(_REMAINS, FORTH, "offer"), 2),
        (facet(_REMAINS, FORTH, "conjecture"), 1),
        (Facet("", "remains-held", ("", ""), "stock", "fact", 100 + exchange % 900), 1),
    ]


def _of_series(world: World, exchange: int) -> list[tuple[Facet, int]]:
    series, place = divmod(exchange, TOGETHER)
    first = world.day(series * TOGETHER).isoformat()
    quarter = next(number for number in _QUARTERS if place < number)
    last = (world.day(series * TOGETHER) + dt.timedelta(days=7 * (quarter - 1))).isoformat()
    key, under, both = f"event/series-{series}", f"agreement/{series}", (FORTH, BACK)
    found = []
    for direction, share in zip(both, (2, 1), strict=True):
        measured = (_REMAINS, direction)
        total, until = world.sum(series, measured), world.sum(series, measured, quarter)
        found += [
            (Facet(key, *measured, "series-total", "fact", total), 2 * share),
            (Facet(key, *measured, "cumulative-total", "fact", until, (first, last)), share),
            (Facet(under, *measured, "agreed-total", "commitment", max(100, total // 100 * 100)), share),
        ]
    return found


def palette(facet: Facet, seed: int) -> Palette:
    """Return what is stated of a facet: the same for each dossier that speaks of it."""
    random = Random(f"{seed}/{facet}")
    stated = [exact(random, facet.number)]
    for _ in range(random.choice((0, 0, 1, 1, 2, 3, 4))):
        stated.append(loose(random, facet.number))
    if random.random() >= _CONTESTED:
        return Palette(tuple(stated))
    chance = random.random()
    if chance < 0.2:
        return Palette(tuple(stated), stated[0], denied=True)
    if chance < 0.5:
        return Palette(tuple(stated), exact(random, facet.number + random.randint(1, 9)))
    return Palette(tuple(stated), exact(random, facet.number * 2 + 10))


def great_palette(facet: Facet, seed: int) -> Palette:
    """Return what is stated of the great exchange: hundreds of intervals, many of which contradict."""
    random = Random(f"{seed}/great/{facet}")
    return Palette(tuple(near(random, facet.number, _WIDTH) for _ in range(_DRAWS)))
