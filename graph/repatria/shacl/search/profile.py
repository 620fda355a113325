"""What a set of focus nodes has: by property, how many values, and on how many of the nodes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from repatria.shacl.components import sets, values
from repatria.shacl.data import DataGraph
from repatria.shacl.model import Component, Targets
from repatria.shacl.vocabulary import TYPE

_QUERY = """SELECT ?p (COUNT(*) AS ?values) (COUNT(DISTINCT ?this) AS ?nodes) {{
  {focus} ?this ?p ?o }} GROUP BY ?p"""


@dataclass(frozen=True, slots=True)
class Property:
    """How many values of a property there are (one that is in two graphs counts twice), on how many nodes."""

    values: int = 0
    nodes: int = 0


_NONE = Property()


@dataclass(frozen=True, slots=True)
class Profile:
    """What ``number`` focus nodes have."""

    number: int
    properties: Mapping[NamedNode, Property]

    def of(self, predicate: NamedNode) -> Property:
        """Return what is known of a property, also of one that no node has."""
        return self.properties.get(predicate, _NONE)


def take_profile(data: DataGraph, focus: str, targets: Targets) -> Profile:
    """Return the profile of the nodes that targets select; the pattern ``focus`` binds them to ``?this``."""
    found: dict[NamedNode, Property] = {}
    for predicate, count, nodes in data.select(_QUERY.format(focus=focus)):
        assert isinstance(predicate, NamedNode)
        assert isinstance(count, Literal)
        assert isinstance(nodes, Literal)
        found[predicate] = Property(int(count.value), int(nodes.value))
    only_classes = not (targets.subjects_of or targets.objects_of)
    # Every instance of a class has a type.
    return Profile(found[TYPE].nodes if only_classes else _number(data, focus), found)


def _number(data: DataGraph, focus: str) -> int:
    ((number,),) = data.select(f"SELECT (COUNT(DISTINCT ?this) AS ?n) {{ {focus} }}")
    assert isinstance(number, Literal)
    return int(number.value)


def proves(profile: Profile, predicate: NamedNode, component: Component) -> bool:
    """Return whether no focus node can break a constraint on the values of a property."""
    known = profile.of(predicate)
    if isinstance(component, sets.MinCount):
        return component.number < 1 or (component.number == 1 and known.nodes == profile.number)
    if isinstance(component, sets.MaxCount):
        return known.values == 0 or (component.number >= 1 and known.nodes == known.values)
    if isinstance(component, sets.UniqueLang):
        return known.nodes == known.values
    return known.values == 0 and isinstance(component, _OF_VALUES)


# Constraints that hold where there is no value.
_OF_VALUES = (
    values.Class, values.Datatype, values.NodeKind, values.Range, values.MinLength, values.MaxLength,
    values.Pattern, values.LanguageIn, values.In, sets.Disjoint, sets.LessThan, sets.LessThanOrEquals,
)  # fmt: skip
