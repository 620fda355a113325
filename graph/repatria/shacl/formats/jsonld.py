"""A validation report as JSON-LD: results within the report, their details and paths within them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from repatria.shacl.formats.nesting import nested
from repatria.shacl.formats.rdf import NewNodes, result_quads
from repatria.shacl.report import Report
from repatria.shacl.spool import labelled
from repatria.shacl.vocabulary import FIRST, NIL, REST, SH, TYPE, XSD_STRING

_Properties = dict[NamedNode, list[Any]]
# With the vocabulary of SHACL the terms of a report need no prefix, and no other IRI is shortened.
_CONTEXT = {"@vocab": SH}


def jsonld_pieces(report: Report, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield one JSON-LD object, a result at a time."""
    head = {"@context": _CONTEXT, "@type": "ValidationReport", "conforms": report.conforms}
    yield json.dumps(head, indent=2).removesuffix("\n}")
    new = NewNodes()
    between = ',\n  "result": ['
    root = BlankNode("r")
    for result, labels in labelled(report.results):
        nodes = _by_subject(result_quads(root, result, labels, new))
        # The node of the result needs no label: nothing refers to it but the report.
        yield f"{between}\n{nested(_object(root, nodes))}"
        between = ","
    yield ("\n  ]" if report.results else "") + "\n}\n"


def _by_subject(quads: Iterator[Quad]) -> dict[BlankNode, _Properties]:
    nodes: dict[BlankNode, _Properties] = {}
    for quad in quads:
        assert isinstance(quad.subject, BlankNode)
        nodes.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
    return nodes


def _object(node: BlankNode, nodes: dict[BlankNode, _Properties]) -> dict[str, Any]:
    """Return a node of which nothing else speaks, with what it leads to inside it."""
    if FIRST in nodes[node]:
        return {"@list": list(_members(node, nodes))}
    found: dict[str, Any] = {}
    for predicate, values in nodes[node].items():
        if predicate == TYPE:
            found["@type"] = [value.value.removeprefix(SH) for value in values]
        else:
            found[predicate.value.removeprefix(SH)] = [_value(value, nodes) for value in values]
    return {key: value[0] if len(value) == 1 else value for key, value in found.items()}


def _members(node: BlankNode | NamedNode, nodes: dict[BlankNode, _Properties]) -> Iterator[Any]:
    while isinstance(node, BlankNode):
        yield _value(nodes[node][FIRST][0], nodes)
        node = nodes[node][REST][0]
    assert node == NIL


def _value(term: NamedNode | BlankNode | Literal | Triple, nodes: dict[BlankNode, _Properties]) -> Any:
    if isinstance(term, BlankNode):
        return _object(term, nodes) if term in nodes else {"@id": str(term)}
    if isinstance(term, NamedNode):
        return {"@id": term.value}
    assert isinstance(term, Literal)
    if term.language:
        return {"@value": term.value, "@language": term.language}
    plain = term.datatype == XSD_STRING
    return {"@value": term.value} if plain else {"@value": term.value, "@type": term.datatype.value}
