"""Writing quads into the store of a new build: all of them, or only what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, serialize

from repatria.building.changes import Changes
from repatria.building.library import Library, Report, duplicate_source, read_dossiers
from repatria.snapshot import Input
from repatria.terms import Names

# So many claims are built before their quads are loaded: larger chunks take memory, not time.
CHUNK_CLAIMS = 2000


def write_all(store: Store, library: Library, dossiers: Changes, report: Report) -> None:
    """Load all dossiers into the empty ``store``, chunk by chunk; fills the inputs' records."""
    seen: dict[str, str] = {}
    chunk: list[Quad] = list(library.quads)
    claims = 0
    for name, path in dossiers.paths.items():
        item = dossiers.inputs[name]
        item.sources, item.uses = {}, {}
        for built in read_dossiers(path, name, library.index, report):
            if built.source in seen:
                report(duplicate_source(built, seen[built.source]))
                continue
            seen[built.source] = name
            item.sources[built.source] = [built.claim_count, built.count_count]
            item.uses.update(built.uses)
            chunk += built.quads
            chunk += built.external
            claims += built.claim_count
            if claims >= CHUNK_CLAIMS:
                store.bulk_extend(chunk)
                chunk, claims = [], 0
    store.bulk_extend(chunk)


def write_changed(
    store: Store,
    library: Library,
    dossiers: Changes,
    rebuild: list[str],
    before: dict[str, Input],
    entities_changed: bool,
    report: Report,
) -> set[str]:
    """Replace in ``store`` what changed, in one transaction; return the claims and counts that are gone."""
    names = library.index.names
    owners = {source: name for name, item in dossiers.inputs.items() if name not in rebuild for source in item.sources}
    added: list[Quad] = []
    for name in rebuild:
        item = dossiers.inputs[name] = _fresh(dossiers.inputs[name])
        for built in read_dossiers(dossiers.paths[name], name, library.index, report):
            if built.source in owners:
                report(duplicate_source(built, owners[built.source]))
                continue
            owners[built.source] = name
            item.sources[built.source] = [built.claim_count, built.count_count]
            item.uses.update(built.uses)
            added += built.quads + built.external
    stale = [source for name in [*rebuild, *dossiers.gone] if name in before for source in before[name].sources]
    old = {iri for source in stale for iri in _referables(store, names, source)}
    graphs = [names.graph("source", source) for source in stale]
    if entities_changed:
        added += library.quads
    store.update(_update(names, graphs, entities_changed, added))
    return old - {quad.subject.value for quad in added if isinstance(quad.subject, NamedNode)}


def _fresh(item: Input) -> Input:
    return Input(item.size, item.mtime_ns, item.sha256)


def _referables(store: Store, names: Names, source: str) -> Iterator[str]:
    start = names.claim(source, "")
    for quad in store.quads_for_pattern(None, None, None, names.graph("source", source)):
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(start):
            yield quad.subject.value


def _update(names: Names, graphs: list[NamedNode], entities_changed: bool, added: Iterable[Quad]) -> str:
    external = names.graph("external")
    steps = []
    for graph in graphs:
        # First what the dossier had added to the graph external, while its subjects are still known.
        steps.append(
            f"DELETE {{ GRAPH {external} {{ ?s ?p ?o }} }}"
            f" WHERE {{ GRAPH {graph} {{ ?s a ?type }} GRAPH {external} {{ ?s ?p ?o }} }}"
        )
        steps.append(f"DROP SILENT GRAPH {graph}")
    if entities_changed:
        steps += [f"DROP SILENT GRAPH {names.graph(part)}" for part in ("entities", "concepts", "meta")]
        own = "".join(f' || STRSTARTS(STR(?s), "{names.base}id/{kind}/")' for kind in ("tenure", "person"))
        steps.append(
            f"DELETE {{ GRAPH {external} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {external} {{ ?s ?p ?o }}"
            f' FILTER(STRSTARTS(STR(?s), "{names.base}id/external/"){own}) }}'
        )
    steps.append(f"INSERT DATA {{ {_data(added)} }}")
    return " ;\n".join(steps)


def _data(quads: Iterable[Quad]) -> str:
    by_graph: dict[str, list[Quad]] = {}
    for quad in quads:
        by_graph.setdefault(str(quad.graph_name), []).append(quad)
    return "\n".join(f"GRAPH {graph} {{ {_triples(found)} }}" for graph, found in by_graph.items())


def _triples(quads: list[Quad]) -> str:
    text = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    return text.decode() if text is not None else ""


def new_store(build: Path) -> Store:
    """Return an empty store in the folder of a build."""
    return Store(str(build / "store"))
