"""What a difference says: statements, and the claims, counts and things that they are about, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from pyoxigraph import Quad, RdfFormat, parse

ADDED: Final = "added"
REMOVED: Final = "removed"
CHANGED: Final = "changed"
Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """One value: as a term of N-Triples (a blank node with what is said of it), and in words."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one property had before only and has now only.

    ``place`` is where in the item it stands (empty: at its top), ``property`` an IRI, ``name``
    the property in words.
    """

    place: str
    property: str
    name: str
    old: tuple[Value, ...]
    new: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class CountChange:
    """A count (IRI) of a claim: its number in words before and now, and what it is a number of.

    ``old`` is None for one that is added, ``new`` for one that is removed. ``changes`` are all
    of its properties that changed.
    """

    iri: str
    kind: Kind
    old: str | None
    new: str | None
    of: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A claim, a source, another thing or subject that is added, removed or changed.

    ``iri`` is empty for a blank node; ``key`` is the short form, ``title`` who or what it is in
    words; ``removed`` and ``added`` are numbers of statements.
    """

    kind: Kind
    iri: str
    key: str
    title: str
    removed: int
    added: int
    changes: tuple[Change, ...]
    counts: tuple[CountChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are added, removed and changed."""

    added: int = 0
    removed: int = 0
    changed: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.added + self.removed + self.changed


@dataclass(frozen=True, slots=True)
class Section:
    """The items of one sort: how many there are, and those that are told, each kind by itself in order.

    ``outcomes`` is how many assessments came to another outcome; these are the first of them.
    """

    tally: Tally
    items: tuple[Item, ...]
    outcomes: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """How many statements only changed from one named graph (IRI; empty: none) to another."""

    old: str
    new: str
    statements: int


@dataclass(frozen=True, slots=True)
class Diff:
    """The difference between two graphs.

    ``first`` and ``second`` are their names. ``removed`` and ``added`` are lines of N-Quads in
    one spelling, sorted: all that has to be removed from the first and added to it to get the
    second. ``sections`` tells it by sort: sources, claims, entities, concepts, passages, dataset,
    assessments, other; ``counts`` is how many counts of claims are concerned. ``left_out`` are
    parts that were not compared: graphs, assessments; ``union``: named graphs were left out, since
    one side has none by its format.
    """

    first: str
    second: str
    removed: tuple[str, ...]
    added: tuple[str, ...]
    moved: tuple[Move, ...]
    sections: dict[str, Section]
    counts: Tally
    left_out: tuple[str, ...]
    union: bool

    @property
    def equal(self) -> bool:
        """Whether both say the same, whatever the labels of blank nodes."""
        return not self.removed and not self.added

    def removed_quads(self) -> Iterator[Quad]:
        """Yield what the first has and the second has not."""
        return parse("\n".join(self.removed), format=RdfFormat.N_QUADS)

    def added_quads(self) -> Iterator[Quad]:
        """Yield what the second has and the first has not."""
        return parse("\n".join(self.added), format=RdfFormat.N_QUADS)
