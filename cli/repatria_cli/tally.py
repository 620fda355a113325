"""``repatria tally``: totals of what is claimed, and what they rest on."""

from __future__ import annotations

import click

from repatria_cli.assessed import print_assessed
from repatria_cli.context import graph_of, reads
from repatria_cli.output import output_option, row_format_option
from repatria_cli.parameters import TALLY_BY, ConceptName, Day, ThingName


@click.command("tally", short_help="Add up what is claimed, nothing twice, and tell on whose word.")
@click.option(
    "--by", metavar="WHAT", type=click.Choice(TALLY_BY),
    help="Split the totals by month, party, asserter, side or source.",
)  # fmt: skip
@click.option(
    "--since", metavar="DATE", type=Day(), help="Only what surely lies on that day or later (YYYY-MM-DD)."
)
@click.option("--until", metavar="DATE", type=Day(), help="Only what surely lies on that day or earlier.")
@click.option(
    "--from", "from_", metavar="NAME", type=ThingName("state", "org"), help="The party that hands over."
)
@click.option("--to", metavar="NAME", type=ThingName("state", "org"), help="The party that receives.")
@click.option(
    "--measure", metavar="NAME", type=ConceptName("measure"),
    help="What is counted: remains-transferred, prisoners-exchanged …",
)  # fmt: skip
@click.option("--as-of", metavar="DATE", type=Day(), help="What had been published by that day.")
@row_format_option
@output_option
@reads("graph")
def command(context: click.Context, format_: str | None, output: str, **filters: str | None) -> None:
    """Add up what is claimed, nothing twice, and tell on whose word.

    Totals of the claims in this graph, no totals of what happened: each from
    the lowest to the highest, with what it rests on, what each side alone
    gives, and what was left out and why.

    \b
    Examples:
      repatria tally
      repatria tally --by month --from russia --format csv
      repatria tally --by side --since 2025-07-01 --as-of 2025-12-31
    """
    graph = graph_of(context)
    found = graph.tally(**filters)
    if not print_assessed(found, graph, format_, output) and found.left_out:
        numbers = "1 number is" if len(found.left_out) == 1 else f"{len(found.left_out):,} numbers are"
        click.echo(f"{numbers} left out of the totals; `--format table` tells which and why", err=True)
