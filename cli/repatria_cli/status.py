"""``repatria status``: what is built from what."""

from __future__ import annotations

import click

from repatria_cli.context import reads, workspace_of
from repatria_cli.output import fitted, output_option, print_rows, row_format_option


@click.command("status", short_help="Show what the graph was built from, and what changed.")
@row_format_option
@output_option
@reads("store")
def command(context: click.Context, format_: str | None, output: str) -> None:
    """Show which files the graph was built from, and what changed since.

    One row for each file: built, changed, new or gone. Without --format the
    workspace, its store and the totals come first, on stderr.

    \b
    Example:
      repatria status
    """
    from repatria.building.status import status

    found = status(workspace_of(context))
    for name, value in found.head.items():
        click.echo(fitted(f"{name}: {value}"), err=True)
    print_rows(found.rows(), format_, output, {})
