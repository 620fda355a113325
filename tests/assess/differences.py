"""Where engine and oracle differ, told on the smallest world that still shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from itertools import chain

from tests.assess.oracle import Verdict, assess
from tests.assess.worlds import Row, World

# Groups of more positions are told by clusters and extremes, the others by their pairs.
MOST_POSITIONS = 50
Answers = Mapping[str, Sequence[Verdict]]


def expected(world: World, as_of: dt.date | None = None) -> list[Verdict]:
    """Return what the oracle says, in the extent in which an engine tells it."""
    return [_told(verdict) for verdict in assess(world.counts(as_of), world.disputed(as_of))]


def _told(verdict: Verdict) -> Verdict:
    # A denial is told where it contradicts: it agrees with nothing.
    pairs = {
        name: pair
        for name, pair in verdict.pairs.items()
        if pair.relation == "contradicts" or all(polarity for _, _, polarity in name)
    }
    return replace(verdict, pairs=pairs, clusters=frozenset())


def compared(world: World, answers: Answers, as_of: dt.date | None = None) -> tuple[int, list[str]]:
    """Return how many groups of a world were compared, and in what the answers differ."""
    wanted = {verdict.members: verdict for verdict in expected(world, as_of)}
    had = {verdict.members: verdict for iri in world.referents for verdict in answers.get(iri, ())}
    found = [f"members: {sorted(members)}" for members in wanted.keys() ^ had.keys()]
    for members in wanted.keys() & had.keys():
        found += _fields(wanted[members], had[members])
    return len(wanted), found


def _fields(wanted: Verdict, had: Verdict) -> Iterator[str]:
    for item in fields(wanted):
        want, have = getattr(wanted, item.name), getattr(had, item.name)
        if want != have:
            yield f"{item.name}: the oracle says {want}, the engine {have}"


def smallest(world: World, differs: Callable[[World], bool]) -> World:
    """Return a world that still differs, with no row and no dispute that could be spared."""
    fewer_rows = (replace(world, rows=rest) for rest in _without_one(world.rows))
    fewer_disputes = (replace(world, disputes=rest) for rest in _without_one(world.disputes))
    less = next(filter(differs, chain(fewer_rows, fewer_disputes)), None)
    return world if less is None else smallest(less, differs)


def _without_one(rows: list[Row]) -> Iterator[list[Row]]:
    return ([*rows[:place], *rows[place + 1 :]] for place in range(len(rows)))


def shown(world: World) -> str:
    """Return the rows of a world, as far as they matter."""
    names = (
        "claim",
        "words",
        "asserter",
        "narrator",
        "polarity",
        "population",
        "confirms",
        "replaced",
        "retracted",
    )
    rows = [
        "  ".join(str(row[name]).removeprefix("https://example.org/id/") for name in names)
        for row in world.rows
    ]
    return "\n".join([*rows, *(f"{link['claim']} disputes {link['target']}" for link in world.disputes)])
