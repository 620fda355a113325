"""Constraints of a single value as SPARQL expressions, and as patterns.

An expression that is true guarantees that the value meets the constraint. One
that is ``exact`` is also false, never an error, where the value does not; only
such may stand below a negation. A pattern binds the value to nodes that meet the
constraint, to all of them where the expression is exact: a store finds these
once and leaves them out (MINUS), where it would look for each value (EXISTS).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    """A group of SPARQL that binds the value, and about how many triples it goes through."""

    text: str
    size: int


@dataclass(frozen=True, slots=True)
class Expression:
    """SPARQL text, and whether it is true exactly when the constraint is met.

    ``pattern`` is the same as a pattern, where it can be had; ``parts`` are
    those of a conjunction.
    """

    text: str
    exact: bool = True
    pattern: Pattern | None = None
    parts: tuple[Expression, ...] = ()

    @property
    def safe(self) -> str:
        """The text, false instead of an error."""
        return self.text if self.exact else f"COALESCE({self.text}, false)"


def conjunction(parts: Iterable[Expression | None]) -> Expression | None:
    """Return that all parts hold; None if one cannot be said."""
    found: list[Expression] = []
    for part in parts:
        if part is None:
            return None
        if part.text != "true":
            found += part.parts or (part,)
    if len(found) < 2:
        return found[0] if found else Expression("true")
    text = " && ".join(f"({part.safe})" for part in found)
    return Expression(text, all(part.exact for part in found), parts=tuple(found))


def either(patterns: Sequence[Pattern]) -> Pattern:
    """Return the union of patterns of one value."""
    if len(patterns) == 1:
        return patterns[0]
    text = " UNION ".join(f"{{ {one.text} }}" for one in patterns)
    return Pattern(text or "FILTER(false)", sum(one.size for one in patterns))
