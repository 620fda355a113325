"""Assessments as RDF: DuckDB writes the many quads of groups as TriG; those of totals are N-Quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from repatria.assess import RULES
from repatria.assess.database import run_sql, text
from repatria.assess.fulfilment import Outcome
from repatria.assess.sums import MOST_PARTS, Check
from repatria.assess.totals import Totals
from repatria.assess.units import Selection
from repatria.terms import CONCEPT, NS, PROV, RDF, XSD, Names

_TYPE = f"<{RDF}type>"
_DERIVED = f"<{PROV}wasDerivedFrom>"
_SCHEMES = ("modality", "status", "independence", "relation")


def graph_of(names: Names) -> str:
    """Return the IRI of the graph that holds the assessments."""
    return names.graph("assessment", RULES).value


def write_groups(connection: duckdb.DuckDBPyConnection, names: Names, file: Path) -> None:
    """Write the quads of the groups that were assessed in the connection, as TriG."""
    connection.execute(f"SET VARIABLE rules = {text(RULES)}")
    run_sql(connection, "quads")
    # One column that no character quotes or separates: the lines as they are.
    options = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01'"
    around = f"PREFIX {text(_head(names))}, SUFFIX '}}\n'"
    connection.execute(f"COPY (SELECT line FROM lines) TO {text(str(file))} ({options}, {around})")


def _head(names: Names) -> str:
    """Return what stands before the statements in TriG."""
    prefixes = {"": NS, "prov": PROV, "xsd": XSD} | {name: f"{CONCEPT}{name}/" for name in _SCHEMES}
    prefixes["g"] = names.entity("assessment", "")
    lines = [f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items()]
    return f"{''.join(lines)}<{graph_of(names)}> {{\n"


def total_lines(totals: Totals, names: Names) -> Iterator[str]:
    """Yield the N-Quads lines of the checks of totals and of the fulfilment of commitments."""
    graph = graph_of(names)
    for check in totals.checks:
        yield from _lines(_check(check, names), graph)
    for outcome in totals.outcomes:
        yield from _lines(_outcome(outcome, names), graph)


Pairs = Iterator[tuple[str, str]]


def _lines(described: tuple[str, Iterable[tuple[str, str]]], graph: str) -> Iterator[str]:
    subject, pairs = described
    for predicate, value in dict.fromkeys(pairs):
        yield f"<{subject}> {predicate} {value} <{graph}> ."


def _check(check: Check, names: Names) -> tuple[str, Pairs]:
    group = names.entity("assessment", check.gid)
    return f"{group}/sum/{check.name}", _check_pairs(check, group, names)


def _check_pairs(check: Check, group: str, names: Names) -> Pairs:
    yield from _types("SumCheck", "Comparison")
    yield _rep("inAssessment"), _node(group)
    yield _rep("sumRule"), _concept("sum", check.rule)
    for part in check.parts:
        yield _rep("part"), _node(names.entity("assessment", part))
    yield from _bounds("low", "high", check.interval.low, check.interval.high)
    yield _rep("relation"), _concept("relation", "contradicts" if check.contradicts else "compatible")
    yield _rep("withinRounding"), _boolean(False)
    yield from _basis(check.tolerance, check.reason, check.claims)


def _outcome(outcome: Outcome, names: Names) -> tuple[str, Pairs]:
    return names.entity("fulfilment", outcome.key), _outcome_pairs(outcome, names)


def _outcome_pairs(outcome: Outcome, names: Names) -> Pairs:
    group = outcome.group
    yield from _types("Fulfilment")
    yield _rep("referent"), _node(group.value.referent)
    yield _rep("measure"), _node(group.measure)
    yield _rep("fromParty"), _node(group.from_ or "")
    yield _rep("toParty"), _node(group.to or "")
    for count in outcome.counts:
        yield _rep("commitment"), _node(count)
    yield from _bounds("low", "high", outcome.commitment.low, outcome.commitment.high)
    yield from _delivered("delivered", "status", outcome.delivered, outcome)
    yield from _delivered("deliverer", "delivererStatus", outcome.by_deliverer, outcome)
    yield from _delivered("recipient", "recipientStatus", outcome.by_recipient, outcome)
    for value in outcome.delivered.chosen[:MOST_PARTS]:
        yield _rep("counted"), _node(names.entity("assessment", value.gid))
    yield from _basis(outcome.depends_on_tolerance, outcome.reason, outcome.claims)


def _delivered(name: str, status: str, selection: Selection, outcome: Outcome) -> Pairs:
    total = selection.total
    # Where nobody states a number there is no upper bound either.
    yield from _bounds(f"{name}Min", f"{name}Max", total.low, total.high if selection.chosen else None)
    yield _rep(status), _concept("fulfilment", outcome.status(selection))


def _types(*names: str) -> Pairs:
    yield from ((_TYPE, _rep(name)) for name in names)
    yield _TYPE, f"<{PROV}Entity>"


def _basis(tolerance: bool, reason: str, claims: Iterable[str]) -> Pairs:
    yield _rep("dependsOnTolerance"), _boolean(tolerance)
    yield _rep("rulesVersion"), f'"{RULES}"'
    yield _rep("reason"), f'"{reason}"@en'
    yield from ((_DERIVED, _node(claim)) for claim in claims)


def _bounds(low_name: str, high_name: str, low: int, high: int | None) -> Pairs:
    yield _rep(low_name), _integer(low)
    if high is not None:
        yield _rep(high_name), _integer(high)


def _rep(name: str) -> str:
    return f"<{NS}{name}>"


def _node(iri: str) -> str:
    return f"<{iri}>"


def _concept(scheme: str, key: str) -> str:
    return f"<{CONCEPT}{scheme}/{key}>"


def _integer(value: int) -> str:
    return f'"{value}"^^<{XSD}integer>'


def _boolean(value: bool) -> str:
    return f'"{str(value).lower()}"^^<{XSD}boolean>'
