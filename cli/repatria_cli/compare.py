"""``repatria compare``: do the claims agree, and what does that rest on?"""

from __future__ import annotations

import click

from repatria_cli.assessed import print_assessed
from repatria_cli.context import graph_of, reads
from repatria_cli.output import output_option, row_format_option
from repatria_cli.parameters import STATUSES, ConceptName, Day, ReferentName


@click.command("compare", short_help="Show whether claims of the same number agree, and why.")
@click.argument("about", metavar="[EXCHANGE|AGREEMENT]", required=False, type=ReferentName())
@click.option(
    "--measure", metavar="NAME", type=ConceptName("measure"),
    help="What is counted: remains-transferred, prisoners-exchanged …",
)  # fmt: skip
@click.option(
    "--status", metavar="STATUS", type=click.Choice(STATUSES),
    help="Only groups that are contested, corroborated, repeated or uncontested.",
)  # fmt: skip
@click.option("--as-of", metavar="DATE", type=Day(), help="What had been published by that day (YYYY-MM-DD).")
@click.option(
    "--fail-on", metavar="STATUS", multiple=True, type=click.Choice(STATUSES),
    help="Exit with 1 if a group that is shown has this status; may be given again.",
)  # fmt: skip
@row_format_option
@output_option
@reads("graph")
def command(
    context: click.Context,
    about: str | None,
    measure: str | None,
    status: str | None,
    as_of: str | None,
    fail_on: tuple[str, ...],
    format_: str | None,
    output: str,
) -> int:
    """Show whether claims of the same number agree, and why.

    Numbers of the same exchange, measure, direction and kind are compared:
    who says what, in which words, where; whether anybody independent says
    the same. Contested groups come first. A series stands for its stages too.

    \b
    Examples:
      repatria compare exchange-2025-12-19
      repatria compare --measure remains-transferred --as-of 2025-07-31
      repatria compare --fail-on contested --format csv
    """
    graph = graph_of(context)
    found = graph.compare(about, measure=measure, status=status, as_of=as_of)
    print_assessed(found, graph, format_, output)
    return int(any(group.status in fail_on for group in found))
