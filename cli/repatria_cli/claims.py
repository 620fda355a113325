"""``repatria claims``: claims by who, what, when and where, without SPARQL."""

from __future__ import annotations

import click

from repatria_cli.context import graph_of, reads
from repatria_cli.output import output_option, print_rows, row_format_option
from repatria_cli.parameters import AgentName, ConceptName, Day, Text, ThingName

_REFERENTS = ("event", "agreement", "person", "org", "state", "unnamed", "post", "place", "source")


@click.command("claims", short_help="List claims by who, what, when and where.")
@click.option("--by", metavar="NAME", type=AgentName(), help="Who asserts it.")
@click.option(
    "--about", metavar="NAME", type=ThingName(*_REFERENTS),
    help="The exchange, agreement, person or body it is about.",
)  # fmt: skip
@click.option(
    "--measure", metavar="NAME", type=ConceptName("measure"),
    help="What is counted: remains-transferred, prisoners-exchanged …",
)  # fmt: skip
@click.option(
    "--act", metavar="NAME", type=ConceptName("act"),
    help="What is done by saying it: announce, confirm, accuse …",
)  # fmt: skip
@click.option(
    "--modality", metavar="NAME", type=ConceptName("modality"),
    help="actual, ongoing, agreed, planned, offered, expected, conjectured.",
)  # fmt: skip
@click.option(
    "--from", "from_", metavar="NAME", type=ThingName("state", "org"), help="The party that hands over."
)
@click.option("--to", metavar="NAME", type=ThingName("state", "org"), help="The party that receives.")
@click.option("--source", metavar="NAME", type=ThingName("source"), help="The source in which it stands.")
@click.option("--since", metavar="DATE", type=Day(), help="Said on that day or later (YYYY-MM-DD).")
@click.option("--until", metavar="DATE", type=Day(), help="Said on that day or earlier.")
@click.option(
    "--text", metavar="TEXT", type=Text(), help="Words in the evidence, the number or the asserter's name."
)
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="At most so many rows.")
@row_format_option
@output_option
@reads("graph")
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
