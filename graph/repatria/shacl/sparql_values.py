"""What SPARQL says of single terms: its order and its regular expressions, asked of Oxigraph, once each."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal, QuerySolutions, Store

from repatria.shacl.datatypes import INTEGERS, well_formed
from repatria.shacl.report import Term
from repatria.shacl.vocabulary import XSD

_STORE = Store()
_ORDERED = frozenset(
    ("string", "boolean", "dateTime", "dateTimeStamp", "date", "time",
     "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")
)  # fmt: skip


@lru_cache(maxsize=100_000)
def less_than(left: Term, right: Term, *, or_equal: bool = False) -> bool:
    """Return whether ``left < right`` (or ``<=``) holds in SPARQL; what cannot be compared does not.

    SPARQL 1.1 §17.3, and dates, times and durations as XPath has them. Oxigraph
    takes any term for equal to itself, and has no order of booleans nor of
    numbers of very many digits.
    """
    kind = order_of(left)
    if kind is None or kind != order_of(right):
        return False
    assert isinstance(left, Literal)
    assert isinstance(right, Literal)
    if kind in _READ:
        one, other = _READ[kind](left, right)
        return bool(one <= other if or_equal else one < other)
    return _holds(f"{left} {'<=' if or_equal else '<'} {right}")


def _booleans(*literals: Literal) -> list[bool]:
    return [one.value in ("true", "1") for one in literals]


def _numbers(*literals: Literal) -> list[Decimal] | list[float]:
    """Return numbers as SPARQL compares them: exactly, unless one is a float or double (SPARQL 1.1 §17.1)."""
    kinds = {one.datatype.value.removeprefix(XSD) for one in literals}
    if kinds.isdisjoint(("float", "double")):
        return [Decimal(one.value) for one in literals]
    as_float = "double" not in kinds
    return [
        _single(float(one.value)) if as_float or one.datatype.value == XSD + "float" else float(one.value)
        for one in literals
    ]


def _single(number: float) -> float:
    """Return the nearest number of single precision."""
    try:
        return float(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return math.copysign(math.inf, number)


_READ: dict[str, Callable[[Literal, Literal], Any]] = {"boolean": _booleans, "number": _numbers}


def order_of(term: Term) -> str | None:
    """Return the order in which a term has a place: ``number``, ``string``, ``boolean`` … or None."""
    if not isinstance(term, Literal) or term.language or not well_formed(term):
        return None
    if not term.datatype.value.startswith(XSD):
        return None
    name = term.datatype.value.removeprefix(XSD)
    if name in INTEGERS or name in ("decimal", "float", "double"):
        return None if term.value == "NaN" else "number"
    if name.endswith("uration"):
        return "duration"
    return {"dateTimeStamp": "dateTime"}.get(name, name) if name in _ORDERED else None


_MATCHES: dict[tuple[str, str], dict[str, bool]] = {}
_KEPT = 100_000


def matches(text: str, pattern: str, flags: str) -> bool:
    """Return whether a text matches a regular expression of SPARQL. Raises ValueError for a bad one."""
    known = _MATCHES.get((pattern, flags), {})
    if text not in known:
        learn([text], pattern, flags)
        known = _MATCHES[pattern, flags]
    return known[text]


def learn(texts: Iterable[str], pattern: str, flags: str) -> None:
    """Find out at once which texts match a regular expression: to compile one may take long."""
    known = _MATCHES.setdefault((pattern, flags), {})
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if not new:
        return
    if len(known) + len(new) > _KEPT:
        known.clear()
    listed = " ".join(str(Literal(text)) for text in new)
    test = f"REGEX(?text, {Literal(pattern)}, {Literal(flags)})"
    answer = _STORE.query(f"SELECT ?text {{ VALUES ?text {{ {listed} }} FILTER({test}) }}")
    assert isinstance(answer, QuerySolutions)
    found = {row[0].value for row in answer if isinstance(row[0], Literal)}
    known.update((text, text in found) for text in new)


@lru_cache(maxsize=1_000)
def is_pattern(pattern: str, flags: str) -> bool:
    """Return whether this is a regular expression of SPARQL."""
    # A bad one is an error, which COALESCE turns into false.
    return _holds(f'COALESCE(IF(REGEX("", {Literal(pattern)}, {Literal(flags)}), true, true), false)')


def _holds(expression: str) -> bool:
    return bool(_STORE.query(f"ASK {{ FILTER({expression}) }}"))
