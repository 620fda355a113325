"""``repatria validate --changed`` and ``--watch``: the options, what they validate, what goes with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click
from click.core import ParameterSource

from repatria.errors import UsageError
from repatria_cli.context import workspace_of

if TYPE_CHECKING:
    from repatria.shacl import Report
    from repatria.workspace import Workspace

_F = TypeVar("_F", bound=Callable[..., Any])
_OPTIONS = (
    click.option(
        "--changed", is_flag=True,
        help="Of the workspace, validate only what changed since the last time; the rest is known.",
    ),
    click.option(
        "--watch", "watched", is_flag=True,
        help="Validate after each change of FILE, or of the workspace, and show what it changed.",
    ),
)  # fmt: skip
# Parameters of the command → what they are called; which of them ask for another validation than the build's.
_NAMES = {
    "files": "FILE", "shapes": "--shapes", "ontology": "--ontology", "inference": "--inference",
    "endpoint": "--endpoint", "names": "--shape", "severity": "--severity", "max_results": "--max-results",
    "timeout": "--timeout", "engine": "--engine", "format_": "--format", "output": "-o",
    "fail_on": "--fail-on", "changed": "--changed",
}  # fmt: skip
_OTHER = tuple(_NAMES)[:10]


def change_options(function: _F) -> _F:
    """Add the options ``--changed`` and ``--watch``."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def changed_report(context: click.Context) -> Report:
    """Return the report on the store of the workspace, by what changed. Raises UsageError RP200."""
    from repatria.building import changed_report

    _refuse(context, _OTHER, "--changed", "it takes the shapes and the report of the workspace")
    return changed_report(_workspace(context))


def watch(
    context: click.Context, files: Sequence[str], more: Sequence[str], check: Callable[[], Report]
) -> NoReturn:
    """Validate files by ``check``, or the workspace, whenever they or ``more`` files change; never returns.

    Raises UsageError RP200.
    """
    from repatria.snapshot import Layout
    from repatria.terms import prefixes
    from repatria_cli.interrupt import undone_by
    from repatria_cli.main import report_error
    from repatria_cli.watching import watch

    _refuse(
        context,
        ("endpoint", "format_", "output", "fail_on", "changed"),
        "--watch",
        "it shows changes as text",
    )
    if files:
        if "-" in files:
            raise UsageError("RP200", "--watch cannot watch standard input", hint="name a file instead")
        watch(lambda: _read(context, files, more), check, prefixes(), report_error)
    _refuse(context, _OTHER, "--watch", "without FILE it validates the workspace as a build does")
    workspace = _workspace(context)
    with undone_by(Layout(workspace.store).clean):
        watch(
            lambda: _inputs(workspace), lambda: _validated(workspace), prefixes(workspace.base), report_error
        )


def _workspace(context: click.Context) -> Workspace:
    from repatria.workspace import shipped_workspace

    return workspace_of(context) or shipped_workspace()


def _validated(workspace: Workspace) -> Report:
    from repatria.building import files_report

    return files_report(workspace)


def _read(context: click.Context, files: Sequence[str], more: Sequence[str]) -> Iterator[Path]:
    """Yield the files that are validated, and what they are read with."""
    yield from map(Path, (*files, *more))
    workspace = workspace_of(context)
    if workspace is not None:
        if any(Path(name).suffix in (".yaml", ".yml") for name in files):
            yield from workspace.entity_files()
        yield from workspace.shapes


def _inputs(workspace: Workspace) -> Iterator[Path]:
    yield from workspace.entity_files()
    yield from workspace.source_files()
    yield from workspace.shapes


def _refuse(context: click.Context, names: Sequence[str], option: str, reason: str) -> None:
    """Raise UsageError RP200 if one of some parameters was given."""
    for name in names:
        if context.get_parameter_source(name) == ParameterSource.COMMANDLINE and context.params[name] != ():
            message = f"{_NAMES[name]} does not go with {option}"
            raise UsageError("RP200", message, hint=f"{reason}; leave one of them out")
