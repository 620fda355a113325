"""What SPARQL says of single terms: its order and its regular expressions, asked of Oxigraph, once each."""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import BlankNode, Literal, Store

from repatria.shacl.report import Term

_STORE = Store()


@lru_cache(maxsize=100_000)
def less_than(left: Term, right: Term, *, or_equal: bool = False) -> bool:
    """Return whether ``left < right`` (or ``<=``) holds in SPARQL; what cannot be compared does not."""
    if isinstance(left, BlankNode) or isinstance(right, BlankNode):
        return False
    return _holds(f"{left} {'<=' if or_equal else '<'} {right}")


@lru_cache(maxsize=100_000)
def matches(text: str, pattern: str, flags: str) -> bool:
    """Return whether a text matches a regular expression of SPARQL. Raises ValueError for a bad one."""
    return _holds(f"REGEX({Literal(text)}, {Literal(pattern)}, {Literal(flags)})")


@lru_cache(maxsize=1_000)
def is_pattern(pattern: str, flags: str) -> bool:
    """Return whether this is a regular expression of SPARQL."""
    # A bad one is an error, which COALESCE turns into false.
    return _holds(f'COALESCE(IF(REGEX("", {Literal(pattern)}, {Literal(flags)}), true, true), false)')


def _holds(expression: str) -> bool:
    return bool(_STORE.query(f"ASK {{ FILTER({expression}) }}"))
