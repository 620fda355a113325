"""JUnit XML, parsed back."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from tests.shacl.formats.making import HARD, PLACED, SHAPES, WHOLE, reports, result, written

from repatria.shacl import Report, Severity


def suite(report: Report, **more: Severity) -> ElementTree.Element:
    """Return the one test suite of a report."""
    (found,) = ElementTree.fromstring(written(report, "junit", **more))
    return found


@settings(deadline=None, max_examples=25)
@given(reports)
def test_the_numbers_told_are_those_of_the_cases(report: Report) -> None:
    found = suite(report)
    cases = found.findall("testcase")
    assert int(found.attrib["tests"]) == len(cases)
    assert (
        int(found.attrib["failures"])
        == len(found.findall("testcase/failure"))
        == report.count(Severity.VIOLATION)
    )
    assert int(found.attrib["errors"]) == len(found.findall("testcase/error")) == bool(report.unfinished)


def test_a_failure_tells_place_line_and_suggestion() -> None:
    (case,) = suite(Report([PLACED], shapes=SHAPES)).findall("testcase")
    assert case.attrib == {
        "classname": "ex:dated", "name": "ex:report", "file": "data/my file.ttl", "line": "7",
    }  # fmt: skip
    (failure,) = case
    assert failure.attrib == {"type": "violation", "message": "The date is wrong."}
    assert failure.text is not None
    assert failure.text.splitlines() == [
        "The date is wrong.",
        "data/my file.ttl:7:19",
        '    ex:report ex:date "17.07.2025" .',
        "                      ^^^^^^^^^^^^",
        "path: ex:date",
        'value: "17.07.2025"',
        "component: sh:DatatypeConstraintComponent",
        'write "2025-07-17"^^xsd:date',
    ]


@pytest.mark.parametrize(
    ("fail_on", "failures"), [(Severity.VIOLATION, 1), (Severity.WARNING, 2), (Severity.INFO, 3)]
)
def test_what_fails_is_what_fails_the_command(fail_on: Severity, failures: int) -> None:
    found = suite(WHOLE, fail_on=fail_on)
    assert found.attrib["failures"] == str(failures)
    assert len(found.findall("testcase/failure")) == failures
    assert len(found.findall("testcase/system-out")) == 3 - failures


def test_data_without_results_are_a_case_that_passes() -> None:
    (case,) = suite(Report()).findall("testcase")
    assert len(case) == 0
    (case,) = suite(Report(unfinished="the time was over")).findall("testcase")
    assert [(one.tag, one.attrib) for one in case] == [("error", {"message": "the time was over"})]


def test_what_is_true_of_the_whole_report_is_told() -> None:
    told = suite(WHOLE).findtext("system-out") or ""
    assert "1 shape run by pyshacl." in told
    assert "Counted as data: data/my file.ttl; no inference." in told


def test_hard_text_is_kept_but_for_what_xml_cannot_hold() -> None:
    (failure,) = suite(Report([result(message=HARD)])).findall("testcase/failure")
    cleaned = " ".join(HARD.replace("\x1b", "\ufffd").replace("\x00", "\ufffd").split())
    assert failure.attrib["message"] == cleaned
