"""SARIF: checked against a schema, places to the column, and nothing that a viewer would misread."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from tests.shacl.formats.making import HARD, PLACED, SHAPES, WHOLE, ex, reports, result, written

from repatria.errors import Location
from repatria.shacl import Report, Severity
from repatria.shacl.report import Place

SCHEMA = Path(__file__).parents[2] / "data" / "sarif" / "log.schema.json"
CHECK = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text(encoding="utf8")), validate_formats=True)


def log(report: Report) -> Any:
    """Return a report as a SARIF log that meets the schema."""
    found = json.loads(written(report, "sarif"))
    CHECK.validate(found)
    return found["runs"][0]


@settings(deadline=None, max_examples=25)
@given(reports)
def test_any_report_meets_the_schema(report: Report) -> None:
    run = log(report)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(run["results"]) == len(report.results)
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in run["results"])
    assert len(set(rules)) == len(rules)


@pytest.mark.parametrize(
    "change", [{"level": "grave"}, {"level": None}, {"ruleIndex": "1"}, {"text": "more"}, {"locations": {}}]
)
def test_the_schema_refuses_what_is_no_sarif(change: dict[str, object]) -> None:
    found = json.loads(written(WHOLE, "sarif"))
    found["runs"][0]["results"][0] |= change
    with pytest.raises(jsonschema_rs.ValidationError):
        CHECK.validate(found)


def test_the_place_is_a_region_of_code_points() -> None:
    run = log(Report([PLACED]))
    assert run["columnKind"] == "unicodeCodePoints"
    (location,) = run["results"][0]["locations"]
    physical = location["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "data/my%20file.ttl"}
    assert physical["region"] == {"startLine": 7, "startColumn": 19, "endColumn": 31}
    assert physical["contextRegion"]["snippet"]["text"] == 'ex:report ex:date "17.07.2025" .'
    assert location["logicalLocations"] == [{"fullyQualifiedName": "ex:report", "kind": "resource"}]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a:b#c?.ttl", "a%3Ab%23c%3F.ttl"),
        ("../обмен.ttl", "../%D0%BE%D0%B1%D0%BC%D0%B5%D0%BD.ttl"),
        ("/data/x.ttl", "file:///data/x.ttl"),
    ],
)
def test_a_file_is_named_by_a_uri(file: str, uri: str) -> None:
    run = log(Report([replace(PLACED, place=Place(Location(file, 1)))]))
    physical = run["results"][0]["locations"][0]["physicalLocation"]
    assert physical == {"artifactLocation": {"uri": uri}, "region": {"startLine": 1}}


@pytest.mark.parametrize("place", [None, Place(Location("-", 3, 4))])
def test_a_result_that_is_in_no_file_has_no_physical_location(place: Place | None) -> None:
    (location,) = log(Report([replace(PLACED, place=place)]))["results"][0]["locations"]
    assert list(location) == ["logicalLocations"]


def test_rules_carry_what_the_shapes_say_of_them() -> None:
    (rule,) = log(Report([PLACED, result(ex("other"))], shapes=SHAPES))["tool"]["driver"]["rules"]
    assert rule["id"] == "ex:dated"
    assert rule["shortDescription"]["text"] == "date"
    assert rule["fullDescription"]["text"] == "When it was printed."
    assert rule["helpUri"] == "http://example.org/handbook#dates"
    (bare,) = log(Report([PLACED]))["tool"]["driver"]["rules"]
    assert bare["fullDescription"]["text"] == "The date is wrong."
    assert bare["helpUri"] == "http://example.org/dated"


def test_levels_messages_and_suggestions() -> None:
    run = log(Report([replace(PLACED, severity=one) for one in Severity], shapes=SHAPES))
    assert [one["level"] for one in run["results"]] == ["error", "warning", "note"]
    assert run["results"][0]["message"]["text"] == 'The date is wrong. (write "2025-07-17"^^xsd:date)'
    (hard,) = log(Report([result(message=HARD)]))["results"]
    assert "\\[i](j) {{0}}" in hard["message"]["text"]


def test_an_unfinished_run_is_not_successful() -> None:
    (invocation,) = log(WHOLE)["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["message"]["text"] == "the time was over after 5 seconds"
    assert log(Report())["invocations"] == [{"executionSuccessful": True}]
    assert log(WHOLE)["properties"] == {
        "conforms": False,
        "counted": ["data/my file.ttl", "no inference"],
        "byPyshacl": ["ex:other"],
    }


def test_a_fingerprint_stays_when_lines_are_added_above_and_differs_for_another_node() -> None:
    moved = replace(PLACED, place=Place(Location("data/my file.ttl", 99, 1)))
    prints = [
        log(Report([one]))["results"][0]["partialFingerprints"]["repatria/v1"]
        for one in (PLACED, moved, replace(PLACED, focus_node=ex("other")))
    ]
    assert prints[0] == prints[1] != prints[2]
