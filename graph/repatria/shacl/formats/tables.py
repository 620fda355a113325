"""A report for programs: JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.shacl.formats.nesting import nested
from repatria.shacl.report import Report, Result, Severity, Term
from repatria.shacl.spool import Labels, labelled
from repatria.shacl.suggesting import Suggestions
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
    "file",
    "line",
    "column",
)
"""The columns of CSV and the keys of a result in JSON, which adds ``suggestion`` and ``details``."""


def json_pieces(report: Report, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield an object that says first what is true of the whole report, then all results.

    ``by_pyshacl`` are the IRIs of the shapes that pyshacl ran.
    """
    head = {
        "conforms": report.conforms,
        "counts": {severity.value: report.count(severity) for severity in reversed(Severity)},
        "unfinished": report.unfinished or None,
        "counted": list(report.counted),
        "by_pyshacl": sorted(one.value for one in report.by_pyshacl if isinstance(one, NamedNode)),
    }
    yield json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}") + ',\n  "results": ['
    suggestions = Suggestions(report)
    between = "\n"
    for result, labels in labelled(report.results):
        item = _object(result, labels, suggestions)
        yield between + nested(item)
        between = ",\n"
    yield ("]" if between == "\n" else "\n  ]") + "\n}\n"


def csv_pieces(report: Report, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield a header and one record for each result; lines end in CR LF as RFC 4180 has it."""
    yield _record(COLUMNS)
    for result, labels in labelled(report.results):
        yield _record(_plain(value, labels) for value in _fields(result).values())


def _record(values: Iterator[str] | tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()


def _fields(result: Result) -> dict[str, Term | str | int | None]:
    where = result.place.location if result.place else None
    values = (
        result.custom_severity or result.severity.value,
        result.focus_node,
        result.path,
        result.value,
        result.rule,
        result.component,
        result.source_shape,
        result.source_constraint,
        result.message,
        where.file if where else None,
        where.line or None if where else None,
        where.column or None if where else None,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _object(result: Result, labels: Labels, suggestions: Suggestions) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in _fields(result).items():
        if key in ("focus_node", "value"):
            found[key] = _node(value, labels)
        else:
            found[key] = value if isinstance(value, int) else _plain(value, labels) or None
    found["suggestion"] = suggestions.of(result) or None
    found["details"] = [_object(detail, labels, suggestions) for detail in result.details]
    return found


def _plain(value: Term | str | int | None, labels: Labels) -> str:
    if isinstance(value, BlankNode):
        return str(labels[value])
    if isinstance(value, NamedNode | Literal):
        return value.value
    return str(value or "")


def _node(term: Term | str | int | None, labels: Labels) -> dict[str, str] | None:
    """Return a term as in the SPARQL 1.1 JSON result format, §3.2.2."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": labels[term].value}
    if not isinstance(term, Literal):
        return None
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype == XSD_STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
