"""Validation end to end: results, inference, bad shapes, and nothing fetched or printed."""

from __future__ import annotations

import io
import logging
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Literal as OneOf

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from repatria.errors import InputError
from repatria.rdf import read_quads
from repatria.shacl import Report, Severity, validate

DATA = Path(__file__).resolve().parents[1] / "data" / "shacl"
S = "https://w3id.org/repatria/shapes#"
EX = "http://example.org/"
PREFIXES = (
    "@prefix ex: <http://example.org/> . @prefix s: <https://w3id.org/repatria/shapes#> . "
    "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
)
SIMPLE = "s:a a sh:NodeShape ; sh:targetClass ex:A ; sh:sparql s:c . s:c sh:select {} ."

Engine = OneOf["auto", "pyshacl"]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def read(text: str) -> list[Quad]:
    return list(read_quads(io.BytesIO((PREFIXES + text).encode()), name="x.ttl"))


def file(name: str) -> list[Quad]:
    return list(read_quads(DATA / name, name=name))


def found(report: Report) -> Counter[tuple[str, str]]:
    return Counter(
        (str(result.focus_node).replace(EX, ""), str(result.rule).replace(S, "").strip("<>"))
        for result in report.results
    )


@pytest.mark.parametrize("engine", ["auto", "pyshacl"])
def test_pre_binding_of_the_focus_node_in_every_kind_of_group(engine: Engine) -> None:
    shapes = file("shapes.ttl")
    report = validate(file("data.ttl"), shapes, engine=engine)
    by_rule: dict[str, set[str]] = {}
    for focus, rule in found(report):
        by_rule.setdefault(rule, set()).add(focus)
    everyone = {"<bare>", "<draft>", "<named>", "<other>", "<topic>", "_:blank", "<whole>", '"a subject"'}
    assert by_rule["nothing-bound"] == everyone - {"<whole>", "<draft>"}
    assert by_rule["option-first"] == everyone - {"<whole>", "_:blank"}
    assert by_rule["union"] == {"<bare>", "<named>", "<other>", "<topic>", "<whole>", '"a subject"'}
    assert by_rule["sub-select"] == {"<draft>"}
    assert by_rule["bind-inside"] == {"<draft>"}
    assert by_rule["value-and-name"] == {"<draft>"}
    assert by_rule["report-title"] == everyone - {"<whole>", "<draft>"}
    assert by_rule["report"] == {"_:blank"}
    assert "off" not in by_rule


def test_messages_severities_and_names_of_rules() -> None:
    report = validate(file("data.ttl"), file("shapes.ttl"))
    (cited,) = [
        r
        for r in report.results
        if str(r.value) == f"<{EX}whole>" and r.rule == NamedNode(S + "value-and-name")
    ]
    assert set(cited.messages) == {
        Literal(f"{EX}whole is cited as One {{?missing}}"),
        Literal(f"cited: {EX}whole", language="en"),
    }
    assert cited.severity is Severity.WARNING
    assert cited.source_shape == NamedNode(S + "report")
    title = next(r for r in report.results if r.rule == NamedNode(S + "report-title"))
    assert (title.severity, title.message, title.value) == (Severity.INFO, "A report needs a title.", None)
    path = next(r for r in report.results if r.path and "^" in r.path)
    assert path.path == f"<{EX}part>/^<{EX}whole>"
    assert path.message == "does not meet sh:maxCount 1"
    assert path.rule == NamedNode(S + "report")


def test_literals_are_reported_as_written() -> None:
    shapes = read(
        "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:datatype xsd:date ] ."
    )
    report = validate(
        read('ex:a ex:p "01"^^xsd:integer, "2025-13-45"^^xsd:date, "1.50"^^xsd:decimal .'), shapes
    )
    values = {str(result.value).split("^")[0] for result in report.results}
    assert values == {'"01"', '"2025-13-45"', '"1.50"'}


@pytest.mark.parametrize("engine", ["auto", "pyshacl"])
@pytest.mark.parametrize(("form", "conforms"), [("01", True), ("1", False)])
def test_a_query_sees_the_literal_as_written(form: str, conforms: bool, engine: Engine) -> None:
    shapes = read(SIMPLE.format(f"'SELECT $this WHERE {{ $this <{EX}p> ?v FILTER(STR(?v) = \"1\") }}'"))
    data = read(f'ex:a a ex:A ; ex:p "{form}"^^xsd:integer .')
    assert validate(data, shapes, engine=engine).conforms is conforms


def test_an_ontology_and_rdfs_count_for_both_ways_of_running() -> None:
    ontology = read(
        "ex:B a owl:Class ; rdfs:subClassOf ex:A . ex:p a owl:ObjectProperty ; rdfs:domain ex:B ."
    )
    shapes = read(SIMPLE.format("'SELECT $this WHERE { FILTER EXISTS { $this ?p ?o } }'"))
    data = read("ex:b a ex:B . ex:x ex:p ex:y .")
    engines: tuple[Engine, ...] = ("auto", "pyshacl")
    for engine in engines:
        assert validate(data, shapes, engine=engine).conforms
        assert found(validate(data, shapes, ontology=ontology, engine=engine)) == {("<b>", "c"): 1}
        inferred = validate(data, shapes, ontology=ontology, inference="rdfs", engine=engine)
        assert found(inferred) == {("<b>", "c"): 1, ("<x>", "c"): 1}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { $this ?p ?o . MINUS { $this ?p 1 } }",
        "SELECT $this WHERE { VALUES ?x { 1 } $this ?p ?x }",
        "SELECT $this WHERE { BIND(1 AS ?this) }",
        "SELECT $this WHERE { { SELECT ?o WHERE { $this ?p ?o } } }",
        "SELECT $this WHERE { $this ?p }",
        "SELECT $this WHERE { $this $PATH ?o }",
        "SELECT $this WHERE { $this ?p ?o . SERVICE <http://example.org/sparql> { ?o ?q ?r } }",
        "SELECT $this WHERE { $this <http://example.org/#p> ?o . SERVICE ?s { ?o ?q ?r } }",
        "SELECT $this FROM <http://example.org/data> WHERE { $this ?p ?o }",
    ],
)
@pytest.mark.parametrize("engine", ["auto", "pyshacl"])
def test_queries_that_shacl_or_the_house_refuses(query: str, engine: Engine) -> None:
    with pytest.raises(InputError) as caught:
        validate(read("ex:a a ex:A ; ex:p 1 ."), read(SIMPLE.format(f'"""{query}"""')), engine=engine)
    assert caught.value.code == "RP311"
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    "shapes",
    [
        "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount 'one' ] .",
        "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:minCount 1 ] .",
        "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p, ex:q ; sh:minCount 1 ] .",
        "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:or ex:nolist .",
        "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:node ex:s ] .",
    ],
)
def test_ill_formed_and_recursive_shapes_are_one_error(shapes: str) -> None:
    with pytest.raises(InputError) as caught:
        validate(read("ex:a ex:p ex:a ."), read(shapes))
    assert caught.value.code == "RP311"
    assert caught.value.hint


def test_shapes_can_be_checked_themselves() -> None:
    shapes = read("ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:severity 'high' .")
    for meta_shacl in (False, True):
        with pytest.raises(InputError, match=r"RP311") as caught:
            validate([], shapes, meta_shacl=meta_shacl)
        assert "<http://example.org/s>" in caught.value.message
    assert validate(file("data.ttl"), file("shapes.ttl"), meta_shacl=True).results


@pytest.mark.parametrize("shapes", ["", "ex:a a ex:A ; rdfs:label 'no shape' ."])
def test_no_shapes_at_all_do_not_quietly_conform(shapes: str) -> None:
    with pytest.raises(InputError) as caught:
        validate(read("ex:a a ex:A ."), read(shapes))
    assert caught.value.code == "RP312"


def test_imports_are_not_followed() -> None:
    more = "<http://example.org/o> a owl:Ontology ; owl:imports <http://example.org/more> ."
    shapes = read(more + "ex:s a sh:NodeShape ; sh:targetClass ex:A ; sh:nodeKind sh:BlankNode .")
    assert (
        len(validate(read(more + "ex:a a ex:A ."), shapes, ontology=read(more), meta_shacl=True).results) == 1
    )


def test_a_severity_of_ones_own_counts_as_a_violation() -> None:
    shapes = "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:severity ex:Grave ; sh:nodeKind sh:Literal ."
    own = SIMPLE.format("'SELECT $this WHERE { FILTER(ISIRI($this)) }'") + "s:a sh:severity ex:Grave ."
    for text in (shapes, own):
        (result,) = validate(read("ex:a a ex:A ."), read(text)).results
        assert (result.severity, result.custom_severity) == (Severity.VIOLATION, NamedNode(EX + "Grave"))


def test_nothing_is_printed_and_no_logger_is_left_behind(capfd: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("pyshacl-validate")
    before = list(logger.handlers)
    with pytest.raises(InputError):
        validate(
            read("ex:a ex:p ex:a ."),
            read(
                "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount 1, 2 ] ."
            ),
        )
    validate(file("data.ttl"), file("shapes.ttl"), inference="rdfs", meta_shacl=True)
    assert capfd.readouterr() == ("", "")
    assert (logger.handlers, logger.filters) == (before, [])


def test_importing_the_package_does_not_import_rdflib_or_pyshacl() -> None:
    code = "import sys, repatria.rdf, repatria.shacl; print({'rdflib', 'pyshacl'} & set(sys.modules))"
    path = str(Path(__file__).resolve().parents[2] / "graph")
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {path!r}); {code}"],
        capture_output=True,
        text=True,
    )
    assert run.stdout.strip() == "set()", run.stderr
