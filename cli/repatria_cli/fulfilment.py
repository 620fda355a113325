"""``repatria fulfilment``: was the agreement kept, and on whose word?"""

from __future__ import annotations

import click

from repatria_cli.assessed import print_assessed
from repatria_cli.context import graph_of, reads
from repatria_cli.output import output_option, row_format_option
from repatria_cli.parameters import Day, ReferentName


@click.command("fulfilment", short_help="Set what was agreed against what is said to be delivered.")
@click.argument("agreement", metavar="[AGREEMENT]", required=False, type=ReferentName())
@click.option("--as-of", metavar="DATE", type=Day(), help="What had been published by that day (YYYY-MM-DD).")
@row_format_option
@output_option
@reads("graph")
def command(
    context: click.Context, agreement: str | None, as_of: str | None, format_: str | None, output: str
) -> None:
    """Set what was agreed against what is said to be delivered.

    For each agreed number: who says it was agreed, and what was delivered on
    anybody's word, on the deliverer's and on the recipient's. “Not shown met”
    means not in this graph. Then who presents the obligation as binding one
    side or both.

    \b
    Examples:
      repatria fulfilment istanbul-agreement-2025-06
      repatria fulfilment --as-of 2025-07-31 --format json
    """
    graph = graph_of(context)
    print_assessed(graph.fulfilment(agreement, as_of=as_of), graph, format_, output)
