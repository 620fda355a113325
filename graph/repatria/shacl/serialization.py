"""A validation report as RDF (SHACL §3.6), the same bytes for the same results.

The report and each result are blank nodes labelled in the order of the report,
so no canonicalisation is needed. Literals are written as they were read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import count

from pyoxigraph import BlankNode, Literal, Quad, RdfFormat, Triple, serialize

from repatria.errors import UsageError
from repatria.rdf.formats import FORMATS
from repatria.shacl.ordering import blank_labels
from repatria.shacl.paths import path_quads
from repatria.shacl.report import Report, Result, Severity, Term
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


def as_rdf(report: Report, format: str, prefixes: Mapping[str, str]) -> bytes:
    """Return the report in an RDF format as UTF-8. Raises :class:`UsageError` RP304."""
    chosen = FORMATS.get(format.lower())
    if chosen is None or chosen not in _WRITTEN:
        hint = f"a report is written as {', '.join(_WRITTEN.values())}"
        raise UsageError("RP304", f"no format of a report: {format}", hint=hint)
    used = {"sh": SH, "rdf": RDF, "xsd": XSD, **prefixes} if chosen == RdfFormat.TURTLE else None
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in report_quads(report))
    written = (serialize(triples, format=chosen, prefixes=used) or b"").decode()
    if chosen == RdfFormat.TURTLE:
        written = _prefixes_sorted(written)
    elif chosen == RdfFormat.JSON_LD:
        written = json.dumps(json.loads(written), ensure_ascii=False, indent=2)
    return (written.rstrip("\n") + "\n").encode()


def _prefixes_sorted(turtle: str) -> str:
    """Return Turtle with its prefixes in order: pyoxigraph writes them in an order that changes."""
    lines = turtle.splitlines(keepends=True)
    prefixes = [line for line in lines if line.startswith("@prefix ")]
    return "".join([*sorted(prefixes), "\n", *lines[len(prefixes) :]])


def report_quads(report: Report) -> Iterator[Quad]:
    """Yield the triples of the report, those of one node together."""
    node = BlankNode("report")
    yield Quad(node, TYPE, sh("ValidationReport"))
    conforms = Literal("true" if report.conforms else "false", datatype=XSD_BOOLEAN)
    yield Quad(node, sh("conforms"), conforms)
    results = [BlankNode(f"r{number}") for number in range(1, len(report.results) + 1)]
    for one in results:
        yield Quad(node, sh("result"), one)
    new = _New(blank_labels(report.results))
    for subject, result in zip(results, report.results, strict=True):
        yield from _result_quads(subject, result, new)


class _New:
    """New blank nodes of a report: for those of results, for paths (``p1`` …) and details (``d1`` …)."""

    def __init__(self, labels: Mapping[BlankNode, BlankNode]) -> None:
        self._labels = labels
        self._paths, self._details = count(1), count(1)

    def label(self, term: Term) -> Term:
        return self._labels[term] if isinstance(term, BlankNode) else term

    def path(self) -> BlankNode:
        return BlankNode(f"p{next(self._paths)}")

    def detail(self) -> BlankNode:
        return BlankNode(f"d{next(self._details)}")


def _result_quads(node: BlankNode, result: Result, new: _New) -> Iterator[Quad]:

    yield Quad(node, TYPE, sh("ValidationResult"))
    path, description = path_quads(result.path, new.path) if result.path else (None, [])
    yield Quad(node, sh("focusNode"), new.label(result.focus_node))
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
            yield Quad(node, sh(name), new.label(value))
    details = [(new.detail(), detail) for detail in result.details]
    yield from (Quad(node, sh("detail"), one) for one, _ in details)
    yield from description
    for one, detail in details:
        yield from _result_quads(one, detail, new)
