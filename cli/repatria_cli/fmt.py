"""``repatria fmt``: RDF files in their canonical form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from repatria.errors import Problems, RepatriaError, UsageError
from repatria_cli.output import format_option, standard_input, writing
from repatria_cli.parameters import InputFile

if TYPE_CHECKING:
    from repatria.rdf.turtle import Format

# Listed here as well as where they are formatted, so that `--help` imports no parser; a test compares.
FORMATS = ("turtle", "trig", "ntriples", "nquads")


@click.command("fmt", short_help="Write RDF files in their canonical form.")
@click.argument("files", nargs=-1, required=True, metavar="FILE …", type=InputFile("rdf", stdin=True))
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change.")
@click.option("--in-place", is_flag=True, help="Write each file that changes, whole or not at all.")
@format_option(FORMATS, "What the files hold, where their endings do not say it. One of")
def command(files: tuple[str, ...], check: bool, in_place: bool, format_: Format | None) -> int:
    """Write Turtle, TriG, N-Triples or N-Quads in canonical form to stdout.

    The form depends on the statements, prefixes and comments only, never on
    the order they came in. Literals stay as they are written. Before anything
    is written, the new text is read again and compared. - is stdin. Exit code
    1 if --check names a file.

    \b
    Examples:
      repatria fmt mine.ttl
      repatria fmt --in-place mine.ttl my-shapes.ttl
      repatria fmt --check *.ttl
    """
    _refuse_contradictions(files, check, in_place)
    problems: list[RepatriaError] = []
    changed = False
    for file in files:
        try:
            changed |= _format(file, format_, check, in_place)
        except RepatriaError as problem:
            problems.append(problem)
    if problems:
        raise problems[0] if len(problems) == 1 else Problems(problems)
    return 1 if check and changed else 0


def _refuse_contradictions(files: tuple[str, ...], check: bool, in_place: bool) -> None:
    if check and in_place:
        hint = "--check writes nothing, --in-place writes what changes"
        raise UsageError("RP200", "--check and --in-place exclude each other", hint=hint)
    if in_place and "-" in files:
        hint = "`repatria fmt -` writes to standard output"
        raise UsageError("RP200", "standard input cannot be rewritten in place", hint=hint)


def _format(file: str, format_: Format | None, check: bool, in_place: bool) -> bool:
    """Format one file; say whether that changes it."""
    from repatria.canonical.formatting import format_bytes, read_bytes

    before = standard_input().read() if file == "-" else read_bytes(Path(file), file)
    after = format_bytes(before, file, format_)
    if check and after != before:
        click.echo(file)
    elif not check and not in_place:
        with writing("-") as out:
            out.write(after)
    elif in_place and after != before:
        with writing(file) as out:
            out.write(after)
    return after != before
