"""Components that refer to other shapes (SHACL §4.6, §4.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from repatria.shacl.data import Subject
from repatria.shacl.model import At, Component, Finding, OfEachValue
from repatria.shacl.report import Term

if TYPE_CHECKING:
    from repatria.shacl.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Node(Component):
    """``sh:node``: the results of the other shape are the details."""

    name: ClassVar[str] = "Node"
    shape: Subject

    @property
    def shapes(self) -> tuple[Subject, ...]:
        return (self.shape,)

    def check(self, at: At) -> Iterator[Finding]:
        for value in at.values:
            if details := tuple(at.run.results(at.run.shapes.shapes[self.shape], value)):
                yield Finding(value, details=details)


@dataclass(frozen=True, slots=True)
class Not(OfEachValue):
    """``sh:not``."""

    name: ClassVar[str] = "Not"
    shape: Subject

    @property
    def shapes(self) -> tuple[Subject, ...]:
        return (self.shape,)

    def holds(self, value: Term, run: Evaluation) -> bool:
        return not run.conforms(self.shape, value)


@dataclass(frozen=True, slots=True)
class OfSeveral(OfEachValue):
    """``sh:and``, ``sh:or`` or ``sh:xone``."""

    members: tuple[Subject, ...]

    @property
    def shapes(self) -> tuple[Subject, ...]:
        return self.members


@dataclass(frozen=True, slots=True)
class And(OfSeveral):
    """``sh:and``."""

    name: ClassVar[str] = "And"

    def holds(self, value: Term, run: Evaluation) -> bool:
        return all(run.conforms(shape, value) for shape in self.members)


@dataclass(frozen=True, slots=True)
class Or(OfSeveral):
    """``sh:or``."""

    name: ClassVar[str] = "Or"

    def holds(self, value: Term, run: Evaluation) -> bool:
        return any(run.conforms(shape, value) for shape in self.members)


@dataclass(frozen=True, slots=True)
class Xone(OfSeveral):
    """``sh:xone``."""

    name: ClassVar[str] = "Xone"

    def holds(self, value: Term, run: Evaluation) -> bool:
        return sum(run.conforms(shape, value) for shape in self.members) == 1


@dataclass(frozen=True, slots=True)
class Qualified(Component):
    """``sh:qualifiedValueShape`` with its least or its greatest number."""

    shape: Subject
    number: int
    disjoint: bool

    @property
    def shapes(self) -> tuple[Subject, ...]:
        return (self.shape,)

    def matching(self, at: At) -> int:
        """Return how many value nodes conform to the shape (and to no sibling shape)."""
        siblings = self._siblings(at) if self.disjoint else ()
        return sum(
            at.run.conforms(self.shape, value)
            and not any(at.run.conforms(sibling, value) for sibling in siblings)
            for value in at.values
        )

    def _siblings(self, at: At) -> tuple[Subject, ...]:
        """Return the qualified shapes beside this one under the same parents (SHACL §4.7.3)."""
        found: dict[Subject, None] = {}
        known = at.run.shapes
        for parent in known.parents.get(at.shape.node, ()):
            for beside in known.shapes[parent].properties:
                for component in known.shapes[beside].components:
                    if isinstance(component, Qualified) and component.shape != self.shape:
                        found[component.shape] = None
        return tuple(found)


@dataclass(frozen=True, slots=True)
class QualifiedMinCount(Qualified):
    """``sh:qualifiedMinCount``."""

    name: ClassVar[str] = "QualifiedMinCount"

    def check(self, at: At) -> Iterator[Finding]:
        if self.matching(at) < self.number:
            yield Finding()


@dataclass(frozen=True, slots=True)
class QualifiedMaxCount(Qualified):
    """``sh:qualifiedMaxCount``."""

    name: ClassVar[str] = "QualifiedMaxCount"

    def check(self, at: At) -> Iterator[Finding]:
        if self.matching(at) > self.number:
            yield Finding()
