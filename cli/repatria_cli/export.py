"""``repatria export``: the graph, or a part of it, for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from repatria.errors import UsageError
from repatria_cli.context import graph_of, reads
from repatria_cli.output import (
    EXPORT_FORMATS,
    format_option,
    is_terminal,
    output_option,
    writing_with_others,
)
from repatria_cli.parameters import AgentName, Day, ThingName

if TYPE_CHECKING:
    from repatria.export.exporting import Written
    from repatria.export.selecting import Selection
    from repatria.store import Dataset


@click.command("export", short_help="Write the graph, or a part of it, for other tools.")
@format_option(EXPORT_FORMATS, "Without it by the ending of FILE, else turtle. One of")
@click.option("--source", metavar="NAME", type=ThingName("source"), help="Only claims in this source.")
@click.option(
    "--exchange", metavar="NAME", type=ThingName("event"),
    help="Only claims about this exchange or series, with its stages.",
)  # fmt: skip
@click.option(
    "--agreement", metavar="NAME", type=ThingName("agreement"),
    help="Only claims about this agreement and the exchanges under it.",
)  # fmt: skip
@click.option(
    "--by", metavar="NAME", type=AgentName(), help="Only claims that this official or body asserts."
)
@click.option(
    "--since", metavar="DATE", type=Day(), help="Only what was said on that day or later (YYYY-MM-DD)."
)
@click.option("--until", metavar="DATE", type=Day(), help="Only what was said on that day or earlier.")
@click.option("--with-assessments", is_flag=True, help="With the assessments, which are left out else.")
@click.option("--gzip", "packed", is_flag=True, help="Pack the file by gzip, as is done if FILE ends in .gz.")
@output_option
@reads("graph")
def command(
    context: click.Context,
    format_: str | None,
    with_assessments: bool,
    packed: bool,
    output: str,
    **filters: str | None,
) -> None:
    """Write the graph, or a part of it, for other tools; the same bytes for the same graph.

    Of the part that the filters select, all that it rests on or refers to
    comes along. trig and nquads keep the named graphs apart, the other graph
    formats hold their union. csv and parquet are one table, with a row for
    each count. Beside FILE its description is written, and of a table the data
    dictionaries; see docs/exports.md.

    \b
    Examples:
      repatria export > claims.ttl
      repatria export -o claims.nq.gz
      repatria export --format csv --exchange exchange-2025-12-19 -o counts.csv
    """
    from repatria.export.formats import format_of
    from repatria.export.selecting import selection

    chosen_format = format_ or format_of(output)
    packed = packed or output.lower().endswith(".gz")
    if is_terminal(output) and (packed or chosen_format == "parquet"):
        raise UsageError("RP204", "binary data does not go to a terminal", hint="-o FILE writes to a file")
    dataset = graph_of(context).dataset
    options = {"with_assessments": with_assessments, "packed": packed}
    _warn(_write(dataset, output, chosen_format, selection(dataset, **filters), **options))


def _write(dataset: Dataset, output: str, format_: str, chosen: Selection, **options: bool) -> Written:
    from repatria.export.beside import files_beside, to_count
    from repatria.export.exporting import export

    statistics = to_count(dataset, chosen) if output != "-" else None
    with writing_with_others(output) as (out, others):
        written = export(dataset, out, format_, chosen, statistics=statistics, **options)
        if output != "-":
            others |= files_beside(dataset, Path(output).resolve().name, written, statistics)
    return written


def _warn(written: Written) -> None:
    """Tell of values that a spreadsheet would take for formulas."""
    if written.formulas:
        told = ", ".join(f"{name} ({number})" for name, number in sorted(written.formulas.items()))
        click.echo(f"values that a spreadsheet may read as formulas: {told}", err=True)
        click.echo("  hint: import these columns as text; the file holds them as they are", err=True)
