"""The entry point: finds the subcommand, and turns every error into one clear line and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from repatria import __version__
from repatria.errors import Problems, RepatriaError, StoreError, UsageError
from repatria_cli.leaving import leave
from repatria_cli.parameters import InputFolder

# Name of the subcommand → the module that defines it, imported only when it is called.
COMMANDS = {
    "init": "init",
    "build": "build",
    "status": "status",
    "locate": "locate",
    "verify": "verify",
    "validate": "validate",
    "shapes": "shapes",
    "query": "query",
    "claims": "claims",
    "describe": "describe",
    "compare": "compare",
    "tally": "tally",
    "fulfilment": "fulfilment",
    "timeline": "timeline",
    "explain": "explain",
    "plot": "plot",
    "export": "export",
    "fmt": "fmt",
    "diff": "diff",
    "completion": "completion",
}
INTERRUPTED = 130
_COMPLETE = "_REPATRIA_COMPLETE"


class LazyGroup(click.Group):
    """A group whose subcommands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"repatria_cli.{COMMANDS[cmd_name]}").command
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            import difflib

            close = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean “{close[0]}”?" if close else "`repatria --help` lists the commands"
            raise UsageError("RP200", f"there is no command “{args[0]}”", hint=hint)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        from repatria_cli.interrupt import interruptible

        with interruptible(_say):
            return super().invoke(ctx)


_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=LazyGroup, context_settings=_SETTINGS, subcommand_metavar="COMMAND …")
@click.version_option(__version__, prog_name="repatria")
@click.option(
    "-w", "--workspace", metavar="DIR", type=InputFolder("workspace"), envvar="REPATRIA_WORKSPACE",
    help="Folder with a repatria.toml; else searched upwards from here.",
)  # fmt: skip
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def cli(workspace: str | None, debug: bool) -> None:
    """Who claimed which number, in which words, in which source.

    Reads and queries a knowledge graph of claims about exchanges of war dead
    and prisoners. Outside a workspace all reading commands work on the
    shipped dataset.

    \b
    Examples:
      repatria claims --by medinsky
      repatria describe exchange-2025-07-17
      repatria compare exchange-2025-12-19
      repatria query --list
    """


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code (docs/exit-codes.md)."""
    given = list(sys.argv[1:] if args is None else args)
    try:
        code = _run(given)
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        _say("interrupted")
        code = INTERRUPTED
    except OSError as error:
        # A reader that has gone away is no error; what is still buffered goes nowhere.
        code = 0 if error.errno == errno.EPIPE else report_error(_os_error(error))
        _abandon_stdout()
    return code


def _run(args: list[str]) -> int:
    try:
        with cli.make_context("repatria", list(args)) as context:
            result = cli.invoke(context)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        _say(error.format_message())
        return report_error(
            UsageError("RP200", "no command is given", hint="such as `repatria query --list`")
        )
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        return report_error(_usage(error))
    except RepatriaError as error:
        return report_error(error, debug="--debug" in args)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback reaches a user
        return report_error(_internal(error), debug="--debug" in args)
    return result if isinstance(result, int) else 0


def _usage(error: click.ClickException) -> RepatriaError:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "repatria"
    text = error.format_message().removesuffix(".")
    return UsageError("RP200", text[:1].lower() + text[1:], hint=f"`{path} --help` tells how it is called")


def _os_error(error: OSError) -> RepatriaError:
    what = error.strerror or str(error)
    if error.errno == errno.ENOSPC:
        message = "the output cannot be written: the disk is full"
        return StoreError("RP405", message, hint="make room and try again")
    message = f"{error.filename or 'the output'} cannot be read or written: {what}"
    return StoreError("RP404", message, hint="check that it is there and that you may read and write it")


def _internal(error: BaseException) -> RepatriaError:
    told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, RuntimeError) and "Corruption" in str(error):
        hint = "`repatria build --full` makes it anew from the dossiers"
        return StoreError("RP402", f"the store is damaged: {error}", hint=hint)
    hint = "run it again with `repatria --debug` and report what it shows"
    return RepatriaError("RP900", f"this should not happen: {told}", hint=hint)


def report_error(error: RepatriaError, *, debug: bool = False) -> int:
    """Tell stderr of an error, with ``debug`` by its traceback, too, and return its exit code."""
    if debug:
        import traceback

        _say(traceback.format_exc().rstrip())
    for single in error.errors if isinstance(error, Problems) else (error,):
        lines = [str(single)]
        if single.excerpt:
            lines.append(single.excerpt)
        if single.hint:
            lines.append(f"  hint: {single.hint}")
        _say("\n".join(lines))
    if isinstance(error, Problems) and len(error.errors) > 1:
        _say(f"{len(error.errors)} errors")
    return error.exit_code


def _say(text: str) -> None:
    with suppress(OSError):  # stderr is closed: there is nobody to tell
        click.echo(text, err=True)


def _abandon_stdout() -> None:
    """Let what is still buffered go nowhere, so that leaving does not fail on it again."""
    if sys.stdout is not None:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def entry() -> None:
    """Run as a program, or complete a command line for a shell."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            # Data is UTF-8 whatever the locale; a name that is no text is shown escaped.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    if instruction := os.environ.get(_COMPLETE):
        from click.shell_completion import shell_complete

        sys.exit(shell_complete(cli, {}, "repatria", _COMPLETE, instruction))
    leave(main())
