"""What is computed from the summaries of groups: sums of totals, fulfilment of commitments."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb

from repatria.assess.fulfilment import Outcome, fulfilments
from repatria.assess.periods import check_periods
from repatria.assess.problems import Problem
from repatria.assess.referents import Referents
from repatria.assess.stated import stated_sums
from repatria.assess.sums import Check, Group, read_groups, series_sums, two_way_sums


@dataclass(slots=True)
class Totals:
    """The groups, the checks of totals against their parts, the commitments, and what could not be added."""

    groups: list[Group]
    checks: list[Check] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def assess_totals(connection: duckdb.DuckDBPyConnection, referents: Referents) -> Totals:
    """Compute what follows from the groups that were assessed in the connection."""
    with no_collection():
        return _assess_totals(connection, referents)


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


def _assess_totals(connection: duckdb.DuckDBPyConnection, referents: Referents) -> Totals:
    found = Totals(read_groups(connection))
    found.problems += referents.problems
    found.checks += two_way_sums(found.groups)
    found.checks += stated_sums(connection, referents, found.problems)
    found.checks += series_sums(found.groups, referents)
    found.checks += check_periods(found.groups, referents, found.problems)
    found.outcomes += fulfilments(connection, found.groups, referents)
    for outcome in found.outcomes:
        found.problems += outcome.delivered.problems
    found.problems = list(dict.fromkeys(found.problems))
    return found
