"""Claims and their counts in words: who says it, which number before and now, of what."""

from __future__ import annotations

import re

from repatria.diff.items import PASSIVE, Matter, changes, item, title_of
from repatria.diff.model import ADDED, CHANGED, REMOVED, Change, CountChange, Item, Kind
from repatria.diff.roots import count_of
from repatria.diff.words import Described, all_of, first, number
from repatria.terms import NS, RDF

_TYPE = RDF + "type"
_SPAN = re.compile(r".*/id/(passage|evidence)/.*")
NUMBER = frozenset(
    NS + name for name in ("statedText", "statedValue", "statedMin", "qualifier", "min", "max", "boundsRule")
)
"""What a number in words already tells of a quantity."""


def claim(matter: Matter) -> Item:
    """Return a claim with its counts."""
    before, now = matter.before(), matter.now()
    latest = before if matter.kind == REMOVED else now
    asserters = title_of(matter.words, all_of(latest, matter.iri, NS + "asserter"))
    act = title_of(matter.words, all_of(latest, matter.iri, NS + "act"))
    denied = "denial" if first(latest, matter.iri, NS + "polarity") == "false" else ""
    title = ", ".join(word for word in (asserters, act, denied) if word)
    found = _changes(matter, before, now) if matter.kind == CHANGED else _evidence(matter, before, now)
    made = item(matter, title, found)
    numbers = {count for name in {*before, *now} if (count := count_of(f"<{name}>".encode()))}
    counts = [_count(matter, before, now, name.decode()[1:-1]) for name in sorted(numbers)]
    told = tuple(found for found in counts if found is not None)
    return Item(made.kind, made.iri, made.key, made.title, made.removed, made.added, made.changes, told)


def _changes(matter: Matter, before: Described, now: Described) -> list[Change]:
    but = {*PASSIVE, _TYPE, NS + "hasCount", NS + "hop"}
    found = changes(before, now, matter.iri, "", matter, but)
    start = f"{matter.iri}/"
    for name in sorted({*before, *now}):
        if name.startswith(start) and not count_of(f"<{name}>".encode()):
            place = name.removeprefix(start).replace("/", " ")
            found += changes(before, now, name, place, matter, {_TYPE})
        elif span := _SPAN.fullmatch(name):
            found += changes(before, now, name, span[1], matter, {_TYPE})
    return found


def _evidence(matter: Matter, before: Described, now: Described) -> list[Change]:
    """Return the words that carry a claim which is added or removed; the rest is not told one by one."""
    wanted = NS + "evidence"
    return [change for change in changes(before, now, matter.iri, "", matter) if change.property == wanted]


def _count(matter: Matter, before: Described, now: Described, count: str) -> CountChange | None:
    both = (count, f"{count}/quantity")
    but = {_TYPE, NS + "countOf", NS + "quantity"}
    found = [change for part in both for change in changes(before, now, part, "", matter, but)]
    if not found:
        return None
    kind: Kind = ADDED if count not in before else REMOVED if count not in now else CHANGED
    old = None if kind == ADDED else number(before, both[1])
    new = None if kind == REMOVED else number(now, both[1])
    of = _of(matter, before if kind == REMOVED else now, count)
    return CountChange(count, kind, old, new, of, tuple(found))


def _of(matter: Matter, things: Described, count: str) -> str:
    """Return what a count counts: measure, direction, happening."""
    words = matter.words
    return told_of(
        title_of(words, all_of(things, count, NS + "measure")),
        title_of(words, all_of(things, count, NS + "fromParty")),
        title_of(words, all_of(things, count, NS + "toParty")),
        title_of(words, all_of(things, count, NS + "referent")),
    )


def told_of(measure: str, giver: str, receiver: str, referent: str) -> str:
    """Return measure, direction and happening as one phrase."""
    way = " ".join(part for part in (giver and f"from {giver}", receiver and f"to {receiver}") if part)
    return ", ".join(part for part in (measure, way, referent) if part)
