"""``repatria validate`` with limits, and on input that would make it hang, crash or lose what it found."""

# ruff: noqa: E501 - tables of shapes and answers

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

import pytest
from tests.cli.conftest import Runner
from tests.cli.process import on_terminal

PREFIXES = "@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
DATA = "".join(f"ex:n{n} a ex:T ; ex:p {n} .\n" for n in range(40))
ENDLESS = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + " FILTER(CONCAT(STR(?a0), STR(?a8)) = 'x')"
NAMED = "ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .\n"
SLOW = (
    f'ex:t a sh:NodeShape ; sh:targetClass ex:T ; sh:sparql [ sh:select "SELECT $this {{ {ENDLESS} }}" ] .\n'
)
MILD = """ex:m a sh:NodeShape ; sh:targetClass ex:T ; sh:severity sh:Info ; sh:nodeKind sh:Literal .
ex:w a sh:NodeShape ; sh:targetNode ex:n1 ; sh:severity sh:Warning ; sh:nodeKind sh:Literal .
"""


@pytest.fixture
def write(outside: Path) -> object:
    def write(name: str, text: str) -> str:
        (outside / name).write_text(PREFIXES + text, encoding="utf8")
        return name

    return write


@pytest.fixture
def files(outside: Path) -> list[str]:
    """Data, and the option of shapes of which one never ends."""
    (outside / "data.ttl").write_text(PREFIXES + DATA, encoding="utf8")
    (outside / "shapes.ttl").write_text(PREFIXES + NAMED + SLOW + MILD, encoding="utf8")
    return ["data.ttl", "--shapes", "shapes.ttl"]


def test_what_was_found_within_the_time_is_shown(run: Runner, files: list[str]) -> None:
    begun = time.monotonic()
    result = run("validate", *files, "--timeout", "2", "--format", "csv", "--severity", "warning")
    assert time.monotonic() - begun < 5
    assert result.code == 4
    assert len(result.text.splitlines()) == 1 + 40 + 1
    first, hint = result.err.splitlines()
    assert first == "error[RP408]: stopped after 2 s, as asked; 2 of 3 shapes done"
    assert hint.startswith("  hint: what was found until then is shown")


def test_a_report_that_is_not_whole_says_so(run: Runner, files: list[str]) -> None:
    text = run("validate", *files, "--timeout", "0.001").text
    assert not text.startswith("Conforms")
    assert "stopped after 0.001 s, as asked" in text
    assert (
        '"unfinished": "stopped after 0.001 s'
        in run("validate", *files, "--timeout", "0.001", "--format", "json").text
    )


def test_the_first_results_are_enough(run: Runner, files: list[str]) -> None:
    result = run("validate", *files, "--shape", "s", "--max-results", "7", "--format", "csv")
    assert (result.code, len(result.text.splitlines()), result.err) == (1, 1 + 7, "")
    assert "stopped after 7 results, as asked; there are more" in run(
        "validate", *files, "--shape", "s", "--max-results", "7"
    ).text  # fmt: skip
    assert run("validate", *files, "--shape", "s", "--max-results", "40").code == 1


def test_whether_it_conforms_is_not_known_from_the_first_results(run: Runner, files: list[str]) -> None:
    result = run("validate", *files, "--shape", "ex:m", "--shape", "m", "--max-results", "3")
    assert (result.code, result.text) == (2, "")
    result = run("validate", *files, "--shape", "m", "--max-results", "3")
    assert result.code == 4
    assert result.err.startswith(
        "error[RP409]: stopped after 3 results, as asked; there are more, and none of these is"
    )
    assert run("validate", *files, "--shape", "m", "--max-results", "3", "--fail-on", "info").code == 1
    assert run("validate", *files, "--shape", "m").code == 0


@pytest.mark.parametrize(("severity", "number"), [("violation", 40), ("warning", 41), ("info", 81)])
def test_severity_leaves_out_what_weighs_less(
    run: Runner, files: list[str], severity: str, number: int
) -> None:
    shapes = ("--shape", "s", "--shape", "m", "--shape", "w")
    for engine in ("auto", "pyshacl"):
        result = run(
            "validate", *files, *shapes, "--severity", severity, "--engine", engine, "--format", "csv"
        )
        assert (result.code, len(result.text.splitlines()) - 1) == (1, number)


def test_an_unknown_shape_is_a_wrong_call(run: Runner, files: list[str]) -> None:
    result = run("validate", *files, "--shape", "tt")
    assert (result.code, result.text) == (2, "")
    assert result.err == "error[RP201]: there is no shape “tt”\n  hint: did you mean “t”?\n"
    result = run("validate", "--shape", "claim-akt")
    assert (result.code, result.err.splitlines()[1]) == (2, "  hint: did you mean “claim-act”?")


def test_what_counted_as_data_is_said(run: Runner, files: list[str]) -> None:
    text = run("validate", *files, "--shape", "s").text
    assert "data.ttl: all graphs together; no inference" in text
    text = run("validate", "--shape", "claim-act").text
    assert "all its graphs but drafts" in text
    assert "the shipped ontology" in text


def test_an_endpoint_or_a_file(run: Runner, files: list[str]) -> None:
    result = run("validate", *files, "--endpoint", "http://127.0.0.1:9/")
    assert (result.code, "FILE and --endpoint" in result.err) == (2, True)
    result = run("validate", "--endpoint", "ftp://127.0.0.1/")
    assert (result.code, "no address of an endpoint" in result.err) == (2, True)


def test_nobody_at_an_endpoint(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("repatria.shacl.endpoint.client._PAUSE", 0.01)
    result = run("validate", "--endpoint", "http://user:secret@127.0.0.1:9/")
    assert result.code == 4
    assert result.err.startswith(
        "http://127.0.0.1:9/: error[RP410]: the endpoint cannot be asked: connection refused"
    )


def test_a_bar_is_shown_on_a_terminal_after_a_second(files: list[str], outside: Path) -> None:
    code, shown = on_terminal("validate", *files, "--timeout", "3", "-o", "report")
    assert code == 4
    assert re.search(r"validating █+░+ 3/4, \d s", shown)
    quick = on_terminal("validate", *files, "--shape", "s", "-o", "report")
    assert quick == (1, "")
    assert (outside / "report").read_text(encoding="utf8").count("minCount") >= 40


# What is wrong with the input.


def checked(run: Runner, *args: str) -> tuple[int, str]:
    """Return how a call ended that is to end soon: exit code and first line of stderr."""
    begun = time.monotonic()
    result = run("validate", *args, "--timeout", "20")
    assert time.monotonic() - begun < 15
    assert "Traceback" not in result.err
    return result.code, result.err.split("\n")[0]


@pytest.mark.parametrize(
    ("shapes", "told"),
    [
        ("ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:node ex:s .", "the shapes are recursive"),
        ("ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:not [ sh:property [ sh:path ex:p ; sh:node ex:s ] ] .",
         "the shapes are recursive"),
        ("ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:property ex:p . ex:p sh:path ex:p ; sh:property ex:p .",
         "the shapes are recursive"),
        ("ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path _:l ] . _:l sh:inversePath _:l .",
         "no well-formed property path"),
        ("ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:pattern '(((a{1000}){1000}){1000})' .", "sh:pattern"),
        ("ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:pattern '(' .", "sh:pattern"),
        ("ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:sparql [ sh:select 'SELECT' ] .", "a query is no SPARQL"),
        ("ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:minCount 'one' .", "sh:minCount"),
        ("ex:a ex:b ex:c .", "no SHACL shapes found"),
    ],
)  # fmt: skip
def test_shapes_that_cannot_be_run(run: Runner, outside: Path, shapes: str, told: str) -> None:
    (outside / "data.ttl").write_text(PREFIXES + DATA, encoding="utf8")
    (outside / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf8")
    code, error = checked(run, "data.ttl", "--shapes", "shapes.ttl")
    assert code == 3
    assert re.match(r"error\[RP31[12]\]: ", error)
    assert told in error


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("mixed.ttl", PREFIXES + DATA + '{"@id": "http://example.org/x"}\n', "RP303"),
        ("mixed.nq", "<http://example.org/a> <http://example.org/b> 'x' .\n" + PREFIXES, "RP303"),
        ("mixed.jsonld", "[]\n" + PREFIXES, "RP303"),
        ("mixed.rdf", PREFIXES + DATA, "RP303"),
        ("mixed.nt", '<http://example.org/a> <http://example.org/b> "x" <http://example.org/g> .\n', "RP303"),
        ("half.ttl", PREFIXES + DATA + "ex:a ex:b", "RP303"),
    ],
)
def test_a_file_of_another_or_of_two_syntaxes(
    run: Runner, outside: Path, name: str, content: str, code: str
) -> None:
    (outside / name).write_text(content, encoding="utf8")
    (outside / "shapes.ttl").write_text(PREFIXES + NAMED, encoding="utf8")
    found, error = checked(run, name, "--shapes", "shapes.ttl")
    assert found == 3
    assert re.match(rf"{name}(:\d+)*: error\[{code}\]: ", error)


def test_wrong_lexical_forms_are_results_and_no_crash(run: Runner, outside: Path) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    kinds = ("integer", "decimal", "double", "boolean", "date", "dateTime", "duration", "byte", "anyURI")
    values = [f"'?'^^<{xsd}{kind}>" for kind in kinds] + [
        f"'9'^^<{xsd}boolean>",
        f"'{'9' * 400}'^^<{xsd}byte>",
    ]
    data = "".join(f"ex:n{n} a ex:T ; ex:p {value} .\n" for n, value in enumerate(values))
    rule = "ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:minInclusive 1 ] ."
    (outside / "data.ttl").write_text(PREFIXES + data, encoding="utf8")
    (outside / "shapes.ttl").write_text(PREFIXES + rule, encoding="utf8")
    result = run("validate", "data.ttl", "--shapes", "shapes.ttl", "--format", "csv")
    assert (result.code, result.err) == (1, "")
    assert result.text.count("MinInclusive") == len(values)


def test_expressions_that_explode_elsewhere_take_no_time(run: Runner, outside: Path) -> None:
    (outside / "data.ttl").write_text(f"{PREFIXES} ex:a a ex:T ; ex:p '{'a' * 50_000}!' .", encoding="utf8")
    rule = "ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:pattern '^(a+)+$' ] ."
    (outside / "shapes.ttl").write_text(PREFIXES + rule, encoding="utf8")
    assert checked(run, "data.ttl", "--shapes", "shapes.ttl") == (1, "")


@pytest.mark.parametrize("ending", ["nq", "ttl"])
def test_a_file_that_grows_while_it_is_read(run: Runner, outside: Path, ending: str) -> None:
    """A process goes on writing whole lines to it."""
    line = "<http://example.org/a> <http://example.org/p> <http://example.org/b> .\n"
    (outside / f"data.{ending}").write_text(line * 30_000, encoding="utf8")
    (outside / "shapes.ttl").write_text(PREFIXES + NAMED, encoding="utf8")
    script = f'while :; do echo "{line.strip()}"; sleep 0.005; done >> data.{ending}'
    with subprocess.Popen(["sh", "-c", script], cwd=outside) as writer:
        try:
            result = run("validate", f"data.{ending}", "--shapes", "shapes.ttl")
        finally:
            writer.kill()
    assert result.code == 3
    assert result.err.startswith(
        f"data.{ending}: error[RP313]: the file changed while it was being read\n  hint: "
    )
