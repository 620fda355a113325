"""Whether two datasets are the same but for the labels of blank nodes, for what this package has written.

Not a general test of isomorphism, which may take exponential time: in what is written here each blank node
either has a canonical label or is part of a tree, so that comparing hashes from the leaves up decides it.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from repatria.canonical.labels import label_tokens
from repatria.canonical.tokens import QuadTokens


def same(original: set[QuadTokens], rewritten: set[QuadTokens]) -> bool:
    """Say whether ``rewritten``, which was read from a canonical form of ``original``, is the same dataset.

    Raises InputError RP307.
    """
    if len(original) != len(rewritten):
        return False
    written = {token for quad in rewritten for token in quad if token.startswith("_:c14n")}
    labels = label_tokens(original) if written else {}
    found = {node: f"_:{label}" for node, label in labels.items() if f"_:{label}" in written}
    return _signature(original, found) == _signature(rewritten, {node: node for node in written})


def _signature(quads: Iterable[QuadTokens], labels: dict[str, str]) -> list[str] | None:
    """Return a text for each quad and each tree that is in no other, sorted; None if there is a cycle."""
    trees: dict[str, list[QuadTokens]] = {}
    inner: set[str] = set()
    texts = []
    for subject, predicate, value, graph in quads:
        if value[0] == "_" and value not in labels:
            inner.add(value)
        trees.setdefault(_root(subject, labels), []).append((subject, predicate, value, graph))
    hashes = {node: f"={label}" for node, label in labels.items()}
    for node in (*trees, *inner):
        if node and not _hash_tree(node, trees, hashes):
            return None
    for subject, predicate, value, graph in trees.pop("", ()):
        told = (hashes.get(token, token) for token in (subject, predicate, value, graph))
        texts.append(" ".join(told))
    return sorted([*texts, *(hashes[node] for node in trees if node not in inner)])


def _root(subject: str, labels: dict[str, str]) -> str:
    """Return a subject that belongs to a tree, or nothing."""
    return subject if subject[0] == "_" and subject not in labels else ""


def _hash_tree(top: str, trees: dict[str, list[QuadTokens]], hashes: dict[str, str]) -> bool:
    """Give a node and all below it their hashes, from the leaves up; False if there is a cycle."""
    begun: set[str] = set()
    waiting = [top]
    while waiting:
        node = waiting[-1]
        below = [value for _, _, value, _ in trees.get(node, ()) if value[0] == "_" and value not in hashes]
        if node in hashes or not below:
            lines = sorted(f"{p} {hashes.get(o, o)} {hashes.get(g, g)}" for _, p, o, g in trees.get(node, ()))
            hashes[node] = hashes.get(node) or "=" + sha256("\n".join(lines).encode()).hexdigest()
            waiting.pop()
        elif node in begun:
            return False
        else:
            begun.add(node)
            waiting += below
    return True
