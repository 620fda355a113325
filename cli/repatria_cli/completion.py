"""``repatria completion``: the script that makes a shell complete commands, queries and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from repatria.errors import RepatriaError
from repatria_cli.context import graph_of, workspace_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from repatria.session import Graph


@click.command("completion", short_help="Print the completion script of a shell.")
@click.argument("shell", metavar="SHELL", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the completion script of SHELL: bash, zsh or fish.

    Commands, options, files, saved queries and the names in the graph are
    completed.

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


def things(context: click.Context, kinds: tuple[str, ...], incomplete: str) -> list[CompletionItem]:
    """Complete the keys of things, with their labels; after ``source#`` the keys of its claims."""
    try:
        graph = graph_of(context)
        source, hash_sign, _ = incomplete.partition("#")
        found = _claims(graph, source) if hash_sign else _labelled(graph, kinds)
        return _items(found, incomplete)
    except RepatriaError:
        return []


def claims(context: click.Context, incomplete: str) -> list[CompletionItem]:
    """Complete ``source#key``: the ids of the sources up to the #, then the keys of its claims."""
    from click.shell_completion import CompletionItem

    if "#" in incomplete:
        return things(context, (), incomplete)
    found = things(context, ("source",), incomplete)
    return [CompletionItem(f"{item.value}#", help=item.help) for item in found]


def concepts(context: click.Context, scheme: str, incomplete: str) -> list[CompletionItem]:
    """Complete the keys of the concepts of a scheme, with their labels."""
    from repatria.terms import CONCEPT

    try:
        graph = graph_of(context)
        starts = (f"{CONCEPT}{scheme}/", f"{graph.dataset.base}concept/{scheme}/")
        return _items(_labels(graph, starts), incomplete)
    except RepatriaError:
        return []


def graphs(context: click.Context, incomplete: str) -> list[CompletionItem]:
    """Complete the names of named graphs."""
    try:
        graph = graph_of(context)
    except RepatriaError:
        return []
    start = f"{graph.dataset.base}graph/"
    names = (getattr(name, "value", "") for name in graph.dataset.store.named_graphs())
    return _items(
        ((n.removeprefix(start).removeprefix("source/"), "") for n in names if n.startswith(start)),
        incomplete,
    )


def queries(context: click.Context, incomplete: str) -> list[CompletionItem]:
    """Complete the names of saved queries, with what they answer."""
    from repatria.query.saved import load_query, saved_queries

    try:
        workspace = workspace_of(context)
        found = saved_queries(workspace.queries if workspace else ())
        return _items(((name, load_query(path).title) for name, path in found.items()), incomplete)
    except RepatriaError:
        return []


def _labelled(graph: Graph, kinds: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return _labels(graph, tuple(f"{graph.dataset.base}id/{kind}/" for kind in kinds))


def _labels(graph: Graph, starts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield (key, English label) of what has a label and an IRI that begins with one of ``starts``."""
    from repatria.terms import RDFS, SKOS, iri

    for predicate in (iri(SKOS + "prefLabel"), iri(RDFS + "label")):
        for quad in graph.dataset.store.quads_for_pattern(None, predicate, None, None):
            name = getattr(quad.subject, "value", "")
            start = next((start for start in starts if name.startswith(start)), None)
            if start is not None and getattr(quad.object, "language", None) in ("en", None):
                yield name[len(start) :], getattr(quad.object, "value", "")


def _claims(graph: Graph, source: str) -> Iterator[tuple[str, str]]:
    from repatria.terms import Names, rep

    names = Names(graph.dataset.base)
    start = names.claim(source, "")
    node = names.entity("source", source)
    from pyoxigraph import NamedNode

    for quad in graph.dataset.store.quads_for_pattern(None, rep("source"), NamedNode(node), None):
        yield f"{source}#{getattr(quad.subject, 'value', '').removeprefix(start)}", ""


def _items(found: Iterable[tuple[str, str]], incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    chosen = {key: told for key, told in found if key.startswith(incomplete)}
    return [CompletionItem(key, help=told) for key, told in sorted(chosen.items())]
