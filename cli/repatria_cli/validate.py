"""``repatria validate``: the graph, or any RDF, against SHACL shapes."""

from __future__ import annotations

import click

from repatria_cli.context import graph_of, reads
from repatria_cli.output import format_option, output_option, writing
from repatria_cli.parameters import InputFile

_FORMATS = ("text", "turtle", "jsonld", "json", "csv")


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
@format_option(_FORMATS, "text if not given. One of", "text")
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
) -> int:
    """Check a graph against SHACL shapes.

    Without FILE the graph of the workspace (or the shipped one); FILE is RDF
    of any format, - for stdin. Exit code 0 if it conforms, 1 if not.

    \b
    Examples:
      repatria validate
      repatria validate mine.ttl --shapes my-shapes.ttl --format turtle
    """
    from repatria.shacl import Severity
    from repatria.terms import prefixes
    from repatria.validation import validate

    data = list(files) if files else graph_of(context)
    report = validate(data, list(shapes) or None, ontology=ontology, inference=inference)  # type: ignore[arg-type]
    table = prefixes()
    rendered = {
        "text": lambda: report.text(table),
        "json": report.to_json,
        "csv": report.to_csv,
    }
    with writing(output) as out:
        if format_ in rendered:
            out.write(rendered[format_]().encode())
        else:
            out.write(report.to_rdf(format_, table))
    return 1 if report.fails(Severity(fail_on)) else 0
