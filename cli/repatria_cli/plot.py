"""``repatria plot``: claimed numbers as a picture."""

from __future__ import annotations

from pathlib import Path

import click

from repatria.errors import UsageError
from repatria_cli.context import graph_of, reads
from repatria_cli.output import format_option, is_terminal, output_option, writing
from repatria_cli.parameters import ConceptName, Day, ThingName

# Listed here as well as in repatria.plot, so that `--help` imports nothing of it; a test compares.
KINDS = ("timeline", "tally", "compare", "balance")
FORMATS = ("svg", "png", "html")
BY = ("month", "exchange", "party", "asserter", "side", "source")


@click.command("plot", short_help="Draw claimed numbers as a picture with a text alternative.")
@click.argument("kind", type=click.Choice(KINDS), metavar="timeline|tally|compare|balance")
@click.option(
    "--exchange", metavar="NAME", type=ThingName("event"), help="One exchange, or a series of them."
)
@click.option(
    "--agreement", metavar="NAME", type=ThingName("agreement"), help="The exchanges under an agreement."
)
@click.option(
    "--measure", metavar="NAME", type=ConceptName("measure"),
    help="What is counted: remains-transferred, prisoners-exchanged …",
)  # fmt: skip
@click.option(
    "--from", "from_", metavar="NAME", type=ThingName("state", "org"), help="The party that hands over."
)
@click.option("--to", metavar="NAME", type=ThingName("state", "org"), help="The party that receives.")
@click.option("--since", metavar="DATE", type=Day(), help="Exchanges on that day or later (YYYY-MM-DD).")
@click.option("--until", metavar="DATE", type=Day(), help="Exchanges on that day or earlier.")
@click.option(
    "--by", metavar="WHAT", type=click.Choice(BY),
    help="tally: month (the default), party, asserter, side, source; balance: exchange (the default), month.",
)  # fmt: skip
@click.option("--as-of", metavar="DATE", type=Day(), help="What had been published by that day.")
@format_option(FORMATS, "Without it as the file's suffix says, else svg. One of")
@output_option
@reads("graph")
def command(
    context: click.Context, kind: str, format_: str | None, output: str, **filters: str | None
) -> None:
    """Draw claimed numbers as a picture.

    timeline: totals as they grow, by direction. tally: totals by month or
    another key. compare: who claims which number, a row for each statement.
    balance: both directions against one another. Needs the extra `plot`.

    \b
    Examples:
      repatria plot timeline -o timeline.svg
      repatria plot compare --exchange exchange-2025-12-19 -o compare.html
      repatria plot tally --by month --as-of 2025-07-31 -o tally.png
      repatria plot balance --format svg > balance.svg
    """
    chosen = _format(format_, output)
    graph = graph_of(context)
    from repatria.plot import picture

    image = picture(kind, graph, chosen, **filters)
    with writing(output) as out:
        out.write(image)


def _format(given: str | None, output: str) -> str:
    """Return the format asked for, or that of the file's suffix. Raises UsageError RP200, RP204."""
    suffix = Path(output).suffix.removeprefix(".").lower()
    chosen = given or suffix or "svg"
    if chosen not in FORMATS:
        hint = f"name it .{', .'.join(FORMATS)}, or say --format {'|'.join(FORMATS)}"
        raise UsageError("RP200", f"“.{suffix}” is no format of a picture", hint=hint)
    if chosen == "png" and is_terminal(output):
        raise UsageError("RP204", "png is binary and does not go to a terminal", hint="-o FILE.png")
    return chosen
