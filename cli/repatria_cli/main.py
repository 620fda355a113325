"""The entry point: finds the subcommand, and turns every error into one clear line and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from repatria import __version__
from repatria.errors import Problems, RepatriaError, StoreError, UsageError

# Name of the subcommand → the module that defines it, imported only when it is called.
COMMANDS = {
    "init": "init",
    "build": "build",
    "status": "status",
    "locate": "locate",
    "verify": "verify",
    "validate": "validate",
    "query": "query",
    "claims": "claims",
    "describe": "describe",
    "export": "export",
    "completion": "completion",
}
INTERRUPTED = 130


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


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="repatria")
@click.option(
    "-w", "--workspace", metavar="DIR", envvar="REPATRIA_WORKSPACE", help="Folder with a repatria.toml; else searched upwards from here."
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def cli(workspace: str | None, debug: bool) -> None:
    """Who claimed which number, in which words, in which source.

    Reads and queries a knowledge graph of claims about exchanges of war dead
    and prisoners. Outside a workspace all reading commands work on the
    shipped dataset.

    \b
    Try:
      repatria claims --by medinsky
      repatria describe exchange-2025-07-17
      repatria query --list
    """


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code (docs/exit-codes.md)."""
    given = list(sys.argv[1:] if args is None else args)
    try:
        code = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        code = _closed_pipe()
    except KeyboardInterrupt:
        _say("interrupted")
        code = INTERRUPTED
    except OSError as error:
        code = _closed_pipe() if error.errno == errno.EPIPE else _report(_os_error(error))
    return code


def _run(args: list[str]) -> int:
    debug = "--debug" in args
    try:
        result = cli.main(args=args, prog_name="repatria", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        _say("interrupted")
        return INTERRUPTED
    except click.ClickException as error:
        return _report(_usage(error))
    except RepatriaError as error:
        if debug:
            raise
        return _report(error)
    except (OSError, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback reaches a user
        if debug:
            raise
        return _report(_internal(error))
    return result if isinstance(result, int) else 0


def _usage(error: click.ClickException) -> RepatriaError:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "repatria"
    return UsageError("RP200", error.format_message(), hint=f"`{path} --help` tells how it is called")


def _os_error(error: OSError) -> RepatriaError:
    what = error.strerror or str(error)
    if error.errno == errno.ENOSPC:
        return StoreError("RP405", "the disk is full", hint="nothing that was there before has changed")
    return StoreError("RP404", f"{error.filename or 'the output'} cannot be read or written: {what}")


def _internal(error: BaseException) -> RepatriaError:
    told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return RepatriaError("RP900", f"this should not happen: {told}", hint="run it again with --debug and report what it shows")


def _report(error: RepatriaError) -> int:
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
    try:
        click.echo(text, err=True)
    except OSError:
        pass  # stderr is closed: there is nobody to tell


def _closed_pipe() -> int:
    """Leave quietly when the reader has gone; what is still buffered goes nowhere."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    return 0


def entry() -> None:
    """Run as a program."""
    sys.exit(main())


