"""A whole validation: search, then judge what was found.

The searches of shapes with different targets have nothing to do with each
other, and a store answers several queries at a time: they run on all
processors. Judging is in the order of the shapes, so that nothing depends on
which search was done first.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

from pyoxigraph import BlankNode

from repatria.shacl.components.sparql import Sparql, finding, rows_at_once
from repatria.shacl.components.values import Pattern
from repatria.shacl.data import DataGraph, Subject
from repatria.shacl.evaluation import Evaluation
from repatria.shacl.model import At, Shape, Shapes, Targets
from repatria.shacl.report import Result, Term
from repatria.shacl.search import Constraint, Search
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.sparql_values import learn
from repatria.shacl.walking import walk

# Below so many triples a search takes less time than to hand it out.
_LARGE = 50_000
# So many nodes are judged together.
_CHUNK = 1_000


@dataclass(slots=True)
class _Found:
    """What the search found for a shape: solutions of its queries, and the nodes to judge (None for all).

    ``done`` are the constraints whose solutions these are.
    """

    rows: list[tuple[Shape, Sparql, dict[str, Term]]] = field(default_factory=list)
    suspects: list[Term] | None = field(default_factory=list)
    done: set[Constraint] = field(default_factory=set)


def run(data: DataGraph, model: Shapes, index: ShapesGraph) -> Iterator[Result]:
    """Yield the results of all shapes at all their focus nodes."""
    shapes = list(model.targeted())
    search = Search(data, model)
    evaluation = Evaluation(data, model, index)
    for shape, found in zip(shapes, _searched(shapes, search), strict=True):
        yield from _judged(evaluation, shape, found)


def _judged(evaluation: Evaluation, shape: Shape, found: _Found) -> Iterator[Result]:
    for one, component, row in found.rows:
        at = At(evaluation, one, row["this"], ())
        yield evaluation.result(at, component, finding(row, one, component.own_messages))
    suspects = iter(evaluation.focus_nodes(shape.targets) if found.suspects is None else found.suspects)
    while chunk := list(islice(suspects, _CHUNK)):
        _learn_patterns(evaluation.data, shape, evaluation.shapes, chunk)
        for focus in chunk:
            yield from evaluation.results(shape, focus, found.done)


def _learn_patterns(data: DataGraph, shape: Shape, model: Shapes, nodes: list[Term]) -> None:
    """Match values with ``sh:pattern`` on some focus nodes at once, for a shape and its property shapes."""
    for one in _beside(shape, model):
        for component in one.components:
            if isinstance(component, Pattern):
                values = [nodes] if one.path is None else [walk(data, node, one.path) for node in nodes]
                texts = (term.value for terms in values for term in terms if not isinstance(term, BlankNode))
                learn(texts, component.pattern, component.flags)


def _searched(shapes: list[Shape], search: Search) -> Iterator[_Found]:
    """Yield what is found for each shape, in their order."""
    workers = min(
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 4
    )
    if workers == 1 or search.data.size < _LARGE:
        yield from (_search(shape, search) for shape in shapes)
        return
    # Before they run at once: what all need is counted once.
    search.data.count()
    # Shapes with the same targets share what is known of these.
    together: dict[Targets, list[Shape]] = defaultdict(list)
    for shape in shapes:
        together[shape.targets].append(shape)
    with ThreadPoolExecutor(workers) as pool:
        tasks: dict[Targets, Future[dict[Subject, _Found]]] = {
            targets: pool.submit(_search_all, members, search) for targets, members in together.items()
        }
        for shape in shapes:
            yield tasks[shape.targets].result()[shape.node]


def _search_all(shapes: Iterable[Shape], search: Search) -> dict[Subject, _Found]:
    return {shape.node: _search(shape, search) for shape in shapes}


def _search(shape: Shape, search: Search) -> _Found:
    focus, number = search.focus(shape)
    found = _Found()
    if number == 0 and not shape.targets.nodes:
        return found
    if focus is not None and not shape.targets.nodes:
        for one in _beside(shape, search.model):
            for component in one.components:
                rows = (
                    rows_at_once(component, one, focus, search.data)
                    if isinstance(component, Sparql)
                    else None
                )
                if rows is not None and isinstance(component, Sparql):
                    found.done.add((one.node, component.node))
                    found.rows += ((one, component, row) for row in rows)
    found.suspects = search.suspects(shape, found.done)
    return found


def _beside(shape: Shape, model: Shapes) -> Iterator[Shape]:
    """Yield a shape and its property shapes, if these have the same focus nodes."""
    yield shape
    if shape.path is None:
        yield from (one for one in map(model.shapes.__getitem__, shape.properties) if not one.deactivated)
