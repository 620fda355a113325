"""What the builders of one dossier share: its document, the entities, and where errors go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import NamedNode

from repatria.dossier.documents import Document, JsonPath
from repatria.dossier.emit import Emitter
from repatria.dossier.index import Entity, Index
from repatria.errors import InputError, RepatriaError

Entry = dict[str, Any]


def listed(value: Any) -> list[Any]:
    """Return what may be one value or a list of them as a list; None as an empty one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


@dataclass(slots=True)
class Scope:
    """One dossier in the making.

    ``uses`` keeps what each reference was resolved to, so that a later build
    knows whether a change of the entities touches this dossier;
    ``claims`` the IRIs of other claims referred to, with their places.
    """

    document: Document
    index: Index
    report: Callable[[RepatriaError], None]
    source: str
    out: Emitter
    external: Emitter
    uses: dict[str, str] = field(default_factory=dict)
    claims: list[tuple[str, JsonPath]] = field(default_factory=list)

    def problem(self, path: JsonPath, code: str, message: str, hint: str = "") -> None:
        """Report what is wrong at ``path``."""
        self.report(InputError(code, message, hint=hint, location=self.document.location(path)))

    def find(self, path: JsonPath, reference: str, kinds: frozenset[str] | None = None) -> Entity | None:
        """Return the entity of a reference, or None after reporting why there is none."""
        try:
            entity = self.index.find(reference, kinds)
        except InputError as error:
            error.location = self.document.location(path)
            self.report(error)
            return None
        self.uses[reference] = entity.node.value
        return entity

    def nodes(self, path: JsonPath, entry: Entry, key: str, kinds: frozenset[str] | None = None) -> list[NamedNode]:
        """Return the entities of a member that may be one reference or a list."""
        found = (self.find((*path, key), reference, kinds) for reference in listed(entry.get(key)))
        return [entity.node for entity in found if entity is not None]

    def concept(self, path: JsonPath, scheme: str, key: str) -> NamedNode | None:
        """Return a concept, or None after reporting that there is none."""
        try:
            node = self.index.concept(scheme, key)
        except InputError as error:
            error.location = self.document.location(path)
            self.report(error)
            return None
        self.uses[f"{scheme}/{key}"] = node.value
        return node

    def claim(self, path: JsonPath, reference: str) -> NamedNode:
        """Return the node of ``source#key`` or ``#key``, remembered for the check that it exists."""
        source, _, key = reference.partition("#")
        node = NamedNode(self.index.names.claim(source or self.source, key))
        self.claims.append((node.value, path))
        return node

    def count(self, path: JsonPath, reference: str) -> NamedNode:
        """Return the node of ``source#key/n`` or ``#key/n``, remembered likewise."""
        claim, _, number = reference.rpartition("/")
        source, _, key = claim.partition("#")
        node = NamedNode(self.index.names.count(source or self.source, key, number))
        self.claims.append((node.value, path))
        return node

    def add_all(self, subject: NamedNode, predicate: NamedNode, values: Iterable[NamedNode]) -> None:
        """Add one link for each of ``values``, inverses included."""
        for value in values:
            self.out.link(subject, predicate, value)


