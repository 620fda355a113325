"""Graphs in the formats of others, whole or in parts that stand by themselves, and counts as a flat table.

What writes a graph is imported here; an export as a whole is :mod:`repatria.export.exporting`.
"""

from repatria.export.graphs import GRAPH_FORMATS, write_graph

__all__ = ["GRAPH_FORMATS", "write_graph"]
