"""``repatria export``: the whole graph for other tools."""

from __future__ import annotations

import click

from repatria_cli.context import graph_of, reads
from repatria_cli.output import GRAPH_FORMATS, format_option, output_option, writing


@click.command("export", short_help="Write the whole graph in an RDF format, sorted.")
@format_option(GRAPH_FORMATS, "turtle if not given. One of", "turtle")
@output_option
@reads("graph")
def command(context: click.Context, format_: str, output: str) -> None:
    """Write the whole graph, sorted: the same bytes for the same graph.

    turtle, ntriples and rdfxml hold the union of all named graphs; trig,
    nquads and jsonld keep them apart.

    \b
    Examples:
      repatria export > claims.ttl
      repatria export --format nquads -o claims.nq
    """
    from repatria.export import write_graph

    graph = graph_of(context)
    with writing(output) as out:
        write_graph(graph.dataset.quads(), format_, out, graph.prefixes)
