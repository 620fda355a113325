"""Labels of blank nodes by RDFC-1.0 (W3C Recommendation RDF Dataset Canonicalization, 2024), in bounded work.

pyoxigraph can canonicalise, too, but it cannot be stopped, and a graph of a few dozen nodes that look alike
keeps it busy for ever. Here each step is counted, and the number of steps, not the clock, ends the work. The
labels are those of pyoxigraph (tested on generated graphs).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import sha256

from pyoxigraph import Quad

from repatria.canonical.ndegree import Issuer, Neighbours, TooMuchWork, by_hash
from repatria.canonical.tokens import QuadTokens, quad_lines, refuse_nested_blank, split_quad
from repatria.errors import InputError
from repatria.rdf.collector import collector_at_rest

STEPS = 600_000
"""Steps that any graph may take: some seconds. Each blank node adds some."""
STEPS_PER_NODE = 5


def canonical_labels(quads: Collection[Quad]) -> dict[str, str]:
    """Return blank node (its label in the quads) → its canonical label, ``c14n0`` and so on.

    Raises :class:`InputError` RP307 if too many blank nodes look alike to tell them apart in bounded work,
    RP309 if a triple term of RDF 1.2 holds a blank node.
    """
    labels = label_tokens(map(split_quad, quad_lines(quads)))
    return {node[2:]: label for node, label in labels.items()}


def label_tokens(quads: Iterable[QuadTokens]) -> dict[str, str]:
    """Return blank node (``_:`` and label) → canonical label of quads without doubles.

    Raises InputError RP307, RP309.
    """
    with collector_at_rest():
        return _labels(_by_node(quads))


def _labels(where: dict[str, list[QuadTokens]]) -> dict[str, str]:
    first = {node: _first_degree(node, found) for node, found in where.items()}
    canonical = Issuer("c14n")
    alike = []
    for nodes in by_hash(first):
        if len(nodes) == 1:
            canonical.issue(nodes[0])
        else:
            alike.append(nodes)
    if alike:
        steps = STEPS + STEPS_PER_NODE * len(where)
        _tell_apart(alike, Neighbours(where, first, canonical, steps), canonical)
    return canonical.issued


def _by_node(quads: Iterable[QuadTokens]) -> dict[str, list[QuadTokens]]:
    where: dict[str, list[QuadTokens]] = {}
    for quad in quads:
        subject, _, value, graph = quad
        if value.startswith("<<"):
            refuse_nested_blank(value)
        for node in dict.fromkeys(term for term in (subject, value, graph) if term.startswith("_")):
            where.setdefault(node, []).append(quad)
    return where


def _first_degree(node: str, quads: list[QuadTokens]) -> str:
    lines = []
    for subject, predicate, value, graph in quads:
        line = f"{_seen(subject, node)} {predicate} {_seen(value, node)}"
        lines.append(f"{line} {_seen(graph, node)} .\n" if graph else f"{line} .\n")
    lines.sort()
    return sha256("".join(lines).encode()).hexdigest()


def _seen(term: str, node: str) -> str:
    if term[:1] != "_":
        return term
    return "_:a" if term == node else "_:z"


def _tell_apart(alike: list[list[str]], neighbours: Neighbours, canonical: Issuer) -> None:
    try:
        for nodes in alike:
            results = []
            for node in nodes:
                if node not in canonical.issued:
                    issuer = Issuer("b")
                    issuer.issue(node)
                    results.append(neighbours.result(node, issuer))
            for _, issuer in sorted(results, key=lambda result: result[0]):
                for met in issuer.issued:
                    canonical.issue(met)
    except TooMuchWork:
        message = f"{sum(map(len, alike))} blank nodes look too much alike to give them canonical labels"
        hint = "name some of them by IRIs, or say what tells them apart: the work grows exponentially"
        raise InputError("RP307", message, hint=hint) from None
