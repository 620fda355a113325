"""What a validation found, kept in a file: read again, it is the same, also with shapes read anew."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, assume, given, settings
from pyoxigraph import Literal, NamedNode, Quad
from tests.shacl import generated
from tests.shacl.changing.test_revalidate import EXAMPLES, read

from repatria.errors import InputError
from repatria.shacl.changing import Edit, Kept, validate_kept
from repatria.shacl.changing.saving import carry_kept, read_kept, write_kept
from repatria.shacl.loading import load
from repatria.shacl.shapes_graph import ShapesGraph

EX = "http://example.org/"
SHAPES = (
    generated.PREFIXES
    + "ex:s a sh:NodeShape ; sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
)
DATA = generated.PREFIXES + "ex:a a ex:A . _:b a ex:A ."


def quad(number: int) -> Quad:
    return Quad(NamedNode(EX + "a"), NamedNode(EX + "p"), Literal(str(number)))


def kept_of(data: str, shapes: ShapesGraph) -> Kept:
    kept = validate_kept(load(read(data)), shapes)[1]
    assert kept is not None
    return kept


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=generated.data(), shapes=generated.shapes(sparql=True))
def test_what_is_kept_is_read_again(data: str, shapes: str) -> None:
    first, again = ShapesGraph(read(shapes)), ShapesGraph(read(shapes))
    try:
        kept = kept_of(data, first)
    except InputError:
        # pyshacl runs the queries where a store rewrites literals, and cannot do them all.
        assume(False)
    with TemporaryDirectory() as name:
        write_kept(Path(name), kept, first, "1")
        assert read_kept(Path(name), first, "1") == (kept, Edit())
        found = read_kept(Path(name), again, "1")
    assert found is not None
    assert found[0].report(again).text() == kept.report(first).text()


def test_edits_are_carried_along(tmp_path: Path) -> None:
    shapes = ShapesGraph(read(SHAPES))
    folders = [tmp_path / name for name in ("1", "2", "3")]
    for folder in folders:
        folder.mkdir()
    kept = kept_of(DATA, shapes)
    assert len(kept.judged) == 2
    write_kept(folders[0], kept, shapes, "1")
    carry_kept(folders[0], folders[1], Edit(frozenset({quad(1)})), "1")
    carry_kept(folders[1], folders[2], Edit(frozenset({quad(2)}), frozenset({quad(1)})), "1")
    expected = Edit(frozenset({quad(1), quad(2)}), frozenset({quad(1)}))
    assert read_kept(folders[2], shapes, "1") == (kept, expected)


def test_of_other_shapes_nothing_is_kept(tmp_path: Path) -> None:
    shapes = ShapesGraph(read(SHAPES))
    write_kept(tmp_path, kept_of(DATA, shapes), shapes, "1")
    assert read_kept(tmp_path, shapes, "2") is None
    carry_kept(tmp_path, tmp_path / "nowhere", Edit(), "2")
    assert read_kept(tmp_path, shapes, "1") is not None


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"format": 1, "digest": "1"}', "more", "judged"])
def test_what_is_damaged_is_as_if_it_were_not_there(damage: str, tmp_path: Path) -> None:
    shapes = ShapesGraph(read(SHAPES))
    write_kept(tmp_path, kept_of(DATA, shapes), shapes, "1")
    (file,) = tmp_path.iterdir()
    data = json.loads(file.read_text())
    if damage == "more":
        damage = json.dumps(data | {"added": "<a"})
    elif damage == "judged":
        damage = json.dumps(data | {"judged": [[99, "<x", []]]})
    file.write_text(damage)
    assert read_kept(tmp_path, shapes, "1") is None


def test_too_much_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = ShapesGraph(read(SHAPES))
    kept = kept_of(DATA, shapes)
    write_kept(tmp_path, kept, shapes, "1")
    monkeypatch.setattr("repatria.shacl.changing.saving._MOST", 1)
    write_kept(tmp_path, kept, shapes, "1")
    assert list(tmp_path.iterdir()) == []
