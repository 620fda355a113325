"""Compact JSON-LD 1.1, framed by claim: first the claims with what belongs to them inside, then all else.

The context is the published one (``ontology/context.jsonld``), cut to what is
used, and stands in the document, so that nothing has to be fetched to read it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, TypeAlias, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from repatria.export.context import Context, Term
from repatria.export.triples import Object, Subject, labelled, sorted_triples
from repatria.terms import NS, OA, PROV, RDF, XSD

_TYPE = RDF + "type"
_CLAIM = NamedNode(NS + "Claim")
# A thing that is reached by one of these stands inside the one that it belongs to.
_BELONGS = frozenset(
    [NS + name for name in ("hasCount", "quantity", "passage", "evidence", "hop", "position", "cluster")]
    + [OA + "hasSelector", PROV + "wasInvalidatedBy"]
)
# Greater ones are written as text: many readers of JSON make floating-point numbers of them.
_EXACT = 2**53
_Described: TypeAlias = dict[str, list[Object]]


def write_jsonld(triples: Iterable[Triple], out: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Write triples as one JSON-LD document (UTF-8): a context and ``@graph``, the same bytes each time.

    Raises UsageError RP213 for an IRI that the context would read as another,
    InputError RP306 for what only RDF 1.2 has, RP307, RP309 for blank nodes.
    """
    context = Context(prefixes)
    nodes: dict[Subject, _Described] = {}
    for triple in sorted_triples(labelled(triples)):
        subject, value = cast("Subject", triple.subject), cast("Object", triple.object)
        nodes.setdefault(subject, {}).setdefault(triple.predicate.value, []).append(value)
    texts = [json.dumps(node, ensure_ascii=False, indent=1) for node in _Framed(nodes, context).roots()]
    head = json.dumps(context.used(), ensure_ascii=False, indent=1)
    out.write(f'{{\n"@context": {head},\n"@graph": ['.encode())
    for number, text in enumerate(texts):
        out.write(f"{',' if number else ''}\n{text}".encode())
    out.write(b"\n]\n}\n")


class _Framed:
    """The things of a graph as trees."""

    def __init__(self, nodes: dict[Subject, _Described], context: Context) -> None:
        self.nodes, self.context = nodes, context
        self.written: set[Subject] = set()
        self.once = {node for node, times in self._references().items() if times == 1}

    def roots(self) -> Iterator[dict[str, Any]]:
        """Yield each thing that stands in no other: claims first, each kind in the order of IRIs."""
        inner = {
            value
            for described in self.nodes.values()
            for predicate, values in described.items()
            for value in values
            if self._is_inner(predicate, value)
        }
        outer = [node for node in self.nodes if node not in inner]
        claims = [node for node in outer if _CLAIM in self.nodes[node].get(_TYPE, ())]
        # What is left in the end belongs to itself, in a circle.
        for node in (*claims, *outer, *self.nodes):
            if node not in self.written:
                yield self._node(node)

    def _references(self) -> Counter[Object]:
        values = (v for described in self.nodes.values() for values in described.values() for v in values)
        return Counter(value for value in values if isinstance(value, BlankNode))

    def _is_inner(self, predicate: str, value: Object) -> bool:
        return value in self.nodes and (predicate in _BELONGS or value in self.once)

    def _node(self, node: Subject) -> dict[str, Any]:
        self.written.add(node)
        made: dict[str, Any] = {"id": self.context.reference(node)}
        for key, value in sorted(self._members(self.nodes[node]), key=lambda m: self.context.rank(m[0])):
            made[key] = value
        return made

    def _members(self, described: _Described) -> Iterator[tuple[str, Any]]:
        for predicate, values in described.items():
            if predicate == _TYPE and (classes := [v for v in values if not isinstance(v, Literal)]):
                names = sorted(map(self.context.type_name, classes), key=self.context.rank)
                yield "type", _one_or_all(names)
                values = [v for v in values if isinstance(v, Literal)]
            term = self.context.term(predicate)
            if term and term.by_language:
                told = [v for v in values if isinstance(v, Literal) and v.language]
                values = [v for v in values if v not in told]
                if told:
                    yield term.name, _by_language(told)
                term = None
            if values:
                key = term.name if term else self.context.compact(predicate)
                yield key, _one_or_all([self._value(predicate, value, term) for value in values])

    def _value(self, predicate: str, value: Object, term: Term | None) -> Any:
        coercion = term.coercion if term else ""
        if isinstance(value, Literal):
            return self._literal(value, coercion)
        if self._is_inner(predicate, value) and value not in self.written:
            return self._node(value)
        name = self.context.reference(value)
        return name if coercion == "@id" else {"id": name}

    def _literal(self, value: Literal, coercion: str) -> Any:
        kind = value.datatype.value
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if kind == coercion:
            return _native(value.value, kind)
        if kind != XSD + "string":
            return {"@value": value.value, "@type": self.context.compact(kind)}
        return {"@value": value.value} if coercion else value.value


def _by_language(told: list[Literal]) -> dict[str, Any]:
    tags = sorted({value.language or "" for value in told})
    return {tag: _one_or_all([value.value for value in told if value.language == tag]) for tag in tags}


def _native(text: str, kind: str) -> Any:
    """Return a number or truth value of JSON where it is written in the one way that is read back."""
    if kind == XSD + "boolean" and text in ("true", "false"):
        return text == "true"
    if kind == XSD + "integer" and text.removeprefix("-").isascii() and text.removeprefix("-").isdigit():
        number = int(text) if len(text) < 20 else _EXACT
        return number if str(number) == text and abs(number) < _EXACT else text
    return text


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
