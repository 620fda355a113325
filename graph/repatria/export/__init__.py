"""Graphs in the formats of others."""

from repatria.export.graphs import GRAPH_FORMATS, write_graph

__all__ = ["GRAPH_FORMATS", "write_graph"]
