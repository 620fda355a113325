"""What keeps counts and claims from being assessed; the rest is assessed without them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb

from repatria.errors import Location

_UNSOUND = "SELECT count, words, source FROM {table} WHERE low IS NULL AND NOT retracted ORDER BY count"
_MISSING = "SELECT DISTINCT claim, target, source FROM {table} ORDER BY claim, target"
_ORDER = ("RP506", "RP507", "RP501", "RP502", "RP503", "RP505", "RP504")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that kept part of the graph from being assessed.

    ``code`` is one of docs/errors.md, ``subject`` the IRI of the thing,
    ``location`` its place in the files of a workspace, where it is known;
    ``owner`` the source, count or referent whose assessment found it, empty for all.
    """

    code: str
    message: str
    hint: str
    subject: str
    location: Location | None = None
    owner: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        place = self.location or self.subject
        return f"{place}: warning[{self.code}]: {self.message}\n  hint: {self.hint}"


def unsound_bounds(connection: duckdb.DuckDBPyConnection, table: str = "counts") -> list[Problem]:
    """Return a problem for each count whose bounds are no interval of numbers below 10^18."""
    hint = "bounds are whole numbers from 0 to below 10^18, the lower one not above the upper"
    return [
        Problem(
            "RP506",
            f"the bounds of “{words}” cannot be compared, and the count is left out",
            hint,
            count,
            owner=source,
        )
        for count, words, source in connection.execute(_UNSOUND.format(table=table)).fetchall()
    ]


def missing_claims(connection: duckdb.DuckDBPyConnection, table: str = "missing") -> list[Problem]:
    """Return a problem for each claim that confirms or disputes one that is not there."""
    hint = "name a claim of this graph in `confirms` or `disputes`"
    return [
        Problem(
            "RP507",
            f"what this claim confirms or disputes is not in the graph: {target}",
            hint,
            claim,
            owner=source,
        )
        for claim, target, source in connection.execute(_MISSING.format(table=table)).fetchall()
    ]


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once: those of counts and claims first, then those of sums and fulfilment."""
    return sorted(dict.fromkeys(problems), key=lambda p: (_ORDER.index(p.code), p.subject, p.message))
