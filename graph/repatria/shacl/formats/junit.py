"""A report as JUnit XML, as the servers that run tests read it: a test case for each result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from repatria.shacl.formats.telling import Telling, Told, headline, notes
from repatria.shacl.formats.text import source
from repatria.shacl.naming import harmless
from repatria.shacl.report import Report, Severity

_SUITE = "repatria validate"


def junit_pieces(
    report: Report, prefixes: Mapping[str, str], *, fail_on: Severity = Severity.VIOLATION
) -> Iterator[str]:
    """Yield one test suite. Results that weigh ``fail_on`` or more are failures, others pass and are told.

    Data without results are one case that passes, a validation that did not end is a case with an error.
    """
    failures = sum(report.count(one) for one in Severity if one.at_least(fail_on))
    whole = bool(report.unfinished) or not report.results
    counts = {
        "tests": len(report.results) + whole,
        "failures": failures,
        "errors": int(bool(report.unfinished)),
    }
    numbers = " ".join(f'{key}="{value}"' for key, value in counts.items())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {numbers}>\n'
    yield f'<testsuite name="{_SUITE}" {numbers} skipped="0">\n'
    if whole:
        error = f"<error message={_attribute(report.unfinished)}/>" if report.unfinished else ""
        yield f'<testcase classname="{_SUITE}" name="the graph as a whole">{error}</testcase>\n'
    for told in Telling(report, prefixes).results():
        yield _case(told, told.result.severity.at_least(fail_on))
    told_of_all = _text([headline(report), *notes(report)])
    yield f"<system-out>{told_of_all}</system-out>\n</testsuite>\n</testsuites>\n"


def _case(told: Told, fails: bool) -> str:
    names = {"classname": told.rule_name, "name": told.focus_node}
    if told.place:
        names["file"] = told.place.location.file
        if told.place.location.line:
            names["line"] = str(told.place.location.line)
    given = " ".join(f"{key}={_attribute(value)}" for key, value in names.items())
    text = _text(_lines(told))
    if fails:
        kind, message = _attribute(told.severity), _attribute(told.message)
        inner = f"<failure type={kind} message={message}>{text}</failure>"
    else:
        inner = f"<system-out>{escape(told.severity)}: {text}</system-out>"
    return f"<testcase {given}>{inner}</testcase>\n"


def _lines(told: Told) -> Iterator[str]:
    yield told.message
    if told.place:
        yield told.where
        if told.place.line.strip():
            yield from source(told.place)
    named = (("path", told.path), ("value", told.value), ("component", told.component))
    yield from (f"{name}: {text}" for name, text in named if text)
    yield from told.details
    if told.suggestion:
        yield told.suggestion


def _text(lines: Iterator[str] | list[str]) -> str:
    return escape(harmless("\n".join(lines)))


def _attribute(text: str) -> str:
    return quoteattr(harmless(" ".join(text.split())))
