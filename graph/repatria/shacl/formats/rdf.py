"""A validation report as RDF (SHACL §3.6), the same bytes for the same results.

The report and each result are blank nodes labelled in the order of the report,
so no canonicalisation is needed. Literals are written as they were read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BufferedWriter, RawIOBase
from itertools import count
from typing import IO

from pyoxigraph import BlankNode, Literal, Quad, RdfFormat, Triple, serialize

from repatria.errors import UsageError
from repatria.rdf.formats import FORMATS
from repatria.shacl.paths import path_quads
from repatria.shacl.report import Report, Result, Severity, Term
from repatria.shacl.spool import Labels, labelled
from repatria.shacl.vocabulary import RDF, SH, TYPE, XSD, XSD_BOOLEAN, sh

_WRITTEN = {
    RdfFormat.TURTLE: "turtle",
    RdfFormat.JSON_LD: "jsonld",
    RdfFormat.N_TRIPLES: "ntriples",
    RdfFormat.RDF_XML: "rdfxml",
}
_SEVERITIES = {
    Severity.VIOLATION: sh("Violation"),
    Severity.WARNING: sh("Warning"),
    Severity.INFO: sh("Info"),
}


def write_rdf(report: Report, out: IO[bytes], format: str, prefixes: Mapping[str, str]) -> None:
    """Write the report to a binary stream in an RDF format. Raises :class:`UsageError` RP304."""
    chosen = FORMATS.get(format.lower())
    if chosen is None or chosen not in _WRITTEN:
        hint = f"a report is written as {', '.join(_WRITTEN.values())}"
        raise UsageError("RP304", f"no format of a report: {format}", hint=hint)
    if chosen == RdfFormat.JSON_LD:
        from repatria.shacl.formats.jsonld import jsonld_pieces

        for piece in jsonld_pieces(report, prefixes):
            out.write(piece.encode())
        return
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in report_quads(report))
    if chosen == RdfFormat.TURTLE:
        sorting = _PrefixesSorted(out)
        buffered = BufferedWriter(sorting, 1 << 16)
        serialize(triples, buffered, chosen, prefixes={"sh": SH, "rdf": RDF, "xsd": XSD, **prefixes})
        buffered.flush()
        sorting.end()
    else:
        serialize(triples, out, chosen)
        if chosen == RdfFormat.RDF_XML:
            out.write(b"\n")


class _PrefixesSorted(RawIOBase):
    """Writes Turtle with its prefixes in order: pyoxigraph writes them in an order that changes."""

    _START = b"@prefix "

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._head: bytes | None = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        if self._head is None:
            self._out.write(piece)
        else:
            self._head += piece
            # The last line may not be whole yet.
            if any(not line.startswith(self._START) for line in self._head.splitlines()[:-1]):
                self.end()
        return len(piece)

    def end(self) -> None:
        """Write what was kept back."""
        if self._head is not None:
            lines = self._head.splitlines(keepends=True)
            prefixes = [line for line in lines if line.startswith(self._START)]
            self._out.write(b"".join([*sorted(prefixes), b"\n", *lines[len(prefixes) :]]))
            self._head = None


def report_quads(report: Report) -> Iterator[Quad]:
    """Yield the triples of the report, those of one node together."""
    node = BlankNode("report")
    yield Quad(node, TYPE, sh("ValidationReport"))
    conforms = Literal("true" if report.conforms else "false", datatype=XSD_BOOLEAN)
    yield Quad(node, sh("conforms"), conforms)
    for number in range(1, len(report.results) + 1):
        yield Quad(node, sh("result"), BlankNode(f"r{number}"))
    new = NewNodes()
    for number, (result, labels) in enumerate(labelled(report.results), start=1):
        yield from result_quads(BlankNode(f"r{number}"), result, labels, new)


class NewNodes:
    """New blank nodes of a report: for paths (``p1`` …) and details (``d1`` …)."""

    def __init__(self) -> None:
        self._paths, self._details = count(1), count(1)

    def path(self) -> BlankNode:
        """Return a node of a path."""
        return BlankNode(f"p{next(self._paths)}")

    def detail(self) -> BlankNode:
        """Return the node of a result that is a detail."""
        return BlankNode(f"d{next(self._details)}")


def result_quads(node: BlankNode, result: Result, labels: Labels, new: NewNodes) -> Iterator[Quad]:
    """Yield the triples of a result, then those of its path and of its details."""

    def label(term: Term) -> Term:
        return labels[term] if isinstance(term, BlankNode) else term

    yield Quad(node, TYPE, sh("ValidationResult"))
    path, description = path_quads(result.path, new.path) if result.path else (None, [])
    yield Quad(node, sh("focusNode"), label(result.focus_node))
    if path is not None:
        yield Quad(node, sh("resultPath"), path)
    values: list[tuple[str, Term | None]] = [
        ("value", result.value),
        ("resultSeverity", result.custom_severity or _SEVERITIES[result.severity]),
        ("sourceConstraintComponent", result.component),
        ("sourceShape", result.source_shape),
        ("sourceConstraint", result.source_constraint),
        *(("resultMessage", text) for text in result.messages),
    ]
    for name, value in values:
        if value is not None:
            yield Quad(node, sh(name), label(value))
    details = [(new.detail(), detail) for detail in result.details]
    yield from (Quad(node, sh("detail"), one) for one, _ in details)
    yield from description
    for one, detail in details:
        yield from result_quads(one, detail, labels, new)
