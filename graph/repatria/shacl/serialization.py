"""A validation report as RDF (SHACL §3.6), the same bytes for the same results.

The report and each result are blank nodes labelled in the order of the report,
so no canonicalisation is needed. Literals are written as they were read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
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
    labels = blank_labels(report.results)
    numbers = count(1)
    for subject, result in zip(results, report.results, strict=True):
        yield from _result_quads(subject, result, labels, lambda: BlankNode(f"p{next(numbers)}"))


def _result_quads(
    node: BlankNode,
    result: Result,
    labels: Mapping[BlankNode, BlankNode],
    new_node: Callable[[], BlankNode],
) -> Iterator[Quad]:
    def relabelled(term: Term) -> Term:
        return labels[term] if isinstance(term, BlankNode) else term

    yield Quad(node, TYPE, sh("ValidationResult"))
    path, description = path_quads(result.path, new_node) if result.path else (None, [])
    yield Quad(node, sh("focusNode"), relabelled(result.focus_node))
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
            yield Quad(node, sh(name), relabelled(value))
    yield from description
