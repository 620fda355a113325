"""A report for people: place with its line and a caret, message, node, path and value, rule, suggestion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from repatria.shacl.formats.telling import Telling, Told, headline, notes
from repatria.shacl.naming import harmless, on_one_line
from repatria.shacl.report import Place, Report

_WIDEST = 100  # columns of a source line that are shown
_BEFORE = 60  # of these at most before the caret


def text_pieces(report: Report, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the report, a result at a time."""
    yield "".join(f"{line}\n" for line in (headline(report), *notes(report)))
    for told in Telling(report, prefixes).results():
        yield "\n" + "".join(f"{line}\n" for line in _lines(told))


def _lines(told: Told) -> Iterator[str]:
    place = f"{told.where}: " if told.place else ""
    yield f"{place}{told.severity}: {told.message}"
    if told.place and told.place.line.strip():
        yield from source(told.place)
    yield f"  focus node  {told.focus_node}"
    if told.path:
        yield f"  path        {told.path}"
    if told.value:
        yield f"  value       {told.value}"
    yield f"  rule        {told.rule or '(a shape without a name)'}  ({told.component})"
    if told.description:
        yield f"  about       {told.description}"
    if told.rule_text.page:
        yield f"  see         {harmless(told.rule_text.page)}"
    for detail in told.details:
        yield f"  detail      {detail}"
    if told.suggestion:
        yield f"  suggestion  {told.suggestion}"


def source(place: Place) -> Iterator[str]:
    """Yield the line of a file, cut where it is long, and below it a caret for each column that is meant."""
    line = on_one_line(place.line)
    if not place.location.column:
        yield f"    {_cut(line, 0)[0]}".rstrip()
        return
    shown, at = _cut(line, place.location.column - 1)
    yield f"    {shown}".rstrip()
    # Tabs stay, so that the caret stands below its place however wide they are.
    before = "".join("\t" if sign == "\t" else " " for sign in shown[:at])
    yield f"    {before}{'^' * max(1, min(place.length, len(shown) - at))}"


def _cut(line: str, at: int) -> tuple[str, int]:
    """Return a part of a line, and where in it the place is that was ``at`` in the whole."""
    if len(line) <= _WIDEST:
        return line, at
    start = max(0, at - _BEFORE)
    part = line[start : start + _WIDEST]
    end = "…" if start + _WIDEST < len(line) else ""
    return (f"…{part}{end}", at - start + 1) if start else (f"{part}{end}", at)
