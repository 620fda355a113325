"""The nodes at which an edit of the data can change what a shape finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from repatria.shacl.changing.anchoring import Anchor, Bounds, bounds_of
from repatria.shacl.changing.edit import Both
from repatria.shacl.changing.patterns import ANY, Pattern
from repatria.shacl.components import sets
from repatria.shacl.components.custom import Custom
from repatria.shacl.components.shapes import Qualified
from repatria.shacl.components.values import Class
from repatria.shacl.data import Subject
from repatria.shacl.model import Component, Shape, Shapes
from repatria.shacl.paths import Choice, Path, Predicate, Repeat, Steps, path_text, predicates_of
from repatria.shacl.prebinding import with_path
from repatria.shacl.queries import Query
from repatria.shacl.reach import properties_of
from repatria.shacl.report import Term
from repatria.shacl.sparql_text import tokens
from repatria.shacl.vocabulary import SUB_CLASS_OF, TYPE

_CLASS = Steps((Predicate(TYPE), Repeat(Predicate(SUB_CLASS_OF), "*")))

Nodes = dict[Term, None]


class Unbounded(Exception):
    """What an edit concerns cannot be told from any other node."""


class Reaching:
    """Finds what one edit concerns; shapes that several refer to are looked at once."""

    def __init__(self, both: Both, model: Shapes) -> None:
        self._both = both
        self._model = model
        self._found: dict[Subject, Nodes] = {}
        self._typed: dict[NamedNode, Nodes] = {}

    def concerned(self, shape: Shape) -> Nodes | None:
        """Return the nodes that are or were focus nodes of a shape and at which its results can differ.

        There may be others among them; None if it may be any.
        """
        try:
            return {**self._selected(shape), **self._judged(shape)}
        except Unbounded:
            return None

    def _selected(self, shape: Shape) -> Nodes:
        """Return the nodes that may be focus nodes now and were not, or the other way round."""
        both, targets = self._both, shape.targets
        found: Nodes = {}
        for kind in targets.classes:
            found.update(self._instances(kind))
        for predicate in targets.subjects_of:
            found.update(both.starts(Predicate(predicate)))
        for predicate in targets.objects_of:
            found.update(both.ends(Predicate(predicate)))
        for target in targets.queries:
            self._refuse_if_read(target.query)
        return found

    def _judged(self, shape: Shape) -> Nodes:
        """Return the nodes where what a shape finds can differ, whether or not they are its focus nodes."""
        if shape.deactivated:
            return {}
        if shape.node not in self._found:
            values: Nodes = {}
            found: Nodes = {}
            for node in shape.properties:
                values.update(self._judged(self._model.shapes[node]))
            for component in shape.components:
                self._of_component(component, shape, found, values)
            if shape.path is None:
                found.update(values)
            else:
                found.update(self._both.starts(shape.path))
                found.update(self._both.back(values, shape.path))
            self._found[shape.node] = found
        return self._found[shape.node]

    def _of_component(self, component: Component, shape: Shape, found: Nodes, values: Nodes) -> None:
        """Add the focus nodes where a component may judge otherwise, and value nodes that make it do so."""
        both = self._both
        for node in (*component.shapes, *self._siblings(component, shape)):
            values.update(self._judged(self._model.shapes[node]))
        if isinstance(component, sets.Pair):
            found.update(both.starts(Predicate(component.other)))
        elif isinstance(component, sets.Closed):
            values.update(both.starts(Predicate(ANY)))
        elif isinstance(component, Class):
            values.update(self._instances(component.kind))
        elif component.asked is not None:
            self._of_query(component, component.asked, shape, found, values)

    def _instances(self, kind: NamedNode) -> Nodes:
        """Return the nodes that may be instances of a class now and were not, or the other way round."""
        both = self._both
        if both.has_changed(SUB_CLASS_OF):
            return both.starts(_CLASS)
        if kind not in self._typed:
            kinds = both.classes(kind)
            found = (subject for subject, value in both.changed(TYPE) if value in kinds)
            self._typed[kind] = dict.fromkeys(found)
        return self._typed[kind]

    def _siblings(self, component: Component, shape: Shape) -> Iterator[Subject]:
        """Yield the shapes that values must not conform to for one that is disjoint (SHACL §4.7.3)."""
        if isinstance(component, Qualified) and component.disjoint:
            for parent in self._model.parents.get(shape.node, ()):
                for beside in self._model.shapes[parent].properties:
                    parts = self._model.shapes[beside].components
                    yield from (one.shape for one in parts if isinstance(one, Qualified))

    def _of_query(
        self, component: Component, query: Query, shape: Shape, found: Nodes, values: Nodes
    ) -> None:
        bounds = bounds_at(component, query, shape)
        if bounds is None:
            self._refuse_if_read(query)
            return
        if any(self._may_match(pattern) for pattern in bounds.loose):
            raise Unbounded
        for root, nodes in self._led_back(bounds).items():
            (values if root == "value" else found).update(nodes)

    def _refuse_if_read(self, query: Query) -> None:
        """Raise Unbounded if a query may read a changed triple."""
        named = None if query.uses_graphs or "PATH" in query.text else properties_of(query)
        if named is None or _may_stand_still(query.text) or any(map(self._both.has_changed, named)):
            raise Unbounded

    def _may_match(self, pattern: Pattern) -> bool:
        """Return whether a changed triple matches a pattern."""
        path = pattern.path
        if not isinstance(path, Predicate):
            # A path of no step goes from and to each node of the graph.
            return stands_still(path) or any(map(self._both.has_changed, predicates_of(path)))
        return any(
            _is(pattern.subject, subject) and _is(pattern.value, value)
            for subject, value in self._both.changed(path.iri)
        )

    def _led_back(self, bounds: Bounds) -> dict[str, Nodes]:
        """Return the nodes that stand for the variables bound beforehand where changed triples match."""
        waiting: dict[Anchor, Nodes] = defaultdict(dict)
        for pattern, by_subject, anchor in bounds.held:
            waiting[anchor].update(dict.fromkeys(self._matches(pattern, by_subject=by_subject)))
        found: dict[str, Nodes] = defaultdict(dict)
        for depth in range(max((anchor.depth for anchor in waiting), default=0), -1, -1):
            for anchor in [one for one in waiting if one.depth == depth]:
                nodes = waiting.pop(anchor)
                if anchor.pattern is None or anchor.parent is None:
                    found[anchor.root].update(nodes)
                elif nodes:
                    waiting[anchor.parent].update(self._step(anchor, anchor.pattern, nodes))
        return found

    def _matches(self, pattern: Pattern, *, by_subject: bool) -> Iterable[Term]:
        """Return what a pattern has at one end where changed triples match it."""
        path = pattern.path
        if not isinstance(path, Predicate):
            return self._both.starts(path) if by_subject else self._both.ends(path)
        return (
            subject if by_subject else value
            for subject, value in self._both.changed(path.iri)
            if _is(pattern.subject, subject) and _is(pattern.value, value)
        )

    def _step(self, anchor: Anchor, pattern: Pattern, nodes: Nodes) -> Nodes:
        """Return what a pattern has at its other end."""
        if anchor.forward:
            return self._both.forth(nodes, pattern.path)
        return self._both.back(nodes, pattern.path)


def bounds_at(component: Component, query: Query, shape: Shape) -> Bounds | None:
    """Return how the patterns of a component's query lead back to the focus node, and to the value node.

    None if the query looks into graphs by their names, or has what is not understood.
    """
    if query.uses_graphs:
        return None
    roots = {"this"}
    if isinstance(component, Custom) and component.validator.is_ask:
        roots.add("value")
    text = query.text if shape.path is None else with_path(query.text, path_text(shape.path))
    return bounds_of(text, query.prefixes, frozenset(roots))


def _is(place: str | NamedNode, term: Term) -> bool:
    return isinstance(place, str) or place == term


def stands_still(path: Path) -> bool:
    """Return whether a path may lead from a node to itself in no step."""
    if isinstance(path, Repeat):
        return path.sign in "*?" or stands_still(path.path)
    if isinstance(path, Steps):
        return all(map(stands_still, path.paths))
    if isinstance(path, Choice):
        return any(map(stands_still, path.paths))
    return not isinstance(path, Predicate) and stands_still(path.path)


def _may_stand_still(text: str) -> bool:
    return any(token.kind == "other" and token.text in "*?" for token in tokens(text))
