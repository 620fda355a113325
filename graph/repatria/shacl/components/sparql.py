"""SPARQL-based constraints: ``sh:sparql`` (SHACL §5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.errors import InputError
from repatria.shacl.beginning import beginning
from repatria.shacl.data import DataGraph, Subject
from repatria.shacl.datatypes import is_text
from repatria.shacl.model import At, Component, Finding, Shape
from repatria.shacl.paths import Path, Predicate, path_text
from repatria.shacl.prebinding import with_path
from repatria.shacl.queries import SHAPES_GRAPH, Query, named, read_query
from repatria.shacl.report import Term
from repatria.shacl.sparql_text import bind_focus, variables, words
from repatria.shacl.statements import Statements
from repatria.shacl.vocabulary import XSD_BOOLEAN

_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")
_BEFOREHAND = ("this", "shapesGraph", "currentShape")
# What looks at more than one focus node, or at more than the data.
_OF_THE_WHOLE = frozenset(("GRAPH", "LIMIT", "OFFSET"))
_SPECIAL = frozenset(("path", "shapesGraph", "currentShape", "failure"))
# A property with so many times fewer triples than there are focus nodes is where a query starts.
_FEWER = 2
_TRUE = Literal("true", datatype=XSD_BOOLEAN)


@dataclass(frozen=True, slots=True)
class Sparql(Component):
    """``sh:sparql`` with ``sh:select``: each solution is a breach."""

    name: ClassVar[str] = "SPARQL"
    node: Subject
    query: Query
    own_messages: tuple[Literal, ...]

    @property
    def source(self) -> Subject:
        return self.node

    @property
    def asked(self) -> Query:
        return self.query

    def check(self, at: At) -> Iterator[Finding]:
        return found_by(self.query, at, {}, self.own_messages)


def rows_at_once(
    component: Sparql, shape: Shape, focus: str, data: DataGraph, number: int | None = None
) -> Iterator[dict[str, Term]] | None:
    """Return the solutions at all focus nodes by one query, or None where that cannot be said to be the same.

    ``focus`` is a pattern that binds ``$this`` to the focus nodes of a shape
    that has this constraint, of which there are ``number``; None says that
    they are few, named one by one. Each group of the query is evaluated with
    it, so that the solutions are those of each focus node, together (SHACL
    appendix A: pre-binding joins every pattern with what is bound).
    """
    query = component.query
    if words(query.text) & _OF_THE_WHOLE or variables(query.text) & _SPECIAL:
        return None
    text, outermost = _beginning(query, focus, data, number)
    if shape.path is not None:
        text = with_path(text, path_text(shape.path))
    bound = bind_focus(text, focus, outermost=outermost, optional=number is None)
    return None if bound is None else replace(query, text=bound, runnable=bound).rows(data, {})


def _beginning(query: Query, focus: str, data: DataGraph, number: int | None) -> tuple[str, str]:
    """Return the text of a query, and what binds the focus nodes in its outermost group.

    Where the query itself begins with their class, that does; where with a
    property that few nodes have, it is quicker to start from these.
    """
    begins = beginning(query.text)
    if begins.kind is not None and f"?this a {named(query.prefixes, begins.kind)} ." != focus:
        return query.text, focus
    properties = (named(query.prefixes, one) for one in begins.properties)
    if (
        number is not None
        and focus.startswith("?this a ")
        and any(one is not None and _FEWER * data.number_of(one) <= number for one in properties)
    ):
        return begins.rest, f"FILTER EXISTS {{ {focus} }}"
    return query.text, focus if begins.kind is None else ""


def sparql_constraints(say: Statements, *, is_property: bool) -> Iterator[Component]:
    """Yield the SPARQL constraints of a shape. Raises InputError RP311 for ill-formed ones."""
    for node in say.nodes("sparql"):
        its = Statements(say.index, node)
        query = read_query(its, "select", _BEFOREHAND, path=is_property)
        messages = tuple(its.texts("message"))
        if not its.flag("deactivated"):
            yield Sparql(node, query, messages)


def found_by(
    query: Query, at: At, parameters: Mapping[str, Term], messages: tuple[Literal, ...]
) -> Iterator[Finding]:
    """Yield a breach for each solution of a SELECT at the focus node (SHACL §5.3.2).

    ``messages`` are those of the constraint or validator. Raises InputError
    RP311 where a solution says that the constraint failed.
    """
    terms: dict[str, Term] = {
        "this": at.focus, "shapesGraph": SHAPES_GRAPH, "currentShape": at.shape.node, **parameters,
    }  # fmt: skip
    path = None if at.shape.path is None else path_text(at.shape.path)
    for row in query.rows(at.run.data, terms, path):
        if row.get("failure") == _TRUE:
            message = f"{query.name}: the query reports a failure at {at.focus}"
            raise InputError("RP311", message, hint="its ?failure is true there")
        yield finding(row, at.shape, messages)


def finding(row: Mapping[str, Term], shape: Shape, messages: tuple[Literal, ...]) -> Finding:
    """Return the breach that a solution tells of. The value node of a node shape is the focus node."""
    value = row.get("value") if shape.path is not None else row.get("value", row["this"])
    return Finding(value, _found_path(row), _messages(row, messages or shape.messages))


def _found_path(row: Mapping[str, Term]) -> Path | None:
    path = row.get("path")
    return Predicate(path) if isinstance(path, NamedNode) else None


def _messages(row: Mapping[str, Term], known: tuple[Literal, ...]) -> tuple[Literal, ...] | None:
    # SHACL §5.3.2: the first of the rules that gives a message.
    told = row.get("message")
    return (told,) if isinstance(told, Literal) and is_text(told) else filled(known, row) or None


def filled(messages: tuple[Literal, ...], terms: Mapping[str, Term]) -> tuple[Literal, ...]:
    """Return messages with ``{?name}`` and ``{$name}`` replaced by the texts of values."""

    def text(found: re.Match[str]) -> str:
        term = terms.get(found[1])
        return found[0] if term is None or isinstance(term, BlankNode) else term.value

    return tuple(Literal(_PLACEHOLDER.sub(text, one.value), language=one.language) for one in messages)
