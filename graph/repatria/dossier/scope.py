"""What the builders of one dossier share: its document, the entities, and where errors go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import NamedNode

from repatria.dossier.documents import Document, JsonPath
from repatria.dossier.emit import Emitter
from repatria.dossier.index import Entity, Index, Use
from repatria.errors import InputError, RepatriaError

Entry = dict[str, Any]


def listed(value: Any) -> list[Any]:
    """Return what may be one value or a list of them as a list; None as an empty one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def members(path: JsonPath, entry: Entry, key: str) -> list[tuple[JsonPath, str]]:
    """Return (path, reference) of a member that may be one reference or a list of them, or missing."""
    value = entry.get(key)
    if value is None:
        return []
    if isinstance(value, list):
        return [((*path, key, number), reference) for number, reference in enumerate(value)]
    return [((*path, key), value)]


@dataclass(slots=True)
class Scope:
    """One dossier in the making.

    ``node`` is its source, ``keys`` the numbers of its claims that are no
    drafts by their keys; ``claims`` collects the IRIs of other claims referred
    to, with their places.
    """

    document: Document
    index: Index
    report: Callable[[RepatriaError], None]
    source: str
    node: NamedNode
    out: Emitter
    external: Emitter
    publisher: Entity | None = None
    keys: dict[str, int] = field(default_factory=dict)
    claims: list[tuple[str, JsonPath]] = field(default_factory=list)
    _entities: dict[tuple[str, frozenset[str] | None], Entity] = field(default_factory=dict)
    _concepts: dict[tuple[str, str], NamedNode] = field(default_factory=dict)

    @property
    def cited(self) -> bool:
        """Whether the claims of the dossier have no passages."""
        return bool(self.document.data.get("evidence") == "cited")

    def uses(self) -> list[Use]:
        """Return what each reference was resolved to, for later builds to compare."""
        use = self.index.use
        entities = [use(kinds, name, found.node) for (name, kinds), found in self._entities.items()]
        return entities + [use(scheme, key, node) for (scheme, key), node in self._concepts.items()]

    def problem(self, path: JsonPath, code: str, message: str, hint: str = "") -> None:
        """Report what is wrong at ``path``."""
        self.report(InputError(code, message, hint=hint, location=self.document.location(path)))

    def find(self, path: JsonPath, reference: str, kinds: frozenset[str] | None = None) -> Entity | None:
        """Return the entity of a reference, or None after reporting why there is none."""
        entity = self._entities.get((reference, kinds))
        if entity is None:
            try:
                entity = self._entities[reference, kinds] = self.index.find(reference, kinds)
            except InputError as error:
                error.location = self.document.location(path)
                self.report(error)
        return entity

    def entities(
        self, path: JsonPath, entry: Entry, key: str, kinds: frozenset[str] | None = None
    ) -> list[Entity]:
        """Return the entities of a member that may be one reference or a list; what is wrong is reported."""
        found = [self.find(at, reference, kinds) for at, reference in members(path, entry, key)]
        return [entity for entity in found if entity is not None]

    def concept(self, path: JsonPath, scheme: str, key: str) -> NamedNode | None:
        """Return a concept, or None after reporting that there is none."""
        node = self._concepts.get((scheme, key))
        if node is None:
            try:
                node = self._concepts[scheme, key] = self.index.concept(scheme, key)
            except InputError as error:
                error.location = self.document.location(path)
                self.report(error)
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

    def add_all(self, subject: NamedNode, predicate: NamedNode, values: Iterable[Entity]) -> None:
        """Add one link for each of ``values``, inverses included."""
        for value in values:
            self.out.link(subject, predicate, value.node)
