"""SPARQL-based constraint components: components of the shapes graph's own, by ASK or SELECT (SHACL §6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.shacl.components.sparql import filled, found_by
from repatria.shacl.data import Subject
from repatria.shacl.model import At, Component, Finding
from repatria.shacl.paths import Node
from repatria.shacl.queries import SHAPES_GRAPH, Query, read_query
from repatria.shacl.report import Term
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.statements import Statements
from repatria.shacl.vocabulary import SH, sh

_BEFOREHAND = ("this", "shapesGraph", "currentShape")
_VARNAME = re.compile(r"\w+")
_RESERVED = frozenset(("this", "shapesGraph", "currentShape", "path", "PATH", "value"))


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a component: its node, property, name of its variable; whether it may be absent."""

    node: Subject
    predicate: NamedNode
    name: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Validator:
    """How a component is checked: by a SELECT at the focus node, or by an ASK for each value node."""

    query: Query
    is_ask: bool
    messages: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """A component of the shapes graph's own, with its validators for node shapes and for property shapes."""

    component: NamedNode
    parameters: tuple[Parameter, ...]
    of_node: Validator | None
    of_property: Validator | None


@dataclass(frozen=True, slots=True)
class Custom(Component):
    """A constraint of a component that the shapes graph declares; ``declared_by`` declare its parameters."""

    component: NamedNode
    validator: Validator
    parameters: tuple[tuple[str, Term], ...]
    declared_by: tuple[Subject, ...]

    @property
    def iri(self) -> NamedNode:
        return self.component

    @property
    def asked(self) -> Query:
        return self.validator.query

    def check(self, at: At) -> Iterator[Finding]:
        if not self.validator.is_ask:
            yield from found_by(self.validator.query, at, dict(self.parameters), self.validator.messages)
            return
        for value in at.values:
            terms: dict[str, Term] = {
                "this": at.focus, "value": value, "shapesGraph": SHAPES_GRAPH,
                "currentShape": at.shape.node, **dict(self.parameters),
            }  # fmt: skip
            if not self.validator.query.holds(at.run.data, terms):
                known = self.validator.messages or at.shape.messages
                yield Finding(value, None, filled(known, terms) or None)


def declared_components(index: ShapesGraph) -> tuple[Declaration, ...]:
    """Return the components that a shapes graph declares. Raises InputError RP311 for ill-formed ones."""
    found = (one for one in index.instances(sh("ConstraintComponent")) if isinstance(one, NamedNode))
    return tuple(_declaration(Statements(index, one)) for one in found if not one.value.startswith(SH))


def _declaration(say: Statements) -> Declaration:
    parameters = tuple(parameters_of(say))
    if all(one.optional for one in parameters):
        raise say.wrong("a component needs a sh:parameter that is not optional")
    names = [one.name for one in parameters]
    if len(set(names)) < len(names):
        raise say.wrong("two parameters of a component have the same name")
    say.texts("labelTemplate")
    given = (*_BEFOREHAND, *names)
    both = _validator(say, "validator", "ask", (*given, "value"), path=False)
    of_node = _validator(say, "nodeValidator", "select", given, path=False)
    of_property = _validator(say, "propertyValidator", "select", given, path=True)
    assert isinstance(say.node, NamedNode)
    return Declaration(say.node, parameters, of_node or both, of_property or both)


def parameters_of(say: Statements) -> Iterator[Parameter]:
    """Yield the parameters that a component or target type declares. Raises InputError RP311."""
    for node in say.nodes("parameter"):
        its = Statements(say.index, node)
        path = its.one_iri("path")
        if path is None:
            raise its.wrong("a sh:parameter needs a sh:path")
        name = path.value[max(path.value.rfind("#"), path.value.rfind("/")) + 1 :]
        if not _VARNAME.fullmatch(name) or name in _RESERVED:
            raise its.wrong(f"{path} is no name of a parameter")
        yield Parameter(node, path, name, its.flag("optional"))


def _validator(
    say: Statements, name: str, kind: str, given: tuple[str, ...], *, path: bool
) -> Validator | None:
    """Return a validator of a component; of several any may be taken (SHACL §6.2.3), so the first by name."""
    told = tuple(say.texts("message"))
    found = [
        (
            str(node),
            Validator(
                read_query(its, kind, given, path=path), kind == "ask", tuple(its.texts("message")) or told
            ),
        )
        for node in say.nodes(name)
        for its in [Statements(say.index, node)]
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def custom_constraints(
    say: Statements, declared: Sequence[Declaration], *, is_property: bool
) -> Iterator[Component]:
    """Yield the constraints of a shape by components of the shapes graph's own.

    Raises InputError RP311 for parameters that have too many values.
    """
    for one in declared:
        required = [parameter for parameter in one.parameters if not parameter.optional]
        if not all(say.index.objects(say.node, parameter.predicate) for parameter in required):
            continue
        values = [_choices(say.index.objects(say.node, each.predicate), each) for each in one.parameters]
        if len(one.parameters) > 1 and any(len(found) > 1 for found in values):
            raise say.wrong(f"more than one value for a parameter of {one.component}")
        validator = one.of_property if is_property else one.of_node
        # A component without a validator for this kind of shape is ignored there (SHACL §6.2.3).
        if validator is None:
            continue
        nodes = tuple(parameter.node for parameter in one.parameters)
        for chosen in product(*values):
            yield Custom(one.component, validator, tuple(pair for pair in chosen if pair is not None), nodes)


def _choices(values: list[Node], parameter: Parameter) -> list[tuple[str, Term] | None]:
    found = [(parameter.name, one) for one in values if isinstance(one, NamedNode | BlankNode | Literal)]
    return list(found) or [None]
