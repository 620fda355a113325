"""Shapes as typed values: what a shapes graph says, read once and checked (SHACL §2)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from pyoxigraph import Literal, NamedNode

from repatria.shacl.data import Subject
from repatria.shacl.paths import Path
from repatria.shacl.report import Result, Severity, Term
from repatria.shacl.vocabulary import sh

if TYPE_CHECKING:
    from repatria.shacl.evaluation import Evaluation
    from repatria.shacl.queries import Query
    from repatria.shacl.targets import QueryTarget


@dataclass(frozen=True, slots=True)
class Targets:
    """What selects the focus nodes of a shape (SHACL §2.1.3, and SPARQL targets of SHACL-AF §3)."""

    nodes: tuple[Term, ...] = ()
    classes: tuple[NamedNode, ...] = ()
    subjects_of: tuple[NamedNode, ...] = ()
    objects_of: tuple[NamedNode, ...] = ()
    queries: tuple[QueryTarget, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.nodes or self.classes or self.subjects_of or self.objects_of or self.queries)


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape, or with ``path`` a property shape; ``properties`` are those of its ``sh:property``."""

    node: Subject
    path: Path | None
    targets: Targets
    components: tuple[Component, ...]
    properties: tuple[Subject, ...]
    severity: Severity
    custom_severity: NamedNode | None
    messages: tuple[Literal, ...]
    deactivated: bool


@dataclass(frozen=True, slots=True)
class At:
    """Where a component is checked: the focus node and its value nodes, by which shape, in which run."""

    run: Evaluation
    shape: Shape
    focus: Term
    values: Sequence[Term]


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach of one component. ``path`` only where it is not the shape's; ``details`` for ``sh:detail``."""

    value: Term | None = None
    path: Path | None = None
    messages: tuple[Literal, ...] | None = None
    details: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class Component(ABC):
    """A constraint of one component with its parameters. Subclasses say when it is broken."""

    name: ClassVar[str] = ""

    @property
    def iri(self) -> NamedNode:
        """The IRI of the constraint component."""
        return sh(f"{self.name}ConstraintComponent")

    @property
    def source(self) -> Subject | None:
        """The node of a SPARQL constraint, for ``sh:sourceConstraint``; None for others."""
        return None

    @property
    def shapes(self) -> tuple[Subject, ...]:
        """The shapes that this one refers to."""
        return ()

    @property
    def asked(self) -> Query | None:
        """The query that it runs on the store; None for a component that runs none."""
        return None

    @abstractmethod
    def check(self, at: At) -> Iterator[Finding]:
        """Yield what breaks the constraint at a focus node."""


@dataclass(frozen=True, slots=True)
class OfEachValue(Component):
    """A component that looks at each value node for itself."""

    def check(self, at: At) -> Iterator[Finding]:
        return (Finding(value) for value in at.values if not self.holds(value, at.run))

    @abstractmethod
    def holds(self, value: Term, run: Evaluation) -> bool:
        """Return whether a value node meets the constraint."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """All shapes of a shapes graph by their nodes; ``parents`` are the shapes that hold a property shape."""

    shapes: Mapping[Subject, Shape]
    parents: Mapping[Subject, tuple[Subject, ...]] = field(default_factory=dict)

    def targeted(self) -> Iterator[Shape]:
        """Yield the shapes that select focus nodes and are not deactivated."""
        return (shape for shape in self.shapes.values() if shape.targets and not shape.deactivated)

    def below(self, shape: Shape) -> Iterator[Shape]:
        """Yield a shape and all that it refers to, directly or not."""
        found = {shape.node: None}
        waiting = [shape]
        while waiting:
            one = waiting.pop()
            yield one
            for node in (*one.properties, *(node for part in one.components for node in part.shapes)):
                if node not in found:
                    found[node] = None
                    waiting.append(self.shapes[node])

    def asks(self, shape: Shape) -> bool:
        """Return whether a query on the store is needed for a shape."""
        return bool(shape.targets.queries) or any(
            part.asked is not None for one in self.below(shape) for part in one.components
        )

    def queries(self) -> Iterator[Query]:
        """Yield all queries of the shapes."""
        for shape in self.shapes.values():
            yield from (part.asked for part in shape.components if part.asked is not None)
            yield from (target.query for target in shape.targets.queries)

    def without(self, nodes: Collection[Subject]) -> Shapes:
        """Return the same shapes, but these select no focus nodes."""
        kept = {
            node: replace(shape, targets=Targets()) if shape.node in nodes else shape
            for node, shape in self.shapes.items()
        }
        return Shapes(kept, self.parents)
