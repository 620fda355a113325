"""The inputs of a workspace read into quads: entity files first, then dossiers one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Quad

from repatria.dossier.documents import Document, JsonPath, read_documents
from repatria.dossier.entities import EntityGraphs, register
from repatria.dossier.index import Index
from repatria.dossier.ontology import concepts
from repatria.dossier.schema import check, typer
from repatria.dossier.sources import Built, build_source
from repatria.errors import InputError, Location, RepatriaError
from repatria.terms import Names
from repatria.workspace import Workspace

Report = Callable[[RepatriaError], None]
_NONE: Mapping[Path, str] = MappingProxyType({})


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


def load_library(workspace: Workspace, report: Report, given: Mapping[Path, str] = _NONE) -> Library:
    """Read all entity files; whatever is wrong goes to ``report``.

    ``given`` are files that count too, absolute, with the names that messages call them.
    """
    index = Index(Names(workspace.base))
    documents: list[Document] = []
    unread: list[RepatriaError] = []
    for path, name in (
        {path: workspace.shown(path) for path in workspace.entity_files()} | dict(given)
    ).items():
        for document in read_documents(path, typer("entities"), unread.append, name):
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


def missing_claim(target: str, names: Names, place: Location) -> InputError:
    """Return the error (RP124) of a link to a claim or count that is not there."""
    source, _, key = target.removeprefix(names.entity("claim", "")).partition("/")
    what = "count" if "/count/" in key else "claim"
    reference = f"{source}#{key.replace('/count/', '/')}"
    hint = "check the key, and that it is no draft"
    return InputError("RP124", f"there is no {what} {reference}", hint=hint, location=place)
