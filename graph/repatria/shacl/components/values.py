"""Components that look at each value node for itself: type, range, string (SHACL §4.1, §4.3, §4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.shacl.datatypes import well_formed
from repatria.shacl.model import OfEachValue
from repatria.shacl.report import Term
from repatria.shacl.sparql_values import less_than, matches

if TYPE_CHECKING:
    from repatria.shacl.evaluation import Evaluation

# Node kind → the kinds of term that it allows.
NODE_KINDS: dict[str, tuple[type, ...]] = {
    "IRI": (NamedNode,),
    "BlankNode": (BlankNode,),
    "Literal": (Literal,),
    "BlankNodeOrIRI": (BlankNode, NamedNode),
    "BlankNodeOrLiteral": (BlankNode, Literal),
    "IRIOrLiteral": (NamedNode, Literal),
}


@dataclass(frozen=True, slots=True)
class Class(OfEachValue):
    """``sh:class``."""

    name: ClassVar[str] = "Class"
    kind: NamedNode

    def holds(self, value: Term, run: Evaluation) -> bool:
        return run.data.is_instance(value, self.kind)


@dataclass(frozen=True, slots=True)
class Datatype(OfEachValue):
    """``sh:datatype``: of that datatype, and written as it asks."""

    name: ClassVar[str] = "Datatype"
    datatype: NamedNode

    def holds(self, value: Term, run: Evaluation) -> bool:
        return isinstance(value, Literal) and value.datatype == self.datatype and well_formed(value)


@dataclass(frozen=True, slots=True)
class NodeKind(OfEachValue):
    """``sh:nodeKind``."""

    name: ClassVar[str] = "NodeKind"
    kind: str

    def holds(self, value: Term, run: Evaluation) -> bool:
        return isinstance(value, NODE_KINDS[self.kind])


@dataclass(frozen=True, slots=True)
class Range(OfEachValue):
    """``sh:minExclusive``, ``sh:minInclusive``, ``sh:maxExclusive`` or ``sh:maxInclusive``."""

    limit: Literal


@dataclass(frozen=True, slots=True)
class MinExclusive(Range):
    """``sh:minExclusive``."""

    name: ClassVar[str] = "MinExclusive"

    def holds(self, value: Term, run: Evaluation) -> bool:
        return less_than(self.limit, value)


@dataclass(frozen=True, slots=True)
class MinInclusive(Range):
    """``sh:minInclusive``."""

    name: ClassVar[str] = "MinInclusive"

    def holds(self, value: Term, run: Evaluation) -> bool:
        return less_than(self.limit, value, or_equal=True)


@dataclass(frozen=True, slots=True)
class MaxExclusive(Range):
    """``sh:maxExclusive``."""

    name: ClassVar[str] = "MaxExclusive"

    def holds(self, value: Term, run: Evaluation) -> bool:
        return less_than(value, self.limit)


@dataclass(frozen=True, slots=True)
class MaxInclusive(Range):
    """``sh:maxInclusive``."""

    name: ClassVar[str] = "MaxInclusive"

    def holds(self, value: Term, run: Evaluation) -> bool:
        return less_than(value, self.limit, or_equal=True)


@dataclass(frozen=True, slots=True)
class MinLength(OfEachValue):
    """``sh:minLength``, in code points of the IRI or literal."""

    name: ClassVar[str] = "MinLength"
    length: int

    def holds(self, value: Term, run: Evaluation) -> bool:
        return not isinstance(value, BlankNode) and len(value.value) >= self.length


@dataclass(frozen=True, slots=True)
class MaxLength(OfEachValue):
    """``sh:maxLength``, in code points of the IRI or literal."""

    name: ClassVar[str] = "MaxLength"
    length: int

    def holds(self, value: Term, run: Evaluation) -> bool:
        return not isinstance(value, BlankNode) and len(value.value) <= self.length


@dataclass(frozen=True, slots=True)
class Pattern(OfEachValue):
    """``sh:pattern`` with ``sh:flags``: REGEX of SPARQL on the text of the IRI or literal."""

    name: ClassVar[str] = "Pattern"
    pattern: str
    flags: str

    def holds(self, value: Term, run: Evaluation) -> bool:
        return not isinstance(value, BlankNode) and matches(value.value, self.pattern, self.flags)


@dataclass(frozen=True, slots=True)
class LanguageIn(OfEachValue):
    """``sh:languageIn``: basic filtering, as langMatches does (RFC 4647 §3.3.1)."""

    name: ClassVar[str] = "LanguageIn"
    ranges: tuple[str, ...]

    def holds(self, value: Term, run: Evaluation) -> bool:
        tag = (value.language or "").lower() if isinstance(value, Literal) else ""
        return bool(tag) and any(
            one == "*" or tag == one or tag.startswith(f"{one}-") for one in map(str.lower, self.ranges)
        )


@dataclass(frozen=True, slots=True)
class In(OfEachValue):
    """``sh:in``."""

    name: ClassVar[str] = "In"
    allowed: tuple[Term, ...]

    def holds(self, value: Term, run: Evaluation) -> bool:
        return value in self.allowed
