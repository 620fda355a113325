"""``repatria describe``: a thing as a readable card, with its provenance."""

from __future__ import annotations

import shutil

import click

from repatria_cli.context import graph_of, reads
from repatria_cli.output import ROW_FORMATS, format_option, is_terminal, output_option, print_rows, writing
from repatria_cli.parameters import ThingName


@click.command("describe", short_help="Show one thing as a card, with its provenance.")
@click.argument("name", type=ThingName())
@format_option(ROW_FORMATS, "Without it a card as text. One of")
@output_option
@reads("graph")
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
    width = shutil.get_terminal_size().columns if is_terminal(output) else None
    with writing(output) as out:
        out.write(card.text(graph.prefixes, width).encode())
