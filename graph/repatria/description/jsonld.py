"""A description as compact JSON-LD: its context inside, the same statements as in Turtle."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import IO, Any

from pyoxigraph import Literal, NamedNode, Quad

from repatria.description.vocabulary import namespace
from repatria.terms import RDF, XSD, shorten

_TYPE = RDF + "type"
_PLAIN = frozenset({XSD + "string", RDF + "langString"})
Value = NamedNode | Literal


def write_jsonld(quads: Iterable[Quad], out: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Write the union of ``quads``, without blank nodes, as one JSON-LD document (UTF-8).

    The context has the prefixes that are used, and for each property of which
    all values are IRIs, or literals of one datatype, that type.
    """
    nodes: dict[str, dict[str, list[Value]]] = {}
    for quad in sorted(set(quads), key=str):
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        values = nodes.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, [])
        values.append(quad.object)
    types = _types(nodes)
    used = _used(nodes, prefixes)
    context: dict[str, Any] = dict(sorted(used.items()))
    context |= {shorten(name, used): {"@type": _short(kind, used)} for name, kind in sorted(types.items())}
    graph = [_node(name, properties, types, used) for name, properties in nodes.items()]
    text = json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=2)
    out.write(f"{text}\n".encode())


def _used(nodes: Mapping[str, Mapping[str, list[Value]]], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes of properties, classes and datatypes, the only terms that are shortened."""
    terms: set[str] = set()
    for properties in nodes.values():
        for name, values in properties.items():
            terms.add(name)
            terms.update(v.value for v in values if name == _TYPE)
            terms.update(v.datatype.value for v in values if isinstance(v, Literal))
    spaces = {namespace(term) for term in terms}
    return {prefix: space for prefix, space in prefixes.items() if space in spaces}


def _types(nodes: Mapping[str, Mapping[str, list[Value]]]) -> dict[str, str]:
    """Return for each property but rdf:type ``@id`` or the datatype that all its values have."""
    kinds: dict[str, set[str]] = {}
    for properties in nodes.values():
        for name, values in properties.items():
            found = (v.datatype.value if isinstance(v, Literal) else "@id" for v in values)
            kinds.setdefault(name, set()).update(found)
    single = {name: next(iter(found)) for name, found in kinds.items() if len(found) == 1}
    left_out = {XSD + "integer", *_PLAIN}
    return {name: kind for name, kind in single.items() if name != _TYPE and kind not in left_out}


def _node(
    name: str, properties: Mapping[str, list[Value]], types: Mapping[str, str], used: dict[str, str]
) -> dict[str, Any]:
    made: dict[str, Any] = {"@id": name}
    for predicate, values in sorted(properties.items(), key=lambda item: (item[0] != _TYPE, item[0])):
        found = [_value(value, types.get(predicate), predicate, used) for value in values]
        key = "@type" if predicate == _TYPE else _short(predicate, used)
        made[key] = found[0] if len(found) == 1 else found
    return made


def _value(value: Value, kind: str | None, predicate: str, used: dict[str, str]) -> Any:
    if isinstance(value, NamedNode):
        if predicate == _TYPE:
            return _short(value.value, used)
        return value.value if kind == "@id" else {"@id": value.value}
    datatype = value.datatype.value
    if kind is not None or datatype == XSD + "string":
        return value.value
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if datatype == XSD + "integer" and str(int(value.value)) == value.value:
        return int(value.value)
    return {"@value": value.value, "@type": _short(datatype, used)}


def _short(text: str, used: dict[str, str]) -> str:
    return text if text.startswith("@") else shorten(text, used)
