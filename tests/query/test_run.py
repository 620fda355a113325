"""Running queries: which graphs, how many rows, how long, and errors with their place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from repatria.errors import InputError, QueryTimeout, RepatriaError, StoreError, UsageError
from repatria.query.rows import Rows
from repatria.query.run import Query, Triples, ask_all, run
from repatria.store import Dataset, open_disk, open_nquads
from repatria.terms import RDF, Names, iri, rep

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?l) }"
ENDLESS = "SELECT ?a ?d ?g ?j { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ALL = Query("SELECT ?s { ?s rep:said ?o } ORDER BY ?s")
SAID = NamedNode("https://w3id.org/repatria/ns#said")


def small(*graphs: str) -> Dataset:
    store = Store()
    for name in graphs:
        subject = NamedNode(f"urn:{name.replace('/', '-')}")
        store.add(Quad(subject, SAID, Literal("x"), Names().graph(*name.split("/"))))
    return Dataset(store)


def rows(dataset: Dataset, query: Query, timeout: float | None = None) -> Rows:
    found = run(dataset, query, timeout)
    assert isinstance(found, Rows)
    return found


def subjects(dataset: Dataset, query: Query, timeout: float | None = None) -> list[str]:
    return [row[0].removeprefix("urn:") for row in rows(dataset, query, timeout)]


@pytest.mark.parametrize("timeout", [None, 30.0])
def test_default_graph_is_all_but_drafts(timeout: float | None) -> None:
    mixed = small("source/a", "entities", "draft/b")
    assert subjects(mixed, ALL, timeout) == ["entities", "source-a"]
    assert subjects(small("source/a", "entities"), ALL, timeout) == ["entities", "source-a"]


@pytest.mark.parametrize("timeout", [None, 30.0])
def test_graphs_make_up_the_default_graph(timeout: float | None) -> None:
    mixed = small("source/a", "entities", "draft/b")
    draft = Query(ALL.text, graphs=(Names().graph("draft", "b").value,))
    assert subjects(mixed, draft, timeout) == ["draft-b"]
    assert subjects(mixed, Query(ALL.text, graphs=()), timeout) == []


def test_graphs_that_the_query_names_are_asked() -> None:
    mixed = small("source/a", "entities", "draft/b")
    assert subjects(mixed, Query("SELECT ?s FROM graph:entities { ?s ?p ?o }")) == ["entities"]
    two = Query("SELECT ?s FROM graph:entities FROM <urn:none> { ?s ?p ?o }")
    assert subjects(mixed, two) == ["entities"]
    named = Query("SELECT ?s FROM NAMED graph:entities { GRAPH ?g { ?s ?p ?o } }")
    assert subjects(mixed, named) == ["entities"]


@pytest.mark.parametrize("timeout", [None, 30.0])
def test_forms_of_answers(dataset: Dataset, timeout: float | None) -> None:
    assert run(dataset, Query("ASK { ?x a rep:Claim }"), timeout) is True
    assert run(dataset, Query("ASK { ?x a rep:Nothing }"), timeout) is False
    built = run(dataset, Query("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c FILTER(?c = rep:Source) }"), timeout)
    assert isinstance(built, Triples)
    assert {triple.subject for triple in built} == {
        quad.subject for quad in dataset.store.quads_for_pattern(None, iri(RDF + "type"), rep("Source"))
    }
    told = run(dataset, Query("DESCRIBE person:rustem-umerov"), timeout)
    assert isinstance(told, Triples)
    assert NamedNode("https://w3id.org/repatria/ns#Official") in [triple.object for triple in told]


@pytest.mark.parametrize("timeout", [None, 30.0])
def test_values_are_the_same_with_a_timeout(dataset: Dataset, timeout: float | None) -> None:
    query = Query('SELECT (1 AS ?a) ("x"@uk AS ?b) ("2025-07-17"^^xsd:date AS ?c) (<urn:x> AS ?d) ?e { }')
    day = Literal("2025-07-17", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    assert [list(row) for row in rows(dataset, query, timeout).terms()] == [
        [Literal(1), Literal("x", language="uk"), day, NamedNode("urn:x"), None]
    ]


@pytest.mark.parametrize("timeout", [None, 30.0])
@pytest.mark.parametrize("limit", [0, 1, 7])
def test_limit_ends_a_query_without_its_other_rows(
    dataset: Dataset, limit: int, timeout: float | None
) -> None:
    assert len(rows(dataset, Query(ENDLESS, limit=limit), timeout)) == limit
    built = run(dataset, Query("CONSTRUCT WHERE { ?s ?p ?o }", limit=limit), timeout)
    assert isinstance(built, Triples)
    assert len(list(built)) == limit


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that the guard starts."""
    started: list[subprocess.Popen[bytes]] = []

    class Recorded(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Recorded)
    return started


def test_runaway_query_is_ended_and_its_process_is_gone(
    dataset: Dataset, processes: list[subprocess.Popen[bytes]]
) -> None:
    with pytest.raises(QueryTimeout, match=r"did not end within 0.5 s") as error:
        run(dataset, Query(RUNAWAY), timeout=0.5)
    assert (error.value.code, error.value.exit_code) == ("RP406", 4)
    assert [process.returncode for process in processes] == [-9]
    assert not Path(f"/proc/{processes[0].pid}").exists()


def test_dataset_on_disk_and_in_a_file_with_timeout(dataset: Dataset, tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    store.bulk_extend(dataset.store)
    store.flush()
    del store
    (tmp_path / "graph.nq").write_bytes(dataset.store.dump(format=RdfFormat.N_QUADS) or b"")
    query = Query("SELECT ?x { ?x a rep:Claim }")
    for opened in (open_disk(tmp_path / "store"), open_nquads(tmp_path / "graph.nq")):
        assert len(rows(opened, query, 30)) == len(rows(opened, query)) == len(rows(dataset, query)) > 0
        with pytest.raises(QueryTimeout):
            run(opened, Query(RUNAWAY), timeout=0.5)


def test_files_where_the_reader_stands_are_not_run(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    assert run(dataset, Query("ASK { }"), timeout=30) is True


@pytest.mark.parametrize("timeout", [None, 30.0])
def test_syntax_error_has_line_column_and_caret(dataset: Dataset, timeout: float | None) -> None:
    with pytest.raises(InputError) as error:
        run(dataset, Query("SELECT ?x {\n  ?x a rep:Claim ]\n}", name="mine.rq"), timeout)
    assert (error.value.code, error.value.exit_code) == ("RP320", 3)
    assert str(error.value.location) == "mine.rq:2:18"
    assert error.value.excerpt == "    ?x a rep:Claim ]\n" + " " * 19 + "^"


MISTAKES = [
    ("SELEC ?x { ?x a rep:Claim }", (1, 1), "“SELEC”"),
    ("SELECT ?x {\n  ?x a nope:C\n}", (2, 8), "there is no prefix “nope:”"),
    ("PREFIX nope: <urn:n>\nSELECT ?x {\n ?x a nope:C, other:x }", (3, 15), "there is no prefix “other:”"),
    ('SELECT ?x {\n\t?x rep:max "їжак" ?y }', (2, 20), "“?y”"),
    ("SELECT ?x {\n ?x a rep:Claim FILTER(?x = ) }", (2, 17), "“FILTER”"),
    ("SELECT ?x { ?x a rep:Claim } ORDER ?x", (1, 30), "“ORDER”"),
    ("SELECT ?x WHERE {\n ?x a rep:Claim\n", (3, 1), "ends too early"),
    ("", (1, 1), "ends too early"),
    ("SELECT ?y { ?x a ?z } GROUP BY ?x", (1, 34), "The SELECT contains a variable that is unbound"),
]


@pytest.mark.parametrize(("text", "place", "message"), MISTAKES)
def test_mistakes_are_named_where_they_are(
    dataset: Dataset, text: str, place: tuple[int, int], message: str
) -> None:
    with pytest.raises(InputError) as error:
        run(dataset, Query(text))
    assert message in error.value.message
    location = error.value.location
    assert location is not None
    assert (location.line, location.column) == place


def test_what_is_no_text_is_an_input_error(dataset: Dataset) -> None:
    with pytest.raises(InputError) as error:
        run(dataset, Query("ASK { ?s ?p '\udcff' }"))
    assert error.value.code == "RP102"


@pytest.mark.parametrize("timeout", [None, 30.0])
@pytest.mark.parametrize(
    ("text", "code"),
    [("DELETE WHERE { ?s ?p ?o }", "RP208"), ("ASK { SERVICE <http://127.0.0.1:9/> { } }", "RP209")],
)
def test_updates_and_calls_are_refused(dataset: Dataset, text: str, code: str, timeout: float | None) -> None:
    before = len(dataset.store)
    with pytest.raises(UsageError) as error:
        run(dataset, Query(text), timeout)
    assert error.value.code == code
    assert len(dataset.store) == before


def test_errors_of_the_process_keep_their_kind(tmp_path: Path, dataset: Dataset) -> None:
    path = tmp_path / "graph.nq"
    path.write_bytes(dataset.store.dump(format=RdfFormat.N_QUADS) or b"")
    opened = open_nquads(path)
    path.write_text("<urn:a> <urn:b> .\n")
    with pytest.raises(InputError) as error:
        run(opened, Query("ASK { }"), timeout=30)
    assert error.value.code == "RP303"
    path.unlink()
    with pytest.raises(RepatriaError) as missing:
        run(opened, Query("ASK { }"), timeout=30)
    assert missing.value.code == "RP301"


def test_process_without_an_answer(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/true")
    with pytest.raises(StoreError) as error:
        run(dataset, Query("ASK { }"), timeout=30)
    assert error.value.code == "RP407"


def test_rows_of_an_internal_query(dataset: Dataset) -> None:
    text = "SELECT ?l { ?s a rep:Source ; rdfs:label ?l } ORDER BY ?l"
    labels = ask_all(dataset, text, lambda term: term.value)
    assert labels[0] == "article-000"
    assert labels == sorted(set(labels))
