"""Focus nodes: as a pattern of a query, and one by one."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal

from repatria.shacl.data import DataGraph
from repatria.shacl.model import Targets
from repatria.shacl.report import Term
from repatria.shacl.vocabulary import TYPE


class NotSearchable(Exception):
    """A shape of which every focus node must be judged."""


def focus_pattern(targets: Targets, data: DataGraph) -> str:
    """Return a pattern that binds ``?this`` to each focus node once, but ``sh:targetNode``: these need not be
    in the graph, and a path of no step starts in queries from nodes of the graph alone. Raises NotSearchable.
    """
    if targets.queries:
        raise NotSearchable
    parts = []
    for kind in targets.classes:
        kinds = list(data.classes(kind))
        if any(isinstance(one, BlankNode) for one in kinds):
            raise NotSearchable
        used = [one for one in kinds if next(data.matching(None, TYPE, one), None)]
        parts += [f"?this a {one} ." for one in used or kinds[:1]]
    parts += [f"?this {predicate} [] ." for predicate in targets.subjects_of]
    parts += [f"[] {predicate} ?this ." for predicate in targets.objects_of]
    if not parts:
        return "FILTER(false)"
    if len(parts) == 1 and targets.classes:
        return parts[0]
    union = " UNION ".join(f"{{ {part} }}" for part in parts)
    return f"{{ SELECT DISTINCT ?this {{ {union} }} }}"


def is_focus_node(node: Term, targets: Targets, data: DataGraph) -> bool:
    """Return whether targets without queries select a node."""
    return (
        node in targets.nodes
        or any(data.is_instance(node, kind) for kind in targets.classes)
        or any(
            data.objects(node, predicate)
            for predicate in targets.subjects_of
            if not isinstance(node, Literal)
        )
        or any(data.subjects(predicate, node) for predicate in targets.objects_of)
    )
