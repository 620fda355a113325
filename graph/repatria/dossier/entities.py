"""Entity files: from their entries to the index of entities and to quads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from repatria.dossier import dates
from repatria.dossier.documents import Document, JsonPath
from repatria.dossier.emit import Emitter, date, url
from repatria.dossier.index import CLASSES, PARTIES, SEGMENTS, Index
from repatria.dossier.ontology import concept_keys
from repatria.dossier.scope import listed, members
from repatria.errors import InputError, RepatriaError
from repatria.terms import CONCEPT, DCTERMS, ORG, RDFS, SCHEMA, SKOS, Names, iri, rep

Entry = dict[str, Any]
_CLAIM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*#[a-z0-9]+(-[a-z0-9]+)*")
_PREF = iri(SKOS + "prefLabel")
_ALT = iri(SKOS + "altLabel")
_DERIVED = iri("http://www.w3.org/ns/prov#wasDerivedFrom")
_SAME_AS = iri(SCHEMA + "sameAs")
_WIKIDATA = "http://www.wikidata.org/entity/"
_EARLIER = "the earlier day comes first"
_LANGUAGE = iri(SCHEMA + "inLanguage")
# Members of an entry that link to another entity: key → (property, kinds allowed).
_LINKS: dict[str, tuple[NamedNode, frozenset[str]]] = {
    "side": (rep("side"), PARTIES),
    "part_of": (iri(ORG + "subOrganizationOf"), frozenset({"organizations"})),
    "in": (iri(ORG + "postIn"), PARTIES),
    "parties": (rep("party"), PARTIES),
    "series": (rep("partOfSeries"), frozenset({"exchanges"})),
    "under": (rep("under"), frozenset({"agreements"})),
    "reached_at": (rep("reachedAt"), frozenset({"happenings"})),
    "place": (rep("place"), frozenset({"places"})),
}


def entries(document: Document) -> Iterator[tuple[str, int, Entry]]:
    """Yield (kind, number in its list, entry) of an entity file."""
    for kind, items in document.data.items():
        for number, entry in enumerate(items):
            yield kind, number, entry


def register(document: Document, index: Index, report: Callable[[RepatriaError], None]) -> None:
    """Add the entities and concepts of a file to ``index``; a key used twice is reported (RP139)."""
    for kind, number, entry in entries(document):
        if kind == "concepts":
            pair = (entry["scheme"], entry["key"])
            taken = pair in index.own_concepts or pair in concept_keys()
            index.own_concepts.add(pair)
            name, hint = f"concept of the scheme {pair[0]}", "shipped ones are in concepts.ttl"
        else:
            taken = index.add(kind, entry["key"], _names(kind, entry)) is None
            name, hint = "entity", "keys are unique over all kinds"
        if taken:
            message = f"the key “{entry['key']}” is used by another {name}"
            report(InputError("RP139", message, hint=hint, location=document.location((kind, number, "key"))))


def _names(kind: str, entry: Entry) -> list[str]:
    labels = [*entry.get("labels", {}).values()]
    labels += [name for names in entry.get("names", {}).values() for name in names]
    # A surname alone never identifies a person.
    return [label for label in labels if " " in label] if kind == "people" else labels


@dataclass(slots=True)
class EntityGraphs:
    """Turns entity files into the graphs entities, external and concepts.

    ``claims`` collects the IRIs of the claims that entities are derived from, with their places.
    """

    index: Index
    report: Callable[[RepatriaError], None]
    claims: list[tuple[str, Document, JsonPath]] = field(default_factory=list)
    tenures: set[str] = field(default_factory=set)
    entities: Emitter = field(init=False)
    external: Emitter = field(init=False)
    concepts: Emitter = field(init=False)

    def __post_init__(self) -> None:
        names = self.index.names
        self.entities = Emitter(names.graph("entities"))
        self.external = Emitter(names.graph("external"))
        self.concepts = Emitter(names.graph("concepts"))

    @property
    def names(self) -> Names:
        return self.index.names

    def quads(self) -> list[Quad]:
        """Return all quads so far."""
        return [*self.entities.quads, *self.external.quads, *self.concepts.quads]

    def add(self, document: Document) -> None:
        """Add the entries of one entity file."""
        for kind, number, entry in entries(document):
            path: JsonPath = (kind, number)
            if kind == "concepts":
                self._concept(document, path, entry)
            elif kind == "external":
                self._external_source(document, path, entry)
            else:
                self._entity(document, path, kind, entry)

    def _at(self, document: Document, path: JsonPath, error: RepatriaError) -> None:
        error.location = document.location(path)
        self.report(error)

    def _node(
        self, document: Document, path: JsonPath, reference: str, kinds: frozenset[str]
    ) -> NamedNode | None:
        try:
            return self.index.find(reference, kinds).node
        except InputError as error:
            self._at(document, path, error)
            return None

    def _entity(self, document: Document, path: JsonPath, kind: str, entry: Entry) -> None:
        out = self.entities
        node = iri(self.names.entity(SEGMENTS[kind], entry["key"]))
        out.type(node, CLASSES[entry.get("type", kind)])
        self._labels(document, path, out, node, entry)
        for name in entry.get("same_as", ()):
            out.add(node, _SAME_AS, NamedNode(_WIKIDATA + name))
        for key, (predicate, kinds) in _LINKS.items():
            for at, reference in members(path, entry, key):
                target = self._node(document, at, reference, kinds)
                if target is not None:
                    out.link(node, predicate, target)
        self._bounds(document, path, entry, node)
        for target, _ in self._derivations(document, path, entry):
            out.add(node, _DERIVED, target)
        self._identity(node, entry)
        for number, tenure in enumerate(entry.get("tenures", ())):
            self._tenure(document, (*path, "tenures", number), node, tenure)

    def _labels(
        self, document: Document, path: JsonPath, out: Emitter, node: NamedNode, entry: Entry
    ) -> None:
        for key, predicate in (("labels", _PREF), ("names", _ALT)):
            for language, found in entry.get(key, {}).items():
                for label in listed(found):
                    try:
                        out.add(node, predicate, Literal(label, language=language))
                    except ValueError as error:
                        hint = "a BCP 47 language tag: en, uk, ru, uk-Latn"
                        message = f"“{language}” is no language tag: {error}"
                        place = document.key_location((*path, key, language))
                        self.report(InputError("RP112", message, hint=hint, location=place))

    def _bounds(self, document: Document, path: JsonPath, entry: Entry, node: NamedNode) -> None:
        for key, predicate in (("not_before", rep("notBefore")), ("not_after", rep("notAfter"))):
            if key in entry:
                self.entities.add(node, predicate, date(dates.day(entry[key])))
        if entry.get("not_before", "") > entry.get("not_after", "9999"):
            error = InputError("RP136", "“not_after” is before “not_before”", hint=_EARLIER)
            self._at(document, (*path, "not_after"), error)

    def _derivations(
        self, document: Document, path: JsonPath, entry: Entry
    ) -> Iterator[tuple[NamedNode, bool]]:
        """Yield (claim or external source, whether it is an external source)."""
        for at, reference in members(path, entry, "derived_from"):
            source, hash_sign, key = reference.partition("#")
            if hash_sign and not _CLAIM.fullmatch(reference):
                hint = "write source#key, with keys of small letters, digits and hyphens"
                self._at(document, at, InputError("RP112", f"“{reference}” names no claim", hint=hint))
            elif hash_sign:
                claim = self.names.claim(source, key)
                self.claims.append((claim, document, at))
                yield NamedNode(claim), False
            else:
                node = self._node(document, at, reference, frozenset({"external"}))
                if node is not None:
                    yield node, True

    def _identity(self, node: NamedNode, entry: Entry) -> None:
        out = self.entities
        for number, decision in enumerate(entry.get("identity", ())):
            subject = NamedNode(f"{self.names.base}id/decision/{entry['key']}/{number}")
            out.type(subject, rep("IdentityDecision"))
            out.add(subject, rep("entity"), node)
            out.add(subject, rep("candidate"), NamedNode(_WIKIDATA + decision["candidate"]))
            out.add(subject, rep("decision"), self.index.concept("identity", decision["decision"]))
            out.add(subject, rep("reason"), Literal(decision["reason"]))
            out.add(subject, iri(DCTERMS + "date"), date(dates.day(decision["date"])))

    def _tenure(self, document: Document, path: JsonPath, person: NamedNode, tenure: Entry) -> None:
        if tenure["key"] in self.tenures:
            hint = "keys of tenures are unique over all people"
            error = InputError("RP139", f"the key “{tenure['key']}” is used by another tenure", hint=hint)
            self._at(document, (*path, "key"), error)
        self.tenures.add(tenure["key"])
        post = self._node(document, (*path, "post"), tenure["post"], frozenset({"posts"}))
        derivations = list(self._derivations(document, path, tenure))
        # What is known only from outside the articles stands in the graph external.
        out = self.external if all(outside for _, outside in derivations) else self.entities
        node = iri(self.names.entity("tenure", tenure["key"]))
        out.type(node, rep("Tenure"))
        out.link(node, iri(ORG + "member"), person)
        if post is not None:
            out.add(node, rep("post"), post)
        for key, name in (("start", "startDate"), ("end", "endDate")):
            if key in tenure:
                out.add(node, iri(SCHEMA + name), date(dates.day(tenure[key])))
        if tenure.get("start", "") > tenure.get("end", "9999"):
            error = InputError("RP136", "the tenure ends before it begins", hint=_EARLIER)
            self._at(document, (*path, "end"), error)
        for target, _ in derivations:
            out.add(node, _DERIVED, target)

    def _external_source(self, document: Document, path: JsonPath, entry: Entry) -> None:
        out = self.external
        node = iri(self.names.entity("external", entry["key"]))
        out.type(node, CLASSES["external"])
        label = ", ".join(part for part in (entry["publisher"], entry.get("published")) if part)
        out.add(node, iri(RDFS + "label"), Literal(label))
        out.add(node, iri(SCHEMA + "url"), url(entry["url"]))
        if "published" in entry:
            out.add(node, iri(SCHEMA + "datePublished"), date(dates.day(entry["published"])))
        if "language" in entry:
            out.add(node, _LANGUAGE, Literal(entry["language"]))

    def _concept(self, document: Document, path: JsonPath, entry: Entry) -> None:
        out, scheme = self.concepts, entry["scheme"]
        node = iri(self.names.concept(scheme, entry["key"]))
        out.type(node, iri(SKOS + "Concept"))
        self._labels(document, path, out, node, entry)
        out.add(node, iri(SKOS + "definition"), Literal(entry["definition"], language="en"))
        out.add(node, iri(SKOS + "inScheme"), iri(CONCEPT + scheme))
        out.add(node, iri(SKOS + "notation"), Literal(entry["key"]))
        if "broader" in entry:
            try:
                out.add(node, iri(SKOS + "broader"), self.index.concept(scheme, entry["broader"]))
            except InputError as error:
                self._at(document, (*path, "broader"), error)
