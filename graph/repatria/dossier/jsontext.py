"""JSON with duplicate keys refused, and the place of a value found on demand.

Places are asked for only when something is wrong, so the fast parser of the
standard library reads and a second, slower walk finds.
"""

from __future__ import annotations

import json
import re
from json.decoder import scanstring
from typing import Any

from repatria.errors import InputError, Location

_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"[^\s,\]}]+")


def parse_json(name: str, text: str, lines_before: int = 0) -> Any:
    """Return the plain data of one JSON value.

    Raises InputError RP103 (syntax), RP104 (duplicate key), with its place.
    """
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        place = Location(name, error.lineno + lines_before, error.colno)
        raise InputError("RP103", f"JSON cannot be read: {error.msg}", location=place) from None
    except _Refused as error:
        place = Location(name, lines_before + 1)
        raise InputError(error.code, str(error), location=place) from None
    except RecursionError:
        raise InputError("RP103", "JSON is nested too deeply", location=Location(name, lines_before + 1)) from None
    except ValueError as error:  # a number of more digits than Python converts
        raise InputError("RP103", f"JSON cannot be read: {error}", location=Location(name, lines_before + 1)) from None


class _Refused(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _Refused("RP104", f"the key “{twice}” stands twice in one object")
    return result


def _no_constant(constant: str) -> Any:
    raise _Refused("RP103", f"JSON cannot be read: {constant} is not JSON")


def position_in_json(text: str, path: tuple[str | int, ...], lines_before: int = 0) -> tuple[int, int]:
    """Return line and column, from 1, of the value at ``path`` in the valid JSON ``text``.

    A path that is not there gives its nearest parent.
    """
    at = _skip(text, 0)
    for step in path:
        inside = _child(text, at, step)
        if inside is None:
            break
        at = inside
    line = text.count("\n", 0, at)
    return line + 1 + lines_before, at - (text.rfind("\n", 0, at) + 1) + 1


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _end(text: str, at: int) -> int:
    """Return the offset after the value that starts at ``at``."""
    if text[at] == '"':
        return scanstring(text, at + 1)[1]
    if text[at] not in "[{":
        found = _SCALAR.match(text, at)
        return found.end() if found else at + 1
    depth = 0
    while True:
        if text[at] == '"':
            at = scanstring(text, at + 1)[1]
            continue
        depth += (text[at] in "[{") - (text[at] in "]}")
        at += 1
        if not depth:
            return at


def _child(text: str, at: int, step: str | int) -> int | None:
    """Return the offset of the member ``step`` of the container at ``at``, or None."""
    if text[at] != ("{" if isinstance(step, str) else "["):
        return None
    at, index = _skip(text, at + 1), 0
    while text[at] not in "]}":
        name: str | int = index
        if isinstance(step, str):
            name, at = scanstring(text, at + 1)
            at = _skip(text, _skip(text, at) + 1)
        if name == step:
            return at
        at = _skip(text, _end(text, at))
        if text[at] == ",":
            at = _skip(text, at + 1)
        index += 1
    return None
