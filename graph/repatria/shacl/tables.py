"""A validation report for programs: JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.shacl.ordering import blank_labels
from repatria.shacl.report import Report, Result, Severity, Term
from repatria.shacl.vocabulary import XSD_STRING

COLUMNS = (
    "severity",
    "focus_node",
    "path",
    "value",
    "rule",
    "component",
    "source_shape",
    "source_constraint",
    "message",
)
"""The columns of CSV and the keys of a result in JSON, in this order; JSON adds ``details``."""

Labels = Mapping[BlankNode, BlankNode]


def as_json(report: Report) -> str:
    """Return an object with ``conforms``, ``counts``, ``by_pyshacl`` and ``results``, ending with a newline.

    ``by_pyshacl`` are the IRIs of the shapes that pyshacl ran.
    """
    labels = blank_labels(report.results)
    document = {
        "conforms": report.conforms,
        "counts": {severity.value: report.count(severity) for severity in reversed(Severity)},
        "by_pyshacl": sorted(one.value for one in report.by_pyshacl if isinstance(one, NamedNode)),
        "results": [_object(result, labels) for result in report.results],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(report: Report) -> str:
    """Return a header and one record for each result; lines end in CR LF as RFC 4180 has it."""
    labels = blank_labels(report.results)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for result in report.results:
        row = {key: _plain(value, labels) for key, value in _fields(result).items()}
        writer.writerow(row[column] for column in COLUMNS)
    return out.getvalue()


def _fields(result: Result) -> dict[str, Term | str | None]:
    return {
        "severity": result.custom_severity or result.severity.value,
        "focus_node": result.focus_node,
        "path": result.path,
        "value": result.value,
        "rule": result.rule,
        "component": result.component,
        "source_shape": result.source_shape,
        "source_constraint": result.source_constraint,
        "message": result.message,
    }


def _object(result: Result, labels: Labels) -> dict[str, object]:
    whole = ("focus_node", "value")
    return {
        key: _node(value, labels) if key in whole else (_plain(value, labels) or None)
        for key, value in _fields(result).items()
    } | {"details": [_object(detail, labels) for detail in result.details]}


def _plain(value: Term | str | None, labels: Labels) -> str:
    if isinstance(value, BlankNode):
        return str(labels[value])
    if isinstance(value, NamedNode | Literal):
        return value.value
    return value or ""


def _node(term: Term | str | None, labels: Labels) -> dict[str, str] | None:
    """Return a term as in the SPARQL 1.1 JSON result format, §3.2.2."""
    if term is None or isinstance(term, str):
        return None
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": labels[term].value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype == XSD_STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
