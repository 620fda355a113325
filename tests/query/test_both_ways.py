"""Contradiction, confirmation, fulfilment, totals: SPARQL on the assessments answers as Python does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from repatria.building import all_quads
from repatria.query.rows import Rows
from repatria.session import Graph
from repatria.store import Dataset
from repatria.workspace import read_workspace

WORKSPACES = (".", "tests/data/assess/contradiction", "tests/data/assess/ten-outlets")


@pytest.fixture(scope="module", params=WORKSPACES)
def graph(root: Path, request: pytest.FixtureRequest) -> Graph:
    """The shipped graph; one that contradicts itself; one with an announcement that ten outlets repeat."""
    workspace = read_workspace(root / request.param)
    store = Store()
    store.bulk_extend(all_quads(workspace))
    return Graph(Dataset(store, workspace.base))


def asked(graph: Graph, query: str, *columns: str) -> set[tuple[Any, ...]]:
    rows = graph.query(query)
    assert isinstance(rows, Rows)
    return {tuple(row[column] for column in columns) for row in rows}


def contradicting(graph: Graph) -> Iterator[tuple[str, str, bool]]:
    for group in graph.compare():
        for comparison in group.comparisons:
            if comparison.relation == "contradicts":
                for left in comparison.left.statements:
                    for right in comparison.right.statements:
                        yield left.claim, right.claim, comparison.within_rounding


def test_contradictions(graph: Graph) -> None:
    assert asked(graph, "contradictions", "left", "right", "withinRounding") == set(contradicting(graph))


def test_confirmations(graph: Graph) -> None:
    found = {
        (group.iri, statement.claim, statement.words)
        for group in graph.compare(status="corroborated")
        for position in group.positions
        if position.polarity
        for statement in position.statements
    }
    assert asked(graph, "corroborated", "assessment", "claim", "words") == found


def test_statuses(graph: Graph) -> None:
    found = {
        (
            group.iri,
            group.status,
            group.consensus.low if group.consensus else None,
            group.consensus.high if group.consensus else None,
            group.claims,
            group.reason,
        )
        for group in graph.compare()
    }
    columns = ("assessment", "is", "low", "high", "claims", "reason")
    assert asked(graph, "assessments", *columns) == found


def test_fulfilment(graph: Graph) -> None:
    found = {
        (
            statement.claim,
            statement.words,
            item.from_.label,
            item.delivered.interval.low,
            item.by_deliverer.interval.low,
            item.by_recipient.interval.low,
            f"{item.delivered.status.replace('-', ' ')} in graph",
            f"{item.by_recipient.status.replace('-', ' ')} in graph",
        )
        for item in graph.fulfilment()
        for statement in item.statements
    }
    columns = ("claim", "commitmentWords", "from", "dmin", "delivererMin", "recipientMin", "status")
    assert asked(graph, "fulfilment", *columns, "recipientStatus") == found


def test_totals(graph: Graph) -> None:
    found = {
        (row.measure.label, row.from_.label, row.to.label, row.total.low, len(row.units))
        for row in graph.tally().totals
        if row.from_ is not None and row.to is not None
    }
    assert found
    assert asked(graph, "totals", "measureName", "from", "to", "least", "events") == found


def test_the_graphs_differ_in_what_is_asked(root: Path) -> None:
    made = {}
    for name in WORKSPACES[1:]:
        workspace = read_workspace(root / name)
        store = Store()
        store.bulk_extend(all_quads(workspace))
        made[name] = Graph(Dataset(store, workspace.base))
    contradiction, outlets = made.values()
    assert {rounding for _, _, rounding in contradicting(contradiction)} == {True, False}
    assert not set(contradicting(outlets))
    assert outlets.compare(status="repeated")
