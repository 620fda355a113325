"""Writing quads into the store of a new build: all of them, or only what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from repatria.building.changes import Changes
from repatria.building.library import duplicate_source
from repatria.description import Statistics
from repatria.dossier.index import Use
from repatria.dossier.library import Library, Report, read_dossiers
from repatria.snapshot import Input
from repatria.terms import RDF, Names, iri

# So many claims are built before their quads are loaded: larger chunks take memory, not time.
CHUNK_CLAIMS = 2000
_TYPE = iri(RDF + "type")


@dataclass(slots=True)
class _Writer:
    """Reads dossiers and hands their quads on, chunk by chunk; fills the inputs' records."""

    library: Library
    dossiers: Changes
    report: Report
    load: Callable[[Iterable[Quad]], None]
    owners: dict[str, str]
    chunk: list[Quad] = field(default_factory=list)
    claims: int = 0

    def add(self, name: str) -> None:
        """Read one file of dossiers."""
        item = self.dossiers.inputs[name]
        item.sources = {}
        uses: dict[Use, None] = {}
        path, index = self.dossiers.paths[name], self.library.index
        for built in read_dossiers(path, name, index, self.report, self._unread):
            if built.source in self.owners:
                self.report(duplicate_source(built, self.owners[built.source]))
                continue
            self.owners[built.source] = name
            item.sources[built.source] = [built.claim_count, built.count_count]
            uses.update(dict.fromkeys(built.uses))
            self.chunk += built.quads
            self.chunk += built.external
            self.claims += built.claim_count
            if self.claims >= CHUNK_CLAIMS:
                self.flush()
        item.uses = tuple(uses)

    def flush(self) -> None:
        """Load what is left."""
        self.load(self.chunk)
        self.chunk, self.claims = [], 0

    def _unread(self) -> None:
        self.dossiers.complete = False


def write_all(
    store: Store,
    library: Library,
    dossiers: Changes,
    report: Report,
    numbers: Statistics,
    gather: Callable[[Iterable[Quad]], None] = lambda _: None,
) -> None:
    """Load all dossiers into the empty ``store``, chunk by chunk; fills the records and ``numbers``.

    ``gather`` is given the quads of each chunk as well.
    """

    def load(chunk: Iterable[Quad]) -> None:
        store.bulk_extend(chunk)
        gather(chunk)
        # All that a dossier or the entities give is in one chunk, some of it twice.
        numbers.add_all(set(chunk))

    writer = _Writer(library, dossiers, report, load, {}, list(library.quads))
    for name in dossiers.paths:
        writer.add(name)
    writer.flush()


def write_changed(
    store: Store,
    library: Library,
    dossiers: Changes,
    rebuild: list[str],
    before: dict[str, Input],
    entities_changed: bool,
    report: Report,
) -> set[str]:
    """Replace in ``store`` what changed; return the sources, claims and counts that are gone.

    ``store`` is the copy of the build before, which nobody reads yet.
    """
    names = library.index.names
    again = set(rebuild)
    kept = {name: item for name, item in dossiers.inputs.items() if name not in again}
    owners = {source: name for name, item in kept.items() for source in item.sources}
    replaced = [before[name] for name in [*rebuild, *dossiers.gone] if name in before]
    stale = [source for item in replaced for source in item.sources]
    old = {node for source in stale for node in _referables(store, names, source)}
    store.update(_removal(names, stale, entities_changed))
    chunk = list(library.quads) if entities_changed else []
    writer = _Writer(library, dossiers, report, store.extend, owners, chunk)
    for name in rebuild:
        # The record of the build before stays as it is.
        dossiers.inputs[name] = _fresh(dossiers.inputs[name])
        writer.add(name)
    writer.flush()
    return {node for node in old if not is_there(store, NamedNode(node))}


def is_there(store: Store, node: NamedNode) -> bool:
    """Say whether ``store`` describes ``node``."""
    return next(store.quads_for_pattern(node, _TYPE, None, None), None) is not None


def _fresh(item: Input) -> Input:
    return Input(item.size, item.mtime_ns, item.sha256)


def _referables(store: Store, names: Names, source: str) -> Iterator[str]:
    """Yield what other dossiers may point at: the source, its claims, their counts and quantities."""
    yield names.entity("source", source)
    start = names.claim(source, "")
    for quad in store.quads_for_pattern(None, _TYPE, None, names.graph("source", source)):
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(start):
            yield quad.subject.value


def _removal(names: Names, sources: list[str], entities_changed: bool) -> str:
    """Return the SPARQL update that removes what dossiers, and entities if they changed, had added."""
    external = names.graph("external")
    steps = []
    for graph in (names.graph("source", source) for source in sources):
        # First what the dossier had added to the graph external, while its subjects are still known.
        steps.append(
            f"DELETE {{ GRAPH {external} {{ ?s ?p ?o }} }}"
            f" WHERE {{ GRAPH {graph} {{ ?s a ?type }} GRAPH {external} {{ ?s ?p ?o }} }}"
        )
        steps.append(f"DROP SILENT GRAPH {graph}")
    if entities_changed:
        steps += [f"DROP SILENT GRAPH {names.graph(part)}" for part in ("entities", "concepts")]
        own = " || ".join(
            f'STRSTARTS(STR(?s), "{names.entity(kind, "")}")' for kind in ("external", "tenure", "person")
        )
        steps.append(
            f"DELETE {{ GRAPH {external} {{ ?s ?p ?o }} }}"
            f" WHERE {{ GRAPH {external} {{ ?s ?p ?o }} FILTER({own}) }}"
        )
    return " ;\n".join(steps)


def new_store(build: Path) -> Store:
    """Return an empty store in the folder of a build."""
    return Store(str(build / "store"))
