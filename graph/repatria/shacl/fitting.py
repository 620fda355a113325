"""How a literal would have to be written to be of a datatype, and which datatype its text fits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from repatria.shacl.datatypes import INTEGERS, well_formed
from repatria.shacl.vocabulary import RDF, XSD, XSD_STRING

_LANG_STRING = NamedNode(RDF + "langString")
# What a text can be recognised as by its form alone; the first that fits is named.
_RECOGNISED = (
    "dateTime", "date", "gYearMonth", "gMonthDay", "time", "integer", "decimal", "double", "duration",
)  # fmt: skip
_WORDS = {"yes": "true", "no": "false", "on": "true", "off": "false", "t": "true", "f": "false"}
_DOTTED_DAY = re.compile(r"([0-3]?[0-9])\.([01]?[0-9])\.([0-9]{4})")
_SLASHED_DAY = re.compile(r"([0-9]{4})[/.]([01]?[0-9])[/.]([0-3]?[0-9])")


def rewritten_for(literal: Literal, wanted: NamedNode) -> Literal | None:
    """Return the literal that was meant where ``wanted`` is its datatype, or None if that is not evident."""
    if wanted == _LANG_STRING:
        return None
    for text in _texts(literal, wanted.value.removeprefix(XSD)):
        found = Literal(text, datatype=wanted)
        if found != literal and well_formed(found):
            return found
    return None


def recognised(literal: Literal) -> NamedNode | None:
    """Return the datatype that the text of a literal is a form of, if that is not its own datatype."""
    for name in _RECOGNISED:
        kind = NamedNode(XSD + name)
        if well_formed(Literal(literal.value, datatype=kind)):
            return None if kind == literal.datatype else kind
    return None


def _texts(literal: Literal, wanted: str) -> Iterator[str]:
    text = literal.value
    if not wanted.startswith("http") and wanted != "string":
        text = text.strip()
    yield text
    if wanted == "boolean":
        yield _WORDS.get(text.lower(), text.lower())
    elif wanted in INTEGERS and (found := re.fullmatch(r"([+-]?[0-9]+)\.0*", text)):
        yield found[1]
    elif wanted == "date":
        yield from _days(text)
    elif wanted == "dateTime" and re.fullmatch(r"\S+ \S+", text):
        yield text.replace(" ", "T")
    elif wanted == "decimal" and re.fullmatch(r"[+-]?[0-9]+,[0-9]{1,2}", text):
        yield text.replace(",", ".")


def _days(text: str) -> Iterator[str]:
    """Yield the day that is meant, written as XML Schema has it; not where day and month may be confused."""
    yield text.partition("T")[0]
    if found := _DOTTED_DAY.fullmatch(text):
        yield f"{found[3]}-{found[2]:>02}-{found[1]:>02}"
    elif found := _SLASHED_DAY.fullmatch(text):
        yield f"{found[1]}-{found[2]:>02}-{found[3]:>02}"


def is_string_with_language(literal: Literal, wanted: NamedNode) -> bool:
    """Return whether a literal is what ``wanted`` asks for but for its language."""
    return bool(literal.language) and wanted == XSD_STRING
