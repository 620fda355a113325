"""What the counts of the generated table refer to: exchanges in series, an agreement for each, true numbers.

The true numbers are the generator's alone: they make most of the counts of a
group agree, and totals with their parts. No count need state them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from bench.world import STATES

TOGETHER = 12  # exchanges of a series
_FIRST_DAY = dt.date(2020, 1, 1)
# Days from one exchange of a series to the next, from one series to the next, and in all.
_APART, _BETWEEN, _SPAN = 7, 13, 1800
_TRANSFERRED = "remains-transferred"

Direction = tuple[str, str]
FORTH: Direction = STATES
BACK: Direction = (STATES[1], STATES[0])
BOTH: Direction = ("", "")
Key = tuple[str, Direction]  # measure and direction


class Referent(NamedTuple):
    """An exchange, series or agreement by its key; dates in ISO format."""

    key: str
    kind: str
    not_before: str
    not_after: str
    series: str
    under: str


@dataclass(frozen=True, slots=True)
class World:
    """``exchanges`` exchanges; ``seed`` decides the true numbers."""

    exchanges: int
    seed: int
    _numbers: dict[tuple[int, Key], int] = field(default_factory=dict, compare=False)

    def day(self, exchange: int) -> dt.date:
        """Return the day of an exchange."""
        series, place = divmod(exchange, TOGETHER)
        return _FIRST_DAY + dt.timedelta(days=series * _BETWEEN % _SPAN + place * _APART)

    def number(self, exchange: int, key: Key) -> int:
        """Return the true number of an exchange; of both directions it is their sum."""
        measure, direction = key
        if direction == BOTH:
            return self.number(exchange, (measure, FORTH)) + self.number(exchange, (measure, BACK))
        found = self._numbers.get((exchange, key))
        if found is None:
            random = Random(f"{self.seed}/number/{exchange}/{measure}/{direction[0]}")
            found = self._numbers[exchange, key] = _number(random, measure)
        return found

    def sum(self, series: int, key: Key, first: int = TOGETHER) -> int:
        """Return the sum of the true numbers of the first exchanges of a series."""
        start = series * TOGETHER
        return sum(self.number(n, key) for n in range(start, min(start + first, self.exchanges)))

    def referents(self) -> Iterator[Referent]:
        """Yield the series, their agreements and their exchanges."""
        for series in range(-(-self.exchanges // TOGETHER)):
            start = self.day(series * TOGETHER)
            end = start + dt.timedelta(days=(TOGETHER - 1) * _APART)
            before, under = (start - dt.timedelta(days=_APART)).isoformat(), f"agreement/{series}"
            yield Referent(under, "Agreement", before, before, "", "")
            key = f"event/series-{series}"
            yield Referent(key, "ExchangeSeries", start.isoformat(), end.isoformat(), "", under)
            for number in range(series * TOGETHER, min((series + 1) * TOGETHER, self.exchanges)):
                day = self.day(number).isoformat()
                yield Referent(f"event/exchange-{number}", "RemainsExchange", day, day, key, under)


def _number(random: Random, measure: str) -> int:
    number = random.randint(12, 1490) if measure == _TRANSFERRED else random.randint(12, 480)
    if random.random() < 0.4:
        step = 100 if number >= 300 else 10
        number = max(20, number // step * step)
    return number
