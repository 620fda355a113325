"""What a graph was built from, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal

from repatria import __version__
from repatria.building.changes import CONCEPTS, Changes, scan
from repatria.building.describing import about, description_digest
from repatria.building.library import builder_digest
from repatria.description import citation, cite
from repatria.dossier.emit import integer
from repatria.opening import open_workspace
from repatria.query.rows import Rows, TermRow
from repatria.snapshot import Input, Layout, Manifest, read_manifest
from repatria.terms import Names, rep
from repatria.workspace import Workspace


@dataclass(slots=True)
class Status:
    """Head lines (name → value) and one entry for each file: name, kind, state, sources, claims, counts."""

    head: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, str, str, int, int, int]] = field(default_factory=list)

    def rows(self) -> Rows:
        """Return the files as rows."""
        return Rows(("file", "kind", "state", "sources", "claims", "counts"), self._terms())

    def _terms(self) -> Iterator[TermRow]:
        for name, kind, state, *numbers in self.files:
            yield (Literal(name), Literal(kind), Literal(state), *(integer(number) for number in numbers))


def counted(totals: Mapping[str, int]) -> str:
    """Return numbers of things (plural noun → number) in words: ``1 source, 2 claims``."""
    things = ((number, name.removesuffix("s") if number == 1 else name) for name, number in totals.items())
    return ", ".join(f"{number} {name}" for number, name in things)


def status(workspace: Workspace | None) -> Status:
    """Return the status of a workspace, or of the shipped dataset for None.

    Raises StoreError RP402 (damaged store), InputError RP101.
    """
    if workspace is None:
        return _shipped()
    found = Status({"workspace": str(workspace.root), "store": str(workspace.store), "base": workspace.base})
    build = Layout(workspace.store).current_build()
    manifest = read_manifest(build) if build is not None else None
    if manifest is None:
        found.head["built"] = "nothing yet; `repatria build` makes it"
    else:
        found.head["built"] = counted(manifest.totals())
        found.head["conforms"] = {True: "yes", False: "no", None: "not validated"}[manifest.conforms]
        if manifest.builder != builder_digest(workspace):
            found.head["outdated"] = "rules or settings changed; the next build reads everything again"
        elif manifest.description != description_digest(workspace):
            found.head["outdated"] = "what the dataset says of itself changed; the next build says so"
    found.head["cite as"] = cite(about(workspace))
    _files(found, workspace, manifest)
    return found


def _files(found: Status, workspace: Workspace, manifest: Manifest | None) -> None:
    known = (manifest.entities, manifest.dossiers) if manifest else ({}, {})
    for kind, paths, before in (
        ("entities", workspace.entity_files(), known[0]),
        ("dossiers", workspace.source_files(), known[1]),
    ):
        changes = scan(workspace, paths, before)
        for name, item in changes.inputs.items():
            found.files.append((name, kind, _state(name, changes, before), *_numbers(item)))
        for name in changes.gone:
            found.files.append((name, kind, "gone", *_numbers(before[name])))


def _state(name: str, changes: Changes, before: dict[str, Input]) -> str:
    if name not in before or name == CONCEPTS:
        return "new"
    return "changed" if name in changes.changed else "built"


def _numbers(item: Input) -> tuple[int, int, int]:
    pairs = item.sources.values()
    return len(item.sources), sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)


def _shipped() -> Status:
    graph = open_workspace(None)
    store = graph.dataset.store
    found = Status({"workspace": "none here: the shipped dataset", "version": __version__})
    rows = graph.query(_SOURCES)
    assert isinstance(rows, Rows)
    for source, claims, counts in rows:
        found.files.append((f"{source}.yaml", "dossiers", "built", 1, claims, counts))
    versions = store.quads_for_pattern(None, rep("rulesVersion"), None, Names().graph("meta"))
    rules = [quad.object.value for quad in versions if isinstance(quad.object, Literal)]
    found.head["rules"] = ", ".join(rules)
    found.head["cite as"] = citation(graph.dataset)
    return found


_SOURCES = """
SELECT ?label (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(?count) AS ?counts) WHERE {
  ?source a rep:Source ; rdfs:label ?label . ?claim rep:source ?source .
  OPTIONAL { ?claim rep:hasCount ?count }
} GROUP BY ?label ORDER BY ?label"""
