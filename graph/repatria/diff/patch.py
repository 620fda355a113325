"""A difference as RDF Patch, the format of Apache Jena and RDF Delta.

https://jena.apache.org/documentation/rdf-patch/ – a row for each statement,
``D`` to delete and ``A`` to add it, in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal

from repatria.diff.model import Diff


def to_patch(diff: Diff) -> str:
    """Return the difference as RDF Patch: applied to the first graph it gives the second.

    Blank nodes have the labels that they have in the difference: those of the
    canonical form of the first graph (RDFC-1.0) where it was made with them.
    """
    return "".join(f"{row}\n" for row in _rows(diff))


def _rows(diff: Diff) -> Iterator[str]:
    yield f"H from {Literal(diff.first)} ."
    yield f"H to {Literal(diff.second)} ."
    yield "TX ."
    yield from (f"D {line}" for line in diff.removed)
    yield from (f"A {line}" for line in diff.added)
    yield "TC ."
