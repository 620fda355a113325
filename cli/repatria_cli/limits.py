"""What bounds a validation, as options; and what a report that is not whole means for its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from repatria.errors import QueryTimeout, StoreError, UsageError
from repatria_cli.parameters import Text

if TYPE_CHECKING:
    from repatria.shacl import Report, Severity

_F = TypeVar("_F", bound=Callable[..., Any])
_SEVERITIES = ("violation", "warning", "info")
_OPTIONS = (
    click.option(
        "--endpoint", metavar="URL", type=Text(),
        help="Validate the graph at this SPARQL endpoint, which is asked and not downloaded.",
    ),
    click.option(
        "--shape", "names", multiple=True, metavar="SHAPE", type=Text(),
        help="Only this shape: its IRI, CURIE, the last part of its IRI, or its label; may be given again.",
    ),
    click.option(
        "--severity", type=click.Choice(_SEVERITIES), default="info", show_default=True,
        help="Look only for results of at least this severity.",
    ),
    click.option(
        "--max-results", type=click.IntRange(min=1), metavar="N", help="Stop after so many results.",
    ),
    click.option(
        "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
        help="Stop after so long with what was found until then, and exit code 4.",
    ),
    click.option(
        "--engine", type=click.Choice(["auto", "pyshacl"]), default="auto", show_default=True,
        help="pyshacl leaves everything to pyshacl.",
    ),
)  # fmt: skip


def limit_options(function: _F) -> _F:
    """Add the options; they are the parameters of :func:`repatria.validate` with the same names."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def refuse_both(first: object, name: str, second: object, other: str) -> None:
    """Raise UsageError RP200 if two things are given of which each says what to validate."""
    if first and second:
        hint = "give one of them"
        raise UsageError("RP200", f"{name} and {other} both say what to validate", hint=hint)


def exit_code(report: Report, fail_on: Severity, timeout: float | None, most: int | None) -> int:
    """Return 0 or 1 for a report that was written. Raises StoreError RP407–RP409 where it is not known."""
    if not report.unfinished:
        return 1 if report.fails(fail_on) else 0
    if most is not None and len(report.results) >= most:
        if report.fails(fail_on):
            return 1
        message = f"{report.unfinished}, and none of these is a {fail_on.value}"
        hint = "whether it conforms is not known: raise --max-results, or --severity"
        raise StoreError("RP409", message, hint=hint)
    if timeout is not None and report.unfinished.startswith("stopped"):
        hint = "what was found until then is shown; give it more time, or fewer shapes by --shape"
        raise QueryTimeout("RP408", report.unfinished, hint=hint)
    raise StoreError("RP407", report.unfinished, hint="what was found until then is shown")
