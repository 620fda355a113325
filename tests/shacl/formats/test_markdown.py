"""The table in Markdown: one row for each result, and nothing in the data is markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.shacl.formats.making import HARD, PLACED, SHAPES, WHOLE, reports, result, written

from repatria.shacl import Report
from repatria.shacl.formats.markdown import code, escaped


def table(report: Report) -> list[list[str]]:
    """Return the cells of the rows below the head."""
    lines = [line for line in written(report, "markdown").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def test_a_row_says_where_what_and_which_rule() -> None:
    assert table(Report([PLACED], shapes=SHAPES)) == [
        [
            "violation",
            "`data/my file.ttl:7:19`",
            'The date is wrong.<br>*write "2025-07-17"^^xsd:date*',
            "`ex:report`",
            "`ex:date`",
            '`"17.07.2025"`',
            "[`ex:dated`](http://example.org/handbook#dates)",
        ]
    ]


def test_the_head_says_what_is_true_of_all() -> None:
    head = written(WHOLE, "markdown").split("\n| ")[0]
    assert head == (
        "# Validation report\n\n**Does not conform: 1 violation, 1 warning, 1 info.**\n\n"
        "Unfinished, results may be missing: the time was over after 5 seconds.\n\n"
        "1 shape run by pyshacl.\n\n"
        "Counted as data: data/my file.ttl; no inference.\n"
    )


def test_data_that_conform_have_no_table() -> None:
    assert table(Report()) == []
    assert "**Conforms: no results.**" in written(Report(), "markdown")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a|b", r"`a\|b`"), ("a`b", "`` a`b ``"), ("`` a", "``` `` a ```"), ("", ""), ("a\nb", "`a b`")],
)
def test_code_is_fenced(text: str, shown: str) -> None:
    assert code(text) == shown


def test_hard_text_is_escaped_and_details_are_told() -> None:
    (row,) = table(Report([replace(result(message=HARD), details=(result(message="no *page*"),))]))
    assert escaped(HARD) in row[2]
    assert row[2].endswith(r"<br>– ex:date no \*page\*")


@settings(deadline=None, max_examples=25)
@given(reports)
def test_each_row_has_all_cells(report: Report) -> None:
    rows = table(report)
    assert len(rows) == len(report.results)
    assert all(len(row) == 7 for row in rows)
