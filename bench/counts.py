"""Seeded counts of plainly fictional bodies: a number and a seed give the same rows everywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from bench.countfacets import Facet, Palette, facets, great_palette, palette
from bench.countvoices import Voice, narrator, publishers, speakers
from bench.countwords import exact
from bench.countworld import BOTH, FORTH, World

# Keys, not yet IRIs; empty where there is none.
COLUMNS = (
    "source", "publisher", "published", "said", "latest", "referent", "measure", "from_party", "to_party",
    "aggregation", "modality", "modality_class", "population", "polarity", "period_start", "period_end",
    "words", "qualifier", "rule", "stated_value", "low", "high", "asserter", "side", "affiliation",
    "narrator", "act", "superseded_on", "retracted", "claim", "number",
)  # fmt: skip
# Claims without a number of their own, about a claim with one.
LINKS = (
    "source", "publisher", "published", "said", "latest", "kind", "aspect", "target", "asserter", "side",
    "affiliation", "narrator", "act", "claim",
)  # fmt: skip
# Claims whose counts 0 and 1 are added up in count 2, by their own words.
SUMS = ("source", "claim")
GREAT_SHARE = 0.1
_LINKED = 0.02
_KINDS = (("confirms", "count", 10), ("confirms", "occurrence", 7), ("disputes", "composition", 2),
          ("disputes", "count", 1))  # fmt: skip
_GREAT_MAIN = 0.9
_NARRATED, _DENIED, _SUPERSEDED, _RETRACTED = 0.2, 0.015, 0.01, 0.005
# Of the claims: a second count, of the other direction; of these, a third one that adds the two up.
_SECOND, _ADDED = 0.06, 0.2
_MODALITIES = {
    "fact": ("actual", "actual", "actual", "ongoing"),
    "plan": ("planned", "expected"),
    "offer": ("offered",),
    "commitment": ("agreed",),
    "conjecture": ("conjectured",),
}
_ACTS = {
    "fact": ("announce", "state", "report", "confirm"),
    "plan": ("announce", "state"),
    "offer": ("offer",),
    "commitment": ("commit", "state"),
    "conjecture": ("speculate",),
}

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """``total`` counts, a tenth of them of one great exchange; ``seed`` decides everything else."""

    total: int
    seed: int = 1
    sizes: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        random = Random(f"{self.seed}/sizes")
        great = int(self.total * GREAT_SHARE)
        sizes, left = [], self.total - great
        while left:
            sizes.append(min(left, _size(random)))
            left -= sizes[-1]
        sizes.insert(len(sizes) // 2, great)
        object.__setattr__(self, "sizes", tuple(sizes))

    @property
    def great(self) -> int:
        """The number of the great exchange."""
        return (len(self.sizes) - 1) // 2

    @property
    def world(self) -> World:
        """The exchanges and their true numbers."""
        return World(len(self.sizes), self.seed)

    @property
    def bodies(self) -> int:
        """How many bodies each state has."""
        return 8 + self.total // 4000

    def exchanges(self) -> Iterator[tuple[list[Row], list[Row], list[Row]]]:
        """Yield the counts, links and sums of the dossiers on one exchange after the other."""
        world, bodies = self.world, self.bodies
        for number, size in enumerate(self.sizes):
            exchange = _Exchange(self, world, number, bodies)
            yield list(exchange.rows(size)), exchange.links, exchange.sums


def _size(random: Random) -> int:
    """Return how many counts an exchange has: mostly 5 to 40."""
    chance = random.random()
    if chance < 0.9:
        return random.randint(5, 40)
    return random.randint(1, 4) if chance < 0.97 else random.randint(41, 120)


class _Exchange:
    """The counts of the dossiers that speak of one exchange."""

    def __init__(self, counts: Counts, world: World, number: int, bodies: int) -> None:
        self.seed, self.number = counts.seed, number
        self.great = number == counts.great
        self.random = Random(f"{counts.seed}/exchange/{number}")
        self.day = world.day(number)
        self.voices = speakers(self.random, bodies if self.great else self.random.randint(2, 5), bodies)
        self.facets, self.weights = facets(world, number)
        self.palettes: dict[Facet, Palette] = {}
        self.claims: list[str] = []
        self.links: list[Row] = []
        self.sums: list[Row] = []

    def rows(self, size: int) -> Iterator[Row]:
        """Yield ``size`` counts, in dossiers of three to nine."""
        dossier = 0
        while size:
            here = min(size, self.random.randint(3, 9))
            yield from self._dossier(dossier, here)
            size, dossier = size - here, dossier + 1

    def _dossier(self, dossier: int, size: int) -> Iterator[Row]:
        random = self.random
        publisher = random.choice(publishers())
        published = self.day + dt.timedelta(days=random.randint(0, 4))
        dated = random.random() >= 0.03
        source = f"{publisher}-{self.number}-{dossier}"
        claim = 0
        while size:
            claim += 1
            voice = narrator(publisher) if random.random() < _NARRATED else random.choice(self.voices)
            said = self.day.isoformat() if random.random() < 0.5 else ""
            head = (source, publisher, published.isoformat() if dated else "", said, published.isoformat())
            facet = self._facet()
            tail = self._tail(facet, published, f"c{claim:02}")
            stated, polarity = self._stated(facet)
            yield self._row(head, facet, voice, (*tail, 0), stated, polarity)
            size -= 1
            if size and polarity and facet.direction == FORTH and random.random() < _SECOND:
                other = self._back(facet)
                yield self._row(head, other, voice, (*tail, 1), self._palette(other).draw(random))
                size -= 1
                both = self._both(facet)
                if size and both is not None and random.random() < _ADDED:
                    yield self._row(head, both, voice, (*tail, 2), self._palette(both).draw(random))
                    size -= 1
                    self.sums.append((source, f"c{claim:02}"))
            self.claims.append(f"{source}/c{claim:02}")
            if random.random() < _LINKED:
                self.links.append(self._link(head, f"k{claim:02}"))

    def _link(self, head: Row, claim: str) -> Row:
        """Return a claim about an earlier claim on the exchange."""
        random = self.random
        kind, aspect, _ = random.choices(_KINDS, [weight for _, _, weight in _KINDS])[0]
        act = "confirm" if kind == "confirms" else "accuse"
        return (*head, kind, aspect, random.choice(self.claims), *random.choice(self.voices), act, claim)

    def _facet(self) -> Facet:
        if self.great and self.random.random() < _GREAT_MAIN:
            return self.facets[0]
        return self.random.choices(self.facets, self.weights)[0]

    def _back(self, facet: Facet) -> Facet:
        """Return the facet of the other direction, or the same where the claims have none."""
        same = (other for other in self.facets if replace(other.back(), number=facet.number) == facet)
        return next(same, facet)

    def _both(self, facet: Facet) -> Facet | None:
        """Return the facet of the total of both directions, where there is one."""
        total = replace(facet, direction=BOTH, aggregation="two-way-total")
        return next((other for other in self.facets if replace(other, number=facet.number) == total), None)

    def _tail(self, facet: Facet, published: dt.date, claim: str) -> Row:
        chance = self.random.random()
        later = (published + dt.timedelta(days=30)).isoformat() if chance < _SUPERSEDED else ""
        retracted = _SUPERSEDED <= chance < _SUPERSEDED + _RETRACTED
        modality = self.random.choice(_MODALITIES[facet.modality_class])
        return modality, self.random.choice(_ACTS[facet.modality_class]), later, retracted, claim

    def _row(
        self, head: Row, facet: Facet, voice: Voice, tail: Row, stated: Row, polarity: bool = True
    ) -> Row:
        modality, act, *others = tail
        what = (facet.referent, facet.measure, *facet.direction, facet.aggregation)
        said = (modality, facet.modality_class, self._population(facet), polarity, *facet.period, *stated)
        return (*head, *what, *said, *voice, act if polarity else "deny", *others)

    def _stated(self, facet: Facet) -> tuple[Row, bool]:
        """Return the words with their bounds, and False for a denial."""
        random, found = self.random, self._palette(facet)
        if found.against is not None and random.random() < 0.25:
            return found.against, not found.denied
        if random.random() < _DENIED:
            return exact(random, facet.number + random.randint(11, 60)), False
        return found.draw(random), True

    def _palette(self, facet: Facet) -> Palette:
        if facet not in self.palettes:
            great = self.great and facet is self.facets[0]
            self.palettes[facet] = (great_palette if great else palette)(facet, self.seed)
        return self.palettes[facet]

    def _population(self, facet: Facet) -> str:
        if facet.direction == BOTH or self.random.random() < 0.45:
            return "unspecified"
        giver, taker = facet.direction
        return f"of-{giver if self.random.random() < 0.03 else taker}"
