"""Lexical forms of the XSD datatypes (XML Schema 1.1 part 2, §3.3 and §3.4), and which a store rewrites."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad, Store

from repatria.shacl.vocabulary import RDF, XSD, XSD_STRING

INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    **{name: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for name, bits in
       {"long": 64, "int": 32, "short": 16, "byte": 8}.items()},
    **{name: (0, 2**bits - 1) for name, bits in
       {"unsignedLong": 64, "unsignedInt": 32, "unsignedShort": 16, "unsignedByte": 8}.items()},
}  # fmt: skip
"""Datatype → least and greatest value, None where there is no bound (XML Schema 1.1 part 2, §3.4)."""
_INTEGER = re.compile(r"[+-]?[0-9]+")
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})"
_MONTH, _DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_SECONDS = r"[0-9]+(?:\.[0-9]+)?S"
_CLOCK = rf"T(?:[0-9]+H(?:[0-9]+M)?(?:{_SECONDS})?|[0-9]+M(?:{_SECONDS})?|{_SECONDS})"
_DAYS = rf"(?:[0-9]+D(?:{_CLOCK})?|{_CLOCK})"
_MONTHS = r"(?:[0-9]+Y(?:[0-9]+M)?|[0-9]+M)"
# XML 1.1 §2.3, without the colon.
_FIRST = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LATER = _FIRST + "0-9.\u00b7\u0300-\u036f\u203f\u2040-"
_NAME = f"[{_FIRST}][{_LATER}]*"
PATTERNS = {
    "boolean": r"true|false|1|0",
    "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    "double": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    "dateTime": rf"(?P<year>{_YEAR})-(?P<month>{_MONTH})-(?P<day>{_DAY})T{_TIME}{_ZONE}",
    "date": rf"(?P<year>{_YEAR})-(?P<month>{_MONTH})-(?P<day>{_DAY}){_ZONE}",
    "time": _TIME + _ZONE,
    "gYear": _YEAR + _ZONE,
    "gYearMonth": rf"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonth": rf"--{_MONTH}{_ZONE}",
    "gDay": rf"---{_DAY}{_ZONE}",
    "gMonthDay": rf"--(?P<month>{_MONTH})-(?P<day>{_DAY}){_ZONE}",
    "duration": rf"-?P(?:{_MONTHS}{_DAYS}?|{_DAYS})",
    "yearMonthDuration": rf"-?P{_MONTHS}",
    "dayTimeDuration": rf"-?P{_DAYS}",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){3}[A-Za-z0-9+/]|(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?",  # noqa: E501 - one grammar
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "normalizedString": r"[^\r\n\t]*",
    "token": r"(?:[^ \t\r\n]+(?: [^ \t\r\n]+)*)?",
    "Name": f"[:{_FIRST}][:{_LATER}]*",
    **dict.fromkeys(("NCName", "ID", "IDREF", "ENTITY"), _NAME),
    "QName": f"(?:{_NAME}:)?{_NAME}",
    "NMTOKEN": f"[:{_LATER}]+",
}  # fmt: skip
PATTERNS["float"] = PATTERNS["double"]
PATTERNS["dateTimeStamp"] = PATTERNS["dateTime"].removesuffix("?")
"""Datatype → the pattern of its lexical forms, days of months aside."""


@cache
def _compiled(name: str) -> re.Pattern[str] | None:
    # Each when it is first needed: to compile all takes as long as to validate a small file.
    return re.compile(PATTERNS[name]) if name in PATTERNS else None


def well_formed(literal: Literal) -> bool:
    """Return whether the lexical form of a literal belongs to its datatype; of other datatypes all do.

    White space around a number, date or boolean is no part of its lexical
    space here, as in RDF 1.1 §3.3.
    """
    kind = literal.datatype.value
    if kind == RDF + "langString":
        return bool(literal.language)
    if not kind.startswith(XSD):
        return True
    name = kind.removeprefix(XSD)
    if name in INTEGERS:
        return _is_integer(literal.value, *INTEGERS[name])
    pattern = _compiled(name)
    if pattern is None:
        return True
    found = pattern.fullmatch(literal.value)
    return found is not None and _DATES.get(name, _any_day)(found)


def _is_integer(text: str, least: int | None, greatest: int | None) -> bool:
    if not _INTEGER.fullmatch(text):
        return False
    if least is None and greatest is None:
        return True
    digits = text.lstrip("+-").lstrip("0") or "0"
    # A number of very many digits is not computed.
    magnitude = int(digits) if len(digits) <= 20 else 10**20
    value = -magnitude if text.startswith("-") else magnitude
    return (least is None or value >= least) and (greatest is None or value <= greatest)


def _any_day(_: re.Match[str]) -> bool:
    return True


def _day_of_month(found: re.Match[str]) -> bool:
    # The calendar repeats every 400 years, also before its year 0, which is a leap year.
    year = int(found["year"][-4:]) % 400 + 400
    return int(found["day"]) <= monthrange(year, int(found["month"]))[1]


def _day_of_any_year(found: re.Match[str]) -> bool:
    return int(found["day"]) <= monthrange(2000, int(found["month"]))[1]


_DATES: dict[str, Callable[[re.Match[str]], bool]] = {
    "dateTime": _day_of_month,
    "dateTimeStamp": _day_of_month,
    "date": _day_of_month,
    "gMonthDay": _day_of_any_year,
}


_LANG_STRING = NamedNode(RDF + "langString")
_WRITTEN = NamedNode("urn:x-repatria:written")
# Forms that no store rewrites; of others it is asked.
_PLAIN = {
    NamedNode(XSD + name): re.compile(pattern)
    for name, pattern in {
        "integer": r"0|-?[1-9][0-9]{0,17}",
        "date": r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}",
        "dateTime": r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}Z?",
        "boolean": "true|false",
        "anyURI": ".*",
    }.items()
}


def is_text(literal: Literal) -> bool:
    """Return whether a literal is a string, with a language or without: these are kept as they are."""
    return literal.datatype in (XSD_STRING, _LANG_STRING)


def survives(literal: Literal) -> bool:
    """Return whether a store keeps a literal as it is written."""
    return not rewritten((literal,))


def rewritten(literals: Iterable[Literal]) -> frozenset[Literal]:
    """Return those of some literals that a store would write otherwise."""
    asked = [one for one in literals if not is_text(one) and not _is_plain(one)]
    if not asked:
        return frozenset()
    store = Store()
    store.extend(Quad(_WRITTEN, _WRITTEN, one) for one in asked)
    return frozenset(asked).difference(quad.object for quad in store)


def _is_plain(literal: Literal) -> bool:
    kind = literal.datatype
    if not kind.value.startswith(XSD):
        return True
    pattern = _PLAIN.get(kind)
    return pattern is not None and pattern.fullmatch(literal.value) is not None
