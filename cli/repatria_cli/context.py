"""What commands share: what they read besides their parameters, the workspace and the graph meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from repatria.errors import UsageError

if TYPE_CHECKING:
    from repatria.session import Graph
    from repatria.workspace import Workspace

_F = TypeVar("_F", bound=Callable[..., Any])
# graph: the store, opened to query; store: its records only; dossiers: the files of the workspace.
Part = Literal["graph", "store", "dossiers"]


def reads(*parts: Part, writes_store: bool = False) -> Callable[[_F], Callable[..., Any]]:
    """Mark a command by what it reads of the workspace, and pass it the context.

    The tests of bad input damage just these parts.
    """

    def mark(function: _F) -> Callable[..., Any]:
        passed = click.pass_context(function)
        passed.reads = frozenset(parts)  # type: ignore[attr-defined]
        passed.writes_store = writes_store  # type: ignore[attr-defined]
        return passed

    return mark


def workspace_of(context: click.Context) -> Workspace | None:
    """Return the workspace named by --workspace or found upwards from here, or None."""
    from repatria.workspace import find_workspace

    return named_workspace(context) or find_workspace(Path.cwd())


def named_workspace(context: click.Context) -> Workspace | None:
    """Return the workspace named by --workspace, or None."""
    from repatria.workspace import read_workspace

    named = context.find_root().params.get("workspace")
    return read_workspace(Path(named)) if named else None


def graph_of(context: click.Context) -> Graph:
    """Open the graph to read: the workspace's, or the shipped one."""
    from repatria.opening import open_workspace

    return open_workspace(workspace_of(context))


def parameters(given: tuple[str, ...]) -> dict[str, str]:
    """Return ``NAME=VALUE`` options as a dict. Raises UsageError RP203."""
    pairs: dict[str, str] = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals or not name:
            raise UsageError("RP203", f"“{item}” is no parameter", hint="--param NAME=VALUE")
        if name in pairs:
            raise UsageError("RP203", f"the parameter “{name}” is given twice", hint="give it once")
        pairs[name] = value
    return pairs
