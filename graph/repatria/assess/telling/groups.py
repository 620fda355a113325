"""Groups of comparable counts: who says what, in which words and where; whether they agree, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from repatria.assess.containers import Assessments
from repatria.assess.results import Assessment, Position, Statement
from repatria.assess.telling.columns import heading, table
from repatria.assess.telling.phrases import (
    claims_of,
    count_of,
    done,
    key_of,
    listed,
    standing,
    stated,
    subject,
    voices,
    where,
)
from repatria.query.wrapping import wrapped

# How many statements of one number, and how many pairs of numbers, are told; the rows hold all.
_MOST = 10
_STATUSES = ("contested", "corroborated", "repeated", "uncontested")


def groups(told: Assessments, width: int | None) -> Iterator[str]:
    """Yield the lines of all groups, after how many there are of each status."""
    if not told:
        yield from wrapped("", "No group of comparable counts was found for this.", 2, width)
        return
    numbers = Counter(group.status for group in told)
    parts = [f"{numbers[status]:,} {status}" for status in _STATUSES if numbers[status]]
    head = f"{count_of(len(told), 'group')} of comparable counts: {listed(parts)}."
    if len(told) > 1:
        yield from wrapped("", head, 2, width)
        yield ""
    for n, group in enumerate(told):
        if n:
            yield ""
        yield from _group(group, width)


def _group(group: Assessment, width: int | None) -> Iterator[str]:
    yield from heading([group.referent.label, *subject(group)], width)
    named = not group.population.iri.endswith("/unspecified")
    yield from heading([standing(group), f"population: {group.population}" if named else ""], width, 2)
    shown = _shown(group)
    yield from statement_lines([item for place in shown for item in place.statements[:_MOST]], width)
    for place in shown:
        more = len(place.statements) - _MOST
        if more > 0:
            yield f"    … and {count_of(more, 'more statement')} of {place.interval} (the rows hold all)"
    start = "  why: "
    for line in _why(group):
        yield from wrapped(start, line, 7, width)
        start = " " * 7
    yield f"  key: {key_of(group.iri)}"


def _shown(group: Assessment) -> Sequence[Position]:
    """Return the intervals that are told one by one: where there are too many of them, the extremes."""
    if not group.clusters:
        return group.positions
    affirmed = [position for position in group.positions if position.polarity] or group.positions
    lowest = min(affirmed, key=lambda position: position.interval.low)
    highest = max(affirmed, key=lambda position: position.interval.low)
    return [lowest] if lowest is highest else [lowest, highest]


def statement_lines(statements: Iterable[Statement], width: int | None, indent: int = 4) -> Iterator[str]:
    """Yield who says what, in which words, by which act and when, and where it stands."""
    rows = [
        (voices(item.asserters, item.side, item.narrator), stated(item), done(item), where(item))
        for item in statements
    ]
    room = 0 if width is None else width - indent - 4
    most = (min(36, room * 38 // 100), min(26, room * 32 // 100), min(30, room * 30 // 100))
    yield from table(rows, width, indent=indent, most=most)


def _why(group: Assessment) -> Iterator[str]:
    """Yield the reason, the pairs that contradict, the sums, and who confirms or disputes what."""
    yield group.reason
    against = [comparison for comparison in group.comparisons if comparison.relation == "contradicts"]
    for comparison in against[:_MOST]:
        yield comparison.reason
    if len(against) > _MOST:
        yield f"… and {len(against) - _MOST:,} more pairs that contradict."
    if group.clusters:
        yield _clusters(group)
    for check in sorted(group.sums, key=lambda check: check.relation != "contradicts"):
        yield check.reason
    if group.depends_on_tolerance:
        yield "This rests on how “around” or “K” is read, which is a convention of this graph."
    for what, claims in (
        ("Occurrence confirmed by", group.occurrence_confirmed_by),
        ("Number disputed by", group.count_disputed_by),
        ("Composition disputed by", group.composition_disputed_by),
    ):
        if claims:
            yield f"{what} {claims_of(claims)}."


def _clusters(group: Assessment) -> str:
    """Return where the numbers of a group lie that are too many to be told one by one."""
    found = group.clusters
    shown = [f"{item.interval} ({count_of(item.claims, 'claim')})" for item in found[:_MOST]]
    more = [f"{len(found) - _MOST:,} more"] if len(found) > _MOST else []
    numbers = count_of(len(group.positions), "different number")
    return f"Of {numbers} the lowest and the highest are shown; all lie in {listed([*shown, *more])}."
