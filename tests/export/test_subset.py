"""A part of a graph stands by itself: it conforms to the shapes, and describes all that it names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad

import repatria
from repatria.export.selecting import selected, selection
from repatria.export.subset import quads_of
from repatria.store import Dataset
from repatria.terms import BASE, NS, RDF, SKOS

FILTERS: list[dict[str, Any]] = [
    {"source": "moscow-times-2025-12-19"},
    {"source": "article-000"},
    {"exchange": "exchange-2025-12-19"},
    {"exchange": "exchanges-2025-06"},
    {"agreement": "istanbul-agreement-2025-06"},
    {"by": "medinsky"},
    {"by": "coordination-headquarters", "since": "2025-07-01"},
    {"until": "2025-06-10"},
]
INVERSE = {NS + "confirmedBy", NS + "disputedBy", NS + "hasStage", SKOS + "hasTopConcept"}
TYPE = NamedNode(RDF + "type")
CLAIM = NamedNode(NS + "Claim")
ASSESSMENT = NamedNode(NS + "Assessment")


def part(dataset: Dataset, filters: dict[str, Any], *, with_assessments: bool = False) -> set[Quad]:
    claims = selected(dataset, selection(dataset, **filters))
    return set(quads_of(dataset, claims, with_assessments=with_assessments))


def instances(quads: Iterable[Quad], kind: NamedNode) -> set[str]:
    return {q.subject.value for q in quads if q.predicate == TYPE and q.object == kind}  # type: ignore[union-attr]


def described(quads: Iterable[Quad]) -> set[object]:
    return {quad.subject for quad in quads}


@pytest.mark.parametrize(
    ("filters", "with_assessments"),
    [*((filters, False) for filters in FILTERS), *((filters, True) for filters in FILTERS[2:5])],
    ids=str,
)
def test_conforms_to_the_shapes_without_the_rest(
    dataset: Dataset, filters: dict[str, Any], with_assessments: bool
) -> None:
    found = part(dataset, filters, with_assessments=with_assessments)
    assert found < set(dataset.quads())
    report = repatria.validate(found)
    assert report.conforms, report.results
    assert bool(instances(found, ASSESSMENT)) <= with_assessments


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_all_that_is_named_is_described_as_in_the_whole(dataset: Dataset, filters: dict[str, Any]) -> None:
    found = part(dataset, filters)
    subjects, known = described(found), described(dataset.quads())
    named = {quad.object for quad in found if isinstance(quad.object, NamedNode)}
    assert named & known <= subjects
    whole = {q for q in dataset.quads() if q.subject in subjects and q.predicate.value not in INVERSE}
    assert {q for q in whole if "/assessment/" not in str(q.graph_name)} <= found


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_links_from_others_are_kept_where_both_ends_are(dataset: Dataset, filters: dict[str, Any]) -> None:
    found = part(dataset, filters)
    subjects = described(found)
    between = {
        q for q in dataset.quads() if q.predicate.value in INVERSE and {q.subject, q.object} <= subjects
    }
    assert {quad for quad in found if quad.predicate.value in INVERSE} == between


def test_other_claims_come_along_only_where_they_are_needed(dataset: Dataset) -> None:
    filters = {"source": "moscow-times-2025-12-19", "by": "medinsky"}
    chosen = selected(dataset, selection(dataset, **filters))
    claims = instances(part(dataset, filters), CLAIM)
    assert chosen < claims < instances(dataset.quads(), CLAIM)
    # It confirms s1-03; that s1-03 is confirmed is said there.
    confirming = f"{BASE}id/claim/moscow-times-2025-12-19/s1-07"
    assert f"{BASE}id/claim/moscow-times-2025-12-19/s1-03" in claims
    assert confirming not in claims
    assert f"{BASE}id/claim/moscow-times-2025-12-19/s1-03" in instances(
        quads_of(dataset, [confirming]), CLAIM
    )


def test_assessments_of_the_selected_claims_come_along(dataset: Dataset) -> None:
    filters = {"exchange": "exchange-2025-12-19", "by": "medinsky"}
    found = part(dataset, filters, with_assessments=True)
    chosen = selected(dataset, selection(dataset, **filters))
    query = "SELECT ?a ?claim { ?a rep:position/rep:member/rep:countOf ?claim }"
    rows = dataset.store.query(query, prefixes=dataset.prefixes, use_default_graph_as_union=True)
    concerned = {row["a"].value for row in rows if row["claim"].value in chosen}  # type: ignore[union-attr]
    assert concerned
    assert concerned <= instances(found, ASSESSMENT)


def test_drafts_never_come_along(copied: Dataset) -> None:
    claim = NamedNode(f"{BASE}id/claim/moscow-times-2025-12-19/s1-03")
    drafted = Quad(
        claim, NamedNode(NS + "refersTo"), NamedNode(f"{BASE}id/draft"), NamedNode(f"{BASE}graph/draft/x")
    )
    copied.store.add(drafted)
    assert drafted not in part(copied, {"source": "moscow-times-2025-12-19"})


def test_a_multiple_brings_the_number_that_it_multiplies(dataset: Dataset) -> None:
    query = """SELECT ?claim ?of { ?q rep:multiplicand ?m . ?count rep:quantity ?q ; rep:countOf ?claim .
      ?other rep:quantity ?m ; rep:countOf ?of }"""
    rows = list(dataset.store.query(query, prefixes=dataset.prefixes, use_default_graph_as_union=True))  # type: ignore[arg-type]
    assert rows, "the shipped dataset has one"
    for row in rows:
        assert row["of"].value in instances(quads_of(dataset, [row["claim"].value]), CLAIM)
