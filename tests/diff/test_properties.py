"""Any two graphs: equal just if isomorphic; the patch makes one the other; labels and order never matter."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad
from tests.diff.graphs import QUADS, canonical, patched, write

from repatria.diff import Diff, differences, side_of, to_json, to_markdown, to_patch, to_text

_SEEDS = st.integers(0, 1000)


def _compared(
    first: list[Quad], second: list[Quad], seed: int | None = None, other: int | None = None
) -> Diff:
    with tempfile.TemporaryDirectory() as folder:
        old, new = write(Path(folder, "old"), first, seed), write(Path(folder, "new"), second, other)
        return differences(side_of(old, "old.nq"), side_of(new, "new.nq"))


@settings(max_examples=80, deadline=None)
@given(QUADS, _SEEDS)
def test_a_graph_is_equal_to_itself_with_other_labels_in_another_order(quads: list[Quad], seed: int) -> None:
    found = _compared(quads, quads, other=seed)
    assert found.equal, to_text(found)


@settings(max_examples=150, deadline=None)
@given(QUADS, QUADS, _SEEDS)
def test_equal_just_if_isomorphic_and_the_patch_makes_one_the_other(
    first: list[Quad], second: list[Quad], seed: int
) -> None:
    found = _compared(first, second, other=seed)
    assert found.equal == (canonical(first) == canonical(second))
    assert canonical(patched(first, to_patch(found))) == canonical(second)
    assert list(map(str, found.removed_quads())) == [line.removesuffix(" .") for line in found.removed]


@settings(max_examples=100, deadline=None)
@given(QUADS, st.lists(st.integers(0, 8), max_size=2), QUADS, _SEEDS, _SEEDS)
def test_what_is_told_depends_on_neither_labels_nor_order(
    quads: list[Quad], gone: list[int], come: list[Quad], seed: int, other: int
) -> None:
    changed = [quad for number, quad in enumerate(quads) if number not in gone] + come[:2]
    found, again = _compared(quads, changed), _compared(quads, changed, seed, other)
    for render in (to_text, to_markdown, to_json, to_patch):
        assert render(found) == render(again)


@settings(max_examples=40, deadline=None)
@given(QUADS, QUADS)
def test_a_small_change_has_a_small_difference(quads: list[Quad], more: list[Quad]) -> None:
    added = set(more[:1]) - set(quads)
    found = _compared(quads, [*quads, *added])
    assert len(found.removed) + len(found.added) <= 9 + len(added)
    ground = [quad for quad in added if "_:" not in str(quad)]
    if ground:
        assert found.added == tuple(f"{quad} ." for quad in ground)
        assert found.removed == ()
