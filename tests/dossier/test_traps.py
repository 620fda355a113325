"""What files do to loaders: YAML's guesses, bombs, encodings, JSON's corners."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pyoxigraph import Literal, Quad

from repatria.dossier import yamltext
from repatria.dossier.documents import read_documents
from repatria.dossier.schema import typer
from repatria.errors import RepatriaError

Read = Callable[..., tuple[set[Quad], tuple[RepatriaError, ...]]]
DATA = Path(__file__).parent.parent / "data" / "dossiers"
CITED = """id: example-1
publisher: example-gazette
language: en
evidence: cited
url: https://example.org/1
claims:
  - key: c1
    asserter: ministry-of-examples
    act: announce
    modality: actual
"""


@pytest.fixture
def tell(tmp_path: Path, read: Read) -> Callable[[bytes, str], list[tuple[str, str, str]]]:
    """Return a function: bytes of a file and its suffix → (code, line:column, message) of its errors."""

    def told(raw: bytes, suffix: str = ".yaml") -> list[tuple[str, str, str]]:
        path = tmp_path / f"dossier{suffix}"
        path.write_bytes(raw)
        _, errors = read(path)
        return [(e.code, str(e.location).removeprefix(f"{path}:"), e.message) for e in errors]

    return told


Tell = Callable[..., list[tuple[str, str, str]]]


def refuse(error: RepatriaError) -> None:
    pytest.fail(str(error))


def loaded(text: str) -> Any:
    return yamltext.parse_yaml("x.yaml", text, typer("dossier"), refuse)


@pytest.mark.parametrize(
    "scalar",
    ["NO", "on", "12:30", "1_000", "0o17", "0x1F", "017", "~", "null", "1.0", "2025-07-17", "1e3", ".nan"],
)
def test_a_scalar_of_text_stays_what_was_typed(scalar: str) -> None:
    assert loaded(f"headline: {scalar}\n") == {"headline": scalar}


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("7", 7),
        ("-7", -7),
        ("0", 0),
        ('"7"', 7),
        ("07", "07"),
        ("1_000", "1_000"),
        ("1.0", "1.0"),
        ("٣", "٣"),
        ("", ""),
    ],
)
def test_a_whole_number_is_digits_and_nothing_else(typed: str, read_as: object) -> None:
    assert loaded(f"text: {{characters: {typed}}}\n") == {"text": {"characters": read_as}}


@pytest.mark.parametrize(
    ("typed", "read_as"), [("true", True), ("false", False), ("yes", "yes"), ("False", "False")]
)
def test_truth_is_true_or_false(typed: str, read_as: object) -> None:
    assert loaded(f"claims: [{{polarity: {typed}}}]\n") == {"claims": [{"polarity": read_as}]}


def test_both_yaml_loaders_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text(encoding="utf8") for path in sorted((DATA / "accept").glob("*.yaml"))]
    by_default = [loaded(text) for text in texts]
    monkeypatch.setattr(yamltext, "_LOADER", yaml.BaseLoader)
    assert [loaded(text) for text in texts] == by_default


def test_merge_keys_are_keys_like_others(tell: Tell) -> None:
    assert [code for code, _, _ in tell(f"{CITED}<<: {{note: x}}\n".encode())] == ["RP110"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_of_any_depth_is_refused_quickly(opening: str, tell: Tell) -> None:
    started = time.process_time()
    (error,) = tell(b"claims:\n  " + opening.encode() * 100_000)
    assert error[0] == "RP103"
    assert time.process_time() - started < 5


def test_an_alias_bomb_unfolds_nothing(tell: Tell) -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    started = time.process_time()
    errors = tell("\n".join(lines).encode())
    assert {code for code, _, _ in errors} == {"RP105"}
    assert len(errors) == 30 + 29 * 10
    assert time.process_time() - started < 5


def test_a_file_with_ten_thousand_errors_is_told_in_seconds(tell: Tell) -> None:
    claims = [{"key": f"c{n}", "asserter": "ministry-of-examples", "act": "shout"} for n in range(5000)]
    dossier = {"id": "example-1", "publisher": "example-gazette", "language": "en", "claims": claims}
    for suffix, raw in (
        (".yaml", yaml.dump(dossier, Dumper=yaml.CSafeDumper)),
        (".json", json.dumps(dossier)),
    ):
        started = time.process_time()
        assert len(tell(raw.encode(), suffix)) == 10_000
        assert time.process_time() - started < 20


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".jsonl"])
@pytest.mark.parametrize("raw", [b"", b"\n\n", b"  \t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(raw: bytes, suffix: str, tell: Tell) -> None:
    assert tell(raw, suffix) == [("RP103", "1", "the file is empty")]


def test_a_byte_order_mark_and_crlf_move_nothing(tmp_path: Path, read: Read) -> None:
    plain, marked = tmp_path / "plain.yaml", tmp_path / "marked.yaml"
    plain.write_text(CITED, encoding="utf8")
    marked.write_bytes(b"\xef\xbb\xbf" + CITED.replace("\n", "\r\n").encode())
    assert read(plain) == read(marked)
    assert read(plain)[0]


def test_columns_count_letters_after_a_byte_order_mark(tell: Tell) -> None:
    raw = CITED.replace("id: example-1", "{note: Їжак 😀, id: Bad}".strip("{}"))
    inline = "\ufeff{note: Їжак 😀, id: Bad, publisher: p, language: en, claims: []}\n"
    assert [place for _, place, _ in tell(inline.encode()) if place == "1:20"] == ["1:20"]
    assert tell(raw.encode())[0][0] == "RP103"


@pytest.mark.parametrize(
    ("raw", "place", "message"),
    [
        (CITED.encode() + "note: Café\n".encode("latin-1"), "11:10", "is not UTF-8 text"),
        (CITED.encode("utf-16"), "1:1", "is not UTF-8 text"),
        (CITED.encode() + b"note: a\0b\n", "11:8", "is binary, not text"),
        (b"\xef\xbb\xbfid: \xff", "1:5", "is not UTF-8 text"),
    ],
)
@pytest.mark.parametrize("suffix", [".yaml", ".json", ".jsonl"])
def test_what_is_no_utf8_text_is_told(raw: bytes, place: str, message: str, suffix: str, tell: Tell) -> None:
    assert tell(raw, suffix) == [("RP102", place, message)]


def dossier_json(**more: object) -> dict[str, object]:
    data: dict[str, object] = {"id": "example-1", "publisher": "example-gazette", "language": "en"}
    data |= {"evidence": "cited", "url": "https://example.org/1", "claims": []}
    return data | more


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('{"id": "x",\n "note": NaN}', "2:10", "NaN is not JSON"),
        ('{"id": "NaN",\n "note": -Infinity}', "2:10", "-Infinity is not JSON"),
        ('{"id": "x",\n "note": 1e999}', "2:10", "1e999 is too large a number"),
        ('{"id": "x",\n "note": ' + "9" * 5000 + "}", "2:10", "a number has too many digits"),
        ('{"id": "x",\n "note": "\\ud800"}', "2:10", "half a character (a lone surrogate)"),
        ('{"id": "x",\n "note": }', "2:10", "Expecting value"),
        ('{"id": "x"}\n{}', "2:1", "Extra data"),
        ('{"id": "x",\n "note": "\t"}', "2:11", "Invalid control character at"),
    ],
)
def test_what_is_no_json_is_told_with_its_place(text: str, place: str, message: str, tell: Tell) -> None:
    (error,) = tell(text.encode(), ".json")
    assert error[0] == "RP103"
    assert error[1:] == (place, f"JSON cannot be read: {message}")


def test_pairs_of_surrogates_are_letters(tell: Tell) -> None:
    assert tell(json.dumps(dossier_json(note="😀")).encode(), ".json") == []


def test_duplicate_keys_in_json_are_all_told_and_the_first_counts(tell: Tell) -> None:
    text = '{"id": "Bad", "id": "example-1",\n "text": {"file": "a", "file": "b"},\n'
    text += ' "claims": [{"key": "k", "key": "l"}]}'
    errors = tell(text.encode(), ".json")
    assert [(code, place) for code, place, _ in errors if code == "RP104"] == [
        ("RP104", "1:15"),
        ("RP104", "2:24"),
        ("RP104", "3:26"),
    ]
    assert [place for code, place, message in errors if code == "RP112" and "Bad" in message] == ["1:8"]


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_deep_json_is_refused(opening: str, tell: Tell) -> None:
    (error,) = tell((opening * 100_000).encode(), ".json")
    assert error[0] == "RP103"
    assert error[2] == "JSON is nested too deeply"
    for depth in (60, 200, 900):
        closing = "]" if opening == "[" else "}"
        errors = tell((opening * depth + "1" + closing * depth).encode(), ".json")
        assert {code for code, _, _ in errors} <= {"RP103", "RP110", "RP111", "RP112"}, depth
        assert errors, depth


@pytest.mark.parametrize(
    ("number", "codes"), [("1.0", []), ("5e2", []), ("1.5", ["RP112"]), ("1" * 30, ["RP112"])]
)
def test_whole_numbers_of_json(number: str, codes: list[str], tell: Tell, read: Read, tmp_path: Path) -> None:
    text = json.dumps(dossier_json(text={"sha256": "0" * 64, "characters": 7})).replace("7}", number + "}")
    assert [code for code, _, _ in tell(text.encode(), ".json")] == codes
    if not codes:
        found = [
            q.object for q in read(tmp_path / "dossier.json")[0] if q.predicate.value.endswith("textLength")
        ]
        lengths = [length.value for length in found if isinstance(length, Literal)]
        assert lengths == [str(int(float(number)))]


def test_a_broken_line_of_json_lines_leaves_the_others(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "dossiers.jsonl"
    lines = [json.dumps(dossier_json()), '{"id": ', json.dumps(dossier_json(id="Bad")), "", "[]"]
    path.write_text("\n".join(lines), encoding="utf8")
    _, errors = read(path)
    assert [(e.code, e.location.line, e.location.column) for e in errors if e.location] == [
        ("RP103", 2, 8),
        ("RP112", 3, 8),
        ("RP112", 5, 1),
    ]


def test_a_file_that_is_a_directory_or_not_there_is_told(tmp_path: Path) -> None:
    for path, message in (
        (tmp_path, "is a directory, not a file"),
        (tmp_path / "none.yaml", "cannot be read"),
    ):
        errors: list[RepatriaError] = []
        assert list(read_documents(path, typer("dossier"), errors.append)) == []
        assert [e.code for e in errors] == ["RP101"]
        assert errors[0].message.startswith(message)
