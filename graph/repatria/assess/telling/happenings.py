"""Happenings in the order of their days, with what is said to have been handed over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from repatria.assess.containers import Timeline
from repatria.assess.results import Assessment, TimelineEntry
from repatria.assess.telling.columns import heading, table
from repatria.assess.telling.phrases import days, listed, standing, stated, subject, voices
from repatria.query.wrapping import wrapped

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# How many voices are named with their words; `compare` tells all.
_NAMED = 4


def happenings(told: Timeline, width: int | None) -> Iterator[str]:
    """Yield one block of lines for each happening."""
    if not told:
        yield from wrapped("", "No happenings: nothing was found in those days.", 2, width)
    for n, entry in enumerate(told):
        if n:
            yield ""
        yield from _entry(entry, width)


def _entry(entry: TimelineEntry, width: int | None) -> Iterator[str]:
    yield from wrapped("", f"{days(entry.not_before, entry.not_after)}  {entry.referent}", 4, width)
    parts = [_CAPITAL.sub(" ", entry.kind).lower()]
    if entry.series:
        parts.append(f"part of: {listed(thing.label for thing in entry.series)}")
    if entry.under:
        parts.append(f"under: {listed(thing.label for thing in entry.under)}")
    yield from wrapped("  ", "; ".join(parts), 4, width)
    for group in entry.assessments:
        yield from _group(group, width)
    if not entry.assessments:
        yield "    no claim says how many were handed over"


def _group(group: Assessment, width: int | None) -> Iterator[str]:
    yield from heading([*subject(group), _numbers(group), standing(group)], width, 4)
    statements = group.statements
    rows = [(voices(item.asserters, item.side, item.narrator), stated(item)) for item in statements]
    rows = list(dict.fromkeys(rows))
    yield from table(
        rows[:_NAMED], width, indent=8, most=(44 if width is None else max(30, width // 2 - 4),), last=20
    )
    if len(rows) > _NAMED:
        yield f"        … and {len(rows) - _NAMED:,} more"


def _numbers(group: Assessment) -> str:
    """Return what the claims allow, or the span of what is claimed where they contradict."""
    if group.claimed is None:
        return "denials only"
    if group.consensus is None:
        return f"{group.claimed} claimed, no number fits all"
    return f"{group.consensus} claimed" if group.claims == 1 else f"all claims allow {group.consensus}"
