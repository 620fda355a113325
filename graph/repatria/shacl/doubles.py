"""Triples that are in more than one graph of a store.

Validation is of the union of the graphs, where such a triple is one. A query
on the store meets it once for each graph, which is no matter for what exists,
but for what is counted or added up.
"""

from __future__ import annotations

from repatria.shacl.data import DataGraph
from repatria.shacl.model import Shape, Shapes
from repatria.shacl.queries import Query
from repatria.shacl.reach import properties_of
from repatria.shacl.sparql_text import tokens
from repatria.shacl.vocabulary import TYPE

_COUNTING = frozenset(("COUNT", "SUM", "AVG", "GROUP_CONCAT"))
_ASK = "ASK {{ {values} GRAPH ?g {{ ?s ?p ?o }} GRAPH ?h {{ ?s ?p ?o }} FILTER(!sameTerm(?g, ?h)) }}"
# In the default graph of the store, and in another.
_BESIDE = "ASK {{ {values} ?s ?p ?o GRAPH ?g {{ ?s ?p ?o }} }}"


def counts_twice(data: DataGraph, model: Shapes) -> bool:
    """Return whether a query of the shapes may count a triple of the data more than once."""
    if not data.union:
        return False
    shapes = [shape for shape in model.targeted() if _has_focus_nodes(shape, data)]
    asked = {part.asked for shape in shapes for one in model.below(shape) for part in one.components}
    asked.update(target.query for shape in shapes for target in shape.targets.queries)
    return any(_is_doubled(data, query) for query in asked if query is not None and _is_counting(query))


def _has_focus_nodes(shape: Shape, data: DataGraph) -> bool:
    targets = shape.targets
    kinds = (one for kind in targets.classes for one in data.classes(kind))
    return (
        bool(targets.nodes or targets.queries)
        or any(next(data.matching(None, TYPE, kind), None) is not None for kind in kinds)
        or any(
            next(data.matching(None, predicate, None), None) is not None
            for predicate in (*targets.subjects_of, *targets.objects_of)
        )
    )


def _is_counting(query: Query) -> bool:
    """Return whether a query counts or adds up what may be the same."""
    found = [token.text.upper() for token in tokens(query.text)]
    return any(
        word in _COUNTING and after != "DISTINCT" for word, after in zip(found, found[2:], strict=False)
    )


def _is_doubled(data: DataGraph, query: Query) -> bool:
    """Return whether a triple with one of the properties that a query names is in two graphs, or any triple
    where the query may look for any property."""
    named = properties_of(query)
    values = "" if named is None else f"VALUES ?p {{ {' '.join(sorted(map(str, named)))} }}"
    return data.holds(_ASK.format(values=values)) or bool(data.store.query(_BESIDE.format(values=values)))
