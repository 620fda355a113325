"""The search: of all focus nodes of a shape, those that may break it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pyoxigraph import NamedNode

from repatria.shacl.components import sets
from repatria.shacl.data import DataGraph, Subject
from repatria.shacl.model import Shape, Shapes, Targets
from repatria.shacl.paths import predicates_of
from repatria.shacl.report import Term
from repatria.shacl.search.compiler import Compiler
from repatria.shacl.search.focus import NotSearchable, focus_pattern, is_focus_node
from repatria.shacl.search.plan import Plan
from repatria.shacl.search.profile import Profile, take_profile

Constraint = tuple[Subject, Subject]
"""A shape, and the node of one of its constraints by SPARQL."""
# So few nodes are judged without a search.
FEW = 30


class Search:
    """Searches one data graph; what it learns of focus nodes serves all shapes with these targets."""

    def __init__(self, data: DataGraph, model: Shapes) -> None:
        self.data = data
        self.model = model
        self.compiler = Compiler(data, model)
        self._profiles: dict[Targets, Profile] = {}

    def focus(self, shape: Shape) -> tuple[str | None, int | None]:
        """Return a pattern that binds ``?this`` to the focus nodes of a shape, and their number.

        Those of ``sh:targetNode`` are not among them. None and None if there is no pattern.
        """
        try:
            focus = focus_pattern(shape.targets, self.data)
        except NotSearchable:
            return None, None
        return focus, self._profile(shape.targets, focus).number

    def suspects(self, shape: Shape, done: Collection[Constraint] = ()) -> list[Term] | None:
        """Return the focus nodes that may break a shape, or None for all of them.

        ``done`` are constraints by SPARQL that were checked already.
        """
        if self.data.odd and not self.data.odd.isdisjoint(self._read(shape)):
            return None
        try:
            focus = focus_pattern(shape.targets, self.data)
            profile = self._profile(shape.targets, focus)
            if profile.number <= FEW:
                return None if profile.number else list(shape.targets.nodes)
            plan = Plan(self.compiler, profile, focus, done, self.data.size)
            plan.add(shape)
            return list(dict.fromkeys([*shape.targets.nodes, *self._found(plan, shape.targets)]))
        except NotSearchable:
            return None

    def _found(self, plan: Plan, targets: Targets) -> Iterator[Term]:
        for query, of_focus_nodes in plan.queries():
            for (node,) in self.data.select(query):
                if of_focus_nodes or is_focus_node(node, targets, self.data):
                    yield node

    def _read(self, shape: Shape) -> Iterator[NamedNode]:
        """Yield the properties whose values decide whether a node meets a shape."""
        yield from (*shape.targets.subjects_of, *shape.targets.objects_of)
        for one in self.model.below(shape):
            if one.path is not None:
                yield from predicates_of(one.path)
            yield from (part.other for part in one.components if isinstance(part, sets.Pair))
            if any(isinstance(part, sets.Closed) for part in one.components):
                yield from self.data.odd

    def _profile(self, targets: Targets, focus: str) -> Profile:
        if targets not in self._profiles:
            few = list(self.data.select(f"SELECT DISTINCT ?this {{ {focus} }} LIMIT {FEW + 1}"))
            self._profiles[targets] = (
                Profile(len(few), {}) if len(few) <= FEW else take_profile(self.data, focus, targets)
            )
        return self._profiles[targets]
