"""What ``import repatria`` offers, as users of Python call it."""

from __future__ import annotations

import datetime as dt
import inspect
import shutil
from pathlib import Path

import pandas
import pyoxigraph
import pytest
import rdflib

import repatria
from repatria.query.rows import Rows
from repatria.query.run import Triples

PUBLIC = [
    "IRI", "Bounds", "Card", "Diff", "Graph", "InputError", "Location", "MissingExtra", "Problems",
    "QueryTimeout", "Reading", "RepatriaError", "Report", "Result", "Row", "Rows", "Severity", "StoreError",
    "Summary", "Triples", "UsageError", "Workspace", "__version__", "bounds", "build", "differences",
    "find_workspace", "normalise", "open", "read_words", "read_workspace", "validate",
]  # fmt: skip
ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "data" / "repatria.nq"


@pytest.fixture
def g(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> repatria.Graph:
    """The shipped dataset, opened outside any workspace."""
    monkeypatch.chdir(tmp_path)
    return repatria.open()


def rows(answer: object) -> Rows:
    assert isinstance(answer, Rows)
    return answer


def test_the_public_names_are_these() -> None:
    assert sorted(repatria.__all__) == sorted(PUBLIC)
    assert set(dir(repatria)) == set(PUBLIC)
    with pytest.raises(AttributeError, match="no_such_name"):
        repatria.no_such_name  # noqa: B018


@pytest.mark.parametrize("name", [name for name in PUBLIC if name != "__version__"])
def test_each_has_a_docstring(name: str) -> None:
    found = getattr(repatria, name)
    assert inspect.getdoc(found)
    if inspect.isclass(found):
        for method, function in vars(found).items():
            if inspect.isfunction(function) and not method.startswith("_"):
                assert function.__doc__, f"{name}.{method}"


def test_open_in_a_folder_of_a_workspace_and_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from repatria.building.scaffold import make_workspace

    make_workspace(tmp_path / "mine", "http://example.org/")
    with pytest.raises(repatria.StoreError, match="RP403"):
        repatria.open(tmp_path / "mine")
    summary = repatria.build(repatria.read_workspace(tmp_path / "mine"))
    assert summary.conforms is True
    assert summary.totals["claims"] == 2
    count = "SELECT (COUNT(*) AS ?n) { ?c a rep:Claim }"
    assert [row.n for row in rows(repatria.open(tmp_path / "mine").query(count))] == [2]
    monkeypatch.chdir(tmp_path / "mine" / "sources")
    assert [row.n for row in rows(repatria.open().query(count))] == [2]
    assert [row.n for row in rows(repatria.open(SHIPPED).query(count))] == [91]
    with pytest.raises(repatria.InputError, match="RP301"):
        repatria.open(tmp_path / "missing.ttl")
    with pytest.raises(repatria.UsageError, match="RP206"):
        repatria.open(tmp_path)


def test_a_file_of_any_format(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text('<http://example.org/a> <http://example.org/b> "c"@en .', encoding="utf8")
    found = rows(repatria.open(str(tmp_path / "a.ttl")).query("SELECT ?o { ?s ?p ?o }"))
    assert [tuple(row) for row in found] == [("c",)]


def test_rows_are_typed(g: repatria.Graph) -> None:
    found = rows(
        g.query(
            """SELECT ?claim ?words ?min ?said ?polarity ?nothing {
              ?claim rep:saidOn ?said ; rep:polarity ?polarity ; rep:hasCount/rep:quantity ?q .
              ?q rep:statedText ?words ; rep:min ?min } ORDER BY ?claim ?min"""
        )
    )
    assert found.columns == ("claim", "words", "min", "said", "polarity", "nothing")
    assert len(found) > 3
    row = found[0]
    assert isinstance(row, repatria.Row)
    assert isinstance(row.claim, repatria.IRI)
    assert row["claim"] == row[0] == row.claim
    assert [type(row[name]) for name in ("words", "min", "said", "polarity")] == [str, int, dt.date, bool]
    assert row.nothing is None
    assert list(row.asdict()) == list(found.columns)
    with pytest.raises(AttributeError, match="no column 'no'"):
        row.no  # noqa: B018
    assert [tuple(again) for again in found] == [tuple(again) for again in found], "rows can be read twice"


def test_to_pandas(g: repatria.Graph) -> None:
    frame = g.claims(from_="russia").to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns[:2]) == ["claim", "who"]
    assert str(frame["min"].dtype) == "Int64"
    assert int(frame["min"].max()) >= 6000


def test_other_forms_of_queries(g: repatria.Graph) -> None:
    assert g.query("ASK { ?c a rep:Claim }") is True
    found = g.query("CONSTRUCT { ?c a rep:Claim } WHERE { ?c a rep:Claim }")
    assert isinstance(found, Triples)
    assert len(list(found)) == 91
    with pytest.raises(repatria.InputError) as error:
        g.query("SELECT ?s { ?s ?p }")
    assert error.value.code == "RP320"
    assert str(error.value).startswith("query:1:")
    with pytest.raises(repatria.QueryTimeout):
        g.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", timeout=1)


def test_saved_queries_and_claims(g: repatria.Graph) -> None:
    assert {"claims", "claims-by"} <= set(g.saved())
    assert g.load("claims-by").parameters[0].type == "entity"
    by = rows(g.query("claims-by", {"official": "medinsky"}))
    assert by
    handed = g.claims(from_="russia", measure="remains-transferred", since=dt.date(2025, 7, 1))
    assert handed
    assert {row["from"] for row in handed} == {"Russia"}
    assert len(g.claims(limit=2)) == 2
    with pytest.raises(repatria.UsageError, match="RP203"):
        g.claims(colour="red")


def test_describe(g: repatria.Graph) -> None:
    card = g.describe("medinsky")
    assert card.title == "Vladimir Medinsky"
    assert card.kind == "person"
    assert card.iri == g.find("vladimir-medinsky")
    assert {line.section for line in card.lines} >= {"", "Posts held", "Claims made"}
    assert len(card.rows()) == len(card.lines)
    with pytest.raises(repatria.UsageError, match="RP201"):
        g.describe("nobody-of-this-name")


# rdflib warns of its own methods in its own code.
@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph)[. ]:DeprecationWarning")
def test_rdflib_has_the_same_quads(g: repatria.Graph) -> None:
    copy = g.rdflib()
    quads = set(pyoxigraph.parse(path=str(SHIPPED)))
    assert len(copy) == len({quad.triple for quad in quads})
    found = {(s.n3(), p.n3(), f"<{graph}>") for s, p, _, graph in copy.quads()}
    assert found == {(str(q.subject), str(q.predicate), str(q.graph_name)) for q in quads}
    namespace = rdflib.Namespace("https://w3id.org/repatria/ns#")
    assert len(set(copy.subjects(rdflib.RDF.type, namespace.Claim))) == 91
    assert ("rep", rdflib.URIRef(namespace)) in set(copy.namespaces())


def test_export(g: repatria.Graph) -> None:
    assert g.export("nquads") == g.export("nquads")
    whole = g.export("nquads", with_assessments=True)
    assert set(pyoxigraph.parse(whole, format=pyoxigraph.RdfFormat.N_QUADS)) == set(
        pyoxigraph.parse(path=str(SHIPPED))
    )


def test_validate(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        "<http://example.org/c> a <https://w3id.org/repatria/ns#Claim> .", encoding="utf8"
    )
    report = repatria.validate(tmp_path / "a.ttl")
    assert not report.conforms
    assert all(isinstance(result, repatria.Result) for result in report.results)
    assert {result.severity for result in report.results} == {repatria.Severity.VIOLATION}
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text("<http://example.org/s> a <http://www.w3.org/ns/shacl#NodeShape> .", encoding="utf8")
    assert repatria.validate(tmp_path / "a.ttl", [shapes]).conforms


def test_problems_hold_every_error(tmp_path: Path) -> None:
    from repatria.building.scaffold import make_workspace

    make_workspace(tmp_path / "mine", "http://example.org/")
    source = next((tmp_path / "mine" / "sources").iterdir())
    text = source.read_text(encoding="utf8")
    source.write_text(
        text.replace("act: announce", "act: x").replace("act: confirm", "act: y"), encoding="utf8"
    )
    with pytest.raises(repatria.Problems) as problems:
        repatria.build(repatria.read_workspace(tmp_path / "mine"))
    assert len(problems.value.errors) >= 2
    assert all(error.location is not None and error.location.line for error in problems.value.errors)
    shutil.rmtree(tmp_path / "mine")
    assert repatria.find_workspace(tmp_path) is None


def test_words_and_texts() -> None:
    reading = repatria.read_words("more than 6,000")
    assert isinstance(reading, repatria.Reading)
    assert repatria.normalise("a \n b") == repatria.normalise("a b ")
