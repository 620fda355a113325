"""JSON, CSV and RDF, and what is the same in all formats."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse
from tests.shacl.formats.making import EX, PLACED, WHOLE, reports, result, written

from repatria.errors import UsageError
from repatria.shacl import Report
from repatria.shacl.formats import FORMATS
from repatria.shacl.vocabulary import XSD, sh
from repatria_cli.validate import FORMATS as OFFERED


def test_the_command_offers_what_can_be_written() -> None:
    assert OFFERED == FORMATS


def test_another_format_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="RP304"):
        written(WHOLE, "pdf")


def test_json_tells_place_suggestion_and_what_is_true_of_all() -> None:
    found = json.loads(written(WHOLE, "json"))
    assert {key: value for key, value in found.items() if key != "results"} == {
        "conforms": False,
        "counts": {"violation": 1, "warning": 1, "info": 1},
        "unfinished": "the time was over after 5 seconds",
        "counted": ["data/my file.ttl", "no inference"],
        "by_pyshacl": [EX + "other"],
    }
    first = found["results"][0]
    assert (first["file"], first["line"], first["column"]) == ("data/my file.ttl", 7, 19)
    assert first["suggestion"] == f'write "2025-07-17"^^<{XSD}date>'
    assert [detail["message"] for detail in found["results"][2]["details"]] == ["no page"]
    assert json.loads(written(Report(), "json"))["results"] == []


def test_csv_has_the_place_in_its_last_columns() -> None:
    rows = list(csv.reader(io.StringIO(written(Report([PLACED, result()]), "csv"), newline="")))
    assert rows[0][-3:] == ["file", "line", "column"]
    # A result without a value stands first.
    assert [row[-3:] for row in rows[1:]] == [["", "", ""], ["data/my file.ttl", "7", "19"]]


@settings(deadline=None, max_examples=25)
@given(reports)
def test_json_and_csv_have_each_result(report: Report) -> None:
    assert len(json.loads(written(report, "json"))["results"]) == len(report.results)
    rows = list(csv.reader(io.StringIO(written(report, "csv"), newline="")))
    assert [len(row) for row in rows] == [12] * (len(report.results) + 1)


@settings(deadline=None, max_examples=25)
@given(reports)
def test_turtle_and_json_ld_say_the_same(report: Report) -> None:
    one = canonical(written(report, "turtle"), RdfFormat.TURTLE)
    assert one == canonical(written(report, "jsonld"), RdfFormat.JSON_LD)
    assert sum(str(sh("result")) in line for line in one) == len(report.results)


def test_what_ends_a_line_elsewhere_stays_in_a_json_string() -> None:
    message = "one\x85two\u2028three"
    report = Report([result(message=message)])
    assert json.loads(written(report, "json"))["results"][0]["message"] == message
    assert json.loads(written(report, "jsonld"))["result"][0]["resultMessage"]["@value"] == message


def canonical(text: str, format: RdfFormat) -> set[str]:
    dataset = Dataset(parse(text.encode(), format))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}
