"""``repatria completion``: the script that makes a shell complete commands, queries and names."""

from __future__ import annotations

import click


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    \b
    Examples:
      repatria completion bash >> ~/.bashrc
      repatria completion zsh >> ~/.zshrc
      repatria completion fish > ~/.config/fish/completions/repatria.fish
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    script = found(context.find_root().command, {}, "repatria", "_REPATRIA_COMPLETE").source_vars()
    click.echo(found.source_template % script)
