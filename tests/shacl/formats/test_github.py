"""Workflow commands: one line for each result, and nothing in the data can write another."""

from __future__ import annotations

import re

from hypothesis import given, settings
from tests.shacl.formats.making import HARD, PLACED, SHAPES, WHOLE, reports, result, written

from repatria.shacl import Report

COMMAND = re.compile(r"::(error|warning|notice) (.*?)::([^\n]*)", re.DOTALL)


def commands(report: Report) -> list[tuple[str, dict[str, str], str]]:
    """Read the commands as a runner does: kind, properties, message."""
    found = []
    for line in written(report, "github").split("\n"):
        if line.startswith("::"):
            read = COMMAND.fullmatch(line)
            assert read, line
            pairs = (pair.split("=", 1) for pair in read[2].split(","))
            found.append((read[1], {key: plain(value) for key, value in pairs}, plain(read[3])))
    return found


def plain(text: str) -> str:
    for escaped, sign in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(escaped, sign)
    return text


def test_an_annotation_stands_at_the_line_and_columns() -> None:
    assert commands(Report([PLACED], shapes=SHAPES)) == [
        (
            "error",
            {"file": "data/my file.ttl", "line": "7", "col": "19", "endColumn": "31", "title": "ex:dated"},
            'The date is wrong.\nex:report ex:date "17.07.2025"\nwrite "2025-07-17"^^xsd:date',
        )
    ]


def test_severities_are_commands_and_an_unfinished_run_is_an_error() -> None:
    assert [kind for kind, _, _ in commands(WHOLE)] == ["error", "error", "warning", "notice"]
    assert commands(WHOLE)[0][1:] == ({"title": "unfinished"}, "the time was over after 5 seconds")
    assert [line for line in written(WHOLE, "github").splitlines() if not line.startswith("::")] == [
        "Does not conform: 1 violation, 1 warning, 1 info.",
        "Unfinished, results may be missing: the time was over after 5 seconds.",
        "1 shape run by pyshacl.",
        "Counted as data: data/my file.ttl; no inference.",
    ]


def test_data_that_conform_have_no_annotation() -> None:
    assert written(Report(), "github") == "Conforms: no results.\n"


def test_a_message_stays_in_its_command() -> None:
    ((_, properties, text),) = commands(Report([result(message=HARD)]))
    assert properties == {"title": "ex:dated"}
    assert "%3A,::error::" in text


@settings(deadline=None, max_examples=25)
@given(reports)
def test_there_is_one_command_for_each_result(report: Report) -> None:
    assert len(commands(report)) == len(report.results) + bool(report.unfinished)
