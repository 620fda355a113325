"""A report as workflow commands of GitHub Actions: an annotation at the line of each result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from repatria.shacl.formats.telling import Telling, Told, headline, notes
from repatria.shacl.report import Report, Severity

_COMMANDS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
# Data of a command, and then what else would end one of its properties.
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def github_pieces(report: Report, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each result; what is true of the whole report stands before them as plain text."""
    yield "".join(f"{line}\n" for line in (headline(report), *notes(report)))
    if report.unfinished:
        yield f"::error title=unfinished::{_escaped(report.unfinished, _DATA)}\n"
    for told in Telling(report, prefixes).results():
        properties = ",".join(f"{key}={_escaped(value, _PROPERTY)}" for key, value in _properties(told))
        text = _escaped("\n".join(_text(told)), _DATA)
        yield f"::{_COMMANDS[told.result.severity]} {properties}::{text}\n"


def _properties(told: Told) -> Iterator[tuple[str, str]]:
    if told.place and told.place.location.file != "-":
        where = told.place.location
        yield "file", where.file
        if where.line:
            yield "line", str(where.line)
        if where.column:
            yield "col", str(where.column)
            if told.place.length:
                yield "endColumn", str(where.column + told.place.length)
    yield "title", told.rule_name


def _text(told: Told) -> Iterator[str]:
    yield told.message
    yield " ".join(part for part in (told.focus_node, told.path, told.value) if part)
    yield from told.details
    if told.suggestion:
        yield told.suggestion


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)
