"""A validation report for people: severity, rule, focus node, path and value in CURIEs, and the message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.shacl.ordering import blank_labels
from repatria.shacl.report import Report, Result, Severity, Term
from repatria.shacl.vocabulary import SH, XSD

_IRI = re.compile(r"<([^>]*)>")
_LOCAL = re.compile(r"[^\W\d][\w.-]*(?<![.])|[\w-]+|")
_LONGEST_VALUE = 120


def as_text(report: Report, prefixes: Mapping[str, str]) -> str:
    """Return the report as lines of text that end with a newline."""
    shorten = _Shortener({"sh": SH, "xsd": XSD, **prefixes})
    labels = blank_labels(report.results)
    lines = [_headline(report), *_notes(report)]
    for result in report.results:
        lines.append("")
        lines.extend(_lines(result, shorten, labels))
    return "\n".join(lines) + "\n"


def _headline(report: Report) -> str:
    if report.conforms:
        return "Conforms: no results."
    counts = [(report.count(severity), severity.value) for severity in reversed(Severity)]
    named = ", ".join(f"{n} {word}{'s' if n != 1 and word != 'info' else ''}" for n, word in counts if n)
    return f"Does not conform: {named}."


def _notes(report: Report) -> Iterator[str]:
    if number := len(report.by_pyshacl):
        yield f"{number} shape{'s' if number > 1 else ''} run by pyshacl."


def _lines(result: Result, shorten: _Shortener, labels: Mapping[BlankNode, BlankNode]) -> Iterator[str]:
    def node(term: Term) -> str:
        return str(labels[term]) if isinstance(term, BlankNode) else shorten.term(term)

    severity = shorten.term(result.custom_severity) if result.custom_severity else result.severity.value
    yield f"{severity}: {' '.join(result.message.split()) or shorten.term(result.component)}"
    yield f"  focus node  {node(result.focus_node)}"
    if result.path:
        yield f"  path        {shorten.path(result.path)}"
    if result.value is not None and result.value != result.focus_node:
        yield f"  value       {node(result.value)}"
    rule = shorten.term(result.rule) if result.rule else "(a shape without a name)"
    yield f"  rule        {rule}  ({shorten.term(result.component)})"
    for detail in result.details:
        yield f"  detail      {' '.join(_reason(detail, shorten, node))}"


def _reason(detail: Result, shorten: _Shortener, node: Callable[[Term], str]) -> Iterator[str]:
    """Yield what a detail says in short: path, value, and what is wrong."""
    if detail.path:
        yield shorten.path(detail.path)
    if detail.value is not None and detail.value != detail.focus_node:
        yield node(detail.value)
    yield " ".join(detail.message.split()) or shorten.term(detail.component)


class _Shortener:
    """Writes IRIs as CURIEs where one of the prefixes fits, the longest namespace first."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = sorted(prefixes.items(), key=lambda pair: (-len(pair[1]), pair[0]))

    def term(self, term: Term) -> str:
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        if not isinstance(term, Literal):
            return str(term)
        text = term.value if len(term.value) <= _LONGEST_VALUE else term.value[: _LONGEST_VALUE - 1] + "…"
        quoted = str(Literal(text))
        if term.language:
            return f"{quoted}@{term.language}"
        return (
            quoted if term.datatype.value == XSD + "string" else f"{quoted}^^{self.iri(term.datatype.value)}"
        )

    def path(self, text: str) -> str:
        return _IRI.sub(lambda found: self.iri(found[1]), text)

    def iri(self, iri: str) -> str:
        for prefix, namespace in self._prefixes:
            local = iri.removeprefix(namespace)
            if local != iri and _LOCAL.fullmatch(local):
                return f"{prefix}:{local}"
        return f"<{iri}>"
