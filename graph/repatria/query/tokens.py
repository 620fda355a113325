"""SPARQL as tokens: enough to see which form a query has, and to bind variables as terms.

A variable is replaced as a token, never inside a string, an IRI or a comment,
and only by the N-Triples form of a term, so that a value can never become
syntax (SPARQL 1.1, section 19.8, productions IRIREF, PNAME_LN, VARNAME,
STRING_LITERAL*; section 19.4, comments).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from repatria.errors import InputError, UsageError

# What never stands in a name, of ASCII. All else counts as part of one, since outside strings, IRIs and
# comments the parser refuses what may not be; sets told by what they leave out compile much faster.
_OUT = r"\x00-,/;-@\[-^`{-\x7F"
_TOKEN = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<comment>\#[^\n\r]*)
  | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
  | (?P<string>\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$][^{_OUT}:.-]+)
  | (?P<curie>(?:[^{_OUT}:.0-9-](?:[^{_OUT}:]*[^{_OUT}:.])?)?:
      (?:(?:[^{_OUT}.]|%[0-9A-Fa-f]{{2}}|\\[^\w\s]|\\_)
      (?:(?:[^{_OUT}]|%[0-9A-Fa-f]{{2}}|\\[^\w\s]|\\_)*(?:[^{_OUT}.]|%[0-9A-Fa-f]{{2}}|\\[^\w\s]|\\_))?)?)
  | (?P<language>@[A-Za-z][A-Za-z0-9-]*)
  | (?P<word>[^{_OUT}:.0-9-][^{_OUT}:.-]*)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"})
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_CLAUSE_ENDS = frozenset({"WHERE", "FROM", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET"})


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
    previous = Token("other", "")
    for token in _telling(query):
        word = token.text.upper() if token.kind == "word" else ""
        if not found and word in _UPDATES:
            hint = "the graph changes by its dossiers and `repatria build`"
            raise UsageError("RP208", f"{word} is an update; queries only read", hint=hint)
        if not found and word in _FORMS:
            found = word
        if "SERVICE" in word or (token.text == "{" and _service_prefix(previous)):
            message = "SERVICE would fetch from the network, which queries never do"
            raise UsageError("RP209", message, hint="query that endpoint by itself")
        previous = token
    return found


def _telling(query: str) -> Iterator[Token]:
    return (token for token in tokens(query) if token.kind not in ("space", "comment"))


def _service_prefix(token: Token) -> bool:
    """Whether Oxigraph would read ``SERVICE:name {`` as a call: its keywords need no space after them."""
    return token.kind == "curie" and "SERVICE" in token.text.partition(":")[0].upper()


def names_graphs(query: str) -> bool:
    """Return whether the query says itself which graphs it asks (FROM, FROM NAMED)."""
    depth = 0
    for token in _telling(query):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if not depth and token.kind == "word" and token.text.upper() in ("FROM", "FROMNAMED"):
            return True
    return False


def variables(query: str) -> set[str]:
    """Return the names of all variables, without ``?`` or ``$``."""
    return {token.text[1:] for token in tokens(query) if token.kind == "variable"}


def bind(query: str, values: Mapping[str, str]) -> str:
    """Return ``query`` with each variable of ``values`` replaced by a term in N-Triples form.

    As with pre-bound variables, ``BOUND(?name)`` is true for them, also inside
    sub-SELECT and NOT EXISTS. A column of the answer may have a parameter's
    name (``(… AS ?name)`` in the outermost SELECT) and keeps it. Raises
    InputError RP322 as :func:`check_parameters`.
    """
    check_parameters(query, values)
    found = list(tokens(query))
    columns = {position for position, role in _roles(found) if role == "column"}
    result: list[str] = []
    position = 0
    while position < len(found):
        token = found[position]
        end = _bound_call(found, position, values)
        if end:
            result.append("true")
            position = end
            continue
        bound = token.kind == "variable" and position not in columns and token.text[1:] in values
        result.append(values[token.text[1:]] if bound else token.text)
        position += 1
    return "".join(result)


def check_parameters(query: str, names: Iterable[str]) -> None:
    """Raise InputError RP322 where a parameter stands in a place that takes a variable only."""
    found = list(tokens(query))
    wanted = set(names)
    for position, role in _roles(found):
        if role == "variable" and found[position].text[1:] in wanted:
            message = f"the parameter {found[position].text} is selected, assigned, grouped or ordered by"
            raise InputError("RP322", message, hint="use another variable that is equal to it")


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
        expected.append(found[at])
    opening, name, closing = expected
    called = opening.text == "(" and closing.text == ")" and name.kind == "variable"
    return at + 1 if called and name.text[1:] in values else 0


class _Clause:
    """Where in a query a token stands: in which clause, how deep in braces and parentheses."""

    def __init__(self) -> None:
        self.word = ""
        self.parens = self.braces = self.base = 0

    def step(self, token: Token) -> None:
        text = token.text.upper() if token.kind == "word" else token.text
        level = self.parens == self.base
        if token.kind == "word" and text in ("SELECT", "BY", "VALUES"):
            self.word, self.base = text, self.parens
        elif text in ("{", "}"):
            self.braces += 1 if text == "{" else -1
            self.word = "" if level or text == "}" else self.word
        elif text in ("(", ")"):
            self.parens += 1 if text == "(" else -1
        elif token.kind == "word" and level and text in _CLAUSE_ENDS:
            self.word = ""

    @property
    def takes_variable(self) -> bool:
        return self.word == "VALUES" or (self.word in ("SELECT", "BY") and self.parens == self.base)


def _roles(found: list[Token]) -> Iterator[tuple[int, str]]:
    """Yield the variables that name a column of the answer (``column``) or must stay one (``variable``)."""
    clause = _Clause()
    previous = ""
    for position, token in enumerate(found):
        if token.kind in ("space", "comment"):
            continue
        clause.step(token)
        if token.kind == "variable":
            if previous == "AS":
                outermost = clause.word == "SELECT" and not clause.braces
                yield position, "column" if outermost else "variable"
            elif clause.takes_variable:
                yield position, "variable"
        previous = token.text.upper() if token.kind == "word" else token.text
