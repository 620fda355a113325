"""What a validation found: severities, results, the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import IO, TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.errors import Location

if TYPE_CHECKING:
    from repatria.shacl.data import DataGraph
    from repatria.shacl.shapes_graph import ShapesGraph

Term = NamedNode | BlankNode | Literal


class Severity(StrEnum):
    """How much a result weighs: ``info`` < ``warning`` < ``violation`` (SHACL §2.1.4)."""

    INFO = "info"
    WARNING = "warning"
    VIOLATION = "violation"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for violation."""
        return ("info", "warning", "violation").index(self.value)

    def at_least(self, other: Severity) -> bool:
        """Return whether this severity weighs as much as ``other`` or more."""
        return self.rank >= other.rank


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file a result has its cause: the triple at fault, or its subject where one is missing.

    ``line`` is the text of that line without its end; ``length`` columns from
    ``location.column`` on are meant (0: the place is known, but not how long it is).
    """

    location: Location
    line: str = ""
    length: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result (SHACL §3.6.2). Nodes are pyoxigraph terms, whose ``str()`` is N-Triples.

    ``focus_node`` is the node that was checked and ``value`` the offending value, if
    there is one. ``path`` is the path to it as SPARQL text with full IRIs, or None.
    ``component`` is the IRI of the constraint component. ``rule`` is what to look up
    in the shapes: the constraint or shape if it has an IRI, otherwise the nearest
    shape above that has one. ``messages`` are all texts, with their languages. A
    severity that SHACL does not define counts as a violation, its IRI stands in
    ``custom_severity``. ``details`` are the results that explain this one (``sh:detail``).
    ``place`` is None until the results are located in the files they come from.
    """

    focus_node: Term
    path: str | None
    value: Term | None
    source_shape: Term | None
    source_constraint: Term | None
    component: NamedNode
    severity: Severity
    messages: tuple[Literal, ...] = ()
    rule: NamedNode | None = None
    custom_severity: NamedNode | None = None
    details: tuple[Result, ...] = ()
    place: Place | None = None

    @property
    def message(self) -> str:
        """The message in English or without language, else in whatever language there is; may be empty."""
        plain = [text for text in self.messages if (text.language or "en").lower().split("-")[0] == "en"]
        return "; ".join(sorted({text.value for text in plain or self.messages}))


class Report:
    """The results of a validation in a stable order: gravest first, then by focus node, path and rule.

    The order does not depend on the labels of blank nodes, which differ from run
    to run. ``by_pyshacl`` are the shapes with targets that pyshacl ran instead of
    the engine of this package. ``shapes`` is the shapes graph, for what it says of
    a shape beside its constraints; ``data`` the data graph, for suggestions.
    ``counted`` says in words what counted as data. ``unfinished`` says why results
    may be missing; it is empty when all are there. ``results`` is a sequence;
    very many are kept in a temporary file. Raises :class:`StoreError` RP405 if
    there is no room for that.
    """

    def __init__(
        self,
        results: Iterable[Result] = (),
        by_pyshacl: Iterable[Term] = (),
        *,
        shapes: ShapesGraph | None = None,
        counted: Iterable[str] = (),
        unfinished: str = "",
        data: DataGraph | None = None,
    ) -> None:
        from repatria.shacl.spool import kept

        self._counts: Counter[Severity] = Counter()
        self.results: Sequence[Result] = kept(self._counted(results))
        self.by_pyshacl = frozenset(by_pyshacl)
        self.shapes = shapes
        self.counted = tuple(counted)
        self.unfinished = unfinished
        self.data = data

    def _counted(self, results: Iterable[Result]) -> Iterator[Result]:
        for result in results:
            self._counts[result.severity] += 1
            yield result

    def with_results(self, results: Iterable[Result]) -> Report:
        """Return the same report with other results, such as the same ones with their places."""
        return Report(
            results,
            self.by_pyshacl,
            shapes=self.shapes,
            counted=self.counted,
            unfinished=self.unfinished,
            data=self.data,
        )

    @property
    def conforms(self) -> bool:
        """Whether all was checked and there is no result, of whatever severity (SHACL §3.6.1.1)."""
        return not self.results and not self.unfinished

    def count(self, severity: Severity) -> int:
        """Return the number of results of exactly this severity."""
        return self._counts[Severity(severity)]

    def fails(self, on: Severity = Severity.VIOLATION) -> bool:
        """Return whether any result weighs at least ``on``; decides exit codes, not conformance."""
        return any(self.count(one) for one in Severity if one.at_least(Severity(on)))

    def write(
        self,
        out: IO[bytes],
        format: str = "text",
        prefixes: Mapping[str, str] | None = None,
        *,
        fail_on: Severity = Severity.VIOLATION,
    ) -> None:
        """Write the report to a binary stream as UTF-8, result by result.

        ``format`` is one of :data:`repatria.shacl.formats.FORMATS`; IRIs are shortened by
        ``prefixes`` (prefix → namespace) where they are for reading. ``fail_on`` is the
        severity from which on a result is a failure in ``junit``. Raises :class:`UsageError` RP304.
        """
        from repatria.shacl.formats import write_report

        write_report(self, out, format, prefixes or {}, fail_on=Severity(fail_on))

    def text(self, prefixes: Mapping[str, str] | None = None) -> str:
        """Return the report for reading, IRIs shortened by ``prefixes`` (prefix → namespace)."""
        return self._written("text", prefixes).decode()

    def to_rdf(self, format: str = "turtle", prefixes: Mapping[str, str] | None = None) -> bytes:
        """Return the W3C validation report, the same bytes for the same results, as UTF-8.

        ``format`` is ``turtle``, ``jsonld``, ``ntriples`` or ``rdfxml`` (aliases as in
        :data:`repatria.rdf.FORMATS`). Raises :class:`UsageError` RP304 for others.
        """
        from repatria.shacl.formats.rdf import write_rdf

        out = BytesIO()
        write_rdf(self, out, format, prefixes or {})
        return out.getvalue()

    def to_json(self) -> str:
        """Return the report as JSON; nodes are objects as in the SPARQL 1.1 JSON result format."""
        return self._written("json", None).decode()

    def to_csv(self) -> str:
        """Return one line for each result, after a header; nodes as in the SPARQL 1.1 CSV result format."""
        return self._written("csv", None).decode()

    def _written(self, format: str, prefixes: Mapping[str, str] | None) -> bytes:
        out = BytesIO()
        self.write(out, format, prefixes)
        return out.getvalue()

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.count(one)} {one.value}" for one in reversed(Severity))
        return f"<Report conforms={self.conforms}: {counts}>"
