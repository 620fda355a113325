"""The canonical N-Quads of a dataset by RDFC-1.0, and the hash of them."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from pyoxigraph import Quad

from repatria.canonical.labels import label_tokens
from repatria.canonical.tokens import QuadTokens, quad_lines, split_quad


def canonical_nquads(quads: Iterable[Quad]) -> list[str]:
    """Return the lines of the canonical N-Quads, each with its line end, in code point order.

    Raises :class:`InputError` RP307, RP309, see :func:`canonical_labels`.
    """
    lines = quad_lines(quads)
    # "_:" may stand in a literal, too; the labels decide.
    marked = [(place, split_quad(line)) for place, line in enumerate(lines) if "_:" in line]
    labels = {node: f"_:{label}" for node, label in label_tokens(quad for _, quad in marked).items()}
    if labels:
        for place, quad in marked:
            lines[place] = joined(quad, labels)
        lines.sort()
    return [f"{line} .\n" for line in lines]


def joined(tokens: QuadTokens, labels: dict[str, str]) -> str:
    """Return a line of N-Quads without its end, blank nodes by their labels."""
    return " ".join(labels.get(token, token) for token in tokens if token)


def fingerprint(quads: Iterable[Quad]) -> str:
    """Return the SHA-256 of the canonical N-Quads in UTF-8, as 64 hexadecimal digits.

    Two datasets have the same one just if they are isomorphic. Raises :class:`InputError` RP307, RP309.
    """
    digest = sha256()
    for line in canonical_nquads(quads):
        digest.update(line.encode())
    return digest.hexdigest()
