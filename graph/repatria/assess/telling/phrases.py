"""Days, directions, voices and statuses in words."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence

from repatria.assess.results import Assessment, Statement, Thing

# How many claims are named; the rows name all.
_NAMED = 3
INDEPENDENCE = {
    "none": "by the same asserter",
    "unknown": "in part by a voice of unknown origin",
    "same-side": "on one side's word",
    "unaffiliated": "by unaffiliated asserters",
    "opposing-sides": "by opposing sides",
}
STATUS = {
    "contested": "contested",
    "corroborated": "corroborated",
    "repeated": "repeated",
    "uncontested": "uncontested, unrepeated",
}
FULFILMENT = {"exceeded": "exceeded", "met": "met", "not-shown-met": "not shown met"}


def count_of(number: int, one: str, many: str = "") -> str:
    """Return “1 claim”, “2 claims”."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def key_of(iri: str) -> str:
    """Return what is left of a data IRI behind its kind."""
    return iri.partition("/id/")[2].partition("/")[2] or iri


def claim_of(iri: str) -> str:
    """Return a claim or count as it is typed: ``source#key``."""
    source, slash, key = key_of(iri).partition("/")
    return f"{source}#{key.replace('/count/', '/')}" if slash else iri


def claims_of(iris: Sequence[str]) -> str:
    """Return some claims by name, and how many more there are."""
    more = len(iris) - _NAMED
    named = ", ".join(map(claim_of, iris[:_NAMED]))
    return f"{named} and {more:,} more" if more > 0 else named


def direction(from_: Thing | None, to: Thing | None) -> str:
    """Return “Exampleland → Samplestan”, or what is said of it; nothing where nothing is."""
    if from_ and to:
        return f"{from_} → {to}"
    return f"from {from_}" if from_ else f"to {to}" if to else ""


def days(first: dt.date | None, last: dt.date | None) -> str:
    """Return the days between which something lies."""
    if first is None or last is None:
        return f"from {first} on" if first else f"until {last}" if last else "undated"
    return str(first) if first == last else f"{first} to {last}"


def period(bounds: tuple[dt.date | None, ...]) -> str:
    """Return a period by the earliest and latest days of its start and its end."""
    start, end = _bound(*bounds[:2]), _bound(*bounds[2:])
    parts = [f"from {start}"] if start else []
    return " ".join([*parts, f"to {end}"] if end else parts)


def _bound(first: dt.date | None, last: dt.date | None) -> str:
    if first is None or last is None:
        return f"{first} or later" if first else f"{last} or earlier" if last else ""
    if first == last:
        return first.isoformat()
    ends = last.day == calendar.monthrange(last.year, last.month)[1]
    if first.year == last.year and first.day == 1 and ends:
        if first.month == last.month:
            return f"{first:%Y-%m}"
        if (first.month, last.month) == (1, 12):
            return str(first.year)
    return f"a day between {first} and {last}"


def voices(asserters: Sequence[Thing], side: Thing | None, narrator: bool = False) -> str:
    """Return who says something, and for which side; that it is a narrator's own voice is told."""
    who = " and ".join(thing.label for thing in asserters) + (", jointly" if len(asserters) > 1 else "")
    if narrator:
        return f"{who} (narrator's voice)"
    own = side is None or (len(asserters) == 1 and asserters[0].iri == side.iri)
    return who if own else f"{who} ({side})"


def stated(statement: Statement) -> str:
    """Return the words of a count, and the numbers they stand for if these differ; a denial as such."""
    words, numbers = f"“{statement.words}”", str(statement.interval)
    told = words if statement.words == numbers else f"{words} ({numbers})"
    if not statement.polarity:
        return f"denies {told}"
    return f"confirms {told}" if statement.confirms else told


def done(statement: Statement) -> str:
    """Return the act and its day, or the day of publication where that is not known."""
    if statement.said:
        return f"{statement.act}, {statement.said}"
    return f"{statement.act}, " + (f"published {statement.published}" if statement.published else "undated")


def where(statement: Statement) -> str:
    """Return the claim and the words that carry it."""
    told = claim_of(statement.claim)
    if statement.fragment:
        told += f": “{statement.fragment}”"
    return told + (f", said in {claim_of(statement.confirms)}" if statement.confirms else "")


def standing(group: Assessment) -> str:
    """Return the status of a group, with the independence that is reached."""
    grade = INDEPENDENCE.get(group.independence or "", "")
    if group.status == "contested" or not grade:
        return STATUS[group.status]
    return f"{STATUS[group.status]} {grade}" if group.status == "corroborated" else f"repeated {grade}"


def subject(group: Assessment) -> list[str]:
    """Return what a group counts: measure, direction, and its kind if that is no single event."""
    kinds = [kind.label for kind in (group.aggregation, group.modality) if _is_special(kind)]
    if group.period:
        kinds.append(period(group.period))
    return [group.measure.label, direction(group.from_, group.to), ", ".join(kinds)]


def _is_special(kind: Thing) -> bool:
    return not kind.iri.endswith(("/single-event", "/fact"))


def listed(items: Iterable[str]) -> str:
    """Return “a, b and c”."""
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last
