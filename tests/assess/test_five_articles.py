"""What the shipped dossiers say together: as a reader of the five articles would tell it."""

from __future__ import annotations

import pytest

from repatria.assess.results import Assessment, Fulfilment, Interval
from repatria.session import Graph
from repatria.store import Dataset

TO_UKRAINE, TO_RUSSIA = ("Russia", "Ukraine"), ("Ukraine", "Russia")


@pytest.fixture(scope="module")
def graph(dataset: Dataset) -> Graph:
    """The graph of the shipped dossiers."""
    return Graph(dataset)


@pytest.fixture(scope="module")
def facts(graph: Graph) -> dict[tuple[str, str, str], Assessment]:
    """What is said to have been handed over, by exchange and direction; one group each."""
    found = {}
    for item in graph.compare(measure="remains-transferred"):
        if item.modality.iri.endswith("/fact") and item.from_ and item.to:
            place = (item.referent.iri.rpartition("/")[2], item.from_.label, item.to.label)
            assert place not in found
            found[place] = item
    return found


def test_no_two_numbers_of_one_exchange_contradict(graph: Graph) -> None:
    found = graph.compare()
    assert [item.referent.label for item in found if item.status == "contested"] == []
    assert "contradicts" not in {pair.relation for item in found for pair in item.comparisons}
    assert "contradicts" not in {check.relation for item in found for check in item.sums}
    assert found.problems == ()


def test_19_and_26_and_1000_and_1003_are_different_exchanges(
    facts: dict[tuple[str, str, str], Assessment],
) -> None:
    numbers = {
        ("exchange-2025-07-17", *TO_RUSSIA): 19,
        ("exchange-2025-12-19", *TO_RUSSIA): 26,
        ("exchange-2025-07-17", *TO_UKRAINE): 1000,
        ("exchange-2025-12-19", *TO_UKRAINE): 1003,
    }
    assert {place: facts[place].consensus for place in numbers} == {
        place: Interval(number, number) for place, number in numbers.items()
    }


def test_1003_is_corroborated_by_opposing_sides(facts: dict[tuple[str, str, str], Assessment]) -> None:
    december = facts["exchange-2025-12-19", *TO_UKRAINE]
    assert (december.status, december.independence) == ("corroborated", "opposing-sides")
    assert {side.label for side in december.sides} == {"Russia", "Ukraine"}


def test_1029_is_the_sum_of_1003_and_26(graph: Graph) -> None:
    checks = [check for item in graph.compare() for check in item.sums if check.rule == "two-way"]
    told = [(check.total, check.interval, check.relation) for check in checks]
    assert told == [(Interval(1029, 1029), Interval(1029, 1029), "compatible")]


def test_of_1000_in_july_the_occurrence_is_confirmed_and_not_the_number(
    facts: dict[tuple[str, str, str], Assessment],
) -> None:
    july = facts["exchange-2025-07-17", *TO_UKRAINE]
    assert [claim.rpartition("/")[2] for claim in july.occurrence_confirmed_by] == ["s2-07"]
    assert july.status in ("repeated", "uncontested")
    assert [side.label for side in july.sides] == ["Russia"]


@pytest.mark.parametrize(
    ("exchange", "direction", "words"),
    [
        ("exchange-2025-07-17", TO_RUSSIA, {"19"}),
        ("exchange-2025-12-19", TO_RUSSIA, {"26"}),
        ("exchanges-2025-06", TO_RUSSIA, {"78"}),
        ("exchanges-2025-06", TO_UKRAINE, {"6,060", "more than 6,000"}),
    ],
)
def test_numbers_on_the_word_of_one_side(
    facts: dict[tuple[str, str, str], Assessment],
    exchange: str,
    direction: tuple[str, str],
    words: set[str],
) -> None:
    item = facts[exchange, *direction]
    assert {statement.words for statement in item.statements} == words
    assert item.status in ("uncontested", "repeated")
    assert [side.label for side in item.sides] == ["Russia"]


def test_the_6000_agreed_are_compatible_numbers_of_different_reciprocity(graph: Graph) -> None:
    agreed = {
        (item.from_.label, item.to.label): item
        for item in graph.compare("istanbul-agreement-2025-06", measure="remains-transferred")
        if item.from_ and item.to and item.modality.iri.endswith("/commitment")
    }
    assert agreed[TO_UKRAINE].consensus == agreed[TO_RUSSIA].consensus == Interval(6000, 6000)
    (pair,) = agreed[TO_UKRAINE].comparisons
    assert (pair.relation, pair.depends_on_tolerance) == ("refines", True)
    terms = {
        term.claim.rpartition("/")[2]: term for term in graph.fulfilment("istanbul-agreement-2025-06").terms
    }
    said = {key: term.reciprocity.iri.rpartition("/")[2] for key, term in terms.items() if term.reciprocity}
    one_sided, equal = "one-sided-as-reported", "reciprocal-equal"
    wanted = {"s0-19": one_sided, "s1-12": equal, "s2-14": equal, "s4-05": equal, "s4-06": equal}
    assert said == wanted
    assert [terms[key].words for key in ("s4-05", "s4-06")] == [(), ()]


def test_what_was_delivered_against_the_6000(graph: Graph) -> None:
    found: dict[tuple[str, str], list[Fulfilment]] = {}
    for item in graph.fulfilment("istanbul-agreement-2025-06"):
        found.setdefault((item.from_.label, item.to.label), []).append(item)
    amounts = {direction: {item.commitment for item in items} for direction, items in found.items()}
    exact = Interval(6000, 6000)
    assert amounts == {TO_UKRAINE: {exact, Interval(5500, 6500)}, TO_RUSSIA: {exact}}
    for item in found[TO_UKRAINE]:
        assert (item.delivered.status, item.delivered.interval) == ("exceeded", Interval(8063, 8063))
        assert (item.by_deliverer.status, item.by_deliverer.interval) == ("exceeded", Interval(8063, 8063))
        assert (item.by_recipient.status, item.by_recipient.interval) == (
            "not-shown-met",
            Interval(1003, 1003),
        )
        assert item.depends_on_tolerance is (item.commitment != exact)
    (back,) = found[TO_RUSSIA]
    assert (back.delivered.status, back.delivered.interval) == ("not-shown-met", Interval(123, 123))
