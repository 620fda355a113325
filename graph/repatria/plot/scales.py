"""Where ticks stand on axes of numbers and of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

_EPOCH = dt.date(1970, 1, 1)
_DAY = 86_400_000
# Longest span in days → months between ticks.
_MONTHS = ((240, 1), (800, 3), (1600, 6))


def milliseconds(date: dt.date) -> int:
    """Return a day as Vega counts time: milliseconds of UTC since 1970."""
    return (date - _EPOCH).days * _DAY


def ticks(low: float, high: float, most: int = 6) -> list[int]:
    """Return at most so many round whole numbers from ``low`` to ``high``."""
    step = 1
    while high // step - -(-low // step) + 1 > most:
        digit = int(str(step)[0])
        step = step * 5 // 2 if digit == 2 else step * 2
    first = -(-low // step) * step
    return list(range(int(first), int(high) + 1, step))


def around(numbers: Iterable[int]) -> tuple[int, int]:
    """Return a span with some room about the numbers, not below zero."""
    known = sorted(numbers) or [0]
    low, high = known[0], known[-1]
    room = max(2, (high - low) // 8, high // 500)
    return max(0, low - room), high + room


def day_ticks(first: dt.date, last: dt.date) -> tuple[list[dt.date], str]:
    """Return the days at which an axis of time has its labels, and the format of these."""
    span = (last - first).days
    if span <= 50:
        step = 1 if span <= 8 else 7
        return [first + dt.timedelta(step * n) for n in range(span // step + 1)], "%-d %b %Y"
    months = next((step for longest, step in _MONTHS if span <= longest), 12 * max(1, span // 3000))
    found = []
    number = -(-(first.year * 12 + first.month - 1 + (first.day > 1)) // months) * months
    while (date := dt.date(number // 12, number % 12 + 1, 1)) <= last:
        found.append(date)
        number += months
    return found, "%b %Y" if months < 12 else "%Y"
