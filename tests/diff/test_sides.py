"""What can be compared: files of any format, packed, streams, datasets, workspaces, stores, builds."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse, serialize
from tests.diff.conftest import Change

import repatria
from repatria.building import build
from repatria.building.scaffold import make_workspace
from repatria.diff import differences, side_of, to_text
from repatria.errors import InputError
from repatria.workspace import read_workspace

FLAT = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML}
NAMED = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}
LEFT_OUT = "named graphs are left out"


def in_format(old: Path, ending: str) -> Path:
    """Write a file of N-Quads in another format."""
    quads: list[Quad] = list(parse(path=str(old), format=RdfFormat.N_QUADS))
    target = old.with_suffix(f".again.{ending}")
    if ending in FLAT:
        triples = {quad.triple for quad in quads}
        target.write_bytes(serialize(triples, format=FLAT[ending]) or b"")
    else:
        target.write_bytes(serialize(quads, format=NAMED[ending]) or b"")
    return target


@pytest.mark.parametrize("ending", [*FLAT, *NAMED])
def test_the_same_graph_in_another_format_is_equal(ending: str, changed: Change) -> None:
    old = changed("old", {})
    again = in_format(old, ending)
    for found in (differences(old, again), differences(again, old)):
        assert found.equal, to_text(found)
        assert found.union == (ending in FLAT)
    packed = again.with_name(f"{again.name}.gz")
    packed.write_bytes(gzip.compress(again.read_bytes()))
    assert differences(packed, old).equal


def test_two_files_without_named_graphs_leave_nothing_out(changed: Change) -> None:
    old = changed("old", {})
    found = differences(in_format(old, "ttl"), in_format(old, "nt"))
    assert found.equal
    assert LEFT_OUT not in to_text(found)


def test_a_triple_is_not_the_same_in_a_named_graph(tmp_path: Path) -> None:
    triple = "<urn:a> <urn:b> <urn:c> "
    (tmp_path / "old.nq").write_text(f"{triple}.\n")
    (tmp_path / "new.nq").write_text(f"{triple}<urn:g> .\n")
    found = differences(tmp_path / "old.nq", tmp_path / "new.nq")
    assert not found.equal
    [move] = found.moved
    assert (move.old, move.new, move.statements) == ("", "urn:g", 1)
    assert "1 statement moved from the default graph to graph <urn:g>\n" in to_text(found)


@pytest.mark.parametrize(
    "spelling",
    [
        '<urn:a> <urn:b> "é\\u0041\\t_:x" <urn:g> .\r\n<urn:a> <urn:b> <urn:c> <urn:g> .\r\n',
        "\ufeff<urn:a>\t<urn:b>  <urn:c>   <urn:g>. # a remark\n\n"
        '<urn:a> <urn:b> "\\u00E9A\t_:x"^^<http://www.w3.org/2001/XMLSchema#string> <urn:g> .',
        '<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b> "éA\\t_:x" <urn:g> .\n'
        "<urn:a> <urn:b> <urn:\\u0063> <urn:g> .\n<urn:a> <urn:b> <urn:c> <urn:g> .\n",
    ],
    ids=["escapes and line ends", "white space, remark, mark, datatype", "twice, in two spellings"],
)
def test_one_statement_has_many_spellings(spelling: str, tmp_path: Path) -> None:
    plain, other = tmp_path / "plain.nq", tmp_path / "other.nq"
    plain.write_text(
        '<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b> "éA\\t_:x" <urn:g> .\n', encoding="utf8"
    )
    other.write_text(spelling, encoding="utf8", newline="")
    assert differences(plain, other).equal
    assert differences(other, plain).equal
    more = tmp_path / "more.nq"
    more.write_text(plain.read_text(encoding="utf8") + "<urn:z> <urn:b> <urn:c> <urn:g> .\n", encoding="utf8")
    assert differences(other, more).added == ("<urn:z> <urn:b> <urn:c> <urn:g> .",)
    assert differences(more, other).removed == ("<urn:z> <urn:b> <urn:c> <urn:g> .",)


def test_files_in_any_order_longer_than_what_is_read_at_once(tmp_path: Path) -> None:
    """Lines of one file meet those of the other wherever they stand; what stands twice counts once."""
    lines = [f'<urn:s{n}> <urn:p> "{"x" * 200}" .\n' for n in range(12_000)]
    old, new = tmp_path / "old.nq", tmp_path / "new.nq"
    old.write_text("".join(lines))
    new.write_text("".join([*reversed(lines[1:]), lines[5], "<urn:new> <urn:p> <urn:o> .\n"]))
    assert old.stat().st_size > 2 * 2**20
    found = differences(old, new)
    assert [line.partition(" ")[0] for line in found.removed] == ["<urn:s0>"]
    assert found.added == ("<urn:new> <urn:p> <urn:o> .",)


def test_streams_datasets_graphs_and_sides(changed: Change) -> None:
    old, new = changed("old", {}), changed("new", {"act: confirm": "act: state"})
    graph = repatria.open(new)
    expected = differences(old, new).added
    assert expected
    assert differences(old, graph).added == expected
    assert differences(old, graph.dataset).added == expected
    stream = io.BytesIO(new.read_bytes())
    with side_of(stream, "-") as side:
        assert differences(old, side).added == expected
        assert differences(side, side).equal, "a stream is kept, to be read again"
    with side_of(io.BytesIO(in_format(new, "nt").read_bytes()), "-") as side:
        found = differences(old, side)
        assert found.union, "lines without graphs, in whatever format"
        assert len(found.added) == len(expected)


def test_workspaces_stores_and_builds(tmp_path: Path, changed: Change) -> None:
    place = tmp_path / "built"
    make_workspace(place, "http://example.org/")
    build(read_workspace(place))
    store = place / ".repatria"
    [current] = (store / "builds").iterdir()
    exported = changed("old", {})
    for folder in (place, store, current):
        found = differences(exported, folder)
        assert found.equal, to_text(found)
        assert found.second == str(folder)


def test_a_folder_without_a_graph(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="RP301"):
        side_of(tmp_path)


@pytest.mark.parametrize("bad", ["old", "new"])
def test_a_syntax_error_is_told_with_its_place_on_either_side(bad: str, tmp_path: Path) -> None:
    good = '<urn:a> <urn:b> "c" .\n' * 3
    for name in ("old", "new"):
        (tmp_path / f"{name}.nq").write_text(good + ("<urn:a> <urn:b> .\n" if name == bad else ""))
    with pytest.raises(InputError, match="RP303") as error:
        differences(tmp_path / "old.nq", tmp_path / "new.nq")
    assert str(error.value).startswith(f"{tmp_path / bad}.nq:4:")


def test_a_file_of_n_triples_holds_no_quads(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n")
    (tmp_path / "a.nt").write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n")
    with pytest.raises(InputError, match="RP303"):
        differences(tmp_path / "a.nq", tmp_path / "a.nt")


def test_nothing_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_bytes(b"")
    (tmp_path / "b.ttl").write_bytes(b"")
    assert differences(tmp_path / "a.nq", tmp_path / "b.ttl").equal
