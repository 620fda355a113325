"""Links to claims that are not there, found in the store and told with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Store

from repatria.building.changes import Changes
from repatria.building.library import Library, Report, read_dossiers
from repatria.errors import InputError
from repatria.terms import PROV, RDF, Names, iri, rep

_TYPE = iri(RDF + "type")
_DERIVED = iri(PROV + "wasDerivedFrom")
_REVISION = iri(PROV + "wasRevisionOf")
_LINKS = (
    *(rep(name) for name in ("confirms", "disputes", "alternativeTo", "refersTo", "supersedes", "sumOf", "multiplicand")),
    _REVISION,
)


def check_references(
    store: Store, library: Library, dossiers: Changes, report: Report, gone: Iterable[str] | None = None
) -> None:
    """Report each link to a claim, count or source that is not in ``store`` (RP124).

    With ``gone`` only links to those IRIs and links of the dossiers in
    ``dossiers.changed`` can be wrong; without, all are looked at.
    """
    for claim, document, path in library.derivations:
        if not _is_there(store, NamedNode(claim)):
            report(_missing(claim, library.index.names.base, document.location(path)))
    broken = set(_dangling(store) if gone is None else _dangling_to(store, library.index.names, dossiers, gone))
    for source in {source for source, _ in broken}:
        _locate(source, {target for found, target in broken if found == source}, library, dossiers, report)


def _is_there(store: Store, node: NamedNode) -> bool:
    return next(store.quads_for_pattern(node, _TYPE, None, None), None) is not None


def _dangling(store: Store) -> Iterator[tuple[str, str]]:
    for predicate in _LINKS:
        for quad in store.quads_for_pattern(None, predicate, None, None):
            if isinstance(quad.object, NamedNode) and not _is_there(store, quad.object):
                yield _source_of(quad.graph_name), quad.object.value


def _dangling_to(store: Store, names: Names, dossiers: Changes, gone: Iterable[str]) -> Iterator[tuple[str, str]]:
    for target in gone:
        for quad in store.quads_for_pattern(None, None, NamedNode(target), None):
            if quad.predicate in _LINKS:
                yield _source_of(quad.graph_name), target
    for name in dossiers.changed:
        for source in dossiers.inputs[name].sources:
            for predicate in _LINKS:
                for quad in store.quads_for_pattern(None, predicate, None, names.graph("source", source)):
                    if isinstance(quad.object, NamedNode) and not _is_there(store, quad.object):
                        yield source, quad.object.value


def _source_of(graph: object) -> str:
    return graph.value.rpartition("/")[2] if isinstance(graph, NamedNode) else ""


def _locate(source: str, targets: set[str], library: Library, dossiers: Changes, report: Report) -> None:
    """Read the dossier again, since places are not kept for what is right."""
    name = next((name for name, item in dossiers.inputs.items() if source in item.sources), None)
    if name is None:
        return
    for built in read_dossiers(dossiers.paths[name], name, library.index, lambda _: None):
        if built.source != source:
            continue
        for target, path in built.claims:
            if target in targets or target + "/quantity" in targets:
                report(_missing(target, library.index.names.base, built.document.location(path)))
        revised = built.document.data.get("revision_of")
        if revised is not None and library.index.names.entity("source", revised) in targets:
            place = built.document.location(("revision_of",))
            report(InputError("RP124", f"there is no source “{revised}”", location=place))


def _missing(target: str, base: str, location: object) -> InputError:
    from repatria.errors import Location

    source, _, key = target.removeprefix(f"{base}id/claim/").partition("/")
    what = "count" if "/count/" in key else "claim"
    reference = f"{source}#{key.replace('/count/', '/')}"
    place = location if isinstance(location, Location) else None
    return InputError("RP124", f"there is no {what} {reference}", hint="check the key, and that it is no draft", location=place)
