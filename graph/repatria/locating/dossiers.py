"""Places in dossiers and entity files: they are read into quads again, each of which tells its path."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import cast

from pyoxigraph import NamedNode, Quad

from repatria.dossier.documents import Document, read_documents
from repatria.dossier.entities import EntityGraphs
from repatria.dossier.index import Index
from repatria.dossier.library import load_library, read_dossiers
from repatria.dossier.schema import check, typer
from repatria.errors import InputError, RepatriaError
from repatria.locating.entries import Entries
from repatria.locating.found import Finds
from repatria.locating.lines import Lines
from repatria.locating.sources import stamp_of
from repatria.locating.spans import JsonSpans, Spans, YamlSpans
from repatria.locating.spots import Edge, Spot
from repatria.locating.unchanged import Same
from repatria.shacl.report import Place, Term
from repatria.terms import Names
from repatria.textfile import read_text
from repatria.workspace import Workspace

_ID = re.compile(rb"""\bid["']?\s*:\s*["']?([a-z0-9-]+)""")


@dataclass
class _Part:
    """One dossier or entity file (or one line of a JSON lines file) with what it says."""

    document: Document
    quads: list[Quad]
    index: Index
    text: str

    def triples(self) -> Iterator[Edge]:
        return (
            (cast("Term", quad.subject), quad.predicate, cast("Term", quad.object)) for quad in self.quads
        )

    def places(self, spots: Collection[Spot]) -> dict[Spot, Place]:
        finds: Finds[None] = Finds(spots)
        for edge in self.triples():
            if finds.wants(edge):
                finds.add(edge, None)
        found = {}
        for spot, (edge, _) in finds.items().items():
            place = self._place(spot, edge)
            if place is not None:
                found[spot] = place
        return found

    def _place(self, spot: Spot, edge: Edge) -> Place | None:
        path = self._entries.subject(spot.subject) if spot.value is None else self._entries.path(edge)
        if path is None:
            return None
        start, end = self._spans(path, spot.verb)
        return self._lines.place(start, end)

    @cached_property
    def _entries(self) -> Entries:
        return Entries(self.document, self.index)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text, self.document.file)

    @cached_property
    def _spans(self) -> Spans:
        suffix = Path(self.document.file).suffix.lower()
        if suffix == ".json":
            return JsonSpans(self.text)
        if suffix not in (".jsonl", ".ndjson"):
            return YamlSpans(self.text)
        before = self.text.split("\n")[: self.document.find(())[0]]
        return JsonSpans(before[-1], sum(len(line) + 1 for line in before[:-1]))


@dataclass
class WorkspaceFiles:
    """The dossiers and entity files of a workspace, of which those are read that results are about.

    ``same`` says of a file whether it is what it was. ``dossiers`` and ``entities`` are files beside
    them, absolute, with the names that places call them.
    """

    workspace: Workspace
    same: Same
    dossiers: dict[Path, str] = field(default_factory=dict)
    entities: dict[Path, str] = field(default_factory=dict)

    def reading(self) -> WorkspaceFiles | None:
        """Return itself, as files are read when it is known which; None where the entities are gone."""
        try:
            return self if self._of_entities else None
        except InputError:
            return None

    def triples(self) -> Iterator[Edge]:
        """Yield the triples of all files."""
        return (edge for part in self._parts(self._all()) for edge in part.triples())

    def places(self, spots: Collection[Spot]) -> dict[Spot, Place]:
        """Return where those of the spots are that the files write."""
        terms = {term for spot in spots for term in (spot.subject, spot.value)}
        found: dict[Spot, Place] = {}
        for part in self._parts(self._about(terms)):
            found = part.places(spots) | found
        return found

    @cached_property
    def _index(self) -> Index:
        return load_library(self.workspace, _ignore, self.entities).index

    @cached_property
    def _of_entities(self) -> dict[Path, str]:
        shown = self.workspace.shown
        return self.entities | {
            path: shown(path) for path in self.workspace.entity_files() if path not in self.entities
        }

    def _all(self) -> dict[Path, str]:
        files: dict[Path, str] = {}
        with suppress(InputError):  # a folder that is gone since
            files = {path: self.workspace.shown(path) for path in self.workspace.source_files()}
        return self._of_entities | self.dossiers | {p: n for p, n in files.items() if p not in self.dossiers}

    def _about(self, terms: Iterable[Term | None]) -> dict[Path, str]:
        """Return the files that may say something of some nodes: those with the id of a source, and all of
        the entities where something else is meant."""
        names = Names(self.workspace.base)
        own = [one for one in terms if isinstance(one, NamedNode) and one.value.startswith(names.base)]
        ids = {source_of(term, names) for term in own}
        found = dict(self._of_entities if "" in ids else self.entities) | self.dossiers
        ids.discard("")
        for path, name in self._all().items() if ids else ():
            if path not in self._of_entities and path not in found and mentions(path, ids):
                found[path] = name
        return found

    def _parts(self, files: dict[Path, str]) -> Iterator[_Part]:
        for path, name in files.items():
            before = stamp_of(path)
            if before is None or not self.same(path):
                continue
            try:
                parts = list(self._read(path, name))
            except RepatriaError:
                continue
            if stamp_of(path) == before:
                yield from parts

    def _read(self, path: Path, name: str) -> Iterator[_Part]:
        text = read_text(path, name)
        if path not in self._of_entities:
            for built in read_dossiers(path, name, self._index, _ignore):
                yield _Part(built.document, [*built.quads, *built.external], self._index, text)
            return
        for document in read_documents(path, typer("entities"), _ignore, name):
            if check(document, "entities", _ignore):
                graphs = EntityGraphs(self._index, _ignore)
                graphs.add(document)
                yield _Part(document, graphs.quads(), self._index, text)


def source_of(node: NamedNode, names: Names) -> str:
    """Return the id of the source that a source, claim, passage or evidence belongs to, or nothing."""
    for kind in ("source", "claim", "passage", "evidence"):
        rest = node.value.removeprefix(names.entity(kind, ""))
        if rest != node.value:
            return rest.partition("/")[0]
    return ""


def mentions(path: Path, ids: Collection[str]) -> bool:
    """Return whether a file may hold the dossier of one of some sources; it is not read as one."""
    try:
        return not {one.decode() for one in _ID.findall(path.read_bytes())}.isdisjoint(ids)
    except OSError:
        return False


def _ignore(_: RepatriaError) -> None:
    """Pass over what is wrong: the data were made without it, or their reader told it."""
