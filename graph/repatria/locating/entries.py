"""From a statement that a dossier or an entity file makes to the path of what says it there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode

from repatria.dossier.claims import claim_key
from repatria.dossier.documents import Document, JsonPath
from repatria.dossier.entities import entries
from repatria.dossier.index import SEGMENTS, Index
from repatria.dossier.ontology import inverses
from repatria.dossier.scope import Entry, listed
from repatria.errors import InputError
from repatria.locating.keys import KEYS
from repatria.locating.spots import Edge
from repatria.shacl.report import Term
from repatria.terms import PROV

_AGENT = PROV + "agent"
_HOP = "hop"
_Subject = tuple[str, JsonPath]


class Entries:
    """The subjects of a document and where they are described in it."""

    def __init__(self, document: Document, index: Index) -> None:
        self._data = document.data
        self._index = index
        self._source = str(self._data.get("id", ""))
        dossier = "claims" in self._data
        found = self._of_dossier() if dossier else self._of_entities(document)
        # What several claims share, such as a passage, each of them gives.
        self._subjects: dict[str, list[_Subject]] = defaultdict(list)
        for node, kind, path in found:
            self._subjects[node].append((kind, path))

    def path(self, edge: Edge) -> JsonPath | None:
        """Return the path of what makes a statement, or None where the document has not its subject.

        It is that of the value; of the entry of the subject where the value follows from that.
        """
        subject, predicate, value = edge
        said = self._said(subject, predicate.value, value)
        turned = inverses().get(predicate.value)
        if said is None and turned is not None:
            said = self._said(value, turned.value, subject)
        return said or self.subject(subject)

    def subject(self, node: Term | None) -> JsonPath | None:
        """Return the path of the entry of a subject, the first one."""
        known = self._known(node)
        return known[0][1] if known else None

    def nodes(self) -> frozenset[NamedNode]:
        """Return all subjects."""
        return frozenset(map(NamedNode, self._subjects))

    def at(self, path: JsonPath) -> Any:
        """Return the value at a path; None where there is none."""
        found: Any = self._data
        for step in path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def _known(self, node: Term | None) -> list[_Subject]:
        return self._subjects.get(node.value, []) if isinstance(node, NamedNode) else []

    def _said(self, subject: Term, predicate: str, value: Term) -> JsonPath | None:
        """Return the path of what gives a value; of several entries that of one that says just it."""
        paths = [path for one in self._known(subject) for path in self._paths(one, predicate, value)]
        exact = (path for path in paths if self._means(self.at(path), value))
        return next(exact, next(iter(paths), None))

    def _paths(self, subject: _Subject, predicate: str, value: Term) -> Iterator[JsonPath]:
        kind, path = subject
        if kind == _HOP:
            if predicate == _AGENT:
                yield path
            return
        for keys in KEYS[kind].get(predicate, ()):
            at: JsonPath = (*path, *keys.split("/"))
            if self.at(at) is not None:
                yield self._item(at, value)
        inner = (inside for _, inside in self._known(value))
        yield from (at for at in inner if at[: len(path)] == path and at != path)

    def _item(self, path: JsonPath, value: Term) -> JsonPath:
        """Return the path of the one member that means a value, or the path itself."""
        found = self.at(path)
        if isinstance(found, dict) and isinstance(value, Literal):
            tags = [tag for tag in found if str(tag).lower() == (value.language or "").lower()]
            return self._item((*path, tags[0]), value) if len(tags) == 1 else path
        if isinstance(found, list):
            meant = [number for number, item in enumerate(found) if self._means(item, value)]
            return (*path, meant[0]) if len(meant) == 1 else path
        return path

    def _means(self, item: object, value: Term) -> bool:
        if not isinstance(item, str) or isinstance(value, Literal):
            return str(item) == value.value
        if "#" in item:
            source, _, key = item.partition("#")
            claim, _, number = key.rpartition("/")
            names = self._index.names
            named = names.count(source or self._source, claim, number) if claim else ""
            return value.value in (names.claim(source or self._source, key), named)
        try:
            if self._index.find(item).node == value:
                return True
        except InputError:
            pass
        return value.value.endswith(f"/{item}")

    def _of_dossier(self) -> Iterator[tuple[str, str, JsonPath]]:
        names, source = self._index.names, self._source
        yield names.entity("source", source), "source", ()
        for number, claim in enumerate(self._data["claims"]):
            if claim.get("status") != "draft":
                path: JsonPath = ("claims", number)
                yield from self._of_claim(names.claim(source, claim_key(claim, self._index)), path, claim)

    def _of_claim(self, node: str, path: JsonPath, claim: Entry) -> Iterator[tuple[str, str, JsonPath]]:
        yield node, "claim", path
        yield f"{node}/retraction", "retraction", (*path, "retracted")
        yield from self._hops(node, path, claim)
        if (passage := claim.get("passage")) is not None:
            at: JsonPath = (*path, "passage")
            name = self._index.names.span("passage", self._source, passage["start"], passage["end"])
            yield name, "passage", at
            yield f"{name}/position", "passage position", at
            yield from self._evidence(at, passage)
        for number, count in enumerate(claim.get("counts", ())):
            at = (*path, "counts", number)
            yield f"{node}/count/{number}", "count", at
            yield f"{node}/count/{number}/quantity", "quantity", at
            if "evidence" in count:
                yield from self._evidence((*at, "evidence"), count["evidence"])

    def _evidence(self, path: JsonPath, piece: Entry) -> Iterator[tuple[str, str, JsonPath]]:
        end = piece["at"] + len(piece["fragment"])
        name = self._index.names.span("evidence", self._source, piece["at"], end)
        yield name, "passage", path
        yield f"{name}/position", "evidence position", path
        yield f"{name}/quote", "quote", path

    def _hops(self, node: str, path: JsonPath, claim: Entry) -> Iterator[tuple[str, str, JsonPath]]:
        """Yield the hops; that of the publisher, which need not be written, is the claim's own."""
        via, ends = listed(claim.get("via")), listed(claim.get("asserter"))
        hops = self._written(path, claim, "via", via)
        asserters = self._written(path, claim, "asserter", ends)
        if "via" not in claim and not self._narrates(ends):
            hops = [path]
        for number, at in enumerate([*hops, *asserters]):
            yield f"{node}/hop/{number}", _HOP, at

    def _narrates(self, asserters: list[str]) -> bool:
        try:
            publisher = self._index.find(self._data.get("publisher", ""))
            return [self._index.find(one) for one in asserters] == [publisher]
        except InputError:
            return False

    @staticmethod
    def _written(path: JsonPath, entry: Entry, key: str, values: list[str]) -> list[JsonPath]:
        """Return the paths of the values of a key that may have one or a list of them."""
        if isinstance(entry.get(key), list):
            return [(*path, key, number) for number in range(len(values))]
        return [(*path, key)] * len(values)

    def _of_entities(self, document: Document) -> Iterator[tuple[str, str, JsonPath]]:
        names = self._index.names
        for kind, number, entry in entries(document):
            path: JsonPath = (kind, number)
            if kind == "concepts":
                yield names.concept(entry["scheme"], entry["key"]), "concept", path
                continue
            node = names.entity(SEGMENTS[kind], entry["key"])
            yield node, "external" if kind == "external" else "entity", path
            for place, _ in enumerate(entry.get("identity", ())):
                name = f"{names.base}id/decision/{entry['key']}/{place}"
                yield name, "decision", (*path, "identity", place)
            for place, tenure in enumerate(entry.get("tenures", ())):
                yield names.entity("tenure", tenure["key"]), "tenure", (*path, "tenures", place)
