"""What SQL does not say well: joint voices that share a member, grades in groups of very many intervals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb

from repatria.assess.database import insert


def merge(connection: duckdb.DuckDBPyConnection) -> None:
    """Give joint claims that share an asserter with another claim of their group one voice, in ``members``.

    For whom each of them speaks stays its own.
    """
    found = connection.execute("SELECT g, agent, voice FROM shared ORDER BY g").fetchall()
    rows = [(g, *row) for g, group in groupby(found, itemgetter(0)) for row in _merged(group)]
    if rows:
        insert(connection, "merged", ("g", "asserter", "voice"), rows, ("INTEGER",) * 3)
        connection.execute(
            "UPDATE members SET voice = m.voice, joint = true"
            " FROM merged m WHERE m.g = members.g AND m.asserter = members.voice"
        )


def _merged(rows: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """Yield (asserter, voice) of a group's rows (group, agent, asserter).

    The voice is the least asserter of those that share agents, directly or through others.
    """
    by_agent: dict[int, list[int]] = {}
    for _, agent, asserter in rows:
        by_agent.setdefault(agent, []).append(asserter)
    parent = {asserter: asserter for same in by_agent.values() for asserter in same}

    def root(name: int) -> int:
        while parent[name] != name:
            name = parent[name]
        return name

    for same in by_agent.values():
        for other in same[1:]:
            low, high = sorted((root(same[0]), root(other)))
            parent[high] = low
    for asserter in parent:
        yield asserter, root(asserter)


_Span = tuple[int, int] | None


@dataclass(slots=True)
class _Voices:
    """What is known of the voices of some positions: least and greatest of each name, as in ``positions``.

    ``narrator`` is of those of unknown origin, ``anybody`` of all.
    """

    claim: _Span = None
    anybody: _Span = None
    narrator: _Span = None
    voice: _Span = None
    affiliation: _Span = None
    party: _Span = None

    def united(self, other: _Voices) -> _Voices:
        return _Voices(
            _span(self.claim, other.claim),
            _span(self.anybody, other.anybody),
            _span(self.narrator, other.narrator),
            _span(self.voice, other.voice),
            _span(self.affiliation, other.affiliation),
            _span(self.party, other.party),
        )

    def grade(self, other: _Voices) -> int | None:
        """Return the best grade between a claim of these and a different one of the others."""
        if not _differ(self.claim, other.claim):
            return None
        for grade, name in ((4, "party"), (3, "affiliation"), (2, "voice")):
            if _differ(getattr(self, name), getattr(other, name)):
                return grade
        narrated = _differ(self.narrator, other.anybody) or _differ(self.anybody, other.narrator)
        return 1 if narrated else 0


def _span(one: _Span, other: _Span) -> _Span:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _differ(one: _Span, other: _Span) -> bool:
    return one is not None and other is not None and min(one[0], other[0]) != max(one[1], other[1])


_LARGE = """
SELECT m.g, m.polarity, m.low, m.hi, min(m.cid), max(m.cid),
       min(h.asserter) FILTER (NOT h.joint), max(h.asserter) FILTER (NOT h.joint),
       min(h.asserter) FILTER (NOT h.joint AND m.narrator),
       max(h.asserter) FILTER (NOT h.joint AND m.narrator),
       min(h.asserter) FILTER (NOT h.joint AND NOT m.narrator),
       max(h.asserter) FILTER (NOT h.joint AND NOT m.narrator),
       min(m.affiliation) FILTER (NOT h.joint AND NOT m.narrator),
       max(m.affiliation) FILTER (NOT h.joint AND NOT m.narrator),
       min(m.party) FILTER (NOT h.joint), max(m.party) FILTER (NOT h.joint)
FROM members m JOIN held h USING (rid)
JOIN spans s ON s.g = m.g AND s.positions > getvariable('most')
GROUP BY m.g, m.polarity, m.low, m.hi ORDER BY m.g, m.low DESC, m.hi"""


def grade_large(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table ``large`` (g, grade, denied) of the groups that are told by clusters and extremes."""
    found = connection.execute(_LARGE).fetchall()
    rows = [(g, *_large([row[1:] for row in group])) for g, group in groupby(found, itemgetter(0))]
    insert(connection, "large", ("g", "grade", "denied"), rows, ("INTEGER", "INTEGER", "BOOLEAN"))


def _large(rows: list[tuple[Any, ...]]) -> tuple[int | None, bool]:
    """Return the best grade, and whether a denial holds an affirmation, in O(k log k) for k positions.

    Joint claims are not heard here: it is as if they did not stand in the group.
    ``rows`` stand by low descending, so that whatever stands before and ends
    no later lies within.
    """
    ends = sorted({row[2] for row in rows})
    rank = {end: number for number, end in enumerate(ends, 1)}
    tree: list[_Voices | None] = [None] * (len(ends) + 1)
    best = -1
    for polarity, _, hi, *names in rows:
        place = rank[hi]
        if not polarity:
            continue
        voices = _voices(names)
        within = _prefix(tree, place)
        united = voices if within is None else voices.united(within)
        best = max(best, _or(voices.grade(united)))
        _add(tree, place, voices)
    return (best if best >= 0 else None), _holds_any(rows)


def _holds_any(rows: list[tuple[Any, ...]]) -> bool:
    """Say whether a denied interval holds an affirmed one: the least end of those that begin no earlier."""
    least: int | None = None
    for _, same in groupby(rows, itemgetter(1)):
        waiting = [(row[2], row[0]) for row in same]
        ends = [end for end, affirmed in waiting if affirmed]
        if ends:
            least = min(ends) if least is None else min(least, *ends)
        if least is not None and any(not affirmed and end >= least for end, affirmed in waiting):
            return True
    return False


def _or(grade: int | None) -> int:
    return -1 if grade is None else grade


def _voices(names: list[int | None]) -> _Voices:
    spans = zip(names[::2], names[1::2], strict=True)
    return _Voices(*((low, high) if low is not None and high is not None else None for low, high in spans))


def _prefix(tree: list[_Voices | None], place: int) -> _Voices | None:
    """Return the union of all up to a rank (a Fenwick tree)."""
    found: _Voices | None = None
    while place:
        node = tree[place]
        if node is not None:
            found = node if found is None else found.united(node)
        place -= place & -place
    return found


def _add(tree: list[_Voices | None], place: int, voices: _Voices) -> None:
    while place < len(tree):
        node = tree[place]
        tree[place] = voices if node is None else node.united(voices)
        place += place & -place
