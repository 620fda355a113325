"""``repatria init``: a new workspace that builds and conforms."""

from __future__ import annotations

from pathlib import Path

import click

from repatria_cli.parameters import OutputFolder, Text


@click.command("init", short_help="Make a workspace with an example dossier.")
@click.argument("folder", metavar="DIR", type=OutputFolder())
@click.option(
    "--base", metavar="IRI", type=Text(), default="http://example.org/", show_default=True,
    help="Base of the data's IRIs; ends with a slash.",
)  # fmt: skip
def command(folder: str, base: str) -> None:
    """Make a workspace in DIR, with an example dossier that builds.

    \b
    Example:
      repatria init my-claims && cd my-claims && repatria build
    """
    from repatria.building.scaffold import make_workspace

    for path in make_workspace(Path(folder), base):
        click.echo(path)
    click.echo(f"next: cd {folder} && repatria build", err=True)
