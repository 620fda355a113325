"""A graph as it is assessed for one question: its counts in a database, its referents, its labels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import duckdb
from pyoxigraph import NamedNode

from repatria.assess.database import connect
from repatria.assess.engine import assess
from repatria.assess.problems import Problem, missing_claims, unsound_bounds
from repatria.assess.reading import read_assessments
from repatria.assess.referents import Agents, Referents
from repatria.assess.results import Assessment, Thing
from repatria.assess.tables import Scope, folder, load
from repatria.assess.totals import Totals, assess_totals
from repatria.errors import Location
from repatria.query.names import label_of
from repatria.query.run import ask_all, texts
from repatria.snapshot import read_manifest
from repatria.store import Dataset
from repatria.terms import Names, shorten

_FRAGMENTS = """
SELECT ?thing ?exact WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing rep:evidence/oa:hasSelector/oa:exact ?exact
}} ORDER BY ?thing ?exact"""
_UNDATED = "SELECT count(*) FROM counts WHERE key IS NOT NULL AND NOT retracted AND latest IS NULL"


class GraphLabels:
    """Labels and fragments, read from a graph when they are first asked for."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._known: dict[str, Thing] = {}

    def thing(self, iri: str) -> Thing:
        """Return one thing with its English label, or else with what its IRI tells."""
        if iri not in self._known:
            label = label_of(self._dataset, NamedNode(iri))
            short = shorten(iri, self._dataset.prefixes).partition(":")[2]
            self._known[iri] = Thing(iri, label or short or iri)
        return self._known[iri]

    def things(self, iris: Iterable[str]) -> Mapping[str, Thing]:
        """Return things by IRI."""
        return {iri: self.thing(iri) for iri in iris}

    def fragments(self, claims: Iterable[str]) -> Mapping[str, str]:
        """Return the fragments of claims and counts; several of one are joined by a bar."""
        nodes = sorted(claims)
        found: dict[str, list[str]] = {}
        query = _FRAGMENTS.format(things=" ".join(f"<{node}>" for node in nodes))
        for thing, exact in ask_all(self._dataset, query, texts):
            found.setdefault(thing, []).append(exact)
        return {thing: " | ".join(exact) for thing, exact in found.items()}


@dataclass(slots=True)
class View:
    """What was assessed of ``dataset``. Made by :func:`opened`; the connection lives as long as its block.

    ``undated`` is the number of counts that an as-of view leaves out since
    nothing is known of when their source was published.
    """

    dataset: Dataset
    connection: duckdb.DuckDBPyConnection
    referents: Referents
    agents: Agents
    labels: GraphLabels
    problems: list[Problem] = field(default_factory=list)
    undated: int = 0
    _totals: Totals | None = None

    @property
    def names(self) -> Names:
        """Makes the IRIs of the data."""
        return Names(self.dataset.base)

    @property
    def totals(self) -> Totals:
        """Sums and fulfilment, computed when first asked for."""
        if self._totals is None:
            self._totals = assess_totals(self.connection, self.referents)
            self.problems = list(dict.fromkeys([*self.problems, *self._totals.problems]))
        return self._totals

    def told(self) -> list[Problem]:
        """Return the problems, with their places where the build has found them."""
        build = folder(self.dataset)
        if not self.problems or build is None:
            return self.problems
        known = {row[3]: Location(*row[4:]) for row in read_manifest(build).problems if row[4:]}
        return [replace(problem, location=known.get(problem.subject)) for problem in self.problems]

    def assessments(self, gids: Sequence[str]) -> list[Assessment]:
        """Return the groups of the given keys."""
        return read_assessments(self.connection, gids, self.totals.checks, self.names, self.labels)


@contextmanager
def opened(dataset: Dataset, *, as_of: dt.date | None = None, scope: Scope | None = None) -> Iterator[View]:
    """Assess a graph and give the view of it; with ``scope`` only what is counted of certain referents."""
    with connect() as connection:
        referents, agents = load(connection, dataset, scope)
        problems = [*referents.problems, *unsound_bounds(connection), *missing_claims(connection)]
        assess(connection, as_of=as_of)
        undated = 0
        if as_of is not None:
            row = connection.execute(_UNDATED).fetchone()
            undated = row[0] if row else 0
        yield View(dataset, connection, referents, agents, GraphLabels(dataset), problems, undated)
