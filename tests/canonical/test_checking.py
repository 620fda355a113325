"""The check before a file is written: it lets through what is the same, and nothing else."""

from __future__ import annotations

import io

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat
from tests.canonical.graphs import LITERALS, datasets, meaning, read, trig

from repatria.canonical import formatting, writing
from repatria.canonical.checking import same
from repatria.canonical.tokens import QuadTokens, quad_lines, split_quad
from repatria.errors import RepatriaError

NEAT = "@prefix : <urn:x:> .\n\n:s\n    # why\n    :p [ :q 1 ] .\n"


def tokens(quads: list[Quad]) -> set[QuadTokens]:
    return {split_quad(line) for line in quad_lines(quads)}


@given(datasets())
@settings(deadline=None)
def test_what_is_written_is_the_same(quads: list[Quad]) -> None:
    assert same(tokens(quads), tokens(read(trig(quads), RdfFormat.TRIG)))


@given(datasets(), st.data())
@settings(deadline=None)
def test_what_was_changed_is_not(quads: list[Quad], data: st.DataObject) -> None:
    written = read(trig(quads), RdfFormat.TRIG)
    assume(written)
    at = data.draw(st.integers(0, len(written) - 1))
    lost = written[:at] + written[at + 1 :]
    assert not same(tokens(quads), tokens(lost))
    old = written[at]
    other = Quad(old.subject, old.predicate, data.draw(LITERALS), old.graph_name)
    assume(meaning([*lost, other]) != meaning(quads))
    assert not same(tokens(quads), tokens([*lost, other]))


@pytest.mark.parametrize(
    ("right", "wrong"), [(":q 1", ":q 2"), (":q 1", ":q 1 ; :r 1"), ("# why", "# so"), ("# why", "")]
)
def test_a_fault_of_the_writer_is_told_and_nothing_returned(
    right: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writing.write_graphs

    def faulty(graphs: object, out: io.BytesIO, prefixes: object, notes: object) -> None:
        found = io.BytesIO()
        real(graphs, found, prefixes, notes)  # type: ignore[arg-type]
        assert right.encode() in found.getvalue()
        out.write(found.getvalue().replace(right.encode(), wrong.encode()))

    assert formatting.format_bytes(NEAT.encode(), "x.ttl") == NEAT.encode()
    monkeypatch.setattr(formatting, "write_graphs", faulty)
    with pytest.raises(RepatriaError, match="would not hold the same") as caught:
        formatting.format_bytes(NEAT.encode(), "x.ttl")
    assert caught.value.code == "RP900"
