"""RDF terms as Python values, and as the text that a reader sees."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from repatria.terms import XSD, shorten

Term = NamedNode | BlankNode | Literal | Triple
_WHOLE = frozenset(
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "negativeInteger",
        "nonPositiveInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip

# Python also reads 1_000 and 20250717, which XSD does not.
_ANY = re.compile(r"[^_]*")
_FORMS = {"date": re.compile(r"-?\d{4,}-\d\d-\d\d(?:Z|[+-]\d\d:\d\d)?", re.ASCII)}


class IRI(str):
    """An IRI as text; a type of its own, so that it is told from a literal."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{self}>"


def python_value(term: Term | None) -> Any:
    """Return a term as str, int, Decimal, float, bool, date, datetime, :class:`IRI` or None.

    A literal whose text does not fit its datatype stays text.
    """
    if isinstance(term, NamedNode):
        return IRI(term.value)
    if isinstance(term, Literal):
        try:
            return _literal(term)
        except (ValueError, InvalidOperation):
            return term.value
    return None if term is None else str(term)


def _literal(term: Literal) -> Any:
    kind, text = term.datatype.value, term.value
    if not kind.startswith(XSD):
        return text
    name = kind[len(XSD) :]
    if not _FORMS.get(name, _ANY).fullmatch(text):
        return text
    if kind in _WHOLE:
        return int(text)
    if name == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
    if name == "decimal":
        return Decimal(text)
    if name in ("double", "float"):
        return float(text)
    if name == "date":
        return dt.date.fromisoformat(text)
    if name == "dateTime":
        return dt.datetime.fromisoformat(text)
    return text


def shown(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """Return a term as a reader sees it: an IRI shortened, a literal's text, nothing for None."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return shorten(term.value, dict(prefixes))
    return term.value if isinstance(term, Literal) else str(term)


def plain(term: Term | None) -> str:
    """Return a term as in the SPARQL 1.1 CSV format: an IRI in full, a literal's text."""
    if term is None:
        return ""
    return term.value if isinstance(term, (NamedNode, Literal)) else str(term)
