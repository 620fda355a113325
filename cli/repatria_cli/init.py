"""``repatria init``: a new workspace that builds and conforms."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("init")
@click.argument("folder", metavar="DIR")
@click.option("--base", metavar="IRI", default="http://example.org/", show_default=True, help="Base of the data's IRIs; ends with a slash.")
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
