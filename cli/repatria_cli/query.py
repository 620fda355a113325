"""``repatria query``: SPARQL, or a saved query by its name."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from repatria.errors import InputError, Location, UsageError
from repatria_cli.context import graph_of, parameters, reads, workspace_of
from repatria_cli.output import (
    GRAPH_FORMATS,
    ROW_FORMATS,
    format_option,
    output_option,
    print_answer,
    print_rows,
    standard_input,
    writing,
)
from repatria_cli.parameters import Assignment, GraphName, InputFile, QueryText

if TYPE_CHECKING:
    from repatria.session import Graph


@click.command("query", short_help="Answer SPARQL, or a saved query by its name.")
@click.argument("query", required=False, metavar="[QUERY]", type=QueryText())
@click.option(
    "-f", "--file", metavar="FILE", type=InputFile("sparql", stdin=True),
    help="Read the query from FILE, - for stdin; its header may declare parameters.",
)  # fmt: skip
@click.option(
    "-p", "--param", "given", multiple=True, metavar="NAME=VALUE", type=Assignment(),
    help="A parameter of the query; may be given again.",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="At most so many rows or triples.")
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
    help="End the query after so long, with exit code 4.",
)  # fmt: skip
@click.option(
    "--graph", "graphs", multiple=True, metavar="GRAPH", type=GraphName(),
    help="Read this named graph only: an IRI, a source's id, entities, external …",
)  # fmt: skip
@click.option("--list", "list_", is_flag=True, help="List the saved queries and their parameters.")
@click.option("--show", is_flag=True, help="Show the text of the query instead of running it.")
@click.option("--prefixes", is_flag=True, help="List the prefixes that are supplied.")
@format_option((*ROW_FORMATS, *GRAPH_FORMATS), "Without it a table or csv, turtle for graphs. One of")
@output_option
@reads("graph")
def command(
    context: click.Context,
    query: str | None,
    file: str | None,
    given: tuple[str, ...],
    format_: str | None,
    limit: int | None,
    timeout: float | None,
    graphs: tuple[str, ...],
    list_: bool,
    show: bool,
    prefixes: bool,
    output: str,
) -> None:
    """Answer SPARQL, or a saved query by its name.

    Prefixes are supplied. The default graph is the union of all graphs but
    drafts. Updates and SERVICE are refused.

    \b
    Examples:
      repatria query claims-by --param official=medinsky
      repatria query 'SELECT ?words { ?q rep:statedText ?words } LIMIT 5'
      repatria query -f my.rq --format json
    """
    if list_:
        _list(context, format_, output)
        return
    if prefixes:
        _prefixes(context, format_, output)
        return
    text = _text(query, file)
    graph = graph_of(context)
    if show:
        _show(graph, text, output)
        return
    answer = graph.query(
        text, parameters(given), limit=limit, timeout=timeout, graphs=graphs or None, name=file or "query"
    )
    print_answer(answer, format_, output, graph.prefixes)


def _show(graph: Graph, text: str, output: str) -> None:
    from repatria.query.saved import is_name

    with writing(output) as out:
        out.write((graph.load(text).text if is_name(text) else text).encode())


def _text(query: str | None, file: str | None) -> str:
    if query is not None and file is not None:
        raise UsageError("RP200", "a query and a file are given", hint="give one of them")
    from repatria.textfile import decode, read_text

    if file is not None and file != "-":
        return _written(read_text(Path(file), file), file)
    if query == "-" or file == "-" or (query is None and sys.stdin is not None and not sys.stdin.isatty()):
        return _written(decode(standard_input().read(), "-"), "-")
    if query is None:
        raise UsageError("RP200", "no query is given", hint="`repatria query --list` lists the saved ones")
    _some(decode(os.fsencode(query), "query"), "query")
    return query


def _written(text: str, name: str) -> str:
    """Return a query in a file, which is never the name of a saved one."""
    _some(text, name)
    return text if any(char.isspace() for char in text) else text + "\n"


def _some(text: str, name: str) -> None:
    if not text.strip():
        hint = "`repatria query --list` lists the saved queries"
        raise InputError("RP320", "the query is empty", hint=hint, location=Location(name, 1, 1))


def _list(context: click.Context, format_: str | None, output: str) -> None:
    from pyoxigraph import Literal

    from repatria.query.rows import Rows
    from repatria.query.saved import load_query, saved_queries
    from repatria.terms import prefixes

    workspace = workspace_of(context)
    found = saved_queries(workspace.queries if workspace else ())
    rows = []
    for name, path in found.items():
        query = load_query(path)
        told = [f"{p.name}: {p.type}{' (optional)' if p.optional else ''}" for p in query.parameters]
        rows.append((Literal(name), Literal(query.title), Literal(", ".join(told))))
    print_rows(Rows(("name", "title", "parameters"), rows), format_, output, prefixes())


def _prefixes(context: click.Context, format_: str | None, output: str) -> None:
    from pyoxigraph import Literal

    from repatria.query.rows import Rows
    from repatria.terms import BASE, prefixes

    workspace = workspace_of(context)
    table = prefixes(workspace.base if workspace else BASE)
    rows = ((Literal(name), Literal(namespace)) for name, namespace in sorted(table.items()))
    print_rows(Rows(("prefix", "namespace"), rows), format_, output, {})
