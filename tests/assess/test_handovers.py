"""From dossiers to totals: many generated worlds in one build, against the oracle."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import partial
from random import Random

import pytest
from tests.assess.counted import CONCEPT, Count, Ends
from tests.assess.handovers import MEASURE, Handovers, iri, many
from tests.assess.oracle import Pair, Verdict, assess
from tests.assess.totals import Direction, fulfilment, speaks_for, tally

from repatria.assess.results import Assessment, Delivery, Fulfilment, Interval, TallyRow
from repatria.building import build
from repatria.opening import open_workspace
from repatria.session import Graph
from repatria.workspace import read_workspace

WORLDS = 60
COUNTED = f"{CONCEPT}measure/{MEASURE}"


@pytest.fixture(scope="module")
def made() -> Handovers:
    """The generated worlds."""
    return many(Random(7), WORLDS)


@pytest.fixture(scope="module")
def graph(made: Handovers, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph that is built of them."""
    folder = tmp_path_factory.mktemp("handovers") / "workspace"
    made.write(folder)
    workspace = read_workspace(folder)
    build(workspace, check=False)
    return open_workspace(workspace)


def ends(interval: Interval) -> Ends:
    return interval.low, interval.high


def directions(made: Handovers) -> list[Direction]:
    return sorted({count.direction for count in made.counts if count.direction[0]}, key=str)


def of(counts: list[Count], direction: Direction) -> list[Count]:
    """Return the counts of the world of two states."""
    return [count for count in counts if set(direction) <= count.parties]


# ---- Groups --------------------------------------------------------------------------------------


def verdict(item: Assessment) -> Verdict:
    """Return an assessment in the form of the oracle's."""

    def place(position: object) -> tuple[int, int | None, bool]:
        return (*ends(position.interval), position.polarity)  # type: ignore[attr-defined]

    return Verdict(
        members=frozenset((statement.claim, statement.count) for statement in item.statements),
        population=item.population.iri,
        status=item.status,
        independence=item.independence,
        consensus=ends(item.consensus) if item.consensus else None,
        claimed=ends(item.claimed) if item.claimed else None,
        within_rounding=item.within_rounding,
        depends_on_tolerance=item.depends_on_tolerance,
        claims=item.claims,
        asserters=item.asserters,
        sides=frozenset(side.iri for side in item.sides),
        pairs={
            frozenset({place(pair.left), place(pair.right)}): Pair(
                pair.relation, pair.within_rounding, pair.depends_on_tolerance
            )
            for pair in item.comparisons
        },
        clusters=frozenset(),
    )


def test_groups_from_dossiers_are_those_of_the_oracle(graph: Graph, made: Handovers) -> None:
    found = {one.members: one for one in map(verdict, graph.compare())}
    wanted = {one.members: replace(one, clusters=frozenset()) for one in _wanted(made)}
    assert len(found) > 4 * WORLDS
    assert found.keys() == wanted.keys()
    for members, want in wanted.items():
        have = found[members]
        for item in fields(Verdict):
            assert getattr(have, item.name) == getattr(want, item.name), (item.name, sorted(members))


def _wanted(made: Handovers) -> list[Verdict]:
    return [one for here in _worlds(made) for one in assess(here)]


def _worlds(made: Handovers) -> list[list[Count]]:
    parted: dict[frozenset[str], list[Count]] = {}
    for count in made.counts:
        parted.setdefault(count.parties, []).append(count)
    return list(parted.values())


# ---- Totals --------------------------------------------------------------------------------------


def test_totals_add_each_handover_once(graph: Graph, made: Handovers) -> None:
    rows = {(row.from_.iri, row.to.iri): row for row in graph.tally().totals if row.from_ and row.to}
    contested = raised = 0
    for direction in directions(made):
        total = tally(of(made.counts, direction), made.referents, COUNTED, direction)
        row = rows.pop(direction, None)  # type: ignore[arg-type]
        if row is None:
            assert total.units == set()
            continue
        assert {unit.referent.iri for unit in row.units} == total.units
        assert ends(row.total) == total.ends
        assert row.contested == sum(unit.contested for unit in row.units) == total.contested
        contested += total.contested
        raised += len(total.units)
    assert not rows
    assert contested > 5
    assert raised > WORLDS


def test_totals_on_the_word_of_each_side(graph: Graph, made: Handovers) -> None:
    several = 0
    for row in graph.tally().totals:
        direction = _direction(row)
        here = of(made.counts, direction)
        for part in row.by_side:
            where = partial(speaks_for, part.side.iri) if part.side else _for_nobody
            total = tally(here, made.referents, COUNTED, direction, where)
            assert (ends(part.total), part.events) == (total.ends, len(total.units)), row.key
        told = {part.side.iri if part.side else None for part in row.by_side}
        spoken = {side for side in (*direction, None) if _spoken(here, made, direction, side)}
        assert told == spoken
        several += len(told) > 1
    assert several > WORLDS // 4


def _spoken(here: list[Count], made: Handovers, direction: Direction, side: str | None) -> bool:
    where = partial(speaks_for, side) if side else _for_nobody
    return bool(tally(here, made.referents, COUNTED, direction, where).units)


def _for_nobody(count: Count) -> bool:
    return not any(agent.side for agent in count.asserters)


def _direction(row: TallyRow | Fulfilment) -> Direction:
    assert row.from_ is not None
    assert row.to is not None
    return row.from_.iri, row.to.iri


def test_what_no_total_adds_is_told(graph: Graph, made: Handovers) -> None:
    found = graph.tally()
    added = {unit.assessment for row in found.totals for unit in row.units}
    left = [item.assessment for item in found.left_out]
    assert len(left) == len(set(left))
    assert not added & set(left)
    assert all(item.reason for item in found.left_out)
    # Every number of what was handed over, as fact, is either added or told to be left out.
    facts = {item.iri for item in graph.compare() if item.modality.iri == f"{CONCEPT}modality/fact"}
    assert added | set(left) == facts
    kinds = {item.aggregation.iri.removeprefix(f"{CONCEPT}aggregation/") for item in found.left_out}
    assert kinds == {"single-event", "series-total", "cumulative-total", "two-way-total"}


# ---- Fulfilment ----------------------------------------------------------------------------------


def test_commitments_on_three_words(graph: Graph, made: Handovers) -> None:
    found = {
        (item.agreement.iri, _direction(item), ends(item.commitment)): item for item in graph.fulfilment()
    }
    statuses = set()
    for here in _worlds(made):
        (agreement,) = {count.referent for count in here if count.modality == "commitment"} or {None}
        for (_, direction, amount), kept in fulfilment(here, made.referents, agreement or "").items():
            item = found.pop((agreement or "", direction, amount))
            for have, want in (
                (item.delivered, kept.delivered),
                (item.by_deliverer, kept.by_deliverer),
                (item.by_recipient, kept.by_recipient),
            ):
                assert _delivered(have) == want, (agreement, amount)
                statuses.add(have.status)
    assert not found
    assert statuses == {"exceeded", "met", "not-shown-met"}


def _delivered(delivery: Delivery) -> tuple[Ends, str]:
    assert sum((unit.interval for unit in delivery.units), Interval(0, 0)) == delivery.interval
    return ends(delivery.interval), delivery.status


def test_one_agreement_alone(graph: Graph) -> None:
    every = graph.fulfilment()
    first = every[0].agreement.iri
    alone = graph.fulfilment(first)
    assert list(alone) == [item for item in every if item.agreement.iri == first]
    assert iri("agreement", "accord-") in first
