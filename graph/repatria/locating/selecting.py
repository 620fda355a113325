"""The lines of N-Triples or N-Quads that may hold what is wanted: the rest need not be read with places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from io import BytesIO

from pyoxigraph import BlankNode, Literal

from repatria.locating.sources import Source
from repatria.locating.spots import Spot

# Bytes that are looked at together: in nearly all such parts no term is hidden.
_WINDOW = 1 << 16
# What hides a term from a look at the words of a line: what follows without a space, and escapes.
_HIDING = (re.compile(rb">[<_.]"), re.compile(rb"_:[^ \t]*[<.]"), re.compile(rb"\\[uU]"))


def wanted_lines(content: bytes, source: Source, spots: Collection[Spot]) -> tuple[bytes, list[int]] | None:
    """Return the lines that may have a subject or value of the spots, and their numbers from 1.

    None where that cannot be told by looking at a line.
    """
    terms = {term for spot in spots for term in (spot.subject, spot.value if spot.subject is None else None)}
    terms.discard(None)
    if any(isinstance(term, Literal) for term in terms):
        return None
    if source.blank is not None and any(isinstance(term, BlankNode) for term in terms):
        return None
    tokens = frozenset(str(term).encode() for term in terms)
    kept = list(_holding(content, tokens))
    return b"\n".join(line.rstrip(b"\r\n") for _, line in kept), [number for number, _ in kept]


def _holding(content: bytes, tokens: frozenset[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that may have one of the tokens as subject or value, with their numbers."""
    file, begun = BytesIO(content), 1
    while part := file.read(_WINDOW):
        part += file.readline()
        lines = part.splitlines()
        hiding = any(one.search(part) for one in _HIDING)
        for number, line in enumerate(lines, begun):
            if hiding or not tokens.isdisjoint(line.split(None, 3)[::2]):
                yield number, line
        begun += len(lines)
