"""The parameters of the constraint components, and the constraints that a shape has by them (SHACL §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from repatria.shacl.components import sets, shapes, values
from repatria.shacl.components.custom import Declaration, custom_constraints
from repatria.shacl.components.sparql import sparql_constraints
from repatria.shacl.data import Subject
from repatria.shacl.model import Component
from repatria.shacl.sparql_values import is_pattern
from repatria.shacl.statements import Statements
from repatria.shacl.vocabulary import SH, XSD_STRING

Read = Callable[[Statements], Iterator[Component]]


def _class(say: Statements) -> Iterator[Component]:
    return (values.Class(kind) for kind in say.iris("class"))


def _datatype(say: Statements) -> Iterator[Component]:
    if (kind := say.one_iri("datatype")) is not None:
        yield values.Datatype(kind)


def _node_kind(say: Statements) -> Iterator[Component]:
    if (kind := say.one_iri("nodeKind")) is not None:
        name = kind.value.removeprefix(SH)
        if name not in values.NODE_KINDS:
            raise say.wrong(f"sh:nodeKind must be one of sh:{', sh:'.join(values.NODE_KINDS)}, not {kind}")
        yield values.NodeKind(name)


def _number(name: str, make: Callable[[int], Component]) -> Read:
    def read(say: Statements) -> Iterator[Component]:
        if (number := say.number(name)) is not None:
            yield make(number)

    return read


def _range(name: str, make: Callable[[Literal], Component]) -> Read:
    def read(say: Statements) -> Iterator[Component]:
        if (limit := say.literal(name)) is not None:
            yield make(limit)

    return read


def _pattern(say: Statements) -> Iterator[Component]:
    flags = "".join(say.strings("flags"))
    say.one("flags")
    if say.one("pattern") is not None:
        (pattern,) = say.strings("pattern")
        if not is_pattern(pattern, flags):
            raise say.wrong(f"sh:pattern “{pattern}” (flags “{flags}”) is no regular expression of SPARQL")
        yield values.Pattern(pattern, flags)


def _language_in(say: Statements) -> Iterator[Component]:
    say.one("languageIn")
    for items in say.members("languageIn"):
        texts = [item.value for item in items if isinstance(item, Literal) and item.datatype == XSD_STRING]
        if len(texts) != len(items):
            raise say.wrong("sh:languageIn must be a list of strings")
        yield values.LanguageIn(tuple(texts))


def _in(say: Statements) -> Iterator[Component]:
    say.one("in")
    return (values.In(tuple(items)) for items in say.members("in"))  # type: ignore[arg-type]


def _unique_lang(say: Statements) -> Iterator[Component]:
    if say.flag("uniqueLang"):
        yield sets.UniqueLang()


def _has_value(say: Statements) -> Iterator[Component]:
    return (sets.HasValue(value) for value in say.all("hasValue"))  # type: ignore[arg-type]


def _pair(name: str, make: Callable[[NamedNode], Component]) -> Read:
    return lambda say: (make(other) for other in say.iris(name))


def _closed(say: Statements) -> Iterator[Component]:
    ignored: list[NamedNode] = []
    say.one("ignoredProperties")
    for items in say.members("ignoredProperties"):
        for item in items:
            if not isinstance(item, NamedNode):
                raise say.wrong("sh:ignoredProperties must be a list of IRIs")
            ignored.append(item)
    if say.flag("closed"):
        yield sets.Closed(frozenset(ignored), tuple(say.shapes("property")))


def _node(say: Statements) -> Iterator[Component]:
    return (shapes.Node(shape) for shape in say.shapes("node"))


def _not(say: Statements) -> Iterator[Component]:
    return (shapes.Not(shape) for shape in say.shapes("not"))


def _several(name: str, make: Callable[[tuple[Subject, ...]], Component]) -> Read:
    return lambda say: (make(members) for members in say.shape_lists(name))


def _qualified(say: Statements) -> Iterator[Component]:
    say.one("qualifiedValueShape")
    found = say.shapes("qualifiedValueShape")
    least, greatest = say.number("qualifiedMinCount"), say.number("qualifiedMaxCount")
    disjoint = say.flag("qualifiedValueShapesDisjoint")
    for shape in found:
        if least is not None:
            yield shapes.QualifiedMinCount(shape, least, disjoint)
        if greatest is not None:
            yield shapes.QualifiedMaxCount(shape, greatest, disjoint)


PARAMETERS: dict[str, Read] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "minCount": _number("minCount", sets.MinCount),
    "maxCount": _number("maxCount", sets.MaxCount),
    "minExclusive": _range("minExclusive", values.MinExclusive),
    "minInclusive": _range("minInclusive", values.MinInclusive),
    "maxExclusive": _range("maxExclusive", values.MaxExclusive),
    "maxInclusive": _range("maxInclusive", values.MaxInclusive),
    "minLength": _number("minLength", values.MinLength),
    "maxLength": _number("maxLength", values.MaxLength),
    "pattern": _pattern,
    "languageIn": _language_in,
    "uniqueLang": _unique_lang,
    "equals": _pair("equals", sets.Equals),
    "disjoint": _pair("disjoint", sets.Disjoint),
    "lessThan": _pair("lessThan", sets.LessThan),
    "lessThanOrEquals": _pair("lessThanOrEquals", sets.LessThanOrEquals),
    "not": _not,
    "and": _several("and", shapes.And),
    "or": _several("or", shapes.Or),
    "xone": _several("xone", shapes.Xone),
    "node": _node,
    "qualifiedValueShape": _qualified,
    "closed": _closed,
    "hasValue": _has_value,
    "in": _in,
}
"""The parameter that switches a component on → what reads its constraints."""


def components_of(
    say: Statements, declared: Sequence[Declaration], *, is_property: bool
) -> Iterator[Component]:
    """Yield the constraints of a shape; ``declared`` are the components of the shapes graph's own.

    Raises InputError RP311 for ill-formed parameters.
    """
    for name, read in PARAMETERS.items():
        if say.all(name) or name == "closed":
            yield from read(say)
    yield from sparql_constraints(say, is_property=is_property)
    yield from custom_constraints(say, declared, is_property=is_property)
