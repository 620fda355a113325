"""JSON as a tree that keeps where everything stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from json.decoder import scanstring  # type: ignore[attr-defined]

_TOKEN = re.compile(r'[ \t\r\n]*+(?:("(?:[^"\\]|\\.)*+")|([\[\]{}:,])|([^\s\[\]{}:,"]++))', re.DOTALL)
_NO_VALUE = "no value"


@dataclass(slots=True)
class Value:
    """A value and where it stands, the end exclusive.

    ``members`` are those of an object, doubles too, or None; ``items`` those of a list, or None;
    ``scalar`` is what a text, number, true, false or null means.
    """

    start: int
    end: int
    scalar: str | int | float | bool | None = None
    members: list[Member] | None = None
    items: list[Value] | None = None


@dataclass(slots=True)
class Member:
    """A key with its value; ``start`` and ``end`` are of the key, in its quotation marks."""

    key: str
    start: int
    end: int
    value: Value = field(default_factory=lambda: Value(0, 0))


def read_tree(text: str) -> Value:
    """Return the one value of a text that is JSON. Raises ValueError for one that is not."""
    open_: list[Value] = []
    keys: list[Member | None] = []
    top: Value | None = None
    for kind, written, start, end in _tokens(text):
        if kind == 2 and written in ":,":
            continue
        if kind == 2 and written in "]}":
            if not open_ or not keys:
                raise ValueError(_NO_VALUE)
            open_.pop().end = end
            keys.pop()
            continue
        if open_ and open_[-1].members is not None and keys[-1] is None:
            member = Member(_text(written), start, end)
            open_[-1].members.append(member)
            keys[-1] = member
            continue
        value = _value(kind, written, start, end)
        if not open_:
            if top is not None:
                raise ValueError(_NO_VALUE)
            top = value
        else:
            _put(open_[-1], keys, value)
        if kind == 2:
            open_.append(value)
            keys.append(None)
    if top is None or open_:
        raise ValueError(_NO_VALUE)
    return top


def _put(parent: Value, keys: list[Member | None], value: Value) -> None:
    member = keys[-1]
    if parent.items is not None:
        parent.items.append(value)
    elif member is not None:
        member.value, keys[-1] = value, None


def _tokens(text: str) -> Iterator[tuple[int, str, int, int]]:
    position, length = 0, len(text.rstrip(" \t\r\n"))
    while position < length:
        found = _TOKEN.match(text, position)
        if found is None or found.lastindex is None:
            raise ValueError(_NO_VALUE)
        kind = found.lastindex
        position = found.end()
        yield kind, found[kind], found.start(kind), position


def _value(kind: int, written: str, start: int, end: int) -> Value:
    if kind == 1:
        return Value(start, end, _text(written))
    if kind == 3:
        return Value(start, end, json.loads(written))
    if written == "[":
        return Value(start, end, items=[])
    return Value(start, end, members=[])


def _text(written: str) -> str:
    if "\\" not in written:
        return written[1:-1]
    found: str = scanstring(written, 1)[0]
    return found
