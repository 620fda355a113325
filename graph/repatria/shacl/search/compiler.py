"""Says of constraints when a value meets them: in expressions of SPARQL, and in patterns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial, singledispatch
from itertools import count
from typing import cast

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.shacl.components import sets, shapes, values
from repatria.shacl.data import DataGraph
from repatria.shacl.datatypes import survives
from repatria.shacl.model import Component, Shape, Shapes
from repatria.shacl.paths import Inverse, Path, Predicate, Steps, path_text, simplified
from repatria.shacl.report import Term
from repatria.shacl.search.expressions import Expression, Pattern, conjunction, either
from repatria.shacl.sparql_values import order_of

_KIND_TESTS = {NamedNode: "isIRI", BlankNode: "isBLANK", Literal: "isLITERAL"}


class Compiler:
    """Makes expressions for the shapes of one validation; their inner variables are all different."""

    def __init__(self, data: DataGraph, model: Shapes) -> None:
        self.data = data
        self.model = model
        self._numbers = count(1)
        self._instances: dict[NamedNode, int] = {}

    def variable(self) -> str:
        """Return a variable that no other expression has."""
        return f"?v{next(self._numbers)}"

    def holds(self, component: Component, value: str) -> Expression | None:
        """Return when a value (a variable) meets a constraint, or None where that cannot be said."""
        return _holds(component, value, self)

    def conforms(self, shape: Shape, value: str) -> Expression | None:
        """Return when a node (a variable) conforms to a shape, or None where that cannot be said."""
        if shape.deactivated:
            return Expression("true")
        inner: list[Expression | None] = []
        if shape.path is None:
            inner += [self.holds(component, value) for component in shape.components]
        else:
            inner += [self.of_path(shape, component, value) for component in shape.components]
        for node in shape.properties:
            child = self.model.shapes[node]
            if shape.path is None:
                inner.append(self.conforms(child, value))
            else:
                inner.append(self._every(shape, value, partial(self.conforms, child)))
        return conjunction(inner)

    def of_path(self, shape: Shape, component: Component, value: str) -> Expression | None:
        """Return when the values of a property shape at a node meet one of its constraints, or None."""
        assert shape.path is not None
        path, at = simplified(shape.path), self.variable()
        if isinstance(component, sets.MinCount):
            one = Expression(self._exists(value, path, at), pattern=self.reaching(value, path, at))
            return {0: Expression("true"), 1: one}.get(component.number)
        if isinstance(component, sets.MaxCount) and component.number == 0:
            return Expression(f"!({self._exists(value, path, at)})")
        if isinstance(component, sets.MaxCount) and component.number == 1:
            other = self.variable()
            another = self._exists(value, path, other, f"!sameTerm({at}, {other})")
            return Expression(f"!({self._exists(value, path, at, another)})")
        if isinstance(component, sets.HasValue):
            if not _can_be_written(component.value):
                return None
            end = str(component.value)
            return Expression(self._exists(value, path, end), pattern=self.reaching(value, path, end))
        if (
            isinstance(component, shapes.QualifiedMinCount)
            and component.number == 1
            and not component.disjoint
        ):
            inner = self.conforms(self.model.shapes[component.shape], at)
            if inner is None:
                return None
            pattern = self.reaching(value, path, at, inner)
            return Expression(self._exists(value, path, at, inner.safe), inner.exact, pattern)
        return self._every(shape, value, lambda at: self.holds(component, at))

    def reaching(self, start: str, path: Path, end: str, test: Expression | None = None) -> Pattern | None:
        """Return the pattern of a property, or its inverse; ``test`` is of the end, if that is a variable."""
        step = path.path if isinstance(path, Inverse) else path
        if not isinstance(step, Predicate) or not self.data.local:
            return None
        one = Pattern(f"{start} {path_text(path)} {end} .", self.data.number_of(step.iri))
        if test is None:
            return one
        if test.pattern is None:
            return None
        # Apart from each other, so that a store joins the two instead of looking for each end.
        text = f"{{ SELECT {start} {end} {{ {one.text} }} }} {{ SELECT {end} {{ {test.pattern.text} }} }}"
        return Pattern(text, one.size + test.pattern.size)

    def instances(self, value: str, kinds: Iterable[NamedNode]) -> Pattern | None:
        """Return the pattern of the instances of classes, without their subclasses."""
        if not self.data.local:
            return None
        return either(
            [Pattern(f"{value} a {kind} .", number) for kind in kinds if (number := self._number(kind))]
        )

    def _number(self, kind: NamedNode) -> int:
        if kind not in self._instances:
            ((number,),) = self.data.select(f"SELECT (COUNT(*) AS ?n) {{ ?this a {kind} }}")
            self._instances[kind] = int(cast("Literal", number).value)
        return self._instances[kind]

    def _every(self, shape: Shape, value: str, make: Callable[[str], Expression | None]) -> Expression | None:
        """Return that every value of a shape's path meets what ``make`` says of it."""
        assert shape.path is not None
        at = self.variable()
        inner = make(at)
        if inner is None or inner.text == "true":
            return inner
        broken = self._exists(value, simplified(shape.path), at, f"!({inner.safe})")
        return Expression(f"!({broken})", inner.exact)

    def _exists(self, start: str, path: Path, end: str, test: str = "") -> str:
        """Return that a path leads from one term to another that passes a test, one EXISTS for each step.

        Oxigraph answers a group of several patterns anew and as a whole for every row of the query.
        """
        if isinstance(path, Steps):
            first, *rest = path.paths
            middle = self.variable()
            then = self._exists(middle, Steps(tuple(rest)) if len(rest) > 1 else rest[0], end, test)
            return self._exists(start, first, middle, then)
        return f"EXISTS {{ {start} {path_text(path)} {end} {f'FILTER({test})' if test else ''} }}"


def _can_be_written(term: Term) -> bool:
    """Return whether a term means in a query what it means in the shapes graph."""
    return not isinstance(term, BlankNode) and (not isinstance(term, Literal) or survives(term))


@singledispatch
def _holds(component: Component, value: str, compiler: Compiler) -> Expression | None:
    return None


@_holds.register
def _(component: values.Class, value: str, compiler: Compiler) -> Expression | None:
    kinds = list(compiler.data.classes(component.kind))
    named = [kind for kind in kinds if isinstance(kind, NamedNode)]
    if len(named) < len(kinds):
        return None
    tests = (f"EXISTS {{ {value} a {kind} }}" for kind in named)
    return Expression(" || ".join(tests), pattern=compiler.instances(value, named))


@_holds.register
def _(component: values.Datatype, value: str, compiler: Compiler) -> Expression | None:
    kind = f"COALESCE(DATATYPE({value}) = {component.datatype}, false)"
    # Properties with ill-formed values are not searched.
    return Expression(kind)


@_holds.register
def _(component: values.NodeKind, value: str, compiler: Compiler) -> Expression | None:
    tests = (f"{_KIND_TESTS[kind]}({value})" for kind in values.NODE_KINDS[component.kind])
    return Expression(" || ".join(tests))


def _ordered(limit: Literal, comparison: str) -> Expression | None:
    kind = order_of(limit)
    if kind is None:
        return Expression("false")
    # Oxigraph has no order of booleans.
    return None if kind == "boolean" else Expression(f"COALESCE({comparison}, false)")


@_holds.register
def _(component: values.MinExclusive, value: str, compiler: Compiler) -> Expression | None:
    return _ordered(component.limit, f"{component.limit} < {value}")


@_holds.register
def _(component: values.MinInclusive, value: str, compiler: Compiler) -> Expression | None:
    return _ordered(component.limit, f"{component.limit} <= {value}")


@_holds.register
def _(component: values.MaxExclusive, value: str, compiler: Compiler) -> Expression | None:
    return _ordered(component.limit, f"{value} < {component.limit}")


@_holds.register
def _(component: values.MaxInclusive, value: str, compiler: Compiler) -> Expression | None:
    return _ordered(component.limit, f"{value} <= {component.limit}")


@_holds.register
def _(component: values.MinLength, value: str, compiler: Compiler) -> Expression | None:
    return Expression(f"!isBLANK({value}) && STRLEN(STR({value})) >= {component.length}")


@_holds.register
def _(component: values.MaxLength, value: str, compiler: Compiler) -> Expression | None:
    return Expression(f"!isBLANK({value}) && STRLEN(STR({value})) <= {component.length}")


@_holds.register
def _(component: values.Pattern, value: str, compiler: Compiler) -> Expression | None:
    pattern, flags = Literal(component.pattern), Literal(component.flags)
    return Expression(f"!isBLANK({value}) && REGEX(STR({value}), {pattern}, {flags})")


@_holds.register
def _(component: values.LanguageIn, value: str, compiler: Compiler) -> Expression | None:
    tests = (f"LANGMATCHES(LANG({value}), {Literal(one)})" for one in component.ranges)
    return Expression(f"isLITERAL({value}) && ({' || '.join(tests) or 'false'})", exact=False)


@_holds.register
def _(component: values.In, value: str, compiler: Compiler) -> Expression | None:
    if not all(map(_can_be_written, component.allowed)):
        return None
    tests = (f"sameTerm({value}, {term})" for term in component.allowed)
    return Expression(" || ".join(tests) or "false")


@_holds.register
def _(component: sets.HasValue, value: str, compiler: Compiler) -> Expression | None:
    if not _can_be_written(component.value):
        return None
    return Expression(f"sameTerm({value}, {component.value})")


@_holds.register
def _(component: shapes.Node, value: str, compiler: Compiler) -> Expression | None:
    return compiler.conforms(compiler.model.shapes[component.shape], value)


@_holds.register
def _(component: shapes.Not, value: str, compiler: Compiler) -> Expression | None:
    inner = compiler.conforms(compiler.model.shapes[component.shape], value)
    return Expression(f"!({inner.text})") if inner is not None and inner.exact else None


@_holds.register
def _(component: shapes.And, value: str, compiler: Compiler) -> Expression | None:
    return conjunction(compiler.conforms(compiler.model.shapes[one], value) for one in component.members)


@_holds.register
def _(component: shapes.Or, value: str, compiler: Compiler) -> Expression | None:
    members = [compiler.conforms(compiler.model.shapes[one], value) for one in component.members]
    found = [one for one in members if one is not None]
    if not found:
        return None
    exact = len(found) == len(members) and all(one.exact for one in found)
    patterns = [one.pattern for one in found if one.pattern is not None]
    pattern = either(patterns) if len(patterns) == len(members) else None
    return Expression(" || ".join(f"({one.safe})" for one in found), exact, pattern)
