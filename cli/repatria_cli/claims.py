"""``repatria claims``: claims by who, what, when and where, without SPARQL."""

from __future__ import annotations

import click

from repatria_cli.context import complete_names, graph_of
from repatria_cli.output import output_option, print_rows, row_format_option


@click.command("claims")
@click.option("--by", metavar="NAME", shell_complete=complete_names, help="Who asserts it.")
@click.option("--about", metavar="NAME", shell_complete=complete_names, help="The exchange, agreement, person or body it is about.")
@click.option("--measure", metavar="NAME", help="What is counted: remains-transferred, prisoners-exchanged …")
@click.option("--act", metavar="NAME", help="What is done by saying it: announce, confirm, accuse …")
@click.option("--modality", metavar="NAME", help="actual, ongoing, agreed, planned, offered, expected, conjectured.")
@click.option("--from", "from_", metavar="NAME", shell_complete=complete_names, help="The party that hands over.")
@click.option("--to", metavar="NAME", shell_complete=complete_names, help="The party that receives.")
@click.option("--source", metavar="NAME", shell_complete=complete_names, help="The source in which it stands.")
@click.option("--since", metavar="DATE", help="Said on that day or later (YYYY-MM-DD).")
@click.option("--until", metavar="DATE", help="Said on that day or earlier.")
@click.option("--text", metavar="TEXT", help="Words in the evidence, the number or the asserter's name.")
@click.option("--limit", type=click.IntRange(min=0), help="At most so many rows.")
@row_format_option
@output_option
@click.pass_context
def command(
    context: click.Context, format_: str | None, output: str, limit: int | None, **filters: str | None
) -> None:
    """List claims, one row for each claim and number.

    Names are keys, or labels in any language; an ambiguous one lists the
    candidates.

    \b
    Examples:
      repatria claims --by medinsky --measure remains-transferred
      repatria claims --about exchange-2025-07-17 --format csv
      repatria claims --act accuse --since 2025-06-01
    """
    graph = graph_of(context)
    given = {name.rstrip("_"): value for name, value in filters.items() if value is not None}
    print_rows(graph.claims(limit=limit, **given), format_, output, graph.prefixes)
