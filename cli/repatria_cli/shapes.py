"""``repatria shapes``: the shapes as readable documentation."""

from __future__ import annotations

import click

from repatria_cli.context import workspace_of
from repatria_cli.output import format_option, output_option, writing
from repatria_cli.parameters import InputFile, InputFolder, Text

# Listed here as well as where they are written, so that `--help` imports no writer; a test compares.
FORMATS = ("text", "markdown", "html")


@click.command("shapes", short_help="Describe SHACL shapes: what must hold, for whom.")
@click.argument("files", nargs=-1, metavar="[FILE …]", type=InputFile("rdf", stdin=True))
@click.option(
    "--shape", "names", multiple=True, metavar="SHAPE", type=Text(),
    help="Only this shape or rule, by IRI, CURIE, the last part of its IRI, or label; may be given again.",
)  # fmt: skip
@click.option(
    "--examples", metavar="DIR", type=InputFolder("examples"),
    help="Folder with NAME/accept.ttl and NAME/reject.ttl for the rule NAME.",
)  # fmt: skip
@format_option(FORMATS, "text if not given. One of", "text")
@output_option
@click.pass_context
def command(
    context: click.Context,
    files: tuple[str, ...],
    names: tuple[str, ...],
    examples: str | None,
    format_: str,
    output: str,
) -> None:
    """Describe SHACL shapes: what must hold, for whom, with examples.

    Without FILE the shipped shapes and those of the workspace; FILE is RDF of
    any format, - for stdin.

    \b
    Examples:
      repatria shapes --shape claim-act
      repatria shapes --format html -o shapes.html
    """
    from repatria.describing import describe_shapes
    from repatria.shacl.describing import write_shapes

    found = describe_shapes(list(files) or None, workspace_of(context), names=names, examples=examples)
    with writing(output) as out:
        write_shapes(found, out, format_)
