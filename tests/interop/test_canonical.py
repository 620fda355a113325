"""The hash of the canonical N-Quads (RDFC-1.0, SHA-256) is the same by us, pyoxigraph and rdf-canonize."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from itertools import permutations
from pathlib import Path
from random import Random

import pyoxigraph
import pytest
from _pytest.mark import ParameterSet
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, DefaultGraph, NamedNode, Quad, RdfFormat
from tests.interop.foreign import Servers
from tests.interop.hard import TOPICS
from tests.interop.samples import VOCABULARIES, dataset, vocabulary

from repatria.canonical import canonical_nquads, fingerprint

Node = NamedNode | BlankNode
Name = NamedNode | BlankNode | DefaultGraph
KNOWS = NamedNode("http://example.org/knows")


def _by_pyoxigraph(quads: Collection[Quad]) -> str:
    found = Dataset(quads)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return hashlib.sha256("".join(sorted(f"{quad} .\n" for quad in found)).encode()).hexdigest()


def _by_rdf_canonize(quads: Collection[Quad], servers: Servers, folder: Path) -> str:
    file, out = folder / "given.nq", folder / "canonical.nq"
    pyoxigraph.serialize(quads, file, format=RdfFormat.N_QUADS)
    servers["javascript"].ask("canonize", file=file, quads=out)
    return hashlib.sha256(out.read_bytes()).hexdigest()


def _knowing(edges: Collection[tuple[int, int]], *, graphs: bool = False) -> list[Quad]:
    nodes = [BlankNode() for _ in range(1 + max(max(edge) for edge in edges))]
    names: list[Name] = [BlankNode(), NamedNode("http://example.org/graph")] if graphs else [DefaultGraph()]
    pairs = enumerate(edges)
    return [Quad(nodes[a], KNOWS, nodes[b], names[number % len(names)]) for number, (a, b) in pairs]


def _random(seed: int) -> list[Quad]:
    """Return a graph of few blank nodes and IRIs in which many blank nodes look alike."""
    random = Random(seed)
    blank = [BlankNode() for _ in range(6)]
    nodes: list[Node] = [*blank, NamedNode("http://example.org/a")]
    names: list[Name] = [DefaultGraph(), NamedNode("http://example.org/g"), *blank[:2]]
    chosen = names[: 1 + seed % 4]
    quads = (Quad(random.choice(nodes), KNOWS, random.choice(nodes), random.choice(chosen)) for _ in range(9))
    return list(set(quads))


RING = [(n, (n + 1) % 7) for n in range(7)]
GRAPHS: dict[str, Collection[Quad]] = {
    "the dataset": dataset(),
    **{path.name: vocabulary(path) for path in VOCABULARIES},
    **TOPICS,
    "a ring": _knowing(RING),
    "two rings": _knowing([*RING, *((a + 7, b + 7) for a, b in RING)]),
    "a ring in two graphs": _knowing(RING, graphs=True),
    "all know all": _knowing(list(permutations(range(4), 2))),
    "a cube": _knowing([(a, a ^ bit) for a in range(8) for bit in (1, 2, 4)]),
    **{f"random {seed}": _random(seed) for seed in range(60)},
}


# Where rdf-canonize leaves RDFC-1.0, which escapes characters that XML 1.1 has not, and orders lines by code
# points.
OTHERWISE = {
    "noncharacters": "rdf-canonize writes U+FFFE and U+FFFF as they are",
    "texts": "rdf-canonize orders lines by UTF-16, which differs where U+FEFF meets an emoji",
}


def _cells(names: Iterable[str], otherwise: Mapping[str, str]) -> list[ParameterSet]:
    return [
        pytest.param(
            name, marks=pytest.mark.xfail(reason=otherwise[name], strict=True) if name in otherwise else ()
        )
        for name in names
    ]


@pytest.mark.parametrize("name", _cells(GRAPHS, OTHERWISE))
def test_rdf_canonize_agrees_on_the_hash(name: str, servers: Servers, tmp_path: Path) -> None:
    quads = GRAPHS[name]
    assert fingerprint(quads) == _by_rdf_canonize(quads, servers, tmp_path)


@pytest.mark.parametrize(
    "name", _cells(GRAPHS, {"random 54": "pyoxigraph errs where blank nodes name graphs"})
)
def test_pyoxigraph_agrees_on_the_hash(name: str) -> None:
    quads = GRAPHS[name]
    ours = fingerprint(quads)
    assert ours == hashlib.sha256("".join(canonical_nquads(quads)).encode()).hexdigest()
    assert ours == _by_pyoxigraph(quads)


def test_names_and_order_of_blank_nodes_do_not_matter() -> None:
    edges = [*RING, (0, 3), (1, 5)]
    assert len({fingerprint(_knowing(order)) for order in (edges, edges[::-1], sorted(edges))}) == 1


def test_the_graphs_are_different_ones() -> None:
    hashes = {fingerprint(quads) for quads in GRAPHS.values()}
    assert len(hashes) == len(GRAPHS) > 80
