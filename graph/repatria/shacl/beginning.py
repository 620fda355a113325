"""What a query says first of ``$this``, which a constraint of SPARQL mostly begins with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from repatria.shacl.sparql_text import Token, tokens


@dataclass(frozen=True)
class Beginning:
    """The triples of ``$this`` that the outermost group begins with, as ``$this a Class ; p ?o ; q ?r .``

    ``kind`` is the class, if it comes first, and ``rest`` the query without it.
    ``properties`` are the others, as far as each is a property with one value.
    """

    kind: str | None
    properties: tuple[str, ...]
    rest: str


@lru_cache(maxsize=500)
def beginning(query: str) -> Beginning:
    """Return what a query begins with; nothing where that is no triple of ``$this``."""
    found = tokens(query)
    start = next((number for number, token in enumerate(found, 1) if token.text == "{"), len(found))
    this, triples = found[start : start + 1], list(_triples(found[start + 1 :]))
    if not triples or this[0].text not in ("$this", "?this"):
        return Beginning(None, (), query)
    verb, kind, end = triples[0]
    if verb.text != "a":
        return Beginning(None, _properties(triples), query)
    properties = _properties(triples[1:])
    return Beginning(kind.text, properties, query[: this[0].end] + query[end.end :] if properties else query)


def _triples(found: list[Token]) -> Iterator[tuple[Token, Token, Token]]:
    """Yield property, value and what ends the triple, of a list of these for one subject."""
    for verb, value, end in zip(found[::3], found[1::3], found[2::3], strict=False):
        if end.text not in (";", ".", "}"):
            return
        yield verb, value, end
        if end.text != ";":
            return


def _properties(triples: list[tuple[Token, Token, Token]]) -> tuple[str, ...]:
    return tuple(verb.text for verb, _, _ in triples if verb.kind in ("iri", "name"))
