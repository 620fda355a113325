"""Components that look at all value nodes together: how many, which, in which relation to other values
(SHACL §4.2, §4.4.5, §4.5, §4.8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pyoxigraph import Literal, NamedNode

from repatria.shacl.data import Subject
from repatria.shacl.model import At, Component, Finding
from repatria.shacl.paths import Predicate
from repatria.shacl.report import Term
from repatria.shacl.sparql_values import less_than


@dataclass(frozen=True, slots=True)
class MinCount(Component):
    """``sh:minCount``."""

    name: ClassVar[str] = "MinCount"
    number: int

    def check(self, at: At) -> Iterator[Finding]:
        if len(at.values) < self.number:
            yield Finding()


@dataclass(frozen=True, slots=True)
class MaxCount(Component):
    """``sh:maxCount``."""

    name: ClassVar[str] = "MaxCount"
    number: int

    def check(self, at: At) -> Iterator[Finding]:
        if len(at.values) > self.number:
            yield Finding()


@dataclass(frozen=True, slots=True)
class UniqueLang(Component):
    """``sh:uniqueLang true``."""

    name: ClassVar[str] = "UniqueLang"

    def check(self, at: At) -> Iterator[Finding]:
        tags = Counter(
            value.language.lower() for value in at.values if isinstance(value, Literal) and value.language
        )
        return (Finding() for count in tags.values() if count > 1)


@dataclass(frozen=True, slots=True)
class HasValue(Component):
    """``sh:hasValue``."""

    name: ClassVar[str] = "HasValue"
    value: Term

    def check(self, at: At) -> Iterator[Finding]:
        if self.value not in at.values:
            yield Finding()


@dataclass(frozen=True, slots=True)
class Pair(Component):
    """A relation between the value nodes and the values of another property of the focus node."""

    other: NamedNode

    def others(self, at: At) -> list[Term]:
        """Return the values of the other property."""
        return at.run.data.objects(at.focus, self.other)


@dataclass(frozen=True, slots=True)
class Equals(Pair):
    """``sh:equals``."""

    name: ClassVar[str] = "Equals"

    def check(self, at: At) -> Iterator[Finding]:
        values, others = set(at.values), self.others(at)
        different = values.symmetric_difference(others)
        return (Finding(value) for value in dict.fromkeys([*at.values, *others]) if value in different)


@dataclass(frozen=True, slots=True)
class Disjoint(Pair):
    """``sh:disjoint``."""

    name: ClassVar[str] = "Disjoint"

    def check(self, at: At) -> Iterator[Finding]:
        others = set(self.others(at))
        return (Finding(value) for value in at.values if value in others)


@dataclass(frozen=True, slots=True)
class LessThan(Pair):
    """``sh:lessThan``: one result for each pair that is not in order."""

    name: ClassVar[str] = "LessThan"

    def check(self, at: At) -> Iterator[Finding]:
        others = self.others(at)
        return (Finding(value) for value in at.values for other in others if not less_than(value, other))


@dataclass(frozen=True, slots=True)
class LessThanOrEquals(Pair):
    """``sh:lessThanOrEquals``: one result for each pair that is not in order."""

    name: ClassVar[str] = "LessThanOrEquals"

    def check(self, at: At) -> Iterator[Finding]:
        others = self.others(at)
        return (
            Finding(value)
            for value in at.values
            for other in others
            if not less_than(value, other, or_equal=True)
        )


@dataclass(frozen=True, slots=True)
class Closed(Component):
    """``sh:closed true``: no property but those of the property shapes and the ignored ones."""

    name: ClassVar[str] = "Closed"
    ignored: frozenset[NamedNode]
    properties: tuple[Subject, ...]

    def check(self, at: At) -> Iterator[Finding]:
        paths = (at.run.shapes.shapes[node].path for node in self.properties)
        known = self.ignored.union(path.iri for path in paths if isinstance(path, Predicate))
        return (
            Finding(other, Predicate(predicate))
            for value in at.values
            for predicate, other in at.run.data.properties(value)
            if predicate not in known
        )
