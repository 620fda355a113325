"""Small graphs full of blank nodes, written with any labels in any order; and a patch applied to one."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
    serialize,
)

from repatria.canonical import canonical_labels

_EX = "http://example.org/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_IRIS = [NamedNode(_EX + name) for name in "abc"]
_PROPERTIES = [NamedNode(_EX + name) for name in "pq"]
_PROPERTIES += [NamedNode(f"http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}") for name in ("first", "rest")]
_BLANK = [BlankNode(f"n{number}") for number in range(5)]
_LITERALS = [
    Literal("x"), Literal("x", language="en"), Literal('a "b" _:n1 <c>\n\t\\ \u0085\u2028'),
    Literal("1", datatype=NamedNode(_XSD + "integer")), Literal("01", datatype=NamedNode(_XSD + "integer")),
]  # fmt: skip

QUADS = st.lists(
    st.builds(
        Quad,
        st.sampled_from([*_BLANK, *_IRIS[:2]]),
        st.sampled_from(_PROPERTIES),
        st.sampled_from([*_BLANK, *_IRIS, *_LITERALS]),
        st.sampled_from([DefaultGraph(), DefaultGraph(), NamedNode(_EX + "g"), _BLANK[0]]),
    ),
    max_size=9,
)
"""Lists of quads in which most nodes are blank and many look alike."""


def write(path: Path, quads: list[Quad], seed: int | None = None) -> Path:
    """Write quads as N-Quads; with a seed in another order, and with other labels of blank nodes."""
    chance = random.Random(seed)
    names = [f"z{number}" for number in range(len(_BLANK))]
    if seed is not None:
        chance.shuffle(names)
        quads = [_renamed(quad, dict(zip(map(str, _BLANK), names, strict=True))) for quad in quads]
        chance.shuffle(quads)
    path.write_bytes(serialize(quads, format=RdfFormat.N_QUADS) or b"")
    return path


def _renamed(quad: Quad, names: dict[str, str]) -> Quad:
    subject, value, graph = (
        BlankNode(names[str(term)]) if isinstance(term, BlankNode) else term
        for term in (quad.subject, quad.object, quad.graph_name)
    )
    return Quad(subject, quad.predicate, value, graph)  # type: ignore[arg-type]


def canonical(quads: list[Quad]) -> frozenset[str]:
    """Return a graph in the form that isomorphic ones share, as pyoxigraph makes it."""
    found = Dataset(quads)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(map(str, found))


def patched(quads: list[Quad], patch: str) -> list[Quad]:
    """Apply an RDF Patch to the canonical form of a graph."""
    names = {f"_:{label}": name for label, name in canonical_labels(quads).items()}
    graph = {_renamed(quad, names) for quad in quads}
    rows = [row.split(" ", 1) for row in patch.split(" .\n")[:-1]]
    deleted = _read(rest[0] for operation, *rest in rows if operation == "D")
    assert deleted <= graph, "what is deleted was there"
    graph -= deleted
    added = _read(rest[0] for operation, *rest in rows if operation == "A")
    assert not added & graph, "what is added was not there"
    return list(graph | added)


def _read(rows: object) -> set[Quad]:
    text = "".join(f"{row} .\n" for row in rows)  # type: ignore[attr-defined]
    return set(parse(text, format=RdfFormat.N_QUADS))
