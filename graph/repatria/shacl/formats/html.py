"""A report as one HTML page: a table that can be filtered by severity, rule and file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from repatria.shacl.formats.page import filters, foot, head, linked
from repatria.shacl.formats.telling import Telling, Told, headline, notes
from repatria.shacl.naming import on_one_line
from repatria.shacl.report import Place, Report

_FILTERS = {"severity": "Severity", "rule": "Rule", "file": "File"}
_COLUMNS = ("Severity", "What", "Node", "Rule")


def html_pieces(report: Report, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the page, a result at a time."""
    kind = "good" if report.conforms else "violation"
    yield head("Validation report") + f'<p class="{kind}">{escape(headline(report))}</p>\n'
    for note in notes(report):
        yield f'<p class="dim">{escape(note)}</p>\n'
    if report.results:
        columns = "".join(f"<th>{name}</th>" for name in _COLUMNS)
        yield f"{filters(_FILTERS)}<table>\n<thead><tr>{columns}</tr></thead>\n<tbody>\n"
        for told in Telling(report, prefixes).results():
            yield _row(told)
        yield "</tbody>\n</table>\n"
    yield foot()


def _row(told: Told) -> str:
    file = on_one_line(told.place.location.file) if told.place else ""
    named = {"severity": told.severity, "rule": told.rule_name, "file": file}
    data = " ".join(f'data-{name}="{escape(value)}"' for name, value in named.items())
    severity = f'<span class="{told.result.severity.value}">{escape(told.severity)}</span>'
    cells = (severity, "".join(_what(told)), "".join(_node(told)), "".join(_rule(told)))
    return f"<tr {data}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def _what(told: Told) -> Iterator[str]:
    yield f"<p>{escape(told.message)}</p>"
    if told.place:
        yield f"<p><code>{escape(told.where)}</code></p>"
        if told.place.line.strip():
            yield f"<pre>{_source(told.place)}</pre>"
    if told.details:
        yield f"<ul>{''.join(f'<li>{escape(detail)}</li>' for detail in told.details)}</ul>"
    if told.suggestion:
        yield f'<p class="good">{escape(told.suggestion)}</p>'


def _source(place: Place) -> str:
    line, start = on_one_line(place.line), max(0, place.location.column - 1)
    end = start + place.length if place.location.column else start
    marked = f"<mark>{escape(line[start:end])}</mark>" if line[start:end] else ""
    return escape(line[:start]) + marked + escape(line[end:])


def _node(told: Told) -> Iterator[str]:
    named = (("focus node", told.focus_node), ("path", told.path), ("value", told.value))
    terms = "".join(f"<dt>{name}</dt><dd><code>{escape(text)}</code></dd>" for name, text in named if text)
    yield f"<dl>{terms}</dl>"


def _rule(told: Told) -> Iterator[str]:
    yield f"<p><code>{linked(told.rule or '(without a name)', told.rule_text.page)}</code></p>"
    if told.description:
        yield f"<p>{escape(told.description)}</p>"
    yield f'<p class="dim"><code>{escape(told.component)}</code></p>'
