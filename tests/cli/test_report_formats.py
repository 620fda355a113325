"""`repatria validate --format` and `repatria shapes` as they are called; the hook that validates."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.cli.conftest import Runner
from tests.cli.hooks import Hooked
from tests.cli.matrix import refused

from repatria_cli.validate import FORMATS

ROOT = Path(__file__).parents[2]
DATA = """@prefix ex: <http://example.org/> .

ex:report a ex:Report ;
    ex:status ex:publishd .
"""
SHAPES = """@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
ex:shape sh:targetClass ex:Report ; sh:property ex:status-known .
ex:status-known sh:path ex:status ; sh:in ( ex:draft ex:published ) ; sh:message "A status is known."@en .
"""


@pytest.fixture
def place(outside: Path) -> Path:
    (outside / "data.ttl").write_text(DATA, encoding="utf8")
    (outside / "shapes.ttl").write_text(SHAPES, encoding="utf8")
    return outside


def written(run: Runner, format: str, *more: str) -> str:
    result = run("validate", "data.ttl", "--shapes", "shapes.ttl", "--format", format, *more)
    assert (result.code, result.err) == (1, "")
    return result.text


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_tells_the_result_and_ends_with_a_line(format: str, run: Runner, place: Path) -> None:
    text = written(run, format)
    assert "publishd" in text
    assert text.endswith("\n")
    assert written(run, format, "-o", "report") == ""
    assert (place / "report").read_text("utf8").replace("\r\n", "\n") == text.replace("\r\n", "\n")


def test_the_place_is_the_same_in_all_that_have_one(run: Runner, place: Path) -> None:
    assert "data.ttl:4:15: violation: A status is known." in written(run, "text")
    (row,) = csv.DictReader(io.StringIO(written(run, "csv"), newline=""))
    assert (row["file"], row["line"], row["column"]) == ("data.ttl", "4", "15")
    (item,) = json.loads(written(run, "json"))["results"]
    assert (item["file"], item["line"], item["column"]) == ("data.ttl", 4, 15)
    assert item["suggestion"] == "did you mean <http://example.org/published>?"
    (found,) = json.loads(written(run, "sarif"))["runs"][0]["results"]
    region = found["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 4, "startColumn": 15, "endColumn": 26}
    assert found["ruleId"] == "ex:status-known"
    (case,) = ElementTree.fromstring(written(run, "junit")).iter("testcase")
    assert (case.attrib["file"], case.attrib["line"]) == ("data.ttl", "4")
    assert "::error file=data.ttl,line=4,col=15,endColumn=26," in written(run, "github")
    assert "`data.ttl:4:15`" in written(run, "markdown")
    assert 'data-file="data.ttl"' in written(run, "html")


def test_what_fails_in_junit_is_what_fails_the_command(run: Runner, place: Path) -> None:
    (place / "shapes.ttl").write_text(
        SHAPES.replace("sh:in", "sh:severity sh:Warning ; sh:in"), encoding="utf8"
    )
    for fail_on, code in (("violation", 0), ("warning", 1)):
        result = run(
            "validate", "data.ttl", "--shapes", "shapes.ttl", "--format", "junit", "--fail-on", fail_on
        )
        assert (result.code, result.text.count("<failure")) == (code, code)


def test_data_that_conform_are_told_in_each_format(run: Runner, place: Path) -> None:
    (place / "data.ttl").write_text(DATA.replace("publishd", "published"), encoding="utf8")
    for format in FORMATS:
        result = run("validate", "data.ttl", "--shapes", "shapes.ttl", "--format", format)
        assert (result.code, result.err) == (0, ""), format
        assert result.out, format


def test_shapes_are_described(run: Runner, place: Path) -> None:
    result = run("shapes", "shapes.ttl")
    assert (result.code, result.err) == (0, "")
    assert (
        "ex:status-known, ex:status  (violation)\n    each value is ex:draft or ex:published\n" in result.text
    )
    html = run("shapes", "shapes.ttl", "--format", "html", "-o", "shapes.html")
    assert (html.code, html.out) == (0, b"")
    assert 'id="status-known"' in (place / "shapes.html").read_text("utf8")
    assert "s:claim-act" in run("shapes", "--shape", "claim-act").text


def test_shapes_of_the_workspace_are_described_too(run: Runner, workspace: Path) -> None:
    (workspace / "mine.ttl").write_text(SHAPES, encoding="utf8")
    settings = workspace / "repatria.toml"
    settings.write_text(settings.read_text("utf8") + '\nshapes = ["mine.ttl"]\n', encoding="utf8")
    text = run("shapes").text
    assert "status-known" in text
    assert "s:claim-act" in text


def test_what_cannot_be_described_is_refused(run: Runner, place: Path) -> None:
    assert refused(run("shapes", "data.ttl"), 3) == ["RP312"]
    assert refused(run("shapes", "--shape", "claim-akt"), 2) == ["RP201"]
    assert refused(run("shapes", "--examples", "missing"), 3) == ["RP101"]


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_the_hook_runs_in_pre_commit(tmp_path: Path) -> None:
    pytest.importorskip("pre_commit", reason="there is no pre-commit")
    settings = "        args: [--shapes, shapes.ttl]\n        exclude: shapes.ttl\n"
    files = {"data.ttl": DATA, "shapes.ttl": SHAPES, "note.txt": "no RDF\n"}
    repository = Hooked(tmp_path, "repatria-validate", files, settings)
    codes = []
    for text in (DATA, DATA.replace("publishd", "published")):
        (repository.place / "data.ttl").write_text(text, encoding="utf8")
        done = repository.run()
        codes.append(done.returncode)
        assert ("data.ttl:4:15: violation" in done.stdout) == (done.returncode == 1), (
            done.stdout + done.stderr
        )
    assert codes == [1, 0]
