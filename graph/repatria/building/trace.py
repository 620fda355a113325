"""What a build changes in the copy of the store that it begins from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse

from repatria.assess import RULES
from repatria.shacl.changing import Edit
from repatria.store import open_disk
from repatria.terms import RDF, Names, iri

_TYPE = iri(RDF + "type")
# For more assessments to compare, a validation of everything is quicker and takes less memory.
_MOST = 200_000


@dataclass(slots=True)
class Trace:
    """Takes down the triples of parts of a store before they are changed, and afterwards."""

    store: Store
    names: Names
    were: set[Quad] = field(default_factory=set)
    now: set[Quad] = field(default_factory=set)

    def before(self, sources: Iterable[str], entities: bool) -> None:
        """Take down what dossiers, and with ``entities`` the entity files, have in the store."""
        self.were.update(self._parts(sources, entities))

    def after(self, sources: Iterable[str], entities: bool) -> None:
        """The same, when the change is done."""
        self.now.update(self._parts(sources, entities))

    def assessed(self, gone: Iterable[str], fresh: Iterable[str]) -> None:
        """Take down triples of assessments that were removed and added, as N-Triples without their ends."""
        self.were.update(_stored(gone))
        self.now.update(_stored(fresh))

    def reassessed(self, old: Path) -> bool:
        """Take down all assessments, those of the build before in the folder ``old``; False if too many."""
        graph = self.names.graph("assessment", RULES)
        before = open_disk(old / "store").store
        for store, taken in ((before, self.were), (self.store, self.now)):
            found = list(islice(store.quads_for_pattern(None, None, None, graph), _MOST + 1))
            if len(found) > _MOST:
                return False
            taken.update(map(_triple, found))
        return True

    def edit(self) -> Edit:
        """Return what was added and removed."""
        return Edit.of(self.were, self.now)

    def _parts(self, sources: Iterable[str], entities: bool) -> Iterator[Quad]:
        names, external = self.names, self.names.graph("external")
        for part in ("meta", *(("entities", "concepts", "external") if entities else ())):
            yield from map(_triple, self.store.quads_for_pattern(None, None, None, names.graph(part)))
        for graph in (names.graph("source", source) for source in sources):
            quads = list(self.store.quads_for_pattern(None, None, None, graph))
            yield from map(_triple, quads)
            # What a dossier adds to the graph external is of its own subjects.
            for subject in {quad.subject for quad in quads if quad.predicate == _TYPE}:
                yield from map(_triple, self.store.quads_for_pattern(subject, None, None, external))


def _stored(triples: Iterable[str]) -> Iterator[Quad]:
    """Yield triples with their literals as a store writes them."""
    store = Store()
    text = "".join(f"{triple} .\n" for triple in triples)
    store.extend(parse(text.encode(), format=RdfFormat.N_TRIPLES))
    return iter(store)


def _triple(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object)
