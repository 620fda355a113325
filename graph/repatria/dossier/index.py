"""Which entities there are: found by key or by a label in any language."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from repatria.dossier.ontology import concept_keys
from repatria.errors import InputError
from repatria.terms import Names, concept, iri, rep

# The kinds of an entity file, by the names of its lists.
AGENTS = frozenset({"people", "organizations", "states", "unnamed"})
PARTIES = frozenset({"organizations", "states"})
REFERENTS = frozenset({"exchanges", "happenings", "agreements"})
# Kind → segment of the IRI.
SEGMENTS = {
    "people": "person",
    "organizations": "org",
    "states": "state",
    "unnamed": "unnamed",
    "posts": "post",
    "exchanges": "event",
    "happenings": "event",
    "agreements": "agreement",
    "places": "place",
    "external": "external",
}
_KIND_NAMES = {
    "people": "a person",
    "organizations": "an organization",
    "states": "a state",
    "unnamed": "an unnamed source",
    "posts": "a post",
    "exchanges": "an exchange",
    "happenings": "a happening",
    "agreements": "an agreement",
    "places": "a place",
    "external": "an external source",
}


def name_kinds(kinds: frozenset[str]) -> str:
    """Return the kinds in words: ``an organization or a state``."""
    return " or ".join(_KIND_NAMES[kind] for kind in sorted(kinds))


def folded(label: str) -> str:
    """Return ``label`` as labels are compared: composed letters, no capitals."""
    return unicodedata.normalize("NFC", label).casefold()


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """An entity as dossiers refer to it: kind (list name of the entity files), key, node."""

    kind: str
    key: str
    node: NamedNode


# How a reference was resolved: what it was sought among and the reference; the IRI found.
Use = tuple[str, str]


@dataclass(slots=True)
class Index:
    """All entities of a workspace."""

    names: Names
    by_key: dict[str, Entity] = field(default_factory=dict)
    by_label: dict[str, list[Entity]] = field(default_factory=dict)
    own_concepts: set[tuple[str, str]] = field(default_factory=set)
    hints: dict[str, str] = field(default_factory=dict)
    uses: dict[tuple[str | frozenset[str] | None, str], Use] = field(default_factory=dict)

    def add(self, kind: str, key: str, labels: list[str]) -> Entity | None:
        """Add an entity; None if the key is taken."""
        if key in self.by_key:
            return None
        entity = Entity(kind, key, iri(self.names.entity(SEGMENTS[kind], key)))
        self.by_key[key] = entity
        for label in labels:
            found = self.by_label.setdefault(folded(label), [])
            if entity not in found:
                found.append(entity)
        return entity

    def find(self, reference: str, kinds: frozenset[str] | None = None) -> Entity:
        """Return the entity of a key or label.

        Raises InputError RP120 (unknown), RP121 (ambiguous), RP122 (of another
        kind than ``kinds``), without a place.
        """
        entity = self.by_key.get(reference)
        if entity is None:
            entity = self._labelled(reference, kinds)
        if kinds is not None and entity.kind not in kinds:
            raise InputError(
                "RP122",
                f"“{reference}” is {_KIND_NAMES[entity.kind]}, not {name_kinds(kinds)}",
                hint="check the key, or the list of the entity file in which it stands",
            )
        return entity

    def _labelled(self, reference: str, kinds: frozenset[str] | None) -> Entity:
        found = self.by_label.get(folded(reference), [])
        if len(found) > 1 and kinds is not None:
            found = [entity for entity in found if entity.kind in kinds] or found
        if len(found) > 1:
            keys = ", ".join(entity.key for entity in found)
            message = f"“{reference}” is a name of several entities"
            raise InputError("RP121", message, hint=f"write one key: {keys}")
        if not found:
            raise InputError("RP120", f"there is no entity “{reference}”", hint=self._hint(reference))
        return found[0]

    def _hint(self, reference: str) -> str:
        if reference not in self.hints:
            close = difflib.get_close_matches(folded(reference), [*self.by_key, *self.by_label], n=1)
            entity = (self.by_key.get(close[0]) or self.by_label[close[0]][0]) if close else None
            self.hints[reference] = f"did you mean “{entity.key}”?" if entity else "add it to an entity file"
        return self.hints[reference]

    def use(self, among: str | frozenset[str] | None, reference: str, node: NamedNode) -> Use:
        """Return how a build remembers what ``reference``, in a scheme or among kinds, was resolved to.

        All dossiers share one object: a hundred thousand claims use the same few entities.
        """
        found = self.uses.get((among, reference))
        if found is None:
            what = f"concept:{among}" if isinstance(among, str) else ",".join(sorted(among or {"any"}))
            found = self.uses[among, reference] = (f"{what} {reference}", node.value)
        return found

    def resolve(self, use: str) -> NamedNode:
        """Return what the first part of a use, as :meth:`use` gives it, means now.

        Raises InputError as :meth:`find` and :meth:`concept` do.
        """
        what, _, reference = use.partition(" ")
        if what.startswith("concept:"):
            return self.concept(what.removeprefix("concept:"), reference)
        return self.find(reference, None if what == "any" else frozenset(what.split(","))).node

    def concept(self, scheme: str, key: str) -> NamedNode:
        """Return the concept of a scheme, the shipped one or the workspace's own.

        Raises InputError RP123 (unknown), without a place.
        """
        if (scheme, key) in concept_keys():
            return concept(scheme, key)
        if (scheme, key) in self.own_concepts:
            return iri(self.names.concept(scheme, key))
        known = sorted(name for found, name in concept_keys() | self.own_concepts if found == scheme)
        close = difflib.get_close_matches(key, known, n=1)
        others = f"known: {', '.join(known)}; or add it under `concepts`"
        hint = f"did you mean “{close[0]}”?" if close else others
        raise InputError("RP123", f"there is no {scheme} “{key}”", hint=hint)


CLASSES = {
    "people": rep("Official"),
    "organizations": iri("http://www.w3.org/ns/org#Organization"),
    "states": rep("State"),
    "unnamed": rep("UnnamedSource"),
    "posts": iri("http://www.w3.org/ns/org#Post"),
    "agreements": rep("Agreement"),
    "places": rep("Place"),
    "external": rep("ExternalSource"),
    "remains-exchange": rep("RemainsExchange"),
    "prisoner-exchange": rep("PrisonerExchange"),
    "exchange-series": rep("ExchangeSeries"),
    "negotiation": rep("Negotiation"),
    "war": rep("War"),
}
