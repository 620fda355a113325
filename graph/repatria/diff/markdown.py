"""A difference as Markdown, to be put into a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle

from repatria.diff.model import Change, CountChange, Diff, Item, Tally
from repatria.diff.text import (
    HEADINGS,
    KINDS,
    besides,
    more,
    name_of,
    number,
    remarks,
    shown,
    summary,
    totals,
    worth_telling,
)

# IRIs, and what a code host would take for the name of a user or the number of an issue.
_VERBATIM = re.compile(r"(<[^<>\s`]+>|[@#][\w-]+)")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")
# A longer list is folded.
_FOLDED = 10


def to_markdown(diff: Diff, *, assessments: bool = False) -> str:
    """Return the difference as Markdown; with ``assessments`` each that changed, not only new outcomes."""
    return "".join(f"{line}\n" for line in _lines(diff, assessments))


def _lines(diff: Diff, assessments: bool) -> Iterator[str]:
    yield f"**{plain(diff.first)} → {plain(diff.second)}:** {'no difference' if diff.equal else totals(diff)}"
    for remark in remarks(diff):
        yield from ("", f"*{plain(remark)}*")
    if diff.equal:
        return
    yield ""
    yield from _table(diff)
    for name, section in diff.sections.items():
        chosen = worth_telling(name, section, assessments)
        for kind in KINDS:
            items = [item for item in chosen.items if item.kind == kind]
            if items:
                yield from _part(f"{HEADINGS[name]} {kind}", items, getattr(chosen.tally, kind))


def _table(diff: Diff) -> Iterator[str]:
    tallies = {HEADINGS[name]: section.tally for name, section in diff.sections.items()}
    rows: list[tuple[str, Tally]] = []
    for name, tally in tallies.items():
        rows.append((name, tally))
        if name == HEADINGS["claims"]:
            rows.append(("Counts", diff.counts))
    yield from ("| | added | removed | changed |", "| --- | ---: | ---: | ---: |")
    for name, tally in rows:
        if tally.total:
            yield f"| {name} | {tally.added or ''} | {tally.removed or ''} | {tally.changed or ''} |"
    yield from (f"\n{plain(line)}" for line in summary(diff) if " moved from " in line)


def _part(heading: str, items: list[Item], of: int) -> Iterator[str]:
    yield ""
    folded = len(items) > _FOLDED
    if folded:
        yield from (f"<details><summary><b>{heading}</b> ({of:,})</summary>", "")
    else:
        yield from (f"**{heading}**{f' ({of:,})' if of > 1 else ''}", "")
    for item in items:
        yield from _item(item)
    yield from (f"- {left}" for left in more(len(items), of))
    if folded:
        yield from ("", "</details>")


def _item(item: Item) -> Iterator[str]:
    key = f"`{item.key.replace('`', '')}`" if item.key else ""
    yield f"- {' '.join(part for part in (key, plain(item.title)) if part)}"
    for found in item.counts:
        yield f"  - {_number(found)}"
        yield from (f"    - {line}" for change in besides(found) for line in _change(change))
    yield from (f"  - {line}" for change in item.changes for line in _change(change))


def _number(found: CountChange) -> str:
    if found.old is not None and found.new is not None and found.old != found.new:
        return f"**{plain(found.old)} → {plain(found.new)}** {plain(found.of)}".rstrip()
    return plain(number(found))


def _change(change: Change) -> Iterator[str]:
    name = plain(name_of(change))
    if len(change.old) == len(change.new) == 1:
        yield f"{name}: {plain(change.old[0].text)} → {plain(change.new[0].text)}"
        return
    for word, values in (("removed", change.old), ("added", change.new)):
        yield from (f"{name}: {word} {plain(text)}" for text in shown(values))


def plain(text: str) -> str:
    """Return a text as it is read, whatever signs of Markdown stand in it."""
    parts = _VERBATIM.split(" ".join(text.split()))
    return "".join(
        f"`{part}`" if verbatim else _SPECIAL.sub(r"\\\1", part)
        for part, verbatim in zip(parts, cycle((False, True)), strict=False)
    )
