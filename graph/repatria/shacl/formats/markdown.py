"""A report as Markdown, with a table of the results: for a comment or a job's summary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from repatria.shacl.formats.page import is_web
from repatria.shacl.formats.telling import Telling, Told, headline, notes
from repatria.shacl.naming import harmless
from repatria.shacl.report import Report

_HEAD = ("Severity", "Place", "What", "Focus node", "Path", "Value", "Rule")
_SPECIAL = re.compile(r"([\\|<>*_`\[\]#&~])")


def markdown_pieces(report: Report, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the report, a result at a time."""
    yield f"# Validation report\n\n**{escaped(headline(report))}**\n"
    for note in notes(report):
        yield f"\n{escaped(note)}\n"
    if not report.results:
        return
    yield f"\n| {' | '.join(_HEAD)} |\n|{' --- |' * len(_HEAD)}\n"
    for told in Telling(report, prefixes).results():
        yield f"| {' | '.join(_cells(told))} |\n"


def _cells(told: Told) -> Iterator[str]:
    yield escaped(told.severity)
    yield code(told.where)
    yield "<br>".join(_what(told))
    yield code(told.focus_node)
    yield code(told.path)
    yield code(told.value)
    rule, page = code(told.rule or told.component), told.rule_text.page
    yield f"[{rule}]({page})" if is_web(page) and is_link(page) else rule


def _what(told: Told) -> Iterator[str]:
    yield escaped(told.message)
    if told.suggestion:
        yield f"*{escaped(told.suggestion)}*"
    for detail in told.details:
        yield f"– {escaped(detail)}"


def is_link(text: str) -> bool:
    """Return whether a text can stand between the brackets of a link of Markdown."""
    return re.fullmatch(r"[^\s<>()|`\\]+", text) is not None


def escaped(text: str) -> str:
    """Return text of which nothing is markup, in one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(harmless(text).split()))


def code(text: str) -> str:
    """Return text as code in a cell of a table, empty if it is empty."""
    if not text:
        return ""
    shown = " ".join(harmless(text).split()).replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {shown} {fence}" if longest else f"`{shown}`"
