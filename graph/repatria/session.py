"""The graph as Python users hold it: ``g = repatria.open()``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from repatria.errors import UsageError
from repatria.query.names import find, find_concept
from repatria.query.run import Answer, Query, run
from repatria.query.saved import SavedQuery, bound, day, find_query, is_name, parse_query, saved_queries
from repatria.store import Dataset
from repatria.workspace import Workspace

if TYPE_CHECKING:
    import rdflib

    from repatria.assess.containers import Assessments, Explanation, Fulfilments, Tally, Timeline
    from repatria.query.describe import Card
    from repatria.query.rows import Rows
    from repatria.shacl import Report

Value = str | int | dt.date


class Graph:
    """A graph of claims to query. Made by :func:`repatria.open`; reading only.

    The default graph of queries is the union of all named graphs but drafts.
    """

    def __init__(self, dataset: Dataset, workspace: Workspace | None = None) -> None:
        self.dataset = dataset
        self.workspace = workspace

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes supplied to queries: prefix to namespace IRI."""
        return self.dataset.prefixes

    def saved(self) -> dict[str, Path]:
        """Return the files of the saved queries by name."""
        return saved_queries(self.workspace.queries if self.workspace else ())

    def load(self, name: str) -> SavedQuery:
        """Return a saved query. Raises UsageError RP205 if there is none of that name."""
        return find_query(self.saved(), name)

    def query(
        self,
        query: str,
        params: Mapping[str, Value] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        graphs: Iterable[str] | None = None,
        name: str = "query",
    ) -> Answer:
        """Answer SPARQL, or a saved query by its name.

        ``params`` are bound as terms to the parameters that the query's header
        declares; ``limit`` is the greatest number of rows; ``timeout`` in
        seconds ends a runaway query; ``graphs`` are the named graphs to read
        instead of all; ``name`` is what messages call the text, such as its
        file. Returns :class:`Rows` (SELECT), bool (ASK) or :class:`Triples`
        (CONSTRUCT, DESCRIBE). Raises InputError RP320
        (syntax), UsageError RP201–RP209, QueryTimeout RP406.
        """
        saved = self.load(query) if is_name(query) else parse_query(name, query, name)
        given = {name: str(value) for name, value in (params or {}).items()}
        ready = bound(self.dataset, saved, given, limit)
        if graphs is not None:
            names = tuple(self.graph_name(name) for name in graphs)
            ready = Query(ready.text, ready.name, names, limit)
        return run(self.dataset, ready, timeout)

    def graph_name(self, name: str) -> str:
        """Return the IRI of a named graph: an IRI, ``entities``, or the id of a source.

        Raises UsageError RP201 if there is no such graph.
        """
        base = self.dataset.base
        for candidate in (name, f"{base}graph/{name}", f"{base}graph/source/{name}"):
            try:
                if self.dataset.store.contains_named_graph(NamedNode(candidate)):
                    return candidate
            except ValueError:
                continue
        hint = "the id of a source, or one of entities, concepts, external, meta"
        raise UsageError("RP201", f"there is no graph “{name}”", hint=hint)

    def claims(self, *, limit: int | None = None, **filters: Value) -> Rows:
        """Return claims, one row for each claim and count.

        ``filters`` are the parameters of the saved query ``claims``: by, about,
        measure, act, modality, from, to, source, since, until, text; ``from_``
        stands for ``from``. Raises UsageError RP201–RP203.
        """
        from repatria.query.rows import Rows

        params = {name.rstrip("_"): value for name, value in filters.items()}
        found = self.query("claims", params, limit=limit)
        assert isinstance(found, Rows)
        return found

    def find(self, name: str) -> str:
        """Return the IRI that a key, a label in any language, a CURIE or ``source#key`` means.

        Raises UsageError RP201 (nothing), RP202 (several things).
        """
        return find(self.dataset, name).value

    def compare(
        self,
        about: str | None = None,
        *,
        measure: str | None = None,
        status: str | None = None,
        as_of: str | dt.date | None = None,
    ) -> Assessments:
        """Return the groups of comparable counts, and whether they agree; contested groups first.

        ``about`` is a happening, a series (with its stages) or an agreement;
        ``status`` one of contested, corroborated, repeated, uncontested; with
        ``as_of`` what had been published by a day. Raises UsageError RP201–RP203.
        """
        from repatria.assess import comparing

        if status is not None and status not in comparing.STATUSES:
            hint = f"one of {', '.join(comparing.STATUSES)}"
            raise UsageError("RP203", f"there is no status “{status}”", hint=hint)
        on, measured = day("as_of", as_of), self._measure(measure)
        return comparing.compare(
            self.dataset, self._referent(about), measure=measured, status=status, as_of=on
        )

    def tally(
        self,
        *,
        by: str | None = None,
        since: str | dt.date | None = None,
        until: str | dt.date | None = None,
        from_: str | None = None,
        to: str | None = None,
        measure: str | None = None,
        as_of: str | dt.date | None = None,
    ) -> Tally:
        """Return totals in each direction; no exchange is counted twice.

        ``by`` splits them: month, party, asserter, side or source. ``since``
        and ``until`` keep the exchanges that surely lie within those days.
        Raises UsageError RP201–RP203.
        """
        from repatria.assess import tallying

        if by is not None and by not in tallying.BY:
            hint = f"one of {', '.join(tallying.BY)}"
            raise UsageError("RP203", f"totals are not split by “{by}”", hint=hint)
        filters = tallying.Filters(
            since=day("since", since),
            until=day("until", until),
            from_=self._party(from_),
            to=self._party(to),
            measure=self._measure(measure),
        )
        return tallying.tally(self.dataset, filters, by=by, as_of=day("as_of", as_of))

    def fulfilment(self, agreement: str | None = None, *, as_of: str | dt.date | None = None) -> Fulfilments:
        """Return what was committed to against what is said to be delivered, of one agreement or of all.

        Raises UsageError RP201–RP203.
        """
        from repatria.assess.fulfilling import fulfilment

        return fulfilment(self.dataset, self._referent(agreement), as_of=day("as_of", as_of))

    def timeline(
        self,
        exchange: str | None = None,
        *,
        since: str | dt.date | None = None,
        until: str | dt.date | None = None,
        as_of: str | dt.date | None = None,
    ) -> Timeline:
        """Return happenings in the order of their days, with what is said to have been handed over.

        ``exchange`` may be a series or an agreement. Raises UsageError RP201–RP203.
        """
        from repatria.assess.comparing import timeline

        days = {"since": day("since", since), "until": day("until", until), "as_of": day("as_of", as_of)}
        return timeline(self.dataset, self._referent(exchange), **days)

    def explain(self, name: str) -> Explanation:
        """Return the chain behind a claim, count or group: passage, claim, count, bounds, comparison, status.

        ``name`` is a claim (``source#key``), or the IRI, CURIE or key of a
        claim, count or assessment. Raises UsageError RP201, RP202.
        """
        from repatria.assess.explaining import explain

        return explain(self.dataset, name)

    def _referent(self, name: str | None) -> str | None:
        return None if name is None else find(self.dataset, name, ("event", "agreement")).value

    def _party(self, name: str | None) -> str | None:
        return None if name is None else find(self.dataset, name, ("state", "org")).value

    def _measure(self, name: str | None) -> str | None:
        return None if name is None else find_concept(self.dataset, "measure", name).value

    def describe(self, name: str) -> Card:
        """Return the card of a thing, with its provenance. Raises UsageError RP201, RP202."""
        from repatria.query.describe import describe

        return describe(self.dataset, find(self.dataset, name))

    def validate(self) -> Report:
        """Validate the graph against the shipped shapes and those of its workspace."""
        from repatria.validation import validate

        return validate(self)

    def counts(
        self,
        *,
        source: str | None = None,
        exchange: str | None = None,
        agreement: str | None = None,
        by: str | None = None,
        since: str | dt.date | None = None,
        until: str | dt.date | None = None,
    ) -> Rows:
        """Return the flat table of counts that stand, a row for each, with the columns of docs/exports.md.

        The filters are those of :meth:`export`. Raises UsageError RP201–RP203, RP210.
        """
        from repatria.export.exporting import counts
        from repatria.export.selecting import selection

        chosen = selection(
            self.dataset, source=source, exchange=exchange, agreement=agreement, by=by,
            since=since, until=until,
        )  # fmt: skip
        return counts(self.dataset, chosen)

    def export(
        self,
        format: str = "turtle",
        *,
        source: str | None = None,
        exchange: str | None = None,
        agreement: str | None = None,
        by: str | None = None,
        since: str | dt.date | None = None,
        until: str | dt.date | None = None,
        with_assessments: bool = False,
    ) -> bytes:
        """Return the graph, or a part that stands by itself, as a file; the same bytes each time.

        ``format`` is turtle, trig, nquads, ntriples, jsonld, rdfxml, csv or
        parquet. A claim must fit all filters: the source, the exchange (with
        its stages), the agreement (with what was done under it), who asserts
        it, when it was said. Raises UsageError RP201–RP203, RP210–RP213.
        """
        from repatria.export.exporting import export_bytes
        from repatria.export.selecting import selection

        chosen = selection(
            self.dataset, source=source, exchange=exchange, agreement=agreement, by=by,
            since=since, until=until,
        )  # fmt: skip
        return export_bytes(self.dataset, format, chosen, with_assessments=with_assessments)

    def citation(self) -> str:
        """Return how to cite the dataset: creators, title, version, day, licence, IRI, as far as it says."""
        from repatria.description import citation

        return citation(self.dataset)

    def rdflib(self) -> rdflib.Dataset:
        """Return a copy as rdflib Dataset whose default graph is the union; all of it in memory."""
        from repatria.rdf.graphs import to_rdflib_dataset

        return to_rdflib_dataset(self.dataset.quads(), self.prefixes)
