"""Dossiers and entity files as data to validate, with what they refer to in their workspace."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from pyoxigraph import NamedNode, Quad

from repatria.dossier.documents import Document, JsonPath, read_documents
from repatria.dossier.index import SEGMENTS
from repatria.dossier.library import Library, Report, load_library, missing_claim, read_dossiers
from repatria.dossier.schema import typer
from repatria.dossier.sources import Built
from repatria.errors import InputError, Location, Problems, RepatriaError
from repatria.locating import stamp_of
from repatria.locating.dossiers import WorkspaceFiles, mentions, source_of
from repatria.locating.entries import Entries
from repatria.locating.unchanged import AsStamped
from repatria.resources import folder
from repatria.shacl.data import DataGraph
from repatria.shacl.report import Term
from repatria.shacl.vocabulary import TYPE
from repatria.terms import Names
from repatria.validating.inputs import DOSSIERS, Files, Input
from repatria.validating.origins import Origins
from repatria.workspace import Workspace, find_workspace, read_workspace

_KINDS = frozenset((*SEGMENTS, "concepts"))


def files_input(paths: Sequence[str], workspace: Workspace | None) -> Input:
    """Return what reads files, as :func:`repatria.validating.inputs.files` does."""
    kinds = {path: _kind(Path(path)) for path in paths}
    dossiers = tuple(path for path, kind in kinds.items() if kind == "dossier")
    entities = tuple(path for path, kind in kinds.items() if kind == "entities")
    rdf = tuple(path for path, kind in kinds.items() if kind == "rdf")
    if not dossiers and not entities:
        return Files(rdf)
    first = Path((*dossiers, *entities)[0]).absolute().parent
    found = workspace or find_workspace(first) or find_workspace(Path.cwd())
    return Dossiers(found or read_workspace(folder("data").parent), dossiers, entities, rdf)


def _kind(path: Path) -> str:
    """Return what a file holds: rdf, a dossier, or entities."""
    suffix = path.suffix.lower()
    if suffix not in DOSSIERS:
        return "rdf"
    try:
        if suffix == ".json":
            data = json.loads(path.read_bytes())
        else:
            read = read_documents(path, typer("entities"), lambda _: None)
            data = next((document.data for document in read), None)
    except (OSError, ValueError, RecursionError):
        data = None
    if isinstance(data, dict) and data and _KINDS.issuperset(data):
        return "entities"
    if suffix != ".json" or (isinstance(data, dict) and "claims" in data and "@context" not in data):
        return "dossier"
    return "rdf"


@dataclass(slots=True)
class _Read:
    """What was read: the quads, the nodes that the files describe, and links to other dossiers."""

    quads: list[Quad] = field(default_factory=list)
    nodes: set[Term] = field(default_factory=set)
    links: list[tuple[str, Document, JsonPath]] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Dossiers:
    """Dossiers and entity files, with all entities of their workspace, and the dossiers they refer to.

    Only results at what they describe count. ``rdf`` are files of RDF beside them.
    """

    workspace: Workspace
    dossiers: tuple[str, ...]
    entities: tuple[str, ...]
    rdf: tuple[str, ...] = ()
    _read: list[Origins] = field(default_factory=list, compare=False, repr=False)

    complete = False

    def open(self) -> list[Quad]:
        """Read them. Raises Problems with all that is wrong, InputError as :class:`Files` does."""
        stamps = {_absolute(path): stamp_of(Path(path)) for path in (*self.dossiers, *self.entities)}
        beside = Files(self.rdf)
        others = list(_quads(beside)) if self.rdf else []
        errors: list[RepatriaError] = []
        found = self._all(errors.append)
        if errors:
            raise Problems(errors)
        for quad in others:
            found.nodes |= {cast("Term", quad.subject), cast("Term", quad.object)}
        named = ({_absolute(path): path for path in given} for given in (self.dossiers, self.entities))
        files = WorkspaceFiles(self.workspace, AsStamped(stamps), *named)
        self._read[:] = [Origins((files, *beside.origins().sources), frozenset(found.nodes))]
        return [*found.quads, *others]

    def origins(self) -> Origins:
        """Return where they are from, and what they describe."""
        return self._read[0] if self._read else Origins()

    def told(self, data: object) -> str:
        """Name the files and what counts beside them."""
        named = ", ".join((*self.dossiers, *self.entities, *self.rdf))
        return f"{named}, with all entities of the workspace and the dossiers referred to, but no drafts"

    def portable(self) -> Input:
        """Return the same."""
        return self

    def _all(self, report: Report) -> _Read:
        library = load_library(self.workspace, report, {_absolute(path): path for path in self.entities})
        found = _Read(list(library.quads))
        for path in self.entities:
            for document in read_documents(Path(path), typer("entities"), lambda _: None, path):
                if isinstance(document.data, dict):
                    found.nodes |= Entries(document, library.index).nodes()
        given = {_absolute(path) for path in self.entities}
        found.links = [
            (link, document, at)
            for link, document, at in library.derivations
            if _absolute(document.file) in given
        ]
        for path in self.dossiers:
            for built in read_dossiers(Path(path), path, library.index, library.judge(report)):
                self._take(found, built, library, report)
        self._referred(found, library, report)
        return found

    def _take(self, found: _Read, built: Built, library: Library, report: Report) -> None:
        if built.source in found.sources:
            message = f"the source id “{built.source}” is used by another dossier"
            hint = f"the other one is in {found.sources[built.source]}"
            report(InputError("RP139", message, hint=hint, location=built.document.location(("id",))))
            return
        found.sources[built.source] = built.document.file
        found.quads += [*built.quads, *built.external]
        found.nodes |= Entries(built.document, library.index).nodes()
        found.links += ((link, built.document, at) for link, at in built.claims)
        revised = built.document.data.get("revision_of")
        if revised is not None:
            found.links.append(
                (library.index.names.entity("source", revised), built.document, ("revision_of",))
            )

    def _referred(self, found: _Read, library: Library, report: Report) -> None:
        """Add the dossiers of the workspace that are referred to. Reports links that lead nowhere (RP124)."""
        names = library.index.names
        wanted = {source_of(NamedNode(link), names) for link, _, _ in found.links}.difference(found.sources)
        there = {quad.subject for quad in found.quads if quad.predicate == TYPE}
        for built in self._others(wanted, library):
            found.quads += [*built.quads, *built.external]
            there.update(quad.subject for quad in built.quads if quad.predicate == TYPE)
        for link, document, at in found.links:
            if NamedNode(link) not in there:
                report(_missing(link, names, document.location(at)))

    def _others(self, wanted: Iterable[str], library: Library) -> Iterator[Built]:
        """Yield the dossiers of the workspace with these ids, but for what is given."""
        ids = set(wanted)
        given = {_absolute(path) for path in self.dossiers}
        for path in self.workspace.source_files() if ids else ():
            if path not in given and mentions(path, ids):
                shown = self.workspace.shown(path)
                read = read_dossiers(path, shown, library.index, lambda _: None)
                yield from (built for built in read if built.source in ids)


def _missing(link: str, names: Names, place: Location) -> InputError:
    source = link.removeprefix(names.entity("source", ""))
    if source == link:
        return missing_claim(link, names, place)
    hint = "check the id, and that it is no draft"
    return InputError("RP124", f"there is no source “{source}”", hint=hint, location=place)


def _absolute(path: str) -> Path:
    return Path(path).resolve()


def _quads(files: Files) -> Iterable[Quad]:
    data = files.open()
    return data.quads() if isinstance(data, DataGraph) else data
