"""``repatria build``: from dossiers to the graph."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from repatria.errors import UsageError
from repatria_cli.context import reads, workspace_of
from repatria_cli.output import writing
from repatria_cli.parameters import OutputFile

if TYPE_CHECKING:
    from repatria.building import Summary
    from repatria.workspace import Workspace


@click.command("build", short_help="Build the graph from dossiers and entity files.")
@click.option("--full", is_flag=True, help="Read everything again, not only what changed.")
@click.option("--no-validate", is_flag=True, help="Do not check the graph against the shapes.")
@click.option("--no-assess", is_flag=True, help="Do not compare the counts with each other.")
@click.option(
    "--to", type=click.Choice(["nquads", "trig", "jsonld"]), help="Write the quads instead of the store."
)
@click.option(
    "-o", "--output", metavar="FILE", type=OutputFile(beside="--to"),
    help="With --to: write to FILE, whole or not at all; without, or with -, to stdout.",
)  # fmt: skip
@reads("store", "dossiers", writes_store=True)
def command(
    context: click.Context,
    full: bool,
    no_validate: bool,
    no_assess: bool,
    to: str | None,
    output: str | None,
) -> int:
    """Build the graph from dossiers and entity files, and compare its counts.

    Reports all errors with file, line and column. A graph that violates a
    rule does not replace the one before: exit code 1. Outside a workspace the
    shipped dataset is built in the user's cache folder.

    \b
    Examples:
      repatria build
      repatria build --to jsonld -o claims.jsonld
    """
    from repatria.building import build
    from repatria.snapshot import Layout
    from repatria.workspace import shipped_workspace
    from repatria_cli.interrupt import undone_by

    if output is not None and to is None:
        hint = "such as `repatria build --to nquads -o claims.nq`"
        raise UsageError("RP200", "-o writes quads, and no format of quads is given", hint=hint)
    workspace = workspace_of(context) or shipped_workspace()
    if to is not None:
        _write(workspace, to, output or "-", compare=not no_assess)
        return 0
    wanted = {"full": full, "check": not no_validate, "compare": not no_assess}
    with undone_by(Layout(workspace.store).clean):
        try:
            summary = build(workspace, **wanted, progress=_progress)
        finally:
            _progress("")
    _print_problems(summary)
    _print(summary)
    return 1 if summary.conforms is False else 0


def _write(workspace: Workspace, to: str, output: str, *, compare: bool) -> None:
    from repatria.building import all_quads
    from repatria.export import write_graph
    from repatria.terms import prefixes

    with writing(output) as out:
        write_graph(all_quads(workspace, compare=compare), to, out, prefixes(workspace.base))


def _print_problems(summary: Summary) -> None:
    if summary.report is not None and summary.report.results:
        from repatria.terms import prefixes

        click.echo(summary.report.text(prefixes(summary.workspace.base)), err=True)
    for problem in summary.problems:
        click.echo(str(problem), err=True)


def _progress(step: str) -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        click.echo(f"\r\033[K{step}{' …' if step else ''}", nl=False, err=True)


def _statuses(assessed: dict[str, int]) -> str:
    order = ("contested", "corroborated", "repeated", "uncontested")
    return ", ".join(f"{assessed[name]} {name}" for name in order if name in assessed) or "none"


def _print(summary: Summary) -> None:
    from repatria.building.status import counted

    click.echo(counted(summary.totals))
    if summary.conforms is None:
        click.echo("not validated")
    elif summary.conforms:
        warnings = f", {counted({'warnings': summary.warnings})}" if summary.warnings else ""
        click.echo(f"conforms to the shapes{warnings}")
    else:
        click.echo("does not conform to the shapes; the graph built before stays")
    if summary.assessed is None:
        click.echo("counts not compared")
    else:
        click.echo(f"groups of comparable counts: {_statuses(summary.assessed)}")
    read = counted({"dossiers": summary.rebuilt})
    work = "nothing had changed" if summary.unchanged else f"{read} read"
    click.echo(f"{work}, {summary.seconds:.1f} s, store in {summary.workspace.store}")
    if summary.conforms is not False:
        click.echo("next: `repatria claims`, `repatria compare`, `repatria query --list`")
