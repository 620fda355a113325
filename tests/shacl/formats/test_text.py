"""The report for people: the place with its line and a caret, what is wrong, and what would mend it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from pyoxigraph import Literal
from tests.shacl.formats.making import HARD, PLACED, SHAPES, WHOLE, ex, result, results, written

from repatria.errors import Location
from repatria.shacl import Report, Result, Severity
from repatria.shacl.report import Place


def test_a_result_with_its_place_is_told_whole() -> None:
    assert written(Report([PLACED], shapes=SHAPES), "text") == (
        "Does not conform: 1 violation.\n\n"
        "data/my file.ttl:7:19: violation: The date is wrong.\n"
        '    ex:report ex:date "17.07.2025" .\n'
        "                      ^^^^^^^^^^^^\n"
        "  focus node  ex:report\n"
        "  path        ex:date\n"
        '  value       "17.07.2025"\n'
        "  rule        ex:dated  (sh:DatatypeConstraintComponent)\n"
        "  about       When it was printed.\n"
        "  see         http://example.org/handbook#dates\n"
        '  suggestion  write "2025-07-17"^^xsd:date\n'
    )


def test_what_is_not_known_is_left_out() -> None:
    assert written(Report([result()]), "text") == (
        "Does not conform: 1 violation.\n\n"
        "violation: The date is wrong.\n"
        "  focus node  ex:report\n"
        "  path        ex:date\n"
        "  rule        ex:dated  (sh:DatatypeConstraintComponent)\n"
    )


def test_what_is_true_of_the_whole_report_stands_at_its_head() -> None:
    assert written(WHOLE, "text").split("\n\n")[0].splitlines() == [
        "Does not conform: 1 violation, 1 warning, 1 info.",
        "Unfinished, results may be missing: the time was over after 5 seconds.",
        "1 shape run by pyshacl.",
        "Counted as data: data/my file.ttl; no inference.",
    ]


def test_an_unfinished_report_without_results_does_not_say_that_the_data_conform() -> None:
    report = Report(unfinished="the time was over")
    assert not report.conforms
    assert written(report, "text").startswith("Not known whether it conforms: no results so far.\nUnfinished")


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place(Location("f", 1, 1), "abc", 0), ["abc", "^"]),
        (Place(Location("f", 1, 3), "\tab", 1), ["\tab", "\t ^"]),
        (Place(Location("f", 1, 2), "abc", 99), ["abc", " ^^"]),
        (Place(Location("f", 1), "abc"), ["abc"]),
        (Place(Location("f", 1, 1), " "), []),
        (Place(Location("f", 1, 1), "x" * 200, 3), ["x" * 100 + "…", "^^^"]),
        (Place(Location("f", 1, 150), "x" * 149 + "yy" + "x" * 99, 2), ["…" + "x" * 60, " " * 61 + "^^"]),
        (Place(Location("f", 1, 1), "a\x1b[2Jb", 1), ["a\ufffd[2Jb", "^"]),
    ],
)  # fmt: skip
def test_the_caret_stands_below_what_is_meant(place: Place, shown: list[str]) -> None:
    lines = written(Report([replace(PLACED, place=place)]), "text").splitlines()[3:]
    found = [line.removeprefix("    ") for line in lines if line.startswith("    ")]
    assert len(found) == len(shown)
    assert all(line.startswith(start) for line, start in zip(found, shown, strict=True))
    assert found[1:] == shown[1:]


def test_no_text_of_the_data_gives_orders_to_a_terminal_or_makes_lines_of_its_own() -> None:
    text = written(Report([result(message=HARD, value=Literal(HARD))]), "text")
    assert not set(text) & {"\x1b", "\x00"}
    assert [line[:2] for line in text.splitlines()[3:]] == ["  "] * 4


@settings(deadline=None, max_examples=25)
@given(results)
def test_each_result_begins_with_its_place_and_severity(one: Result) -> None:
    first = written(Report([one]), "text").split("\n\n", 1)[1].splitlines()[0]
    assert first.startswith(f"{one.severity.value}: ") or (one.place and f": {one.severity.value}: " in first)


def test_a_severity_of_ones_own_stands_in_the_place_of_the_severity() -> None:
    report = Report([replace(result(), custom_severity=ex("Grave"))])
    assert "\nex:Grave: The date is wrong.\n" in written(report, "text")
    assert report.count(Severity.VIOLATION) == 1
