"""SPARQL as tokens: enough to see which form a query has, and to bind variables as terms.

A variable is replaced as a token, never inside a string, an IRI or a comment,
and only by the N-Triples form of a term, so that a value can never become
syntax (SPARQL 1.1, section 19.8, productions IRIREF, VAR1, VAR2, STRING_LITERAL*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from repatria.errors import InputError, UsageError

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<comment>\#[^\n]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:[^\\]|\\.)*?\"\"\"|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<curie>(?:[^\W\d_][\w.-]*)?:(?:[\w:.%-]|\\.)*)
  | (?P<language>@[A-Za-z][A-Za-z0-9-]*)
  | (?P<word>[^\W\d]\w*)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"})
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


class Token(NamedTuple):
    """One token: its kind (name of the group above) and its text."""

    kind: str
    text: str


def tokens(query: str) -> Iterator[Token]:
    """Yield all tokens; joined they are the query again."""
    for found in _TOKEN.finditer(query):
        yield Token(found.lastgroup or "other", found.group())


def form(query: str) -> str:
    """Return ``SELECT``, ``ASK``, ``CONSTRUCT``, ``DESCRIBE``, or an empty string.

    Raises UsageError RP208 for an update and RP209 for a query that calls
    another endpoint (SERVICE): nothing is changed and nothing is fetched.
    """
    found = ""
    for token in tokens(query):
        word = token.text.upper() if token.kind == "word" else ""
        if not found and word in _UPDATES:
            hint = "the graph changes by its dossiers and `repatria build`"
            raise UsageError("RP208", f"{word} is an update; queries only read", hint=hint)
        if not found and word in _FORMS:
            found = word
        if word == "SERVICE":
            hint = "query that endpoint by itself"
            raise UsageError("RP209", "SERVICE would fetch from the network, which queries never do", hint=hint)
    return found


def variables(query: str) -> set[str]:
    """Return the names of all variables, without ``?`` or ``$``."""
    return {token.text[1:] for token in tokens(query) if token.kind == "variable"}


def bind(query: str, values: Mapping[str, str]) -> str:
    """Return ``query`` with each variable of ``values`` replaced by a term in N-Triples form.

    As with pre-bound variables, ``BOUND(?name)`` is true for them, also inside
    sub-SELECT and NOT EXISTS. A declared parameter without a value stays a
    variable. Raises InputError RP322 where a parameter is selected or assigned.
    """
    found = list(tokens(query))
    result: list[str] = []
    position = 0
    while position < len(found):
        token = found[position]
        end = _bound_call(found, position, values)
        if end:
            result.append("true")
            position = end
            continue
        if token.kind == "variable" and token.text[1:] in values:
            _refuse_assignment(found, position)
            result.append(values[token.text[1:]])
        else:
            result.append(token.text)
        position += 1
    return "".join(result)


def _next(found: list[Token], position: int) -> int:
    while position < len(found) and found[position].kind in ("space", "comment"):
        position += 1
    return position


def _bound_call(found: list[Token], position: int, values: Mapping[str, str]) -> int:
    """Return the position after ``BOUND(?name)`` of a bound parameter that begins here, or 0."""
    if found[position].kind != "word" or found[position].text.upper() != "BOUND":
        return 0
    expected = []
    at = position
    for _ in range(3):
        at = _next(found, at + 1)
        if at >= len(found):
            return 0
        expected.append(found[at].text)
    if expected[0] == "(" and expected[2] == ")" and expected[1][1:] in values and expected[1][0] in "?$":
        return at + 1
    return 0


def _refuse_assignment(found: list[Token], position: int) -> None:
    before = [token for token in found[:position] if token.kind not in ("space", "comment")]
    words = [token.text.upper() for token in before[-12:]]
    if words and words[-1] in ("AS", "VALUES"):
        _refused(found[position])
    for token in reversed(before):
        if token.kind == "word" and token.text.upper() in ("SELECT", "DISTINCT", "REDUCED"):
            _refused(found[position])
        if token.kind != "variable" and token.text not in ("*",):
            return


def _refused(token: Token) -> None:
    message = f"the parameter {token.text} is selected or assigned in the query"
    raise InputError("RP322", message, hint="select another variable that is equal to it")
