"""``repatria describe``: a thing as a readable card, with its provenance."""

from __future__ import annotations

import click

from repatria_cli.context import complete_names, graph_of
from repatria_cli.output import output_option, print_rows, row_format_option, writing


@click.command("describe")
@click.argument("name", shell_complete=complete_names)
@row_format_option
@output_option
@click.pass_context
def command(context: click.Context, name: str, format_: str | None, output: str) -> None:
    """Show a person, body, exchange, agreement, source or claim.

    NAME is a key, a label in any language, an IRI or CURIE, or source#key for
    a claim. Without --format a card as text.

    \b
    Examples:
      repatria describe umerov
      repatria describe exchange-2025-07-17
      repatria describe moscow-times-2025-12-19#s1-03
    """
    graph = graph_of(context)
    card = graph.describe(name)
    if format_ is not None:
        print_rows(card.rows(), format_, output, graph.prefixes)
        return
    with writing(output) as out:
        out.write(card.text(graph.prefixes).encode())
