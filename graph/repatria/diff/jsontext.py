"""A difference as JSON, whole; the form is documented in docs/diff.md."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from repatria.diff.model import Change, CountChange, Diff, Item, Tally

VERSION = 1


def to_json(diff: Diff) -> str:
    """Return the difference as a JSON object in the form of docs/diff.md."""
    return json.dumps(as_object(diff), ensure_ascii=False, indent=1) + "\n"


def as_object(diff: Diff) -> dict[str, Any]:
    """Return the difference as what JSON knows: objects, lists, texts, numbers."""
    sections = {name: section.tally for name, section in diff.sections.items()}
    return {
        "format": "repatria-diff",
        "version": VERSION,
        "from": diff.first,
        "to": diff.second,
        "equal": diff.equal,
        "left_out": [*diff.left_out, *(["graphs"] if diff.union else [])],
        "totals": {name: asdict(tally) for name, tally in _tallies(diff.counts, sections).items()},
        **{name: [_item(item) for item in section.items] for name, section in diff.sections.items()},
        "moved": [{"from": move.old, "to": move.new, "statements": move.statements} for move in diff.moved],
        "removed": list(diff.removed),
        "added": list(diff.added),
    }


def _tallies(counts: Tally, sections: dict[str, Tally]) -> dict[str, Tally]:
    return {**sections, "counts": counts}


def _item(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "iri": item.iri,
        "key": item.key,
        "title": item.title,
        "statements": {"removed": item.removed, "added": item.added},
        "counts": [_count(count) for count in item.counts],
        "changes": [_change(change) for change in item.changes],
    }


def _count(count: CountChange) -> dict[str, Any]:
    return {
        "kind": count.kind,
        "iri": count.iri,
        "old": count.old,
        "new": count.new,
        "of": count.of,
        "changes": [_change(change) for change in count.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "place": change.place,
        "property": change.property,
        "name": change.name,
        "old": [asdict(value) for value in change.old],
        "new": [asdict(value) for value in change.new],
    }
