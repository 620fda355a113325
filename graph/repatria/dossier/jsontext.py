"""JSON with duplicate keys refused, and the place of a value found on demand.

Places are asked for only when something is wrong, so the fast parser of the
standard library reads and a second, slower walk finds.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from repatria.errors import InputError, Location, RepatriaError

_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"[^\s,\]}]+")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s,:\[\]{}"]+|[\[\]{}]')
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LONE = re.compile("[\ud800-\udfff]")
_DEPTH = 50

Report = Callable[[RepatriaError], None]


class _Refused(Exception):
    def __init__(self, token: str, message: str) -> None:
        super().__init__(message)
        self.token = token


def parse_json(name: str, text: str, report: Report, lines_before: int = 0) -> Any:
    """Return the plain data of the one JSON value in ``text``.

    Raises InputError RP103 (syntax); duplicate keys (RP104) go to ``report``.
    """
    if _SURROGATE.search(text):
        _refuse_surrogates(name, text, lines_before)
    twice: list[bool] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) != len(pairs):
            twice.append(True)
            for key, value in reversed(pairs):  # the first one counts
                result[key] = value
        return result

    try:
        data = json.loads(text, object_pairs_hook=unique, parse_constant=_no_constant, parse_float=_number)
    except json.JSONDecodeError as error:
        raise _wrong(name, error.msg, (error.lineno + lines_before, error.colno)) from None
    except _Refused as error:
        at = next((at for at, token, _ in _tokens(text) if token == error.token), 0)
        raise _wrong(name, str(error), _line_and_column(text, at, lines_before)) from None
    except RecursionError:
        at = next((at for at, _, depth in _tokens(text) if depth > _DEPTH), 0)
        place = Location(name, *_line_and_column(text, at, lines_before))
        raise InputError(
            "RP103", "JSON is nested too deeply", hint="mind the brackets", location=place
        ) from None
    except ValueError:  # more digits than Python converts
        at = next((at for at, token, _ in _tokens(text) if len(token) > 4000 and token[-1].isdigit()), 0)
        raise _wrong(name, "a number has too many digits", _line_and_column(text, at, lines_before)) from None
    if twice:
        _report_duplicates(name, text, report, lines_before)
    return data


def _wrong(name: str, problem: str, place: tuple[int, int]) -> InputError:
    hint = "mind commas, brackets and quotation marks"
    return InputError("RP103", f"JSON cannot be read: {problem}", hint=hint, location=Location(name, *place))


def _no_constant(constant: str) -> Any:
    raise _Refused(constant, f"{constant} is not JSON")


def _number(digits: str) -> int | float:
    """Return a whole number written with a fraction or an exponent as int: the schema takes 1.0 for one."""
    value = float(digits)
    if math.isinf(value):
        raise _Refused(digits, f"{digits[:20]} is too large a number")
    return int(value) if value.is_integer() else value


def _tokens(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield offset, token and depth of strings, scalars and brackets."""
    depth = 0
    for found in _TOKEN.finditer(text):
        token = found.group()
        depth += (token in "[{") - (token in "]}")
        yield found.start(), token, depth


def _refuse_surrogates(name: str, text: str, lines_before: int) -> None:
    for at, token, _ in _tokens(text):
        if token[0] == '"' and _SURROGATE.search(token):
            try:
                value, _ = scanstring(token, 1)
            except ValueError:
                return  # the parser tells it
            if _LONE.search(value):
                place = _line_and_column(text, at, lines_before)
                raise _wrong(name, "half a character (a lone surrogate)", place)


def _report_duplicates(name: str, text: str, report: Report, lines_before: int) -> None:
    places = JsonPlaces(text, lines_before)
    for at, token, _ in _tokens(text):
        if token == "{":
            for key, twice in places.duplicates(at):
                place = Location(name, *_line_and_column(text, twice, lines_before))
                message = f"the key “{key}” stands twice"
                report(InputError("RP104", message, hint="keep one of them", location=place))


def _line_and_column(text: str, at: int, lines_before: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1 + lines_before, at - text.rfind("\n", 0, at)


class JsonPlaces:
    """Finds the place of a value, or of its key, in valid JSON; containers once walked are kept."""

    def __init__(self, text: str, lines_before: int = 0) -> None:
        self._text = text
        self._lines_before = lines_before
        self._known: dict[int, dict[str | int, tuple[int, int]]] = {}

    def __call__(self, path: tuple[str | int, ...], key: bool = False) -> tuple[int, int]:
        """Return line and column, from 1, of the value at ``path`` or of its nearest parent that is there."""
        at = _skip(self._text, 0)
        for number, step in enumerate(path, 1):
            inside = self._members(at).get(step)
            if inside is None:
                break
            at = inside[0] if key and number == len(path) else inside[1]
        return _line_and_column(self._text, at, self._lines_before)

    def duplicates(self, at: int) -> list[tuple[str, int]]:
        """Return (key, its offset) of each key that the object at offset ``at`` had before."""
        seen: set[str | int] = set()
        found: list[tuple[str, int]] = []
        for step, where, _ in _walk(self._text, at):
            if step in seen:
                found.append((str(step), where))
            seen.add(step)
        return found

    def _members(self, at: int) -> dict[str | int, tuple[int, int]]:
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = {}
            for step, key, value in _walk(self._text, at):
                known.setdefault(step, (key, value))
        return known


def _walk(text: str, at: int) -> Iterator[tuple[str | int, int, int]]:
    """Yield key or index, offset of the key and of the value of each member of the container at ``at``."""
    opening = text[at]
    if opening not in "[{":
        return
    at, index = _skip(text, at + 1), 0
    while text[at] not in "]}":
        step: str | int = index
        key = at
        if opening == "{":
            step, at = scanstring(text, at + 1)
            at = _skip(text, _skip(text, at) + 1)
        yield step, key, at
        at = _skip(text, _end(text, at))
        if text[at] == ",":
            at = _skip(text, at + 1)
        index += 1


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _end(text: str, at: int) -> int:
    """Return the offset after the value that starts at ``at``."""
    if text[at] == '"':
        end: int = scanstring(text, at + 1)[1]
        return end
    if text[at] not in "[{":
        found = _SCALAR.match(text, at)
        return found.end() if found else at + 1
    depth = 0
    for found in _TOKEN.finditer(text, at):
        token = found.group()
        depth += (token in "[{") - (token in "]}")
        if not depth:
            return found.end()
    return len(text)
