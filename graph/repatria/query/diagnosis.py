"""What is wrong with a query, and where: Oxigraph's parser names neither well.

It reports the furthest place that any rule looked at, often the end. So the
usual mistake, an unknown prefix, is looked for first; then rdflib's parser is
asked for its place. It is imported for this alone, so for wrong queries only.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from typing import NamedTuple

from repatria.query.tokens import tokens

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
# Among the rules and characters that Oxigraph expected there may be a sentence.
_SENTENCE = re.compile(r"(?:^expected (?:one of )?|, )([A-Z][a-z]*(?: [\w*?().-]+){3,})")


class Mistake(NamedTuple):
    """A mistake in a query: line and column from 1, and what it is."""

    line: int
    column: int
    message: str


def mistake(text: str, told: str, prefixes: Mapping[str, str]) -> Mistake:
    """Return the mistake in a query that Oxigraph refused with the message ``told``."""
    return _unknown_prefix(text, prefixes) or _by_rdflib(text) or _by_oxigraph(text, told)


def _unknown_prefix(text: str, prefixes: Mapping[str, str]) -> Mistake | None:
    known = {*prefixes, "_"}
    at = 0
    declared = False
    for token in tokens(text):
        if token.kind == "curie":
            prefix = token.text.partition(":")[0]
            if declared:
                known.add(prefix)
            elif prefix not in known:
                return _at(text, at, f"there is no prefix “{prefix}:”")
        if token.kind not in ("space", "comment"):
            declared = token.kind == "word" and token.text.upper() == "PREFIX"
        at += len(token.text)
    return None


def _by_rdflib(text: str) -> Mistake | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyparsing import ParseBaseException
        from rdflib.plugins.sparql.parser import parseQuery

        try:
            # One space for a tab: the parser would otherwise count eight columns.
            parseQuery(text.replace("\t", " "))
        except ParseBaseException as error:
            return _at(text, min(int(error.loc), len(text)), _found(text, int(error.loc)))
        except (RecursionError, ValueError):
            return None
    return None


def _found(text: str, place: int) -> str:
    start = 0
    for token in tokens(text):
        start += len(token.text)
        if start > place and token.kind not in ("space", "comment"):
            return f"“{token.text}” cannot stand here, or what follows it is wrong"
    return "it ends too early"


def _by_oxigraph(text: str, told: str) -> Mistake:
    found = _PLACE.match(told)
    if not found:
        return Mistake(1, 1, told)
    sentence = _SENTENCE.search(found[3])
    message = sentence[1].strip() if sentence else "it is wrong here or before"
    return Mistake(int(found[1]), int(found[2]), message)


def _at(text: str, place: int, message: str) -> Mistake:
    before = text[:place]
    return Mistake(before.count("\n") + 1, place - (before.rfind("\n") + 1) + 1, message)
