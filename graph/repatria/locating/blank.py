"""Which blank node of one reading of a document is which of another: labels differ, the text does not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from repatria.locating.sources import Source, blank_nodes
from repatria.rdf.turtle.document import Document
from repatria.rdf.turtle.terminals import LABEL

Same = dict[BlankNode, BlankNode]
_LABEL = re.compile(LABEL)
# Of the quads with one subject, property and graph: their values, in the order of the text.
_Key = tuple[object, NamedNode, object]
_Values = dict[_Key, list[object]]


def names_in(source: Source, quads: Iterable[Quad]) -> Same | None:
    """Return which blank node of a second reading is which of the data.

    ``quads`` are that reading, by the same parser. None if it does not give as many.
    """
    again = blank_nodes(quads)
    if source.blank is None:
        return {node: node for node in again}
    if len(again) != len(source.blank):
        return None
    return dict(zip(again, source.blank, strict=True))


def names_in_document(source: Source, document: Document, format: RdfFormat, content: bytes) -> Same:
    """Return which blank node of a document read with its places is which of the data.

    Two readers give the quads of brackets in different orders, but those with the same subject and
    property in the same one. Without certainty there are none.
    """
    labelled = {BlankNode(label[2:]) for label in _LABEL.findall(document.text)}
    if source.blank is None:
        return {node: node for node in labelled}
    try:
        parsed = list(parse(content, format))
    except (SyntaxError, ValueError):
        return {}
    ours = _paired([located.quad for located in document.quads], parsed, labelled)
    names = names_in(source, parsed)
    if ours is None or names is None:
        return {}
    return {mine: names[theirs] for mine, theirs in ours.items()}


def _paired(ours: Sequence[Quad], theirs: Sequence[Quad], labelled: set[BlankNode]) -> Same | None:
    """Return the blank nodes of one reading with those of the other, or None if the two do not fit."""
    if len(ours) != len(theirs):
        return None
    mine, other = _values(ours), _values(theirs)
    same: Same = {node: node for node in labelled}
    same.update(zip(_roots(ours, labelled), _roots(theirs, labelled), strict=False))
    about: dict[object, list[_Key]] = defaultdict(list)
    for key in mine:
        about[key[0]].append(key)
    # What stands in brackets is known once what the brackets stand in is.
    waiting: list[object] = [node for node in about if not isinstance(node, BlankNode) or node in same]
    while waiting:
        subject = waiting.pop()
        for key in about.pop(subject, ()):
            values = other.pop(_renamed(key, same), None)
            if values is None or len(values) != len(mine[key]):
                return None
            if not _fits(mine[key], values, same, waiting):
                return None
    return None if about or other else same


def _fits(mine: list[object], others: list[object], same: Same, waiting: list[object]) -> bool:
    """Take in which of two lists of values are the same, and return whether all can be."""
    for one, two in zip(mine, others, strict=True):
        if not isinstance(one, BlankNode) or not isinstance(two, BlankNode):
            if one != two:
                return False
        elif one not in same:
            same[one] = two
            waiting.append(one)
        elif same[one] != two:
            return False
    return True


def _values(quads: Iterable[Quad]) -> _Values:
    found: _Values = defaultdict(list)
    for quad in quads:
        found[quad.subject, quad.predicate, quad.graph_name].append(quad.object)
    return found


def _renamed(key: _Key, same: Same) -> _Key:
    subject, predicate, graph = key
    if isinstance(subject, BlankNode):
        subject = same.get(subject, subject)
    if isinstance(graph, BlankNode):
        graph = same.get(graph, graph)
    return subject, predicate, graph


def _roots(quads: Sequence[Quad], labelled: set[BlankNode]) -> list[BlankNode]:
    """Return the blank nodes in brackets that are a subject and stand in no others, in their order.

    A bracket that names a graph is one of them, where that is how it is met first.
    """
    values = {quad.object for quad in quads}
    found: dict[BlankNode, None] = {}
    for quad in quads:
        for node in (quad.graph_name, quad.subject):
            if isinstance(node, BlankNode) and node not in labelled and node not in values:
                found[node] = None
    return list(found)
