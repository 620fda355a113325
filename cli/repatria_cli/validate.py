"""``repatria validate``: the graph, or any RDF, against SHACL shapes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from repatria_cli.changes import change_options, changed_report, watch
from repatria_cli.context import graph_of, named_workspace, reads
from repatria_cli.leaving import keep
from repatria_cli.limits import exit_code, limit_options, refuse_both
from repatria_cli.output import format_option, output_option, writing
from repatria_cli.parameters import InputFile
from repatria_cli.progress import Bar

if TYPE_CHECKING:
    from repatria.shacl import Report

# Listed here as well as where they are written, so that `--help` imports no writer; a test compares.
FORMATS = (
    "text", "turtle", "jsonld", "json", "csv", "markdown", "html", "sarif", "junit", "github",
)  # fmt: skip


@click.command("validate", short_help="Check a graph against SHACL shapes.")
@click.argument("files", nargs=-1, metavar="[FILE …]", type=InputFile("rdf", stdin=True))
@click.option(
    "--shapes", multiple=True, metavar="FILE", type=InputFile("rdf"),
    help="Shapes to use instead of the shipped ones; may be given again.",
)  # fmt: skip
@click.option(
    "--ontology", multiple=True, metavar="FILE", type=InputFile("rdf"),
    help="Classes and properties that count as data.",
)  # fmt: skip
@click.option(
    "--inference", type=click.Choice(["none", "rdfs"]), default="none", show_default=True,
    help="What follows and counts as data too.",
)  # fmt: skip
@click.option(
    "--fail-on", type=click.Choice(["violation", "warning", "info"]), default="violation", show_default=True,
    help="From which severity on the exit code is 1.",
)  # fmt: skip
@limit_options
@change_options
@format_option(FORMATS, "text if not given. One of", "text")
@output_option
@reads("graph")
def command(
    context: click.Context,
    files: tuple[str, ...],
    shapes: tuple[str, ...],
    ontology: tuple[str, ...],
    inference: str,
    fail_on: str,
    format_: str,
    output: str,
    changed: bool,
    watched: bool,
    **limits: Any,
) -> int:
    """Check a graph against SHACL shapes.

    Without FILE the graph of the workspace (or the shipped one); FILE is RDF of any format, - for
    stdin, or a dossier. Exit code 0 if it conforms, 1 if not, 4 if it was stopped before that was known.

    \b
    Examples:
      repatria validate
      repatria validate mine.ttl --shapes my-shapes.ttl --format turtle
      repatria validate --shape claim-act --severity violation --timeout 60
    """
    from repatria.rdf.declared import declared_prefixes
    from repatria.shacl import Severity
    from repatria.terms import prefixes

    check = partial(_checked, context, files, shapes, ontology=ontology, inference=inference, **limits)
    refuse_both(files, "FILE", limits["endpoint"], "--endpoint")
    if watched:
        watch(context, files, (*shapes, *ontology), check)
    report = changed_report(context) if changed else check()
    keep(report)
    with writing(output) as out:
        names = {**prefixes(), **declared_prefixes((*files, *shapes))}
        report.write(out, format_, names, fail_on=Severity(fail_on))
    return exit_code(report, Severity(fail_on), limits["timeout"], limits["max_results"])


def _checked(
    context: click.Context, files: tuple[str, ...], shapes: tuple[str, ...], **options: Any
) -> Report:
    from repatria.validation import validate

    data = list(files) if files else None if options["endpoint"] else graph_of(context)
    with Bar() as bar:
        return validate(
            data, list(shapes) or None, workspace=named_workspace(context), progress=bar, **options
        )
