"""An rdflib graph that parses each query once. This module imports rdflib: load it only when validating.

pyshacl hands over the text of a SPARQL constraint anew for every focus node, and
rdflib spends most of its time in parsing it.
"""

from __future__ import annotations

from typing import Any

import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result


class PreparedQueriesGraph(rdflib.Graph):
    """A view of another graph's triples that keeps the parsed form of its queries."""

    def __init__(self, graph: rdflib.Graph) -> None:
        super().__init__(store=graph.store, identifier=graph.identifier, bind_namespaces="none")
        self._prepared: dict[str, Query] = {}

    def query(self, query_object: str | Query, *arguments: Any, **options: Any) -> Result:
        """Run a query as :meth:`rdflib.Graph.query` does; a text is parsed the first time only."""
        if isinstance(query_object, str):
            if query_object not in self._prepared:
                self._prepared[query_object] = prepareQuery(query_object)
            query_object = self._prepared[query_object]
        return super().query(query_object, *arguments, **options)
