"""Sums that a claim states itself: “1,029, of them 1,003 and 26”."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import duckdb

from repatria.assess.problems import Problem
from repatria.assess.referents import Referents
from repatria.assess.results import Interval
from repatria.assess.sums import Check, interval

_STATED = """
SELECT s.total, s.part, t.gid, t.claim, t.low, t.hi, t.tolerance,
       p.gid, p.claim, p.low, p.hi, p.tolerance, p.referent, p.from_party, p.to_party
FROM sums s JOIN summed t ON t.count = s.total JOIN summed p ON p.count = s.part{only}
ORDER BY s.total, s.part"""
_CIRCULAR = """
WITH RECURSIVE reached(total, part) AS (
    SELECT s.total, s.part FROM sums s{only}
    UNION
    SELECT r.total, s.part FROM reached r JOIN sums s ON s.total = r.part
)
SELECT DISTINCT total FROM reached WHERE total = part ORDER BY total"""


@dataclass(frozen=True, slots=True)
class _Part:
    count: str
    gid: str
    claim: str
    interval: Interval
    tolerance: bool
    referent: str
    direction: tuple[str | None, str | None]


def stated_sums(
    connection: duckdb.DuckDBPyConnection, referents: Referents, problems: list[Problem], only: str = ""
) -> Iterator[Check]:
    """Yield the check of each count that adds up others by its own words.

    With ``only``, a table of counts, of those alone.
    """
    chosen = f" SEMI JOIN {only} o ON o.count = s.total" if only else ""
    circular = {row[0] for row in connection.execute(_CIRCULAR.format(only=chosen)).fetchall()}
    for count in sorted(circular):
        message = "a total is, by way of its sums, a part of itself, and is not added up"
        problems.append(Problem("RP502", message, "correct `sum_of` of this count", count, owner=count))
    totals: dict[str, tuple[tuple[Any, ...], list[_Part]]] = {}
    for total, part, gid, claim, low, hi, tolerance, *rest in connection.execute(
        _STATED.format(only=chosen)
    ).fetchall():
        if total not in circular:
            totals.setdefault(total, ((gid, claim, interval(low, hi), tolerance), []))[1].append(
                _part(part, rest)
            )
    for total, (head, parts) in totals.items():
        if _overlap(parts, referents):
            message = "the parts of a total overlap, and are not added up"
            hint = "name in `sum_of` only parts that share nothing"
            problems.append(Problem("RP503", message, hint, total, owner=total))
        else:
            yield _check(total, head, parts)


def _part(count: str, rest: list[Any]) -> _Part:
    gid, claim, low, hi, tolerance, referent, from_, to = rest
    return _Part(count, gid, claim, interval(low, hi), bool(tolerance), referent, (from_, to))


def _overlap(parts: list[_Part], referents: Referents) -> bool:
    """Say whether two parts in one direction are the same exchange, or one a stage of the other."""
    for number, part in enumerate(parts):
        wider = {part.referent, *referents.above(part.referent)}
        for other in parts[:number] + parts[number + 1 :]:
            if other.direction == part.direction and other.referent in wider:
                return True
    return False


def _check(total: str, head: tuple[Any, ...], parts: list[_Part]) -> Check:
    gid, claim, stated, tolerance = head
    sum_ = sum((part.interval for part in parts), Interval(0, 0))
    name = f"stated/{sha256(total.encode()).hexdigest()[:12]}"
    claims = dict.fromkeys([str(claim), *(part.claim for part in parts)])
    gids = tuple(dict.fromkeys(part.gid for part in parts))
    uncertain = bool(tolerance) or any(part.tolerance for part in parts)
    return Check(str(gid), name, "stated", stated, sum_, gids, uncertain, tuple(claims))
