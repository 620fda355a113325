"""Worded quantities as intervals of whole numbers (the Quantity table of the data model).

Nothing here reads words: :mod:`repatria.quantity.reading` does. A rule is
arithmetic (``at least n`` is [n, ∞)) or a convention of ours (``around n`` is
n ± :func:`tolerance`); ``Bounds.rule`` names it, so that a user can filter what
depends on a convention.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_MULTIPLES = frozenset(("exact", "at-least", "more-than"))
_DOZEN = 12


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest number (both included) that the words allow.

    ``min``: int ≥ 0. ``max``: int, or None when unbounded. ``rule``: key of the
    concept in scheme ``concept/rule`` that led from words to bounds.
    """

    min: int
    max: int | None
    rule: str


def tolerance(n: int) -> int:
    """Half-width of "around n": max(1, ⌈n/20⌉, min(g/2, n/10)), g = 10^(trailing zeros of n).

    A convention of ours: 25 → 2, 1,000 → 100, 6,000 → 500, 0 → 1.
    Raises ValueError when ``n`` is negative.
    """
    if n < 0:
        raise ValueError(f"a count cannot be negative: {n}")
    grain = _grain(n)
    # With grain 1 the last term is at most 1/2 and never decides; from grain 10 on both its parts are whole.
    rounding = min(grain // 2, n // 10) if grain > 1 else 0
    return max(1, -(-n // 20), rounding)


def _grain(n: int) -> int:
    grain = 1
    while n and n % (grain * 10) == 0:
        grain *= 10
    return grain


def bounds(qualifier: str, value: int, *, low: int | None = None, multiple: str | None = None) -> Bounds:
    """Bounds of a quantity from its qualifier (key of scheme ``concept/qualifier``) and stated value.

    ``value``: the number stated; of a range its upper numeral; of ``multiple-of``
    the product multiplier × multiplicand. ``low``: the lower numeral of a range,
    and only of a range. ``multiple``: exact, at-least or more-than, and only with
    ``multiple-of``. Lower bounds are never below 0.

    Raises ValueError with the reason when the combination is impossible.
    """
    if value < 0:
        raise ValueError(f"a count cannot be negative: {value}")
    if low is not None and qualifier != "range":
        raise ValueError(f"{qualifier} has no lower number, only a range has")
    if multiple is not None and qualifier != "multiple-of":
        raise ValueError(f"{qualifier} is no multiple of another quantity")
    if qualifier == "range":
        return _range(low, value)
    if qualifier == "multiple-of":
        return _multiple(multiple, value)
    rule = _RULES.get(qualifier)
    if rule is None:
        raise ValueError(f"unknown qualifier: {qualifier}")
    least, greatest = rule(value)
    return Bounds(max(0, least), greatest, qualifier)


def _range(low: int | None, value: int) -> Bounds:
    if low is None:
        raise ValueError("a range needs its lower number")
    if low < 0:
        raise ValueError(f"a count cannot be negative: {low}")
    if low > value:
        raise ValueError(f"the range runs backwards: {low} to {value}")
    return Bounds(low, value, "range")


def _multiple(multiple: str | None, value: int) -> Bounds:
    if multiple not in _MULTIPLES:
        raise ValueError(f"a multiple is exact, at-least or more-than, not {multiple or 'unsaid'}")
    least, greatest = _RULES[multiple](value)
    return Bounds(least, greatest, f"multiple-{multiple}")


def _exact(n: int) -> tuple[int, int | None]:
    return n, n


def _at_least(n: int) -> tuple[int, int | None]:
    return n, None


def _more_than(n: int) -> tuple[int, int | None]:
    return n + 1, None


def _up_to(n: int) -> tuple[int, int | None]:
    return 0, n


def _fewer_than(n: int) -> tuple[int, int | None]:
    if n == 0:
        raise ValueError("no count is fewer than 0")
    return 0, n - 1


def _about(n: int) -> tuple[int, int | None]:
    return n - tolerance(n), n + tolerance(n)


def _nearly(n: int) -> tuple[int, int | None]:
    if n == 0:
        raise ValueError("no count is nearly 0")
    return n - tolerance(n), n - 1


def _order_of_magnitude(n: int) -> tuple[int, int | None]:
    if n == _DOZEN:
        return 2 * _DOZEN, 99
    if n < 10 or _grain(n) != n:
        raise ValueError(f"an order of magnitude is 12 (dozens) or a power of ten from 10, not {n}")
    return n, 10 * n - 1


_RULES: dict[str, Callable[[int], tuple[int, int | None]]] = {
    "exact": _exact,
    "at-least": _at_least,
    "more-than": _more_than,
    "up-to": _up_to,
    "fewer-than": _fewer_than,
    "about": _about,
    "abbreviated": _about,
    "nearly": _nearly,
    "order-of-magnitude": _order_of_magnitude,
}
