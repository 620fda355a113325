"""A difference as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from repatria.diff.claims import NUMBER
from repatria.diff.model import (
    ADDED,
    CHANGED,
    REMOVED,
    Change,
    CountChange,
    Diff,
    Item,
    Section,
    Tally,
    Value,
)

KINDS = (ADDED, REMOVED, CHANGED)
HEADINGS = {
    "sources": "Sources", "claims": "Claims", "entities": "People, bodies, exchanges and other things",
    "concepts": "Concepts", "passages": "Passages and evidence", "dataset": "Description of the dataset",
    "assessments": "Assessments", "other": "Other subjects",
}  # fmt: skip
_NAMES = {
    "sources": "sources", "claims": "claims", "entities": "entities", "concepts": "concepts",
    "passages": "passages and evidence", "dataset": "description of the dataset",
    "assessments": "assessments", "other": "other subjects",
}  # fmt: skip
_VALUES = 8


def to_text(diff: Diff, *, assessments: bool = False) -> str:
    """Return the difference as text; with ``assessments`` each that changed, not only new outcomes."""
    return "".join(f"{line}\n" for line in _lines(diff, assessments))


def _lines(diff: Diff, assessments: bool) -> Iterator[str]:
    yield from (f"--- {diff.first}", f"+++ {diff.second}", *remarks(diff))
    if diff.equal:
        yield "no difference"
        return
    yield totals(diff)
    yield from summary(diff)
    for name, section in diff.sections.items():
        shown = worth_telling(name, section, assessments)
        for kind in KINDS:
            items = [item for item in shown.items if item.kind == kind]
            if items:
                number = getattr(shown.tally, kind)
                yield from ("", f"{HEADINGS[name]} {kind}{f' ({number:,})' if number > 1 else ''}:")
                for item in items:
                    yield from _item(item)
                yield from (f"  {left}" for left in more(len(items), number))


def remarks(diff: Diff) -> Iterator[str]:
    """Yield what was not compared."""
    if diff.union:
        yield "named graphs are left out: the format of one side has none"
    yield from (f"{part} are left out" for part in diff.left_out)


def totals(diff: Diff) -> str:
    """Return how many statements differ."""
    moved = sum(move.statements for move in diff.moved)
    removed, added = len(diff.removed) - moved, len(diff.added) - moved
    return f"{count(added, 'statement')} added, {removed:,} removed"


def summary(diff: Diff) -> Iterator[str]:
    """Yield how many claims, counts and things are added, removed and changed, and what only moved."""
    tallies = {name: section.tally for name, section in diff.sections.items()}
    for name, tally in tallies.items():
        if tally.total:
            yield f"{_NAMES[name]}: {told(tally)}"
        if name == "claims" and diff.counts.total:
            yield f"counts: {told(diff.counts)}"
    for move in diff.moved:
        names = [f"graph <{name}>" if name else "the default graph" for name in (move.old, move.new)]
        yield f"{count(move.statements, 'statement')} moved from {names[0]} to {names[1]}"


def told(tally: Tally) -> str:
    """Return a tally in words."""
    return ", ".join(f"{number:,} {kind}" for kind in KINDS if (number := getattr(tally, kind)))


def count(number: int, name: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def more(shown: int, number: int) -> Iterator[str]:
    """Yield a line that tells what is left out, if anything is."""
    if number > shown:
        yield f"… and {number - shown:,} more"


def worth_telling(name: str, section: Section, assessments: bool) -> Section:
    """Return a section; of what is computed only what came to another outcome, unless all is asked for."""
    if name not in ("assessments", "dataset") or (name == "assessments" and assessments):
        return section
    items = tuple(item for item in section.items if item.kind == CHANGED and item.changes)
    return Section(Tally(changed=max(section.outcomes, len(items))), items)


def _item(item: Item) -> Iterator[str]:
    yield "  " + "  ".join(part for part in (item.key, item.title) if part)
    for found in item.counts:
        yield f"    {number(found)}"
        yield from (f"      {line}" for change in besides(found) for line in _change(change))
    yield from (f"    {line}" for change in item.changes for line in _change(change))


def number(found: CountChange) -> str:
    """Return a count in one line: the number before and now, and what it is a number of."""
    if found.old is not None and found.new is not None:
        value = found.old if found.old == found.new else f"{found.old} → {found.new}"
    else:
        value = found.new or found.old or ""
    mark = {ADDED: "+ ", REMOVED: "- ", CHANGED: ""}[found.kind]
    return f"{mark}{value} {found.of}".rstrip()


def besides(found: CountChange) -> list[Change]:
    """Return what changed of a count besides its number; all that did where the number is the same."""
    if found.kind != CHANGED:
        return []
    moved = found.old != found.new
    return [change for change in found.changes if not (moved and change.property in NUMBER)]


def name_of(change: Change) -> str:
    """Return a property with its place."""
    return f"{change.place}: {change.name}" if change.place else change.name


def _change(change: Change) -> Iterator[str]:
    if len(change.old) == len(change.new) == 1:
        yield f"{name_of(change)}  {change.old[0].text} → {change.new[0].text}"
        return
    for mark, values in (("-", change.old), ("+", change.new)):
        yield from (f"{mark} {name_of(change)}  {text}" for text in shown(values))


def shown(values: tuple[Value, ...]) -> list[str]:
    """Return values in words, the first of many."""
    return [*(value.text for value in values[:_VALUES]), *more(min(len(values), _VALUES), len(values))]
