"""Validation that begins from what was found before: only what an edit concerns is judged again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Quad, Store

from repatria.shacl.changing.edit import Both, Edit
from repatria.shacl.changing.reaching import Nodes, Reaching
from repatria.shacl.conformity import check_parameters
from repatria.shacl.data import DataGraph, Subject
from repatria.shacl.datatypes import well_formed
from repatria.shacl.delegation import for_pyshacl, results_of
from repatria.shacl.doubles import counts_twice
from repatria.shacl.engine import asks_for_rdfs, data_graph, find, refuse_service
from repatria.shacl.evaluation import Evaluation
from repatria.shacl.limits import Options
from repatria.shacl.model import Shapes, Targets
from repatria.shacl.reading import read_shapes
from repatria.shacl.report import Report, Result, Term
from repatria.shacl.running import Judged, run_each, run_some
from repatria.shacl.search.focus import is_focus_node
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.vocabulary import TYPE

# For more nodes a search among all focus nodes is quicker than judging each.
_MANY = 20_000


@dataclass(frozen=True, slots=True)
class Kept:
    """What a validation found: enough to begin another from it.

    ``judged`` are the results of this engine, ``others`` the shapes that
    pyshacl ran and ``theirs`` their results. ``odd`` are the properties with
    literals that are ill-formed.
    """

    judged: tuple[Judged, ...]
    others: frozenset[Subject] = frozenset()
    theirs: tuple[Result, ...] = ()
    odd: frozenset[NamedNode] = frozenset()

    def report(self, shapes: ShapesGraph | None = None, counted: Iterable[str] = ()) -> Report:
        """Return the report; ``shapes`` is the shapes graph, ``counted`` what counted as data."""
        results = (*(one.result for one in self.judged), *self.theirs)
        return Report(results, self.others, shapes=shapes, counted=counted)


def validate_kept(data: DataGraph, shapes: ShapesGraph) -> tuple[Report, Kept | None]:
    """Validate all of a graph as :func:`repatria.shacl.validate` does; also return what may be kept.

    That is None for shapes that ask for entailment. Raises :class:`InputError` RP311, RP312.
    """
    if _asks_for_more(shapes):
        return find(data, shapes.quads, Options()).report(), None
    kept = _whole(data, shapes, _model(shapes))
    return kept.report(shapes), kept


def revalidate(data: DataGraph, shapes: ShapesGraph, before: Kept, edit: Edit) -> tuple[Report, Kept | None]:
    """Validate a graph from what was found ``before`` an edit of it, against the same shapes.

    ``data`` is the graph as it is now. The report is that of a validation of
    all of it. Raises :class:`InputError` RP311, RP312.
    """
    if _asks_for_more(shapes):
        return validate_kept(data, shapes)
    model = _model(shapes)
    if any(query.uses_graphs for query in model.queries()) or counts_twice(data, model):
        kept = _whole(data, shapes, model)
    else:
        kept = _merged(data, shapes, model, before, edit)
    return kept.report(shapes), kept


def graph_after(store: Store, before: Kept, edit: Edit) -> DataGraph:
    """Return the data graph of a store after an edit, without looking at all of it. Nothing is written."""
    graph = DataGraph(store, union=True, owned=False)
    graph.odd.update(before.odd)
    for quad in edit.added:
        if isinstance(quad.object, Literal) and not well_formed(quad.object):
            graph.odd.add(quad.predicate)
    return graph


def edit_between(before: Iterable[Quad], now: Iterable[Quad]) -> Edit:
    """Return what was added and removed between two states of a graph, of which the union counts."""
    return Edit.of(_triples(before), _triples(now))


def _triples(quads: Iterable[Quad]) -> Iterator[Quad]:
    return (Quad(one.subject, one.predicate, one.object) for one in quads)


def _asks_for_more(shapes: ShapesGraph) -> bool:
    shapes.require_shapes()
    refuse_service(shapes)
    return asks_for_rdfs(shapes)


def _model(shapes: ShapesGraph) -> Shapes:
    model = read_shapes(shapes)
    check_parameters(model, shapes)
    return model


def _whole(data: DataGraph, shapes: ShapesGraph, model: Shapes) -> Kept:
    graph = data_graph(data, (), shapes, model)
    others = for_pyshacl(model, shapes, graph)
    judged = tuple(run_each(graph, model.without(others) if others else model, shapes))
    return Kept(judged, others, tuple(results_of(others, model, shapes, graph)), frozenset(graph.odd))


def _merged(data: DataGraph, shapes: ShapesGraph, model: Shapes, before: Kept, edit: Edit) -> Kept:
    others = for_pyshacl(model, shapes, data)
    ours = model.without(others) if others else model
    concerned = _concerned(data, ours, before, edit)
    again = _to_judge(data, ours, shapes, concerned)
    stay = (one for one in before.judged if _stays(one, concerned))
    judged = (*stay, *run_some(data, ours, shapes, again))
    return Kept(judged, others, tuple(results_of(others, model, shapes, data)), frozenset(data.odd))


def _concerned(data: DataGraph, model: Shapes, before: Kept, edit: Edit) -> dict[Subject, Nodes | None]:
    """Return for each shape the nodes that the edit concerns, or None for all."""
    reaching = Reaching(Both(data, edit), model)
    found: dict[Subject, Nodes | None] = {}
    for shape in model.targeted():
        nodes = None if shape.node in before.others else reaching.concerned(shape)
        found[shape.node] = None if nodes is None or len(nodes) > _MANY else nodes
    return found


def _stays(one: Judged, concerned: Mapping[Subject, Nodes | None]) -> bool:
    nodes = concerned.get(one.shape)
    return nodes is not None and one.focus not in nodes


def _to_judge(
    data: DataGraph, model: Shapes, shapes: ShapesGraph, concerned: Mapping[Subject, Nodes | None]
) -> dict[Subject, Sequence[Term] | None]:
    selected = _Selected(Evaluation(data, model, shapes))
    found: dict[Subject, Sequence[Term] | None] = {}
    for shape in model.targeted():
        nodes = concerned[shape.node]
        found[shape.node] = None if nodes is None else selected.among(nodes, shape.targets)
    return found


class _Selected:
    """Tells focus nodes from others; it asks for the types of a node once."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._data = evaluation.data
        self._types: dict[Term, frozenset[Term]] = {}

    def among(self, nodes: Nodes, targets: Targets) -> Sequence[Term]:
        """Return those of some nodes that targets select."""
        if targets.queries and nodes:
            return [node for node in self._evaluation.focus_nodes(targets) if node in nodes]
        kinds = frozenset(one for kind in targets.classes for one in self._data.classes(kind))
        others = replace(targets, classes=())
        return [
            node
            for node in nodes
            if not kinds.isdisjoint(self._types_of(node))
            or (others and is_focus_node(node, others, self._data))
        ]

    def _types_of(self, node: Term) -> frozenset[Term]:
        if node not in self._types:
            self._types[node] = frozenset(self._data.objects(node, TYPE))
        return self._types[node]
