"""Labels by RDFC-1.0: those of pyoxigraph and of the W3C's tests, and an end to what would take for ever."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    parse,
)
from tests.canonical.graphs import EX, datasets, meaning, renamed

from repatria.canonical import canonical_labels, canonical_nquads, fingerprint
from repatria.errors import InputError
from repatria.rdf import FORMATS, read_quads

P, Q = NamedNode(EX + "p"), NamedNode(EX + "q")
SUITE = os.environ.get("REPATRIA_RDF_CANON", "")
REASON = "REPATRIA_RDF_CANON names no copy of the folder “tests” of the W3C's rdf-canon"
# Few blank nodes and predicates, so that many nodes look alike; names of graphs and one edge twice.
ALIKE = st.lists(
    st.builds(
        lambda s, p, o, g: Quad(BlankNode(f"n{s}"), (P, Q)[p], BlankNode(f"n{o}"), g),
        st.integers(0, 4),
        st.integers(0, 1),
        st.integers(0, 4),
        st.sampled_from(
            [DefaultGraph(), DefaultGraph(), NamedNode(EX + "g"), BlankNode("n0"), BlankNode("n1")]
        ),
    ),
    max_size=9,
)


def by_pyoxigraph(quads: list[Quad]) -> list[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(f"{quad} .\n" for quad in dataset)


@given(st.one_of(datasets(), ALIKE))
@settings(max_examples=200, deadline=None)
def test_the_lines_are_those_of_pyoxigraph(quads: list[Quad]) -> None:
    # Blank nodes that name graphs it labels in a way of its own; the W3C's cases have some.
    assume(not any(isinstance(quad.graph_name, BlankNode) for quad in quads))
    assert canonical_nquads(quads) == by_pyoxigraph(quads)


@given(ALIKE, st.permutations([f"other{number}" for number in range(6)]), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_neither_order_nor_labels_matter(quads: list[Quad], names: list[str], random: object) -> None:
    shuffled = renamed(quads, names)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert canonical_nquads(shuffled + shuffled[:2]) == canonical_nquads(quads)
    assert fingerprint(shuffled) == sha256("".join(canonical_nquads(quads)).encode()).hexdigest()


def test_labels_are_told_by_the_labels_given() -> None:
    quads = [Quad(BlankNode("x"), P, Literal("1")), Quad(NamedNode(EX + "s"), P, BlankNode("y"))]
    labels = canonical_labels(quads)
    assert set(labels) == {"x", "y"}
    assert set(labels.values()) == {"c14n0", "c14n1"}
    assert canonical_labels([Quad(NamedNode(EX + "s"), P, Literal("_:x"))]) == {}


def test_literals_keep_their_form_and_are_escaped_as_the_standard_says() -> None:
    text = 'tab\t feed\f back\b line\n return\r quote" slash\\ bell\x07 vt\x0b del\x7f nel\x85 ї\ufffe'
    kind = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    lines = canonical_nquads(
        [
            Quad(P, P, Literal(text)),
            Quad(P, P, Literal("01", datatype=kind)),
            Quad(P, P, Literal("a", language="en")),
        ]
    )
    start = f"<{EX}p> <{EX}p> "
    escaped = (
        r"tab\t feed\f back\b line\n return\r quote\" slash\\ bell\u0007 vt\u000B del\u007F nel"
        "\x85 ї\\uFFFE"
    )
    assert lines == [
        f'{start}"01"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
        f'{start}"a"@en .\n',
        f'{start}"{escaped}" .\n',
    ]


def ring(size: int) -> list[Quad]:
    return [Quad(BlankNode(f"n{i}"), P, BlankNode(f"n{(i + 1) % size}")) for i in range(size)]


def clique(size: int, name: str = "n") -> list[Quad]:
    return [
        Quad(BlankNode(f"{name}{i}"), P, BlankNode(f"{name}{j}"))
        for i in range(size)
        for j in range(size)
        if i != j
    ]


@pytest.mark.parametrize(
    "quads",
    [
        pytest.param(ring(100_000), id="a ring of 100,000"),
        pytest.param(clique(10), id="ten linked with one another"),
        pytest.param([q for i in range(300) for q in clique(9, f"c{i}x")], id="300 cliques"),
    ],
)
def test_what_would_take_for_ever_is_refused(quads: list[Quad]) -> None:
    with pytest.raises(InputError, match="look too much alike") as caught:
        canonical_nquads(quads)
    assert caught.value.code == "RP307"
    assert caught.value.exit_code == 3


def test_small_graphs_that_look_alike_are_labelled() -> None:
    for quads in (ring(40), clique(5), ring(12) + clique(4, "c")):
        assert canonical_nquads(quads) == by_pyoxigraph(quads)


def test_a_hundred_thousand_blank_nodes_that_differ_are_labelled() -> None:
    quads = [
        quad
        for i in range(50_000)
        for quad in (
            Quad(BlankNode(f"n{i}"), P, BlankNode(f"m{i}")),
            Quad(BlankNode(f"m{i}"), Q, Literal(str(i))),
        )
    ]
    labels = canonical_labels(quads)
    assert len(set(labels.values())) == len(labels) == 100_000


def test_triple_terms_have_canonical_labels_only_without_blank_nodes() -> None:
    start = "PREFIX : <http://example.org/> :s :p "
    quads = list(parse(f'{start}<<( :s :p "_:x" )>> .', FORMATS["turtle"]))
    assert canonical_nquads(quads) == by_pyoxigraph(quads)
    with pytest.raises(InputError) as caught:
        canonical_labels(list(parse(f"{start}<<( _:x :p 1 )>> .", FORMATS["turtle"])))
    assert caught.value.code == "RP309"


# ---- The W3C's tests --------------------------------------------------------------------------------------


class Case(NamedTuple):
    """A test of the W3C: what kind it is, what is read, what must come out."""

    kind: str
    action: Path
    result: Path | None


def _cases() -> Iterator[Case]:
    manifest = Path(SUITE, "manifest.ttl").resolve()
    base = manifest.parent.as_uri() + "/"
    about: dict[object, dict[str, str]] = {}
    for quad in read_quads(manifest, name=manifest.name, base_iri=base):
        if isinstance(quad.object, (NamedNode, Literal)):
            about.setdefault(quad.subject, {})[quad.predicate.value.rpartition("#")[2]] = quad.object.value
    for entry in about.values():
        # One case is of another hash function, which this project has no use for.
        if "action" in entry and "hashAlgorithm" not in entry:
            result = Path(entry["result"].removeprefix("file://")) if "result" in entry else None
            yield Case(
                entry["type"].rpartition("#")[2], Path(entry["action"].removeprefix("file://")), result
            )


CASES = list(_cases()) if SUITE else []
_MARKED = [pytest.param(None, marks=pytest.mark.skip(reason=REASON), id="absent")]


@pytest.mark.skipif(not CASES, reason=REASON)
def test_all_cases_were_collected() -> None:
    assert len(CASES) == 63 + 20 + 1
    assert {case.kind for case in CASES} == {"RDFC10EvalTest", "RDFC10MapTest", "RDFC10NegativeEvalTest"}


@pytest.mark.parametrize("case", CASES or _MARKED, ids=lambda case: f"{case.kind}-{case.action.stem}")
def test_the_cases_of_the_w3c(case: Case) -> None:
    quads = list(read_quads(case.action, name=case.action.name))
    if case.kind == "RDFC10NegativeEvalTest":
        with pytest.raises(InputError, match="look too much alike"):
            canonical_nquads(quads)
        return
    assert case.result is not None
    if case.kind == "RDFC10MapTest":
        assert canonical_labels(quads) == json.loads(case.result.read_text(encoding="utf8"))
    else:
        assert "".join(canonical_nquads(quads)) == case.result.read_text(encoding="utf8")
        assert fingerprint(quads) == sha256(case.result.read_bytes()).hexdigest()


def test_isomorphic_graphs_alone_have_one_fingerprint() -> None:
    first = [Quad(BlankNode("a"), P, BlankNode("b")), Quad(BlankNode("b"), P, BlankNode("b"))]
    second = [Quad(BlankNode("b"), P, BlankNode("a")), Quad(BlankNode("a"), P, BlankNode("a"))]
    third = [Quad(BlankNode("a"), P, BlankNode("b")), Quad(BlankNode("a"), P, BlankNode("a"))]
    assert fingerprint(first) == fingerprint(second) != fingerprint(third)
    assert meaning(first) == meaning(second)
