"""What a validation found, in a file beside the store that it looked at.

One JSON file: the results, and as N-Quads the edits of the store since, which
were not validated. The shapes are not in it: their blank nodes are numbered as
they come in the shapes graph, and a digest tells whether it is the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from repatria.shacl.changing.edit import Edit
from repatria.shacl.changing.keeping import Kept
from repatria.shacl.data import Subject
from repatria.shacl.report import Result, Severity, Term
from repatria.shacl.running import Judged
from repatria.shacl.shapes_graph import ShapesGraph

_NAME = "validated.json"
_FORMAT = 1
# More results or quads are not kept: all of it is then validated again.
_MOST = 200_000
_UNKNOWN = (OSError, ValueError, TypeError, KeyError, AttributeError, IndexError, SyntaxError)


def write_kept(folder: Path, kept: Kept, shapes: ShapesGraph, digest: str) -> None:
    """Write what was found into a folder, whole or not at all; nothing if that is too much.

    ``digest`` is of the shapes and all else that decides the results. Raises OSError.
    """
    if len(kept.judged) + len(kept.theirs) > _MOST:
        (folder / _NAME).unlink(missing_ok=True)
        return
    writer = _Writer(shapes)
    data = {
        "format": _FORMAT,
        "digest": digest,
        "judged": [
            [writer.of_shape(one.shape), writer.term(one.focus), writer.result(one.result)]
            for one in kept.judged
        ],
        "others": [writer.of_shape(node) for node in kept.others],
        "theirs": [writer.result(one) for one in kept.theirs],
        "odd": sorted(node.value for node in kept.odd),
        "added": "",
        "removed": "",
    }
    _write(folder, data)


def carry_kept(old: Path, new: Path, edit: Edit, digest: str) -> None:
    """Take what one folder has over into another, and an edit that was not validated along with it.

    Nothing if there is nothing, or too much. Raises OSError.
    """
    data = _read(old, digest)
    if data is None:
        return
    before = Edit(frozenset(_quads(data["added"])), frozenset(_quads(data["removed"])))
    both = before.then(edit)
    if len(both.added) + len(both.removed) <= _MOST:
        _write(new, data | {"added": _lines(both.added), "removed": _lines(both.removed)})


def read_kept(folder: Path, shapes: ShapesGraph, digest: str) -> tuple[Kept, Edit] | None:
    """Return what was found, and the edits since.

    None if there is nothing of these shapes, or what there is cannot be read.
    """
    data = _read(folder, digest)
    if data is None:
        return None
    reader = _Reader(shapes)
    try:
        kept = Kept(
            tuple(Judged(reader.node(s), reader.term(f), reader.result(r)) for s, f, r in data["judged"]),
            frozenset(map(reader.node, data["others"])),
            tuple(map(reader.result, data["theirs"])),
            frozenset(map(NamedNode, data["odd"])),
        )
        return kept, Edit(frozenset(_quads(data["added"])), frozenset(_quads(data["removed"])))
    except _UNKNOWN:
        return None


def _write(folder: Path, data: dict[str, Any]) -> None:
    new = folder / f"{_NAME}.new"
    new.write_text(json.dumps(data, separators=(",", ":")), encoding="ascii")
    new.replace(folder / _NAME)


def _read(folder: Path, digest: str) -> dict[str, Any] | None:
    try:
        data: dict[str, Any] = json.loads((folder / _NAME).read_bytes())
        return data if (data["format"], data["digest"]) == (_FORMAT, digest) else None
    except _UNKNOWN:
        return None


def _lines(quads: Iterable[Quad]) -> str:
    return (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode()


def _quads(lines: str) -> Iterator[Quad]:
    return parse(lines.encode(), format=RdfFormat.N_QUADS)


def _blank_nodes(shapes: ShapesGraph) -> list[BlankNode]:
    nodes = (node for quad in shapes.quads for node in (quad.subject, quad.object))
    return list(dict.fromkeys(node for node in nodes if isinstance(node, BlankNode)))


class _Writer:
    """Makes plain data of terms: ``<IRI``, ``_label``, a number for one of the shapes, or a list."""

    def __init__(self, shapes: ShapesGraph) -> None:
        self._numbers = {node: number for number, node in enumerate(_blank_nodes(shapes))}

    def of_shape(self, term: Term | None) -> Any:
        return self._numbers[term] if isinstance(term, BlankNode) else self.term(term)

    def term(self, term: Term | None) -> Any:
        if isinstance(term, Literal):
            return [term.value, term.language, term.datatype.value]
        if isinstance(term, BlankNode):
            return f"_{term.value}"
        return None if term is None else f"<{term.value}"

    def result(self, one: Result) -> list[Any]:
        return [
            self.term(one.focus_node),
            one.path,
            self.term(one.value),
            self.of_shape(one.source_shape),
            self.of_shape(one.source_constraint),
            one.component.value,
            one.severity.value,
            [self.term(text) for text in one.messages],
            self.term(one.rule),
            self.term(one.custom_severity),
            [self.result(detail) for detail in one.details],
        ]


class _Reader:
    """Makes terms of plain data."""

    def __init__(self, shapes: ShapesGraph) -> None:
        self._nodes = _blank_nodes(shapes)

    def optional(self, data: Any) -> Term | None:
        return None if data is None else self.term(data)

    def term(self, data: Any) -> Term:
        if isinstance(data, int):
            return self._nodes[data]
        if isinstance(data, list):
            return _literal(*data)
        return BlankNode(data[1:]) if data[0] == "_" else NamedNode(data[1:])

    def node(self, data: Any) -> Subject:
        found = self.term(data)
        assert not isinstance(found, Literal)
        return found

    def result(self, data: list[Any]) -> Result:
        focus, path, value, shape, constraint, component, severity, texts, rule, custom, details = data
        found = Result(
            self.term(focus),
            path,
            self.optional(value),
            self.optional(shape),
            self.optional(constraint),
            NamedNode(component),
            Severity(severity),
            tuple(_literal(*text) for text in texts),
        )
        return replace(
            found,
            rule=rule and NamedNode(rule[1:]),
            custom_severity=custom and NamedNode(custom[1:]),
            details=tuple(map(self.result, details)),
        )


def _literal(value: str, language: str | None, datatype: str) -> Literal:
    return Literal(value, language=language) if language else Literal(value, datatype=NamedNode(datatype))
