"""``repatria explain``: the whole chain behind a claim or a group of counts."""

from __future__ import annotations

import click

from repatria_cli.assessed import print_assessed
from repatria_cli.context import graph_of, reads
from repatria_cli.output import output_option, row_format_option
from repatria_cli.parameters import ExplainedName


@click.command("explain", short_help="Explain a status: from the passage to the comparison.")
@click.argument("name", metavar="CLAIM|GROUP", type=ExplainedName())
@row_format_option
@output_option
@reads("graph")
def command(context: click.Context, name: str, format_: str | None, output: str) -> None:
    """Explain a status: from the passage to the comparison.

    CLAIM is source#key: its passage, who speaks through whom, the words, the
    numbers they stand for and by which rule, how it stands to other claims,
    and the status that follows. GROUP is the key that `repatria compare`
    shows.

    \b
    Examples:
      repatria explain moscow-times-2025-12-19#s1-03
      repatria explain article-000#s0-19 --format json
    """
    graph = graph_of(context)
    print_assessed(graph.explain(name), graph, format_, output)
