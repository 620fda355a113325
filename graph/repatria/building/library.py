"""Reading the inputs of a workspace: entity files first, then dossiers one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Quad

from repatria import __version__
from repatria.assess import RULES as ASSESSMENT_RULES
from repatria.dossier.documents import Document, JsonPath, read_documents
from repatria.dossier.entities import EntityGraphs, register
from repatria.dossier.index import Index
from repatria.dossier.ontology import concepts
from repatria.dossier.schema import check, typer
from repatria.dossier.sources import Built, build_source
from repatria.errors import InputError, RepatriaError
from repatria.resources import folder
from repatria.terms import Names
from repatria.workspace import Workspace

# Raised whenever the same dossier gives other quads than before.
RULES = "2026-11-22"

Report = Callable[[RepatriaError], None]


@dataclass(slots=True)
class Library:
    """The entities of a workspace: index, quads, and the claims they are derived from.

    ``complete`` is False if an entity file could not be read.
    """

    index: Index
    quads: list[Quad]
    kinds: dict[str, int]
    derivations: list[tuple[str, Document, JsonPath]]
    complete: bool

    def judge(self, report: Report) -> Report:
        """Return ``report`` without what cannot be judged: unknown entities while some are not read."""
        return report if self.complete else _without_unknown(report)


def _without_unknown(report: Report) -> Report:
    def judged(error: RepatriaError) -> None:
        if error.code not in ("RP120", "RP123"):
            report(error)

    return judged


def load_library(workspace: Workspace, report: Report) -> Library:
    """Read all entity files; whatever is wrong goes to ``report``."""
    index = Index(Names(workspace.base))
    documents: list[Document] = []
    unread: list[RepatriaError] = []
    for path in workspace.entity_files():
        for document in read_documents(path, typer("entities"), unread.append, workspace.shown(path)):
            if check(document, "entities", unread.append):
                documents.append(document)
                register(document, index, report)
    for error in unread:
        report(error)
    graphs = EntityGraphs(index, _without_unknown(report) if unread else report)
    kinds: dict[str, int] = {}
    for document in documents:
        graphs.add(document)
        for kind, entries in document.data.items():
            kinds[kind] = kinds.get(kind, 0) + len(entries)
    shipped = index.names.graph("concepts")
    quads = [Quad(q.subject, q.predicate, q.object, shipped) for q in concepts()]
    return Library(index, [*quads, *graphs.quads()], kinds, graphs.claims, not unread)


def read_dossiers(
    path: Path, shown: str, index: Index, report: Report, unread: Callable[[], None] = lambda: None
) -> Iterator[Built]:
    """Yield the dossiers of a file that are no drafts; ``unread`` is called if one cannot be built."""

    def failed(error: RepatriaError) -> None:
        unread()
        report(error)

    for document in read_documents(path, typer("dossier"), failed, shown):
        data = document.data
        if isinstance(data, dict) and data.get("status") == "draft":
            continue
        if check(document, "dossier", failed):
            built = build_source(document, index, report)
            if built is not None:
                yield built


def duplicate_source(built: Built, elsewhere: str) -> InputError:
    """Return the error of a source id that two dossiers use."""
    message = f"the source id “{built.source}” is used by another dossier"
    place = built.document.location(("id",))
    return InputError("RP139", message, hint=f"the other one is in {elsewhere}", location=place)


@cache
def _resources_digest() -> str:
    digest = hashlib.sha256()
    for name in ("repatria.ttl", "dossier.schema.json"):
        digest.update((folder("ontology") / name).read_bytes())
    return digest.hexdigest()


def builder_digest(workspace: Workspace) -> str:
    """Return a digest of all that decides the quads of a dossier but is no input of the workspace."""
    parts = (__version__, RULES, ASSESSMENT_RULES, workspace.base, _resources_digest())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def shapes_digest(workspace: Workspace) -> str:
    """Return a digest of the shapes, shipped and of the workspace; one that is missing counts as empty."""
    digest = hashlib.sha256()
    for path in (*sorted(folder("shapes").glob("*.ttl")), *workspace.shapes):
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def concepts_digest() -> str:
    """Return a digest of the shipped concepts, which the graph concepts is made from."""
    return hashlib.sha256((folder("ontology") / "concepts.ttl").read_bytes()).hexdigest()
