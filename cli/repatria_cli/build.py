"""``repatria build``: from dossiers to the graph."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from repatria_cli.context import reads, workspace_of
from repatria_cli.output import output_option, writing

if TYPE_CHECKING:
    from repatria.building import Summary


@click.command("build", short_help="Build the graph from dossiers and entity files.")
@click.option("--full", is_flag=True, help="Read everything again, not only what changed.")
@click.option("--no-validate", is_flag=True, help="Do not check the graph against the shapes.")
@click.option(
    "--to", type=click.Choice(["nquads", "trig", "jsonld"]), help="Write the quads instead of the store."
)
@output_option
@reads("store", "dossiers")
def command(context: click.Context, full: bool, no_validate: bool, to: str | None, output: str) -> int:
    """Build the graph from dossiers and entity files.

    Reports all errors with file, line and column. A graph that violates a
    rule does not replace the one before: exit code 1. Outside a workspace the
    shipped dataset is built in the user's cache folder.

    \b
    Examples:
      repatria build
      repatria build --to jsonld -o claims.jsonld
    """
    from repatria.building import all_quads, build
    from repatria.workspace import shipped_workspace

    workspace = workspace_of(context) or shipped_workspace()
    if to is not None:
        from repatria.export import write_graph
        from repatria.terms import prefixes

        with writing(output) as out:
            write_graph(all_quads(workspace), to, out, prefixes(workspace.base))
        return 0
    summary = build(workspace, full=full, check=not no_validate, progress=_progress)
    _progress("")
    if summary.report is not None and summary.report.results:
        from repatria.terms import prefixes

        click.echo(summary.report.text(prefixes(workspace.base)), err=True)
    _print(summary)
    return 1 if summary.conforms is False else 0


def _progress(step: str) -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo(f"\r\033[K{step}{' …' if step else ''}", nl=False, err=True)


def _print(summary: Summary) -> None:
    totals = summary.totals
    click.echo(", ".join(f"{number} {name}" for name, number in totals.items()))
    if summary.conforms is None:
        click.echo("not validated")
    elif summary.conforms:
        warnings = f", {summary.warnings} warnings" if summary.warnings else ""
        click.echo(f"conforms to the shapes{warnings}")
    else:
        click.echo("does not conform to the shapes; the graph built before stays")
    work = "nothing had changed" if summary.unchanged else f"{summary.rebuilt} dossiers read"
    click.echo(f"{work}, {summary.seconds:.1f} s, store in {summary.workspace.store}")
    if summary.conforms is not False:
        click.echo("next: `repatria claims`, `repatria query --list`, `repatria status`")
