"""A whole validation: search, then judge what was found.

The searches of shapes with different targets have nothing to do with each
other, and a store answers several queries at a time: they run on all
processors. Judging is in the order of the shapes, so that nothing depends on
which search was done first.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

from pyoxigraph import BlankNode, NamedNode

from repatria.shacl.components.sparql import Sparql, finding, rows_at_once
from repatria.shacl.components.values import Pattern
from repatria.shacl.data import DataGraph, Subject
from repatria.shacl.evaluation import Evaluation
from repatria.shacl.limits import Progress, silent
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


@dataclass(frozen=True, slots=True)
class Judged:
    """A result, and the shape and focus node that it was found for: it may tell of inner ones."""

    shape: Subject
    focus: Term
    result: Result


def run(evaluation: Evaluation, progress: Progress = silent) -> Iterator[Result]:
    """Yield the results of all shapes of an evaluation at all their focus nodes."""
    return (one.result for one in _run_each(evaluation, progress))


def run_each(data: DataGraph, model: Shapes, index: ShapesGraph) -> Iterator[Judged]:
    """Yield the same results as :func:`run`, each with the shape and focus node it was found for."""
    return _run_each(Evaluation(data, model, index), silent)


def _run_each(evaluation: Evaluation, progress: Progress) -> Iterator[Judged]:
    # A query of a user may take any time: what needs none comes first.
    shapes = sorted(evaluation.shapes.targeted(), key=evaluation.shapes.asks)
    search = Search(evaluation.data, evaluation.shapes)
    progress("validating", 0, len(shapes))
    for number, (shape, found) in enumerate(zip(shapes, _searched(shapes, search), strict=True), 1):
        yield from _judged(evaluation, shape, found)
        progress("validating", number, len(shapes))


def run_some(
    data: DataGraph, model: Shapes, index: ShapesGraph, some: Mapping[Subject, Sequence[Term] | None]
) -> Iterator[Judged]:
    """Yield the results of some shapes at some of their focus nodes, or where None is given at all."""
    search = Search(data, model)
    evaluation = Evaluation(data, model, index)
    for shape in model.targeted():
        nodes = some.get(shape.node, ())
        if nodes is None:
            yield from _judged(evaluation, shape, _search(shape, search))
        elif nodes:
            yield from _judged(evaluation, shape, _given(shape, search, nodes))


def _given(shape: Shape, search: Search, nodes: Sequence[Term]) -> _Found:
    """Return what the queries of a shape find at given focus nodes, which are all to be judged."""
    found = _Found(suspects=list(nodes))
    # Others cannot be written in a query.
    if all(isinstance(node, NamedNode) for node in nodes):
        for number in range(0, len(nodes), _CHUNK):
            focus = f"VALUES ?this {{ {' '.join(map(str, nodes[number : number + _CHUNK]))} }}"
            _ask(shape, search, focus, found, None)
    return found


def _judged(evaluation: Evaluation, shape: Shape, found: _Found) -> Iterator[Judged]:
    for one, component, row in found.rows:
        at = At(evaluation, one, row["this"], ())
        result = evaluation.result(at, component, finding(row, one, component.own_messages))
        yield Judged(shape.node, row["this"], result)
    suspects = iter(evaluation.focus_nodes(shape.targets) if found.suspects is None else found.suspects)
    while chunk := list(islice(suspects, _CHUNK)):
        if evaluation.data.local:
            _learn_patterns(evaluation.data, shape, evaluation.shapes, chunk)
        for focus, result in evaluation.of_all(shape, chunk, found.done):
            yield Judged(shape.node, focus, result)


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
    # An endpoint is asked one thing after the other; so is the store of others, which may be on disk,
    # where two at a time take a third more memory and hardly less time.
    if workers == 1 or not search.data.owned or search.data.size < _LARGE:
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
    targets = shape.targets
    # A triple that makes a node one of them may be beside the store.
    beside = not search.data.rewritten.isdisjoint((*targets.subjects_of, *targets.objects_of))
    if number == 0 and not targets.nodes and not beside:
        return found
    if focus is not None and not targets.nodes:
        _ask(shape, search, focus, found, number)
    found.suspects = search.suspects(shape, found.done)
    return found


def _ask(shape: Shape, search: Search, focus: str, found: _Found, number: int | None) -> None:
    """Add the solutions of a shape's queries at the focus nodes that a pattern binds: all, of which there
    are ``number``, or where that is None few."""
    for one in _beside(shape, search.model):
        for component in one.components:
            if isinstance(component, Sparql):
                rows = rows_at_once(component, one, focus, search.data, number)
                if rows is not None:
                    found.done.add((one.node, component.node))
                    found.rows += ((one, component, row) for row in rows)


def _beside(shape: Shape, model: Shapes) -> Iterator[Shape]:
    """Yield a shape and its property shapes, if these have the same focus nodes."""
    yield shape
    if shape.path is None:
        yield from (one for one in map(model.shapes.__getitem__, shape.properties) if not one.deactivated)
