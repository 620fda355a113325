"""``repatria timeline``: happenings in the order of their days, with the numbers claimed."""

from __future__ import annotations

import click

from repatria_cli.assessed import print_assessed
from repatria_cli.context import graph_of, reads
from repatria_cli.output import output_option, row_format_option
from repatria_cli.parameters import Day, ReferentName


@click.command("timeline", short_help="List happenings by day, with the numbers claimed.")
@click.option(
    "--exchange", metavar="NAME", type=ReferentName(),
    help="An exchange; a series with its stages; an agreement with the exchanges under it.",
)  # fmt: skip
@click.option(
    "--since", metavar="DATE", type=Day(), help="Only what can lie on that day or later (YYYY-MM-DD)."
)
@click.option("--until", metavar="DATE", type=Day(), help="Only what can lie on that day or earlier.")
@click.option("--as-of", metavar="DATE", type=Day(), help="What had been published by that day.")
@row_format_option
@output_option
@reads("graph")
def command(context: click.Context, format_: str | None, output: str, **filters: str | None) -> None:
    """List happenings by day, with the numbers claimed.

    One block for each exchange, series or other happening: between which
    days it lies, what it belongs to, who says how many were handed over, and
    whether they agree.

    \b
    Examples:
      repatria timeline
      repatria timeline --exchange istanbul-agreement-2025-06
      repatria timeline --since 2025-07-01 --until 2025-12-31 --format csv
    """
    graph = graph_of(context)
    print_assessed(graph.timeline(**filters), graph, format_, output)
