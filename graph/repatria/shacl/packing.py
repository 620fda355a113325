"""A result as one line of JSON, and back: for what is kept outside memory."""

from __future__ import annotations

import json
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.errors import Location
from repatria.shacl.report import Place, Result, Severity, Term

# A language stands for a datatype where it has this mark before it.
_LANGUAGE = "@"


def pack(result: Result) -> str:
    """Return a result as a line of JSON without an end of line."""
    return json.dumps(_packed(result), ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Result:
    """Return the result that :func:`pack` wrote."""
    return _unpacked(json.loads(text))


def _packed(result: Result) -> list[Any]:
    place = result.place
    where = place.location if place else None
    return [
        _term(result.focus_node),
        result.path,
        _term(result.value),
        _term(result.source_shape),
        _term(result.source_constraint),
        result.component.value,
        result.severity.value,
        [_term(text) for text in result.messages],
        _term(result.rule),
        _term(result.custom_severity),
        [_packed(detail) for detail in result.details],
        [where.file, where.line, where.column, place.line, place.length] if place and where else None,
    ]


def _unpacked(items: list[Any]) -> Result:
    focus, path, value, shape, constraint, component, severity, messages, rule, custom, details, place = items
    return Result(
        _node(focus),
        path,
        _node(value),
        _node(shape),
        _node(constraint),
        NamedNode(component),
        Severity(severity),
        tuple(map(_node, messages)),
        _node(rule),
        _node(custom),
        tuple(map(_unpacked, details)),
        Place(Location(*place[:3]), *place[3:]) if place else None,
    )


def _term(term: Term | None) -> str | list[str] | None:
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, Literal):
        return [term.value, _LANGUAGE + term.language if term.language else term.datatype.value]
    return None if term is None else str(term)


def _node(packed: Any) -> Any:
    """Return the term; an IRI has a scheme, so that it does not start as a blank node does."""
    if packed is None:
        return None
    if isinstance(packed, str):
        return BlankNode(packed[2:]) if packed.startswith("_:") else NamedNode(packed)
    text, kind = packed
    if kind.startswith(_LANGUAGE):
        return Literal(text, language=kind.removeprefix(_LANGUAGE))
    return Literal(text, datatype=NamedNode(kind))
