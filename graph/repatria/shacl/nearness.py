"""Which of some names another name was meant to be: a slip of the pen, not another word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from typing import TypeVar

_T = TypeVar("_T")
_ALIKE = 0.75
# Words that differ in length by more are not compared.
_LONGER = 3


def nearest(text: str, choices: Iterable[_T], name: Callable[[_T], str]) -> _T | None:
    """Return the choice whose ``name`` is nearest to ``text``, or None if none is near, or two are.

    Case, ``-`` and ``_`` do not count. Names with other digits mean something
    else: a day or a number is no slip of the pen.
    """
    wanted, digits = _folded(text), _digits(text)
    matcher = SequenceMatcher(b=wanted, autojunk=False)
    best: list[_T] = []
    best_ratio = _ALIKE
    for choice in choices:
        found = _folded(name(choice))
        if found == wanted:
            ratio = 1.0
        elif abs(len(found) - len(wanted)) > _LONGER or _digits(found) != digits:
            continue
        else:
            matcher.set_seq1(found)
            if matcher.real_quick_ratio() < best_ratio or matcher.quick_ratio() < best_ratio:
                continue
            ratio = matcher.ratio()
        if ratio > best_ratio:
            best, best_ratio = [choice], ratio
        elif ratio == best_ratio:
            best.append(choice)
    return best[0] if len(best) == 1 else None


def _folded(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign not in "-_ ")


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
