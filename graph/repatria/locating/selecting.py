"""The lines of N-Triples or N-Quads that may hold what is wanted: the rest need not be read with places."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from io import BytesIO

from pyoxigraph import BlankNode, Literal

from repatria.locating.sources import Source
from repatria.locating.spots import Spot


def wanted_lines(content: bytes, source: Source, spots: Collection[Spot]) -> tuple[bytes, list[int]] | None:
    """Return the lines with a subject or value of the spots, and their numbers from 1.

    None where that cannot be told by looking at a line.
    """
    terms = {term for spot in spots for term in (spot.subject, spot.value if spot.subject is None else None)}
    terms.discard(None)
    if any(isinstance(term, Literal) for term in terms):
        return None
    if source.blank is not None and any(isinstance(term, BlankNode) for term in terms):
        return None
    tokens = {str(term).encode() for term in terms}
    kept: list[bytes] = []
    numbers: list[int] = []
    for number, line in enumerate(_lines(content), 1):
        if _may_hold(line, tokens):
            kept.append(line.rstrip(b"\r\n"))
            numbers.append(number)
    return b"\n".join(kept), numbers


def _lines(content: bytes) -> Iterator[bytes] | Iterable[bytes]:
    return content.splitlines() if b"\r" in content else BytesIO(content)


def _may_hold(line: bytes, tokens: Collection[bytes]) -> bool:
    parts = line.split(None, 3)
    if len(parts) < 4:
        # Terms may stand without a space between them.
        return bool(parts) and not line.isspace()
    subject, _, value, _ = parts
    if subject in tokens or value in tokens or b"\\" in subject:
        return True
    return value[:1] in b"<_" and (b"\\" in value or b"><" in value or _joined(value))


def _joined(value: bytes) -> bool:
    """Return whether something follows a node without a space."""
    return not value.endswith(b">") if value[:1] == b"<" else b"<" in value or value.endswith(b".")
