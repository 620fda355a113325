"""What a shapes graph says of one node, checked for form while it is read."""

from __future__ import annotations

import re

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.errors import InputError
from repatria.shacl.data import Subject
from repatria.shacl.paths import Node
from repatria.shacl.shapes_graph import WELL_FORMED, ShapesGraph
from repatria.shacl.vocabulary import RDF, XSD_BOOLEAN, XSD_INTEGER, XSD_STRING, sh

_LANG_STRING = NamedNode(RDF + "langString")
_INTEGER = re.compile(r"[+-]?[0-9]+")


class Statements:
    """The values of the SHACL properties of a node; ill-formed ones raise InputError RP311."""

    def __init__(self, index: ShapesGraph, node: Subject) -> None:
        self.index = index
        self.node = node

    @property
    def name(self) -> str:
        """What messages call the node: itself, or the nearest named shape that holds it."""
        rule = self.index.rule(self.node, None)
        if rule is None:
            return "a shape without a name"
        return f"the shape {rule}" if rule == self.node else f"inside the shape {rule}"

    def wrong(self, what: str) -> InputError:
        """Return the error that says what is ill-formed."""
        return InputError("RP311", f"{self.name}: {what}", hint=WELL_FORMED)

    def all(self, name: str) -> list[Node]:
        """Return all values of a SHACL property."""
        return self.index.objects(self.node, sh(name))

    def one(self, name: str) -> Node | None:
        """Return the only value of a property, or None."""
        values = self.all(name)
        if len(values) > 1:
            raise self.wrong(f"more than one sh:{name}")
        return values[0] if values else None

    def iris(self, name: str) -> list[NamedNode]:
        """Return values that must be IRIs."""
        values = self.all(name)
        for value in values:
            if not isinstance(value, NamedNode):
                raise self.wrong(f"sh:{name} must be an IRI, not {_shown(value)}")
        return values  # type: ignore[return-value]

    def one_iri(self, name: str) -> NamedNode | None:
        """Return the only value, an IRI, or None."""
        self.one(name)
        return next(iter(self.iris(name)), None)

    def nodes(self, name: str) -> list[Subject]:
        """Return values that must not be literals."""
        values = self.all(name)
        for value in values:
            if not isinstance(value, NamedNode | BlankNode):
                raise self.wrong(f"sh:{name} must be an IRI or blank node, not {_shown(value)}")
        return values  # type: ignore[return-value]

    def shapes(self, name: str) -> list[Subject]:
        """Return values that are shapes."""
        return self.nodes(name)

    def members(self, name: str) -> list[list[Node]]:
        """Return values that must be lists, as their members."""
        found = []
        for value in self.all(name):
            items = self.index.items(value)
            if items is None:
                raise self.wrong(f"sh:{name} must be a well-formed list")
            found.append(items)
        return found

    def shape_lists(self, name: str) -> list[tuple[Subject, ...]]:
        """Return values that must be lists of shapes."""
        found = []
        for items in self.members(name):
            for item in items:
                if not isinstance(item, NamedNode | BlankNode):
                    raise self.wrong(f"sh:{name} must be a list of shapes, not of {_shown(item)}")
            found.append(tuple(items))
        return found  # type: ignore[return-value]

    def number(self, name: str) -> int | None:
        """Return the only value, an integer, or None."""
        value = self.one(name)
        if value is None:
            return None
        if isinstance(value, Literal) and value.datatype == XSD_INTEGER and _INTEGER.fullmatch(value.value):
            # Of more digits there is no count nor length.
            return int(value.value[:1000])
        raise self.wrong(f"sh:{name} must be an integer, not {_shown(value)}")

    def flag(self, name: str) -> bool:
        """Return whether the only value is the literal ``true``; ``1`` is another term."""
        value = self.one(name)
        if value is None:
            return False
        known = {"true": True, "1": False, "false": False, "0": False}
        if not isinstance(value, Literal) or value.datatype != XSD_BOOLEAN or value.value not in known:
            raise self.wrong(f"sh:{name} must be true or false, not {_shown(value)}")
        return known[value.value]

    def literal(self, name: str) -> Literal | None:
        """Return the only value, a literal, or None."""
        value = self.one(name)
        if value is not None and not isinstance(value, Literal):
            raise self.wrong(f"sh:{name} must be a literal, not {_shown(value)}")
        return value

    def strings(self, name: str) -> list[str]:
        """Return values that must be plain strings."""
        found = []
        for value in self.all(name):
            if not isinstance(value, Literal) or value.datatype != XSD_STRING:
                raise self.wrong(f"sh:{name} must be a string, not {_shown(value)}")
            found.append(value.value)
        return found

    def texts(self, name: str) -> list[Literal]:
        """Return values that must be strings, with a language or without."""
        found = []
        for value in self.all(name):
            if not isinstance(value, Literal) or value.datatype not in (XSD_STRING, _LANG_STRING):
                raise self.wrong(f"sh:{name} must be text, not {_shown(value)}")
            found.append(value)
        return found


def _shown(value: Node) -> str:
    return "a blank node" if isinstance(value, BlankNode) else str(value)
