"""A shapes graph, indexed for look-ups: small, immutable, with the terms as they were parsed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from repatria.errors import InputError
from repatria.shacl.paths import Node, Path, path_text, read_path
from repatria.shacl.vocabulary import (
    FIRST,
    NIL,
    REST,
    SH,
    SHAPE_TYPES,
    SUB_CLASS_OF,
    TARGETS,
    TYPE,
    XSD_STRING,
    sh,
)

WELL_FORMED = "the SHACL specification lists what is well-formed: see its summary of syntax rules"
_SHAPE_PREDICATES = frozenset((*TARGETS, sh("property"), sh("node"), sh("path"), sh("target")))
_CONTAINERS = frozenset(
    map(sh, ("property", "sparql", "node", "not", "and", "or", "xone", "qualifiedValueShape"))
) | {FIRST, REST}


class ShapesGraph:
    """The triples of all graphs of the shapes, each once."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.quads = tuple(dict.fromkeys(Quad(quad.subject, quad.predicate, quad.object) for quad in quads))
        self._objects: dict[tuple[Node, NamedNode], list[Node]] = defaultdict(list)
        self._uses: dict[Node, list[tuple[NamedNode | BlankNode, NamedNode]]] = defaultdict(list)
        self._subjects: dict[NamedNode, list[NamedNode | BlankNode]] = defaultdict(list)
        for quad in self.quads:
            subject = quad.subject
            if isinstance(subject, NamedNode | BlankNode):
                self._objects[subject, quad.predicate].append(quad.object)
                self._uses[quad.object].append((subject, quad.predicate))
                self._subjects[quad.predicate].append(subject)

    def objects(self, subject: NamedNode | BlankNode, predicate: NamedNode) -> list[Node]:
        """Return the values of a property, in the order of the document."""
        return self._objects.get((subject, predicate), [])

    def subjects(self, predicate: NamedNode) -> list[NamedNode | BlankNode]:
        """Return the subjects of a property, once for each value."""
        return self._subjects.get(predicate, [])

    def uses(self, node: Node) -> list[tuple[NamedNode | BlankNode, NamedNode]]:
        """Return where a node is an object: pairs of subject and predicate."""
        return self._uses.get(node, [])

    def typed(self, kind: NamedNode) -> list[NamedNode | BlankNode]:
        """Return the nodes that are declared to be of a class."""
        return [subject for subject, predicate in self.uses(kind) if predicate == TYPE]

    def instances(self, kind: NamedNode) -> list[NamedNode | BlankNode]:
        """Return the nodes of a class or of one of its subclasses, by the shapes graph."""
        kinds: dict[NamedNode | BlankNode, None] = {kind: None}
        waiting: list[NamedNode | BlankNode] = [kind]
        while waiting:
            for child, predicate in self.uses(waiting.pop()):
                if predicate == SUB_CLASS_OF and child not in kinds:
                    kinds[child] = None
                    waiting.append(child)
        return list(dict.fromkeys(one for each in kinds for one, p in self.uses(each) if p == TYPE))

    def texts(self, *names: str) -> Iterator[tuple[Node, str]]:
        """Yield the subject and text of each literal of these SHACL properties, such as ``select``."""
        for name in names:
            for subject in dict.fromkeys(self.subjects(sh(name))):
                for value in self.objects(subject, sh(name)):
                    if isinstance(value, Literal):
                        yield subject, value.value

    def path(self, node: Node) -> str:
        """Return a property path of the graph as text. Raises :class:`InputError` RP311."""
        return path_text(self.parsed_path(node))

    def parsed_path(self, node: Node, shape: str = "a shape") -> Path:
        """Return a property path of the graph. Raises :class:`InputError` RP311."""
        try:
            return read_path(node, self.objects)
        except (ValueError, RecursionError):
            message = f"{shape}: the sh:path is no well-formed property path"
            raise InputError("RP311", message, hint=WELL_FORMED) from None

    def items(self, node: Node) -> list[Node] | None:
        """Return the members of a list, or None if it is no well-formed one."""
        found: list[Node] = []
        seen: set[Node] = set()
        while node != NIL:
            if not isinstance(node, NamedNode | BlankNode) or node in seen:
                return None
            seen.add(node)
            first, rest = self.objects(node, FIRST), self.objects(node, REST)
            if len(first) != 1 or len(rest) != 1:
                return None
            found.append(first[0])
            node = rest[0]
        return None if self.objects(NIL, FIRST) or self.objects(NIL, REST) else found

    def rule(self, constraint: Node | None, shape: Node | None) -> NamedNode | None:
        """Return the constraint or shape if it is named, otherwise the nearest named shape that holds it."""
        waiting: list[Node] = [node for node in (constraint, shape) if node is not None]
        seen: set[Node] = set()
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, NamedNode):
                return node
            if node not in seen:
                seen.add(node)
                holders = [holder for holder, predicate in self.uses(node) if predicate in _CONTAINERS]
                waiting.extend(sorted(holders, key=str))
        return None

    def has_message(self, *nodes: Node | None) -> bool:
        """Return whether the author of the shapes wrote a message for one of the nodes."""
        named = (node for node in nodes if isinstance(node, NamedNode | BlankNode))
        return any(self.objects(node, sh("message")) for node in named)

    def requirement(self, shape: Node | None, component: NamedNode) -> str | None:
        """Return what a shape asks by a core component, such as ``does not meet sh:minCount 1``, or None.

        Values without a name, such as lists, are not spelled out.
        """
        if not component.value.startswith(SH):
            return None
        name = component.value.removeprefix(SH).removesuffix("ConstraintComponent")
        predicate = sh(name[:1].lower() + name[1:])
        values = self.objects(shape, predicate) if isinstance(shape, NamedNode | BlankNode) else []
        if not values:
            return None
        texts = sorted(_brief(value) for value in values if not isinstance(value, BlankNode))
        return " ".join(["does not meet", f"sh:{predicate.value.removeprefix(SH)}", *texts])

    def require_shapes(self) -> None:
        """Raise :class:`InputError` RP312 if there is no shape: anything would conform to that."""
        declared = any(self.typed(kind) for kind in SHAPE_TYPES)
        if not declared and not any(self.subjects(predicate) for predicate in _SHAPE_PREDICATES):
            hint = (
                "give a file with sh:NodeShape or sh:PropertyShape; everything conforms to no shapes at all"
            )
            raise InputError("RP312", "no SHACL shapes found", hint=hint)


def _brief(value: Node) -> str:
    if isinstance(value, Literal):
        return str(value) if value.language or value.datatype == XSD_STRING else value.value
    if isinstance(value, NamedNode) and value.value.startswith(SH):
        return f"sh:{value.value.removeprefix(SH)}"
    return str(value)
