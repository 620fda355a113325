"""What the commands do, on the shipped dataset and in a workspace of one's own."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat
from rdflib import SH
from tests.cli.conftest import Runner
from tests.cli.damage import DOSSIER

from repatria.dossier.text import normalise, sha256

WORDS = "SELECT ?words { ?q rep:statedText ?words }"


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf8")


def test_from_init_to_a_changed_number(run: Runner, outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = run("init", "mine", "--base", "http://example.org/mine/")
    assert made.code == 0
    assert all((outside / line).is_file() for line in made.text.splitlines())
    assert made.err == "next: cd mine && repatria build\n"
    monkeypatch.chdir(outside / "mine")
    built = run("build")
    assert (built.code, built.err) == (0, "")
    assert built.text.startswith(
        "1 source, 2 claims, 1 count, 1 exchange, 0 officials\nconforms to the shapes\n"
    )
    assert "next: " in built.text
    assert "nothing had changed" in run("build").text
    assert run("query", WORDS).text == "words\n12\n"
    edit(Path(DOSSIER), '"handed over 12 parcels"', '"handed over 13 parcels"')
    edit(Path(DOSSIER), '{words: "12"', '{words: "13"')
    states = {row["file"]: row["state"] for row in table(run("status").text)}
    assert states == {"entities/entities.yaml": "built", DOSSIER: "changed"}
    assert "1 dossier read" in run("build").text
    assert run("query", WORDS).text == "words\n13\n"
    claim = json.loads(run("claims", "--by", "ministry-of-examples", "--format", "json").text)[0]
    assert (claim["words"], claim["min"], claim["max"]) == ("13", 13, 13)
    assert "“handed over 13 parcels”" in run("describe", "handover-2025-05-02").text


def test_build_that_violates_a_rule_keeps_the_graph_before(run: Runner, workspace: Path) -> None:
    before = run("export").out
    edit(workspace / DOSSIER, "act: confirm", "act: accuse")
    result = run("build")
    assert result.code == 1
    assert "does not conform to the shapes; the graph built before stays" in result.text
    assert "accusation-target" in result.err
    assert run("export").out == before


def test_build_tells_all_errors(run: Runner, workspace: Path) -> None:
    edit(workspace / DOSSIER, "act: announce", "act: anounce")
    edit(workspace / DOSSIER, "act: confirm", "akt: confirm")
    result = run("build")
    assert result.code == 3
    places = re.findall(rf"^{re.escape(DOSSIER)}:(\d+):\d+: error\[RP1", result.err, re.MULTILINE)
    assert len(set(places)) >= 2
    assert result.err.rstrip().endswith(" errors")


# rdflib warns of its own methods in its own code.
@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph)[. ]:DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "format_"),
    [("nquads", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG)],
)
def test_build_to_a_file_holds_the_quads_of_the_store(
    name: str, format_: RdfFormat, run: Runner, workspace: Path
) -> None:
    written = run("build", "--to", name)
    assert written.code == 0
    exported = run("export", "--format", "nquads", "--with-assessments").out
    expected = set(pyoxigraph.parse(exported, format=RdfFormat.N_QUADS))
    assert set(pyoxigraph.parse(written.out, format=format_)) == expected
    assert in_rdflib(written.text, name) == {
        (str(quad.subject), str(quad.predicate), str(quad.graph_name)) for quad in expected
    }


def test_build_to_json_ld_holds_the_triples_of_the_store(run: Runner, workspace: Path) -> None:
    written = run("build", "--to", "jsonld")
    assert (written.code, written.out) == (0, run("export", "--format", "jsonld", "--with-assessments").out)


def in_rdflib(text: str, parser: str) -> set[tuple[str, str, str]]:
    """Return subject, predicate and graph of the quads that rdflib reads."""
    found = rdflib.Dataset()
    found.parse(data=text, format=parser)
    return {(s.n3(), p.n3(), f"<{g}>") for s, p, _, g in found.quads()}


def test_verify_finds_a_changed_article(run: Runner, workspace: Path) -> None:
    result = run("verify", "--articles", "articles")
    assert (result.code, result.text) == (0, "")
    assert result.err == "1 source, 2 passages, 2 fragments checked: all stand as recorded\n"
    edit(workspace / "articles" / "example-gazette.txt", "12 parcels", "21 parcels")
    result = run("verify", "--articles", "articles")
    assert result.code == 1
    found = re.findall(rf"^{re.escape(DOSSIER)}:\d+:\d+: error\[(RP15\d)\]", result.text, re.MULTILINE)
    assert found == ["RP151", "RP152", "RP153"]
    assert result.err.endswith("3 differences\n")


def test_locate_prints_what_a_dossier_needs(run: Runner, workspace: Path) -> None:
    article = workspace / "articles" / "example-gazette.txt"
    text = normalise(article.read_text(encoding="utf8"))
    row = table(run("locate", str(article), "confirmed the handover").text)[0]
    start = text.index("confirmed the handover")
    assert (int(row["start"]), int(row["end"])) == (start, start + 22)
    assert (row["sha256"], row["text_sha256"]) == (sha256("confirmed the handover"), sha256(text))
    assert table(run("locate", str(article)).text) == [{"characters": str(len(text)), "sha256": sha256(text)}]
    missing = run("locate", str(article), "confirmed the hangover")
    assert missing.code == 3
    assert "it holds “confirmed the han" in missing.err


BAD = """
<http://example.org/id/claim/s/c> a rep:Claim .
"""


@pytest.fixture
def invalid(outside: Path) -> str:
    text = "@prefix rep: <https://w3id.org/repatria/ns#> ." + BAD
    (outside / "invalid.ttl").write_text(text, encoding="utf8")
    return "invalid.ttl"


# rdflib warns of its own methods in its own code.
@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph)[. ]:DeprecationWarning")
def test_validate_in_each_format(run: Runner, invalid: str) -> None:
    text = run("validate", invalid)
    assert text.code == 1
    assert text.text.startswith("Does not conform: ")
    assert "s:claim-act " in text.text
    found = {}
    for name in ("turtle", "jsonld", "json", "csv"):
        result = run("validate", invalid, "--format", name)
        assert (result.code, result.err) == (1, "")
        found[name] = result.text
    turtle = rdflib.Graph().parse(data=found["turtle"], format="turtle")
    number = len(set(turtle.objects(None, SH.result)))
    assert number > 3
    jsonld = rdflib.Graph().parse(data=found["jsonld"], format="json-ld")
    assert len(set(jsonld.objects(None, SH.result))) == number
    assert len(table(found["csv"])) == number
    assert len(json.loads(found["json"])["results"]) == number


def test_validate_reads_stdin_other_shapes_and_severities(run: Runner, invalid: str, outside: Path) -> None:
    def found(name: str, stdin: bytes = b"") -> list[tuple[str, str]]:
        results = json.loads(run("validate", name, "--format", "json", stdin=stdin).text)["results"]
        return [(one["focus_node"]["value"], one["rule"]) for one in results]

    assert found("-", (outside / invalid).read_bytes()) == found(invalid) != []
    shapes = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rep: <https://w3id.org/repatria/ns#> .
<http://example.org/s> a sh:NodeShape ; sh:targetClass rep:Claim ;
  sh:property [ sh:path rep:note ; sh:minCount 1 ; sh:severity sh:Warning ] ."""
    (outside / "shapes.ttl").write_text(shapes, encoding="utf8")
    for level, code in (("violation", 0), ("warning", 1), ("info", 1)):
        assert run("validate", invalid, "--shapes", "shapes.ttl", "--fail-on", level).code == code


def test_the_graph_of_a_workspace_conforms(run: Runner, workspace: Path) -> None:
    assert run("validate").code == 0


def test_query_from_argument_file_stdin_and_name(run: Runner, outside: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?c a rep:Claim }"
    (outside / "count.rq").write_text(text, encoding="utf8")
    expected = "n\n91\n"
    assert run("query", text).text == expected
    assert run("query", "-f", "count.rq").text == expected
    assert run("query", "-f", "-", stdin=text.encode()).text == expected
    assert run("query", "-", stdin=text.encode()).text == expected
    assert run("query", stdin=text.encode()).text == expected
    assert run("query", text, "--timeout", "60").text == expected
    assert len(table(run("query", "claims-by", "-p", "official=medinsky").text)) > 5


def test_query_file_with_parameters_in_its_header(run: Runner, outside: Path) -> None:
    header = (
        "# title: Claims of one\n# param: who entity — whose\n# param: act concept:act optional — which\n"
    )
    body = "SELECT DISTINCT ?claim { ?claim rep:asserter ?who ; rep:act ?act }\n"
    (outside / "mine.rq").write_text(header + body, encoding="utf8")
    everything = table(run("query", "-f", "mine.rq", "--param", "who=medinsky").text)
    some = table(run("query", "-f", "mine.rq", "--param", "who=Мединский", "--param", "act=announce").text)
    assert 0 < len(some) < len(everything)
    assert run("query", "-f", "mine.rq").code == 2
    assert run("query", "-f", "mine.rq", "-p", "who=medinsky", "-p", "when=now").code == 2


def test_query_tells_where_the_syntax_is_wrong(run: Runner) -> None:
    result = run("query", "SELECT ?s\nWHERE { ?s ?p FILTER }")
    assert result.code == 3
    lines = result.err.splitlines()
    assert lines[0].startswith("query:2:")
    assert lines[1] == "  WHERE { ?s ?p FILTER }"
    assert lines[2].strip() == "^"
    assert int(lines[0].split(":")[2]) == len(lines[2]) - 2


@pytest.mark.parametrize(
    "text", ["DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }"]
)
def test_query_neither_changes_nor_fetches(text: str, run: Runner) -> None:
    result = run("query", text)
    assert (result.code, result.out) == (2, b"")


def test_query_of_one_graph_with_a_limit(run: Runner) -> None:
    text = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a rep:Claim }"
    assert run("query", text, "--graph", "article-000").text == "n\n20\n"
    assert run("query", text, "--graph", "entities").text == "n\n0\n"
    assert len(table(run("query", "SELECT ?c { ?c a rep:Claim }", "--limit", "3").text)) == 3


def test_query_shows_lists_and_prefixes(run: Runner) -> None:
    names = {row["name"] for row in table(run("query", "--list").text)}
    assert {"claims", "claims-by", "entities"} <= names
    assert run("query", "claims", "--show").text.startswith("# title: ")
    prefixes = {row["prefix"]: row["namespace"] for row in table(run("query", "--prefixes").text)}
    assert prefixes["rep"] == "https://w3id.org/repatria/ns#"
