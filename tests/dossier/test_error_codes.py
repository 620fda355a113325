"""Each error of the loader: a file that has it, told with its place, and one that just does not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad

from repatria.dossier.jsontext import JsonPlaces
from repatria.dossier.schema import typer
from repatria.dossier.yamltext import YamlPlaces, parse_yaml
from repatria.errors import InputError, RepatriaError

Read = Callable[..., tuple[set[Quad], tuple[RepatriaError, ...]]]
Steps = tuple[str | int, ...]

DATA = Path(__file__).parent.parent / "data" / "dossiers"
REJECT = sorted((DATA / "reject").glob("*.yaml"))
ACCEPT = sorted((DATA / "accept").glob("*.yaml"))
REJECT_ENTITIES = sorted((DATA / "entities-reject").glob("*.yaml"))
ACCEPT_ENTITIES = sorted((DATA / "entities-accept").glob("*.yaml"))
# What only YAML can get wrong has no counterpart in JSON.
IN_JSON_TOO = [path for path in REJECT if not path.stem.startswith(("RP103", "RP104", "RP105"))]
CODES = {
    *("RP103", "RP104", "RP105", "RP110", "RP111", "RP112", "RP120", "RP121", "RP122", "RP123", "RP124"),
    *("RP130", "RP131", "RP132", "RP133", "RP134", "RP135", "RP136", "RP137", "RP138", "RP139"),
    *("RP140", "RP141", "RP143"),
}


def name(path: Path) -> str:
    return path.stem


def expected(path: Path) -> list[tuple[str, int, int]]:
    """Return what the first line of a reject file says: ``# RP110 6:1, RP112 8:10``."""
    first = path.read_text(encoding="utf8").partition("\n")[0]
    found = re.findall(r"(RP\d{3}) (\d+):(\d+)", first)
    assert found, f"{path.name} does not say what is wrong with it"
    return [(code, int(line), int(column)) for code, line, column in found]


def told(errors: tuple[RepatriaError, ...]) -> list[tuple[str, int, int]]:
    return [(e.code, e.location.line, e.location.column) for e in errors if e.location is not None]


@pytest.mark.parametrize("path", REJECT, ids=name)
def test_a_wrong_dossier_is_told_with_every_place(path: Path, read: Read) -> None:
    quads, errors = read(path)
    assert told(errors) == expected(path)
    assert not quads
    for error in errors:
        assert isinstance(error, InputError)
        assert error.location is not None
        assert error.location.file == f"reject/{path.name}"
        assert error.message
        assert "\n" not in error.message
        assert error.hint, f"{error} has no hint"


@pytest.mark.parametrize("path", ACCEPT, ids=name)
def test_a_right_dossier_is_built(path: Path, read: Read) -> None:
    quads, errors = read(path)
    assert [str(error) for error in errors] == []
    source = "<http://example.org/id/source/example-1>"
    assert any(str(quad.object) == source for quad in quads)


@pytest.mark.parametrize("path", REJECT_ENTITIES, ids=name)
def test_a_wrong_entity_file_is_told_with_every_place(path: Path, read: Read) -> None:
    _, errors = read(entities=(path,))
    assert told(errors) == expected(path)
    assert {error.location.file for error in errors if error.location} == {f"entities-reject/{path.name}"}


@pytest.mark.parametrize("path", ACCEPT_ENTITIES, ids=name)
def test_a_right_entity_file_is_built(path: Path, read: Read) -> None:
    quads, errors = read(entities=(path,))
    assert [str(error) for error in errors] == []
    assert len(quads) > 100


def test_every_code_has_its_reject_and_its_accept_file() -> None:
    rejected = {code for path in (*REJECT, *REJECT_ENTITIES) for code, _, _ in expected(path)}
    accepted = {path.stem[:5] for path in (*ACCEPT, *ACCEPT_ENTITIES)}
    assert rejected == CODES
    assert accepted == CODES
    assert (len(REJECT), len(ACCEPT), len(REJECT_ENTITIES), len(ACCEPT_ENTITIES)) == (54, 23, 12, 2)
    assert sum(len(expected(path)) for path in (*REJECT, *REJECT_ENTITIES)) == 147


def test_a_reject_file_is_named_after_an_error_it_has() -> None:
    for path in (*REJECT, *REJECT_ENTITIES):
        codes = {code for code, _, _ in expected(path)}
        assert path.stem[:5] in codes or path.stem.startswith("several")
    several = expected(DATA / "reject" / "several-at-once.yaml")
    assert len({code for code, _, _ in several}) == 5


def refuse(error: RepatriaError) -> None:
    pytest.fail(str(error))


def data_of(path: Path) -> Any:
    return parse_yaml(path.name, path.read_text(encoding="utf8"), typer("dossier"), refuse)


def paths_in(data: Any, path: Steps = ()) -> Iterator[Steps]:
    yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from paths_in(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from paths_in(value, (*path, number))


def places(data: Any, find: YamlPlaces | JsonPlaces) -> dict[tuple[int, int], set[tuple[Steps, bool]]]:
    """Return for each line and column the values (False) and keys (True) that stand there."""
    found: dict[tuple[int, int], set[tuple[Steps, bool]]] = {}
    for path in paths_in(data):
        for key in (False, True):
            found.setdefault(find(path, key), set()).add((path, key))
    return found


@pytest.mark.parametrize("layout", ["indented", "lines"])
@pytest.mark.parametrize("path", IN_JSON_TOO, ids=name)
def test_json_has_the_same_errors_at_the_same_members(
    path: Path, layout: str, tmp_path: Path, read: Read
) -> None:
    data = data_of(path)
    text = json.dumps(data, ensure_ascii=False, indent=2 if layout == "indented" else None)
    copy = tmp_path / ("dossier.json" if layout == "indented" else "dossiers.jsonl")
    copy.write_text(text if layout == "indented" else f"\n{text}\n", encoding="utf8")
    _, errors = read(copy)
    in_yaml = places(data, YamlPlaces(path.read_text(encoding="utf8")))
    in_json = places(data, JsonPlaces(text, 0 if layout == "indented" else 1))
    left = expected(path)
    for code, line, column in told(errors):
        here = in_json[line, column]
        match = next(x for x in left if x[0] == code and in_yaml[x[1], x[2]] & here)
        left.remove(match)
    assert left == []


def test_the_json_counterparts_are_most_of_the_files() -> None:
    assert len(IN_JSON_TOO) == 43


@pytest.mark.parametrize("path", ACCEPT, ids=name)
def test_json_and_json_lines_give_the_same_quads_as_yaml(path: Path, tmp_path: Path, read: Read) -> None:
    data = data_of(path)
    whole, lines = tmp_path / "dossier.json", tmp_path / "dossiers.jsonl"
    whole.write_text(json.dumps(data, indent=1), encoding="utf8")
    lines.write_text(json.dumps(data, ensure_ascii=False) + "\r\n\n", encoding="utf8")
    quads, _ = read(path)
    assert quads == read(whole)[0]
    assert quads == read(lines)[0]
