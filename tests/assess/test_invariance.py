"""What must not change an answer: the order of the rows, repetition, and the names of things."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from random import Random

from tests.assess.engine_rows import answers
from tests.assess.oracle import Verdict
from tests.assess.worlds import ID, OUTLETS, Row, World, key, make

SIZE = 4_000


def several(seed: int) -> list[World]:
    random = Random(seed)
    return [make(random, f"v{seed}-{number}") for number in range(SIZE)]


def by_members(worlds: list[World]) -> dict[frozenset[tuple[str, str]], Verdict]:
    """Return all verdicts of the engine by what they judge."""
    return {verdict.members: verdict for group in answers(worlds).values() for verdict in group}


def test_the_order_of_the_rows_changes_nothing() -> None:
    worlds = several(1)
    random = Random(1)
    mixed = [replace(world, rows=random.sample(world.rows, len(world.rows))) for world in worlds]
    random.shuffle(mixed)
    assert by_members(mixed) == by_members(worlds)


# ---- Repetition ----------------------------------------------------------------------------------


def repeated(world: World, times: int) -> World:
    """Return a world in which other outlets say as well what somebody told one of them."""
    rows = list(world.rows)
    for number in range(times):
        for row in world.rows:
            if not row["narrator"] and row["confirms"] is None:
                claim = f"{row['claim']}-again{number}"
                outlet = OUTLETS[number % 2]
                source = f"{row['source']}-{number}"
                count = str(row["count"]).replace(str(row["claim"]), claim)
                rows.append({**row, "claim": claim, "count": count, "publisher": outlet, "source": source})
    return replace(world, rows=rows)


def test_more_outlets_for_the_same_announcements_corroborate_and_contest_nothing() -> None:
    worlds = several(2)
    once = by_members(worlds)
    told = set()
    for verdict in by_members([repeated(world, 4) for world in worlds]).values():
        first = once[frozenset(member for member in verdict.members if "-again" not in member[0])]
        told.add((first.status, verdict.status))
        same = ("consensus", "claimed", "within_rounding", "depends_on_tolerance", "asserters", "sides")
        assert [getattr(first, name) for name in same] == [getattr(verdict, name) for name in same]
        assert dict(first.pairs) == dict(verdict.pairs)
        if first.independence is not None:
            assert first.independence == verdict.independence
        else:
            assert verdict.independence in (None, "none")
    kept = {(status, status) for status in ("uncontested", "repeated", "corroborated", "contested")}
    assert told == kept | {("uncontested", "repeated")}


# ---- Names ---------------------------------------------------------------------------------------

NAMED = ("claim", "count", "source", "publisher", "referent", "from_party", "to_party", "confirms", "side")


def renamed(world: World) -> World:
    """Return the same world with another name for every thing; lists of names are sorted anew."""
    rows = [_renamed(row) for row in world.rows]
    referents = {
        _name(iri): replace(
            item,
            iri=_name(iri),
            series=None if item.series is None else _name(item.series),
            parties=frozenset(map(_name, item.parties)),
        )
        for iri, item in world.referents.items()
    }
    disputes = [_renamed(link) for link in world.disputes]
    return World(rows, referents, disputes)


def _renamed(row: Row) -> Row:
    named = [name for name in (*NAMED, "target") if row.get(name) is not None]
    changed: Row = {**row, **{name: _name(str(row[name])) for name in named}}
    for name in ("asserter", "affiliation"):
        changed[name] = " ".join(sorted(map(_name, str(row[name]).split(" "))))
    return {**changed, "key": key(changed)} if "referent" in row else changed


def _name(iri: str) -> str:
    # A digest, so that the new names sort in another order than the old ones.
    return f"{ID}{hashlib.md5(iri.encode(), usedforsecurity=False).hexdigest()}"


def test_other_names_change_nothing() -> None:
    worlds = several(3)
    before, after = by_members(worlds), by_members([renamed(world) for world in worlds])
    assert len(before) == len(after) > SIZE
    for members, verdict in before.items():
        other = after[frozenset((_name(claim), _name(count)) for claim, count in members)]
        sides = frozenset(map(_name, verdict.sides))
        assert other == replace(verdict, members=other.members, sides=sides)


def test_a_group_stands_by_itself() -> None:
    worlds = several(4)
    together = by_members(worlds)
    alone = [by_members([world]) for world in Random(4).sample(worlds, 12)]
    assert sum(map(len, alone)) >= 12
    for found in alone:
        assert {members: together[members] for members in found} == found
