"""Totals against their parts, from dossiers: two directions, stated sums, series, periods."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from repatria.assess.results import Interval, SumCheck
from repatria.building import build
from repatria.opening import open_workspace
from repatria.session import Graph
from repatria.workspace import read_workspace

THERE = {"from": "exampleland", "to": "samplestan"}
BACK = {"from": "samplestan", "to": "exampleland"}
PARTIES = {"parties": ["exampleland", "samplestan"], "derived_from": ["gazette#c0"]}
DAYS = {"not_before": "2025-05-02", "not_after": "2025-05-02"}
ENTITIES = {
    "states": [{"key": key, "labels": {"en": key}} for key in ("exampleland", "samplestan")],
    "organizations": [
        {"key": "example-gazette", "labels": {"en": "Example Gazette"}},
        {"key": "ministry-of-examples", "labels": {"en": "Ministry of Examples"}, "side": "exampleland"},
    ],
    "exchanges": [
        {"key": "series", "labels": {"en": "Series"}, "type": "exchange-series", **PARTIES},
        *(
            {
                "key": key,
                "labels": {"en": key},
                "type": "remains-exchange",
                "series": "series",
                **DAYS,
                **PARTIES,
            }
            for key in ("stage-a", "stage-b")
        ),
        {"key": "alone", "labels": {"en": "alone"}, "type": "remains-exchange", **DAYS, **PARTIES},
    ],
}
Counted = dict[str, Any]
Tell = Callable[..., Graph]


def of(referent: str, words: str, aggregation: str = "single-event", **more: object) -> Counted:
    """Return a count of a dossier; without parties it goes from Exampleland to Samplestan."""
    ends = {} if aggregation == "two-way-total" or "from" in more else THERE
    common = {"measure": "remains-transferred", "population": "unspecified"}
    return {"words": words, "aggregation": aggregation, "referent": referent, **common, **ends, **more}


@pytest.fixture
def tell(tmp_path: Path) -> Tell:
    """Return a function: counts, each of a claim of its own → the graph of them."""

    def make(*counts: Counted) -> Graph:
        for name in ("entities", "sources"):
            (tmp_path / name).mkdir()
        text = 'base = "https://example.org/"\nentities = ["entities"]\nsources = ["sources"]\n'
        (tmp_path / "repatria.toml").write_text(text, encoding="utf8")
        (tmp_path / "entities" / "all.json").write_text(json.dumps(ENTITIES), encoding="utf8")
        claims = [
            {"key": f"c{n}", "asserter": "ministry-of-examples", "act": "announce", "modality": "actual"}
            | {"about": count["referent"], "counts": [count]}
            for n, count in enumerate(counts)
        ]
        head = {"id": "gazette", "publisher": "example-gazette", "published": "2025-12-01", "language": "en"}
        dossier = {**head, "evidence": "cited", "url": "https://example.org/gazette", "claims": claims}
        (tmp_path / "sources" / "gazette.json").write_text(json.dumps(dossier), encoding="utf8")
        summary = build(read_workspace(tmp_path))
        assert summary.report is not None
        assert summary.conforms, [str(result.messages) for result in summary.report.results]
        return open_workspace(read_workspace(tmp_path))

    return make


def checks(graph: Graph, rule: str) -> list[SumCheck]:
    return [check for item in graph.compare() for check in item.sums if check.rule == rule]


@pytest.mark.parametrize(("total", "relation"), [("1,029", "compatible"), ("1,030", "contradicts")])
def test_two_directions_meet_their_total(tell: Tell, total: str, relation: str) -> None:
    graph = tell(of("alone", "1,003"), of("alone", "26", **BACK), of("alone", total, "two-way-total"))
    (check,) = checks(graph, "two-way")
    assert (check.relation, check.interval, len(check.parts)) == (relation, Interval(1029, 1029), 2)
    assert check.total == Interval(int(total.replace(",", "")), int(total.replace(",", "")))


@pytest.mark.parametrize(("total", "relation"), [("1,029", "compatible"), ("1,000", "contradicts")])
def test_with_one_direction_the_other_may_be_any_number(tell: Tell, total: str, relation: str) -> None:
    (check,) = checks(tell(of("alone", "1,003"), of("alone", total, "two-way-total")), "two-way")
    assert check.relation == relation


@pytest.mark.parametrize(("total", "relation"), [("1,029", "compatible"), ("1,028", "contradicts")])
def test_a_claim_that_adds_up_is_held_to_its_sum(tell: Tell, total: str, relation: str) -> None:
    parts = ["gazette#c0/0", "gazette#c1/0"]
    graph = tell(
        of("alone", "1,003"), of("alone", "26", **BACK), of("alone", total, "two-way-total", sum_of=parts)
    )
    (check,) = checks(graph, "stated")
    assert (check.relation, check.interval) == (relation, Interval(1029, 1029))


def test_parts_that_overlap_are_told_and_not_added(tell: Tell) -> None:
    parts = ["gazette#c0/0", "gazette#c1/0"]
    graph = tell(
        of("stage-a", "20"),
        of("series", "50", "series-total"),
        of("alone", "50", "single-event", sum_of=parts),
    )
    assert checks(graph, "stated") == []
    assert ["gazette/c2" in problem.subject for problem in graph.compare().problems] == [True]


@pytest.mark.parametrize(
    ("total", "relation"),
    [("50", "compatible"), ("32", "compatible"), ("31", "contradicts"), ("at least 5", "compatible")],
)
def test_stages_do_not_exceed_their_series(tell: Tell, total: str, relation: str) -> None:
    graph = tell(of("stage-a", "20"), of("stage-b", "12"), of("series", total, "series-total"))
    (check,) = checks(graph, "series")
    assert check.relation == relation
    assert check.interval.low == 32


def test_plans_and_the_other_direction_are_no_parts(tell: Tell) -> None:
    graph = tell(of("stage-a", "20", **BACK), of("stage-b", "12"), of("series", "15", "series-total"))
    assert [check.relation for check in checks(graph, "series")] == ["compatible"]


def until(end: str, start: str = "2022-02") -> dict[str, Any]:
    return {"period": {"start": start, "end": end}}


@pytest.mark.parametrize(("later", "relation"), [("15,000", "compatible"), ("11,999", "contradicts")])
def test_a_running_total_does_not_fall(tell: Tell, later: str, relation: str) -> None:
    """“Since February 2022”, as of June and as of November: the same beginning, however vague."""
    graph = tell(
        of("series", "12,000", "cumulative-total", **until("2025-06")),
        of("series", later, "cumulative-total", **until("2025-11")),
    )
    (check,) = checks(graph, "period")
    assert (check.relation, check.total.low) == (relation, int(later.replace(",", "")))
    assert check.interval.low == 12000


@pytest.mark.parametrize(("whole", "relation"), [("90", "compatible"), ("89", "contradicts")])
def test_disjoint_periods_fit_into_their_total(tell: Tell, whole: str, relation: str) -> None:
    graph = tell(
        of("series", "40", "cumulative-total", **until("2025-02-28", "2025-01-01")),
        of("series", "50", "cumulative-total", **until("2025-04-30", "2025-03-01")),
        of("series", whole, "cumulative-total", **until("2025-04-30", "2025-01-01")),
    )
    (check,) = checks(graph, "period")
    assert (check.relation, check.interval.low, len(check.parts)) == (relation, 90, 2)


def test_periods_that_cross_are_told_and_not_added(tell: Tell) -> None:
    graph = tell(
        of("series", "60", "cumulative-total", **until("2025-03-31", "2025-01-01")),
        of("series", "60", "cumulative-total", **until("2025-05-31", "2025-03-01")),
        of("series", "100", "cumulative-total", **until("2025-06-30", "2025-01-01")),
    )
    assert {check.relation for check in checks(graph, "period")} == {"compatible"}
    assert max(check.interval.low for check in checks(graph, "period")) == 60
    assert {problem.code for problem in graph.compare().problems} == {"RP505"}


def test_numbers_that_agree_are_added_as_what_all_allow(tell: Tell) -> None:
    agreed = tell(of("alone", "10 to 20"), of("alone", "12"), of("stage-a", "3")).tally()
    assert [row.total for row in agreed.totals] == [Interval(15, 15)]


def test_a_contradiction_is_added_as_the_span_of_its_claims(tell: Tell) -> None:
    (row,) = tell(of("alone", "19"), of("alone", "26"), of("stage-a", "3")).tally().totals
    assert (row.total, row.contested, len(row.units)) == (Interval(22, 29), 1, 2)
