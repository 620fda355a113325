"""Links to claims that are not there, found in the store and told with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Store

from repatria.building.changes import Changes
from repatria.building.write import is_there
from repatria.dossier.library import Library, Report, missing_claim, read_dossiers
from repatria.dossier.sources import Built
from repatria.errors import InputError
from repatria.terms import PROV, Names, iri, rep

_CLAIM_LINKS = ("confirms", "disputes", "alternativeTo", "refersTo", "supersedes", "sumOf", "multiplicand")
_LINKS = (*(rep(name) for name in _CLAIM_LINKS), iri(PROV + "wasRevisionOf"))


def check_references(
    store: Store, library: Library, dossiers: Changes, report: Report, gone: Iterable[str] | None = None
) -> None:
    """Report each link to a claim, count or source that is not in ``store`` (RP124).

    With ``gone`` only links to those IRIs and links of the dossiers in
    ``dossiers.changed`` can be wrong; without, all are looked at. While a
    dossier could not be read, only links into those that could are judged.
    """
    names = library.index.names
    sources = {source: name for name, item in dossiers.inputs.items() for source in item.sources}

    def judged(target: str) -> bool:
        return dossiers.complete or _owner(target, names) in sources

    for claim, document, path in library.derivations:
        if not is_there(store, NamedNode(claim)) and judged(claim):
            report(missing_claim(claim, names, document.location(path)))
    broken: dict[str, dict[str, set[str]]] = {}
    for source, target in _dangling(store) if gone is None else _dangling_to(store, names, dossiers, gone):
        if source in sources and judged(target):
            broken.setdefault(sources[source], {}).setdefault(source, set()).add(target)
    for name, found in broken.items():
        # Read again, since places are not kept for what is right.
        for built in read_dossiers(dossiers.paths[name], name, library.index, lambda _: None):
            _locate(built, found.get(built.source, set()), names, report)


def _owner(target: str, names: Names) -> str:
    """Return the id of the source that a claim, count or source belongs to."""
    below = target.removeprefix(names.entity("claim", "")).removeprefix(names.entity("source", ""))
    return below.partition("/")[0]


def _dangling(store: Store) -> Iterator[tuple[str, str]]:
    for predicate in _LINKS:
        for quad in store.quads_for_pattern(None, predicate, None, None):
            if isinstance(quad.object, NamedNode) and not is_there(store, quad.object):
                yield _source_of(quad.graph_name), quad.object.value


def _dangling_to(
    store: Store, names: Names, dossiers: Changes, gone: Iterable[str]
) -> Iterator[tuple[str, str]]:
    for target in gone:
        for quad in store.quads_for_pattern(None, None, NamedNode(target), None):
            if quad.predicate in _LINKS:
                yield _source_of(quad.graph_name), target
    for name in dossiers.changed:
        for source in dossiers.inputs[name].sources:
            for predicate in _LINKS:
                for quad in store.quads_for_pattern(None, predicate, None, names.graph("source", source)):
                    if isinstance(quad.object, NamedNode) and not is_there(store, quad.object):
                        yield source, quad.object.value


def _source_of(graph: object) -> str:
    return graph.value.rpartition("/")[2] if isinstance(graph, NamedNode) else ""


def _locate(built: Built, targets: set[str], names: Names, report: Report) -> None:
    for target, path in built.claims:
        if target in targets or target + "/quantity" in targets:
            report(missing_claim(target, names, built.document.location(path)))
    revised = built.document.data.get("revision_of")
    if revised is not None and names.entity("source", revised) in targets:
        place = built.document.location(("revision_of",))
        hint = "check the id, and that it is no draft"
        report(InputError("RP124", f"there is no source “{revised}”", hint=hint, location=place))
