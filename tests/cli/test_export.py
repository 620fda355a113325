"""``repatria export``: what stands in the file and beside it, what is selected, and what is refused."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import re
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat
from tests.cli.conftest import Runner
from tests.cli.matrix import refused

import repatria
from repatria.export.formats import EXPORT_FORMATS
from repatria.export.sorting import LineSorter
from repatria_cli.output import EXPORT_FORMATS as OFFERED

DESCRIPTION = {".dcat.ttl", ".dcat.jsonld"}
DICTIONARIES = {"csv": {"-metadata.json", ".datapackage.json"}, "parquet": {".datapackage.json"}}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_option_offers_what_can_be_written() -> None:
    assert set(OFFERED) == set(EXPORT_FORMATS)


@pytest.mark.parametrize("format", EXPORT_FORMATS)
def test_a_file_has_its_description_beside_it(format: str, run: Runner, outside: Path) -> None:
    result = run("export", "--format", format, "-o", "claims")
    assert (result.code, result.out, result.err) == (0, b"", "")
    suffixes = {"", *DESCRIPTION, *DICTIONARIES.get(format, ())}
    assert names(outside) == {f"claims{suffix}" for suffix in suffixes}
    assert (outside / "claims").read_bytes() == run("export", "--format", format).out
    for suffix, parser in ((".dcat.ttl", RdfFormat.TURTLE), (".dcat.jsonld", RdfFormat.JSON_LD)):
        said = {
            quad.object.value
            for quad in pyoxigraph.parse(path=f"claims{suffix}", format=parser)
            if not isinstance(quad.object, pyoxigraph.Triple)
        }
        data = (outside / "claims").read_bytes()
        assert {hashlib.sha256(data).hexdigest(), str(len(data))} <= said


def test_dictionaries_name_the_file_with_its_hash(run: Runner, outside: Path) -> None:
    assert run("export", "-o", "counts.csv").code == 0
    resource = json.loads(Path("counts.csv.datapackage.json").read_text(encoding="utf8"))["resources"][0]
    assert resource["path"] == json.loads(Path("counts.csv-metadata.json").read_text(encoding="utf8"))["url"]
    assert resource["hash"] == f"sha256:{hashlib.sha256(Path('counts.csv').read_bytes()).hexdigest()}"


@pytest.mark.parametrize("output", ["-", os.devnull])
def test_stdout_and_devices_have_nothing_beside_them(output: str, run: Runner, outside: Path) -> None:
    before = names(Path(os.devnull).parent)
    assert run("export", "--format", "csv", "-o", output).code == 0
    assert names(outside) == set()
    assert not {name for name in names(Path(os.devnull).parent) - before if name.startswith("null")}


def test_the_ending_says_the_format_unless_one_is_given(run: Runner) -> None:
    assert run("export", "-o", "x.nq").code == run("export", "-o", "x.nt", "--format", "nquads").code == 0
    assert Path("x.nq").read_bytes() == Path("x.nt").read_bytes() == run("export", "--format", "nquads").out
    assert run("export").out == run("export", "--format", "turtle").out


def test_packed(run: Runner, outside: Path) -> None:
    assert run("export", "-o", "x.nq.gz").code == run("export", "--gzip", "-o", "y.nq").code == 0
    assert Path("x.nq.gz").read_bytes() == Path("y.nq").read_bytes()
    packed = Path("x.nq.gz").read_bytes()
    assert gzip.decompress(packed) == run("export", "--format", "nquads").out
    assert run("export", "--gzip", "--format", "nquads").out == packed
    assert len(repatria.open("x.nq.gz").claims()) == len(repatria.open().claims())
    assert "application/gzip" in Path("x.nq.gz.dcat.ttl").read_text(encoding="utf8")


def test_a_selection_is_in_the_file_and_in_its_description(run: Runner) -> None:
    filters = ("--exchange", "Обмен телами погибших 19 декабря 2025 года", "--by", "medinsky")
    result = run("export", *filters, "-o", "part.csv")
    assert (result.code, result.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(Path("part.csv").read_text(encoding="utf8"), newline="")))
    assert {(row["asserter"], row["referent"]) for row in rows} == {
        ("Vladimir Medinsky", "Exchange of remains of 19 December 2025")
    }
    assert sorted(int(row["min"]) for row in rows) == [26, 1003, 1029]
    told = "claims about Exchange of remains of 19 December 2025 by Vladimir Medinsky"
    assert told in Path("part.csv.dcat.ttl").read_text(encoding="utf8")


def test_each_filter_narrows(run: Runner) -> None:
    whole = run("export", "--format", "nquads").out
    for option, value in (
        ("--source", "moscow-times-2025-12-19"), ("--exchange", "exchange-2025-12-19"),
        ("--agreement", "istanbul-agreement-2025-06"), ("--by", "medinsky"),
        ("--since", "2025-12-01"), ("--until", "2025-06-30"),
    ):  # fmt: skip
        result = run("export", "--format", "nquads", option, value)
        assert result.code == 0, result.err
        assert set(result.out.splitlines()) < set(whole.splitlines()), option


def test_assessments_only_where_they_are_asked_for(run: Runner) -> None:
    for filters in ((), ("--exchange", "exchange-2025-12-19")):
        without, with_them = run("export", *filters).text, run("export", "--with-assessments", *filters).text
        assert "a rep:Assessment" not in without
        assert "a rep:Assessment" in with_them
        assert len(without) < len(with_them)


def test_what_a_spreadsheet_may_read_as_a_formula_is_told(run: Runner, workspace: Path) -> None:
    dossier = next((workspace / "sources").iterdir())
    text = dossier.read_text(encoding="utf8")
    changed, number = re.subn(r"^( *headline:).*$", r'\1 "=1+1"', text, flags=re.MULTILINE)
    assert number == 1
    dossier.write_text(changed, encoding="utf8")
    assert run("build").code == 0
    result = run("export", "-o", "x.csv")
    assert result.code == 0
    rows = Path("x.csv").read_bytes().count(b",=1+1,")
    assert rows, "the values are as they were"
    assert result.err.startswith(
        f"values that a spreadsheet may read as formulas: headline ({rows})\n  hint: "
    )


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--by", "medinsky", "--until", "2001-01-01"), "RP210"),
        (("--by", "coordination-headquarters", "--until", "2025-07-31", "--format", "csv"), "RP211"),
        (
            ("--by", "coordination-headquarters", "--until", "2025-07-31", "--format", "csv", "--gzip"),
            "RP211",
        ),
        (("--format", "csv", "--with-assessments"), "RP212"),
        (("--format", "parquet", "--gzip"), "RP212"),
        (("--exchange", "exchange"), "RP202"),
        (("--agreement", "exchange-2025-12-19"), "RP201"),
        (("--since", "2025-7-1"), "RP203"),
    ],
)
def test_refused_and_nothing_written(args: tuple[str, ...], code: str, run: Runner, outside: Path) -> None:
    (outside / "old").write_bytes(b"what was there before")
    for output in ("-", "new", "old"):
        assert refused(run("export", *args, "-o", output), 2) == [code]
        assert names(outside) == {"old"}
        assert (outside / "old").read_bytes() == b"what was there before"


def fill(folder: Path) -> dict[str, bytes]:
    """Write an export and its companions of before; return them."""
    for suffix in ("", *DESCRIPTION, *DICTIONARIES["csv"]):
        (folder / f"x.csv{suffix}").write_bytes(b"old")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("number", range(5))
def test_a_failure_at_any_file_leaves_the_set_of_before(
    number: int, run: Runner, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real, calls = fill(outside), os.fsync, []

    def full(file: int) -> None:
        calls.append(file)
        if len(calls) > number:
            raise OSError(28, os.strerror(28))
        real(file)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert refused(run("export", "-o", "x.csv"), 4) == ["RP405"]
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == before


def test_a_failing_description_leaves_the_set_of_before(
    run: Runner, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fill(outside)

    def fail(*args: object) -> object:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr("repatria.export.beside.descriptions", fail)
    assert refused(run("export", "-o", "x.csv"), 4) == ["RP404"]
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == before


def test_a_folder_in_the_place_of_a_description(run: Runner, outside: Path) -> None:
    (outside / "x.ttl.dcat.jsonld").mkdir()
    result = run("export", "-o", "x.ttl")
    assert refused(result, 4) == ["RP404"]
    assert result.err.startswith("x.ttl.dcat.jsonld: error")
    assert names(outside) == {"x.ttl.dcat.jsonld"}


def test_temporary_files_full(run: Runner, outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **more: object) -> object:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("repatria.export.lines.LineSorter", lambda repeated: LineSorter(run_bytes=1))
    monkeypatch.setattr("tempfile.TemporaryFile", full)
    assert refused(run("export", "-o", "x.nq"), 4) == ["RP405"]
    assert names(outside) == set()
