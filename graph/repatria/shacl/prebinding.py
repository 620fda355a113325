"""What pre-binding needs to see and change in the text of a query (SHACL §5.3.1 and appendix A)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from repatria.shacl.sparql_text import Token, tokens

NEVER = "<urn:x-repatria:never>"


def with_path(query: str, path: str) -> str:
    """Return the query with ``$PATH`` replaced by a property path."""
    if "PATH" not in query:
        return query
    return _replaced(
        query, [(token, f"({path})") for token in tokens(query) if token.text in ("$PATH", "?PATH")]
    )


def projecting(query: str, names: Iterable[str], projected: Iterable[str]) -> str:
    """Return a SELECT that hands on more variables, which groups then keep as well.

    ``projected`` are all variables that it hands on, for one that says ``*``.
    """
    found = list(tokens(query))
    more = " ".join(f"?{name}" for name in names)
    select = next(number for number, token in enumerate(found) if token.text.upper() == "SELECT")
    while found[select + 1].text.upper() in ("DISTINCT", "REDUCED"):
        select += 1
    changes = [(found[select], f"{found[select].text} {more} ")]
    if found[select + 1].text == "*":
        changes.append((found[select + 1], " ".join(f"?{name}" for name in projected)))
    if (by := _grouping(found)) is not None:
        changes.append((by, f"{by.text} {more} "))
    return _replaced(query, changes)


def expecting(query: str, names: Iterable[str]) -> str:
    """Return the query with a mention of variables in each of its groups, which matches nothing.

    Oxigraph takes a variable that no pattern of a group can bind for unbound,
    and decides expressions by that (``BOUND($this)`` is false), although it is
    bound beforehand.
    """
    mention = " ".join(f"OPTIONAL {{ [] {NEVER} ?{name} }}" for name in sorted(names))
    return in_each_group(query, f"{mention} ") if mention else query


def in_each_group(query: str, pattern: str) -> str:
    """Return the query with a pattern at the beginning of each of its groups."""
    opening = (
        (token, f"{{ {pattern}")
        for token, after in pairwise(tokens(query))
        if token.text == "{" and not (after.kind == "word" and after.text.upper() == "SELECT")
    )
    return _replaced(query, opening)


def _grouping(found: list[Token]) -> Token | None:
    """Return the BY of the outermost GROUP BY."""
    depth = 0
    for before, token in pairwise(found):
        depth += (before.text == "{") - (before.text == "}")
        if depth == 0 and before.text.upper() == "GROUP" and token.text.upper() == "BY":
            return token
    return None


def _replaced(query: str, changes: Iterable[tuple[Token, str]]) -> str:
    pieces, last = [], 0
    for token, new in changes:
        pieces += [query[last : token.end - len(token.text)], new]
        last = token.end
    return "".join([*pieces, query[last:]])


def assigned(query: str) -> frozenset[str]:
    """Return the names of the variables that a query makes by AS."""
    pairs = pairwise(tokens(query))
    return frozenset(
        one.text[1:] for before, one in pairs if before.text.upper() == "AS" and one.kind == "variable"
    )


def sub_selects(query: str) -> Iterator[str]:
    """Yield the text of each sub-select of a query, from SELECT to the end of its group."""
    found = list(tokens(query))
    depth = 0
    for number, token in enumerate(found):
        depth += (token.text == "{") - (token.text == "}")
        if depth and token.kind == "word" and token.text.upper() == "SELECT":
            yield query[token.end - len(token.text) : _end_of_group(found, number)]


def _end_of_group(found: list[Token], number: int) -> int:
    depth = 0
    for token in found[number:]:
        depth += (token.text == "{") - (token.text == "}")
        if depth < 0:
            return token.end - 1
    return found[-1].end
