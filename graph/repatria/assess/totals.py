"""What is computed from the summaries of groups: sums of totals, fulfilment of commitments."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import duckdb

from repatria.assess.fulfilment import Outcome, fulfilments
from repatria.assess.periods import check_periods
from repatria.assess.problems import Problem
from repatria.assess.referents import Referents
from repatria.assess.stated import stated_sums
from repatria.assess.sums import Check, Group, read_groups, series_sums, two_way_sums


@dataclass(frozen=True, slots=True)
class Only:
    """Which totals to compute: those of some referents (IRIs), and of the counts of a table ``counts``.

    The tables that they are computed from hold at least what these totals add.
    """

    referents: Collection[str]
    counts: str


@dataclass(slots=True)
class Totals:
    """The groups, the checks of totals against their parts, the commitments, and what could not be added."""

    groups: list[Group]
    checks: list[Check] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def unlike(self, others: Totals) -> Totals:
        """Return the checks and commitments that the others have not, or otherwise."""
        checks = {(check.gid, check.name): check for check in others.checks}
        outcomes = {(outcome.group.value.gid, outcome.position): outcome for outcome in others.outcomes}
        return Totals(
            [],
            [check for check in self.checks if checks.get((check.gid, check.name)) != check],
            [
                outcome
                for outcome in self.outcomes
                if outcomes.get((outcome.group.value.gid, outcome.position)) != outcome
            ],
        )


def assess_totals(
    connection: duckdb.DuckDBPyConnection, referents: Referents, only: Only | None = None
) -> Totals:
    """Compute what follows from the groups that were assessed in the connection."""
    with no_collection():
        return _assess_totals(connection, referents, only)


@contextmanager
def no_collection() -> Iterator[None]:
    """Do without the search for cycles: there are none, and it would walk over all groups again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _assess_totals(connection: duckdb.DuckDBPyConnection, referents: Referents, only: Only | None) -> Totals:
    found = Totals(read_groups(connection))
    groups = found.groups
    heads = groups if only is None else [g for g in groups if g.value.referent in only.referents]
    found.problems += referents.problems
    found.checks += two_way_sums(groups, heads)
    found.checks += stated_sums(connection, referents, found.problems, only.counts if only else "")
    found.checks += series_sums(groups, heads, referents)
    found.checks += check_periods(groups, heads, referents, found.problems)
    found.outcomes += fulfilments(connection, groups, heads, referents)
    for outcome in found.outcomes:
        owner = outcome.group.value.referent
        found.problems += (replace(problem, owner=owner) for problem in outcome.delivered.problems)
    return found
