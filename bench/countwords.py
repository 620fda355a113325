"""Number words around a true number, with the bounds that they have: what a count of the table states."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from bench.wording import LANGUAGES
from repatria.quantity import bounds

# In the order of the qualified forms of bench.wording.
_QUALIFIERS = ("exact", "at-least", "more-than", "up-to", "fewer-than", "about", "nearly", "range")
_MAGNITUDES = ((1000, "thousands"), (100, "hundreds"))
_LANGUAGES = ("en", "en", "uk", "ru")
_LOOSE = ("at-least", "at-least", "more-than", "up-to", "fewer-than", "about", "about", "range")


class Stated(NamedTuple):
    """Number words as they are read: qualifier, rule, stated value, bounds (no ``high``: unbounded)."""

    words: str
    qualifier: str
    rule: str
    value: int
    low: int
    high: int | None

    def allows(self, number: int) -> bool:
        """Say whether ``number`` is within the bounds."""
        return self.low <= number and (self.high is None or number <= self.high)


def exact(random: Random, number: int) -> Stated:
    """Return words that state the number itself."""
    return _stated(random, "exact", number)


def loose(random: Random, number: int) -> Stated:
    """Return words that qualify a rounder number and whose bounds allow ``number``."""
    qualifier = random.choice(_LOOSE)
    step = _step(number)
    below, above = number // step * step, (number // step + 1) * step
    if qualifier == "about":
        found = _stated(random, qualifier, below if number - below <= above - number else above)
    elif qualifier == "range":
        found = _stated(random, qualifier, above, below)
    elif qualifier in ("up-to", "fewer-than"):
        found = _stated(random, qualifier, above)
    elif random.random() < 0.1:
        found = _magnitude(number) or _stated(random, qualifier, below)
    else:
        found = _stated(random, qualifier, below)
    return found if found.allows(number) else exact(random, number)


def near(random: Random, number: int, width: int) -> Stated:
    """Return words of any kind for a number at most ``width`` away, whether they allow ``number`` or not."""
    value = max(20, number + random.randint(-width, width))
    chance = random.random()
    if chance < 0.6:
        return exact(random, value)
    if chance < 0.8:
        return loose(random, value)
    return _stated(random, "range", value + random.randint(1, 40), value)


def _stated(random: Random, qualifier: str, value: int, low: int | None = None) -> Stated:
    wording = LANGUAGES[random.choice(_LANGUAGES)]
    form = wording.qualified[_QUALIFIERS.index(qualifier)]
    if qualifier == "exact" and random.random() < 0.8:
        form = wording.exact
    words = form.format(n=value if low is None else low, m=value)
    least, greatest, rule = _bounds(qualifier, value, low)
    return Stated(words, qualifier, rule, value, least, greatest)


def _bounds(qualifier: str, value: int, low: int | None) -> tuple[int, int | None, str]:
    found = bounds(qualifier, value, low=low)
    return found.min, found.max, found.rule


def _magnitude(number: int) -> Stated | None:
    for value, words in _MAGNITUDES:
        if value <= number < 10 * value:
            return Stated(words, "order-of-magnitude", *_magnitude_bounds(value))
    return None


def _magnitude_bounds(value: int) -> tuple[str, int, int, int | None]:
    least, greatest, rule = _bounds("order-of-magnitude", value, None)
    return rule, value, least, greatest


def _step(number: int) -> int:
    """Return what ``number`` is rounded to: two digits of it stay."""
    return int(10 ** max(0, len(str(number)) - 2))
