"""What commands share: the workspace meant, the graph to read, parameters and completion."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from repatria.errors import RepatriaError, UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from repatria.session import Graph
    from repatria.workspace import Workspace


def workspace_of(context: click.Context) -> Workspace | None:
    """Return the workspace named by --workspace or found upwards from here, or None."""
    from repatria.workspace import find_workspace, read_workspace

    named = context.find_root().params.get("workspace")
    return read_workspace(Path(named)) if named else find_workspace(Path.cwd())


def graph_of(context: click.Context) -> Graph:
    """Open the graph to read: the workspace's, or the shipped one."""
    from repatria.session import open_workspace

    return open_workspace(workspace_of(context))


def parameters(given: tuple[str, ...]) -> dict[str, str]:
    """Return ``NAME=VALUE`` options as a dict. Raises UsageError RP203."""
    pairs: dict[str, str] = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals or not name:
            raise UsageError("RP203", f"“{item}” is no parameter", hint="--param NAME=VALUE")
        if name in pairs:
            raise UsageError("RP203", f"the parameter “{name}” is given twice")
        pairs[name] = value
    return pairs


def complete_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the keys of people, bodies, exchanges, agreements and sources."""
    from click.shell_completion import CompletionItem

    try:
        graph = graph_of(context)
        start = f"{graph.dataset.base}id/"
        found: set[str] = set()
        for quad in graph.dataset.store.quads_for_pattern(None, None, None, None):
            kind, _, key = getattr(quad.subject, "value", "").removeprefix(start).partition("/")
            if kind in ("person", "org", "state", "unnamed", "event", "agreement", "post", "source") and "/" not in key:
                found.add(key)
    except RepatriaError:
        return []
    return [CompletionItem(key) for key in sorted(found) if key.startswith(incomplete)]


def complete_queries(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the names of saved queries, with what they answer."""
    from click.shell_completion import CompletionItem

    from repatria.query.saved import load_query, saved_queries

    try:
        workspace = workspace_of(context)
        found = saved_queries(workspace.queries if workspace else ())
        return [CompletionItem(n, help=load_query(p).title) for n, p in found.items() if n.startswith(incomplete)]
    except RepatriaError:
        return []
