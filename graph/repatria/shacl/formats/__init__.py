"""The formats of a report. Each writer goes through the results once or twice and keeps none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import IO

from repatria.errors import UsageError
from repatria.shacl.report import Report, Severity

Pieces = Callable[..., Iterator[str]]
# Format → the module of this package that writes it, imported only then.
_MODULES = {
    "text": "text",
    "turtle": "rdf",
    "jsonld": "jsonld",
    "json": "tables",
    "csv": "tables",
    "markdown": "markdown",
    "html": "html",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
}
FORMATS = tuple(_MODULES)
"""All formats, the one for reading first."""


def write_report(
    report: Report,
    out: IO[bytes],
    format: str,
    prefixes: Mapping[str, str],
    *,
    fail_on: Severity = Severity.VIOLATION,
) -> None:
    """Write a report to a binary stream as UTF-8 in one of :data:`FORMATS`.

    ``fail_on`` is the severity from which on a result is a failure in ``junit``.
    Raises :class:`UsageError` RP304 for another format.
    """
    if format not in _MODULES:
        hint = f"a report is written as {', '.join(FORMATS)}"
        raise UsageError("RP304", f"no format of a report: {format}", hint=hint)
    module = import_module(f"repatria.shacl.formats.{_MODULES[format]}")
    if format == "turtle":
        module.write_rdf(report, out, format, prefixes)
        return
    pieces: Pieces = getattr(module, f"{format}_pieces")
    more = {"fail_on": fail_on} if format == "junit" else {}
    for piece in pieces(report, prefixes, **more):
        out.write(piece.encode())
