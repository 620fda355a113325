"""What a change of some referents reaches: the totals that they belong to, and what these add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from repatria.assess.referents import Referent, Referents, read_referent
from repatria.store import Dataset
from repatria.terms import rep


@dataclass(frozen=True, slots=True)
class Nearby:
    """``heads`` (IRIs) are the referents whose totals may change, ``scope`` those whose numbers they add.

    ``referents`` holds these, and the series above them.
    """

    referents: Referents
    heads: set[str]
    scope: set[str]


def read_nearby(dataset: Dataset, touched: Iterable[str], others: Iterable[str] = ()) -> Nearby:
    """Return what is near the ``touched`` referents; ``others`` are read as well, with the series above."""
    known: dict[str, Referent | None] = {}

    def find(iri: str) -> Referent | None:
        if iri not in known:
            known[iri] = read_referent(dataset, iri)
        return known[iri]

    def series(iri: str) -> Iterable[str]:
        item = find(iri)
        return item.series if item else ()

    heads = _spread(touched, series)
    items = [item for iri in heads if (item := find(iri))]
    heads.update(agreement for item in items for agreement in item.under)
    begun = heads.union(*(_pointing(dataset, "under", iri) for iri in heads))
    scope = _spread(begun, lambda iri: _pointing(dataset, "partOfSeries", iri))
    near = map(find, sorted(_spread(scope.union(others), series)))
    return Nearby(Referents(item for item in near if item), heads, scope)


def _spread(start: Iterable[str], following: Callable[[str], Iterable[str]]) -> set[str]:
    """Return what there is at the start, and all that follows."""
    found = set(start)
    waiting = list(found)
    while waiting:
        new = set(following(waiting.pop())) - found
        found |= new
        waiting += new
    return found


def _pointing(dataset: Dataset, name: str, iri: str) -> Iterator[str]:
    """Yield what has ``iri`` as the value of a property."""
    for quad in dataset.store.quads_for_pattern(None, rep(name), NamedNode(iri), None):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value
