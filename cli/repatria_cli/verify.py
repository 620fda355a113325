"""``repatria verify``: every passage and fragment against the articles."""

from __future__ import annotations

from pathlib import Path

import click

from repatria_cli.context import reads, workspace_of
from repatria_cli.parameters import InputFolder


@click.command("verify", short_help="Check all evidence against the articles.")
@click.option(
    "--articles", metavar="DIR", type=InputFolder("articles"), required=True,
    help="Folder with the articles as .txt files.",
)  # fmt: skip
@reads("dossiers")
def command(context: click.Context, articles: str) -> int:
    """Check every hash, offset and fragment of the dossiers against the articles.

    The articles are found by the hash of their normalised text. Exit code 1
    if anything differs, each difference with file and line.

    \b
    Example:
      repatria verify --articles articles/
    """
    from repatria.building.evidence import verify_workspace
    from repatria.building.status import counted
    from repatria.workspace import shipped_workspace

    checked = verify_workspace(workspace_of(context) or shipped_workspace(), Path(articles))
    for found in checked.mismatches:
        click.echo(str(found))
        if found.hint:
            click.echo(f"  hint: {found.hint}")
    pieces = {"sources": checked.sources, "passages": checked.passages, "fragments": checked.fragments}
    what = f"{counted(pieces)} checked"
    if checked.mismatches:
        click.echo(f"{what}: {counted({'differences': len(checked.mismatches)})}", err=True)
        return 1
    click.echo(f"{what}: all stand as recorded", err=True)
    return 0
