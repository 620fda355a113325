"""N-Quads and N-Triples: canonical and sorted, more lines than memory holds, nothing lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store
from tests.export.conftest import EX, draft, held, node

from repatria.canonical import canonical_nquads
from repatria.export import lines, sorting
from repatria.export.lines import sorted_lines
from repatria.export.sorting import LineSorter
from repatria.store import Dataset, open_disk


def whole(dataset: Dataset, *, triples: bool = False, without: tuple[str, ...] = ()) -> list[str]:
    return [
        line.decode() for block in sorted_lines(dataset, triples=triples, without=without) for line in block
    ]


def without_graphs(quads: list[Quad]) -> list[Quad]:
    return [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]


def test_quads_are_the_canonical_lines(hard: list[Quad], dataset: Dataset) -> None:
    assert whole(held(hard)) == canonical_nquads(hard)
    assert whole(dataset) == canonical_nquads(dataset.quads())


def test_triples_are_the_canonical_lines_of_the_union(hard: list[Quad], dataset: Dataset) -> None:
    found = whole(held(hard), triples=True)
    assert found == canonical_nquads(without_graphs(hard))
    assert len(found) == len(hard) - 1, "what stands in two graphs is one triple"
    assert whole(dataset, triples=True) == canonical_nquads(without_graphs(list(dataset.quads())))


def test_any_order_of_insertion_gives_the_same_lines(hard: list[Quad]) -> None:
    assert len({tuple(whole(held(hard, seed))) for seed in range(5)}) == 1


def test_a_store_on_disk_gives_the_same_lines(hard: list[Quad], tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    store.bulk_extend(hard)
    store.flush()
    del store
    assert whole(open_disk(tmp_path / "store", EX)) == whole(held(hard))


def test_drafts_and_named_graphs_are_left_out(hard: list[Quad]) -> None:
    drafted = [Quad(quad.subject, quad.predicate, quad.object, draft()) for quad in hard]
    # An object may be called as a graph is, and a text may look like the end of a line.
    about = [
        Quad(node("s"), node("about"), draft()),
        Quad(node("s"), node("p"), Literal(f"x <{EX}graph/g> .\n")),
    ]
    found = whole(held([*hard, *drafted, *about]), without=(f"{EX}graph/g",))
    kept = [quad for quad in [*hard, *about] if quad.graph_name != node("graph/g")]
    assert found == canonical_nquads(kept)


@pytest.mark.parametrize("triples", [False, True])
def test_blank_nodes_have_the_labels_of_their_graph(blank: list[Quad], triples: bool) -> None:
    expected = canonical_nquads(without_graphs(blank) if triples else blank)
    assert "_:c14n0" in "".join(expected)
    # A store gives them labels of its own.
    assert {tuple(whole(held(blank, seed), triples=triples)) for seed in range(3)} == {tuple(expected)}
    left = [quad for quad in blank if quad.graph_name != node("graph/g")]
    expected = canonical_nquads(without_graphs(left) if triples else left)
    assert whole(held(blank), triples=triples, without=(f"{EX}graph/g",)) == expected


def test_small_batches_and_runs_give_the_same(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = whole(dataset), whole(dataset, triples=True)
    monkeypatch.setattr(lines, "_BATCH", 1000)
    monkeypatch.setattr(sorting, "_SMALLEST_BLOCK", 500)
    monkeypatch.setattr(lines, "LineSorter", lambda repeated: LineSorter(repeated=repeated, run_bytes=50_000))
    assert (whole(dataset), whole(dataset, triples=True)) == expected


def test_a_full_disk_is_told_as_such(hard: list[Quad], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **more: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lines, "LineSorter", lambda repeated: LineSorter(repeated=repeated, run_bytes=1))
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    with pytest.raises(OSError, match="No space left on device"):
        whole(held(hard))


_LINES = st.lists(st.text("ab\u0444", max_size=3).map(lambda text: f"{text}\n".encode()), max_size=40)


@given(st.lists(_LINES, max_size=6), st.integers(1, 40), st.integers(1, 40))
def test_sorted_once_whatever_the_size_of_runs_and_blocks(
    batches: list[list[bytes]], run: int, block: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "_SMALLEST_BLOCK", block)
        sorter = LineSorter(run_bytes=run)
        for batch in batches:
            sorter.add(list(batch))
        found = [line for part in sorter.blocks() for line in part]
    assert found == sorted({line for batch in batches for line in batch})


_TERMS = st.one_of(
    st.sampled_from([node("a"), node("graph/g"), node("graph/gg")]),
    st.text('a" <>_:.\\\n', max_size=8).map(Literal),
    st.text('<>" ', max_size=4).map(lambda text: Literal(text, datatype=node("graph/g"))),
    st.text("ab", max_size=2).map(lambda text: Literal(text, language="en")),
)
_GRAPHS = st.sampled_from([None, node("graph/g"), node("graph/gg"), node("other")])


@given(st.lists(st.tuples(_TERMS, _GRAPHS), max_size=12), st.booleans())
def test_graphs_are_told_from_objects(
    pairs: list[tuple[NamedNode | Literal, NamedNode | None]], triples: bool
) -> None:
    quads = [Quad(node("s"), node("p"), value, graph) for value, graph in pairs]
    kept = [quad for quad in quads if quad.graph_name != node("other")]
    expected = canonical_nquads(without_graphs(kept) if triples else kept)
    assert whole(held(quads), triples=triples, without=(f"{EX}other",)) == expected
