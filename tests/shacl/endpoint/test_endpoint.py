"""What is found at an endpoint, what is refused there, and what it is asked."""

# ruff: noqa: E501 - tables of shapes and answers

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad
from tests.shacl.endpoint.conftest import Server
from tests.shacl.endpoint.test_agreement import rows

from repatria.errors import StoreError
from repatria.rdf import read_quads
from repatria.shacl.endpoint import graph as remote
from repatria.shacl.endpoint.client import Client
from repatria.validation import validate

ROOT = Path(__file__).parents[3]
PREFIXES = """@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
NAMED = "ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:name ; sh:minCount 1 ] ."
COUNTING = """ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:sparql [ sh:select '''
  SELECT $this (COUNT(?v) AS ?value) WHERE { $this <http://example.org/p> ?v } GROUP BY $this
  HAVING (COUNT(?v) > 1)''' ] ."""


def read(text: str, graph: str = "") -> list[Quad]:
    found = read_quads(io.BytesIO((PREFIXES + text).encode()), name="x.ttl")
    if not graph:
        return list(found)
    return [Quad(one.subject, one.predicate, one.object, NamedNode(graph)) for one in found]


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    return tmp_path / "shapes.ttl"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the queries that an endpoint gets."""
    found: list[str] = []
    real = Client.ask

    def ask(self: Client, query: str, graphs: tuple[str, ...] = ()) -> object:
        found.append(query)
        return real(self, query, graphs)

    monkeypatch.setattr(Client, "ask", ask)
    return found


def test_the_dataset_conforms_there_as_here(server: Server) -> None:
    files = [
        ROOT / "data" / "repatria.nq",
        *(ROOT / "ontology" / f"{one}.ttl" for one in ("repatria", "concepts")),
    ]
    found = [Quad(*one.triple) for file in files for one in read_quads(file, name=file.name)]
    report = validate(endpoint=server.load(found))
    assert report.conforms
    assert report.counted[0] == f"the default graph of {server.url}"


def test_without_the_ontology_there_nothing_is_said_of_the_data(server: Server) -> None:
    url = server.load(read("ex:a a <https://w3id.org/repatria/ns#Claim> ."))
    with pytest.raises(
        StoreError, match=r"RP413.*triples of the ontology and concepts are not at the endpoint"
    ) as problem:
        validate(endpoint=url)
    assert "load them there" in problem.value.hint


def test_axioms_of_a_file_must_be_there_too(server: Server, shapes: Path, tmp_path: Path) -> None:
    shapes.write_text(PREFIXES + NAMED, encoding="utf8")
    axiom = "ex:U a rdfs:Class ; rdfs:subClassOf ex:T ."
    (tmp_path / "terms.ttl").write_text(PREFIXES + axiom, encoding="utf8")
    with pytest.raises(StoreError, match=r"RP413.*2 triples of the ontology"):
        validate(
            endpoint=server.load(read("ex:a a ex:U .")), shapes=[shapes], ontology=[tmp_path / "terms.ttl"]
        )
    url = server.load(read(f"ex:a a ex:U . {axiom}"))
    report = validate(endpoint=url, shapes=[shapes], ontology=[tmp_path / "terms.ttl"])
    assert [str(one.focus_node) for one in report.results] == ["<http://example.org/a>"]


def test_many_nodes_are_judged_by_few_questions(
    server: Server, shapes: Path, tmp_path: Path, asked: list[str]
) -> None:
    """Each node breaks a rule, by a value two steps away in a blank node."""
    lines = "".join(f"ex:n{n} a ex:T ; ex:at [ ex:size {n} ] .\n" for n in range(600))
    (tmp_path / "data.ttl").write_text(PREFIXES + lines, encoding="utf8")
    rule = "ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path (ex:at ex:size) ; sh:minInclusive 600 ] ."
    shapes.write_text(PREFIXES + rule, encoding="utf8")
    found = validate(endpoint=server.load(read(lines)), shapes=[shapes])
    assert len(found.results) == 600
    assert len(asked) < 20
    assert rows(found.results).keys() == rows(validate(tmp_path / "data.ttl", [shapes]).results).keys()
    assert not any("SELECT ?s ?p ?o" in query for query in asked)


@pytest.mark.parametrize(
    "rule",
    [
        # What is not known yet is neither true nor false.
        "sh:not [ sh:path ex:p ; sh:minCount 1 ]",
        "sh:xone ( [ sh:path ex:p ; sh:minCount 1 ] [ sh:path (ex:at ex:size) ; sh:minCount 1 ] )",
        "sh:property [ sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:T ] ; sh:qualifiedMaxCount 0 ]",
        # Each group of a query sees the focus node, also one inside another.
        "sh:sparql [ sh:select 'SELECT $this WHERE { { ?x <http://example.org/p> ?y FILTER(?x = $this) } }' ]",
        "sh:sparql [ sh:select 'SELECT $this WHERE { { FILTER(isIRI($this)) } }' ]",
        "sh:sparql [ sh:select 'SELECT $this ?n WHERE { { SELECT $this (COUNT(?x) AS ?n) "
        "WHERE { $this <http://example.org/p> ?x } GROUP BY $this } FILTER(?n = 1) } LIMIT 1' ]",
    ],
)
def test_nodes_are_judged_on_what_is_there(server: Server, shapes: Path, rule: str) -> None:
    targets = "sh:targetNode ex:a, ex:b, ex:none ; sh:targetClass ex:T"
    shapes.write_text(f"{PREFIXES} ex:s a sh:NodeShape ; {targets} ; {rule} .", encoding="utf8")
    data = read("ex:a a ex:T ; ex:p ex:b ; ex:at [ ex:size 1 ] . ex:b a ex:T .")
    found = validate(endpoint=server.load(data), shapes=[shapes])
    assert rows(found.results) == rows(validate(data, [shapes]).results)
    assert "<http://example.org/a>" in {str(one.focus_node) for one in found.results}


@pytest.mark.parametrize(
    ("written", "number"),
    [('"31"^^xsd:byte', 0), ('"one"^^xsd:integer', 1), ('"2025-02-30"^^xsd:date', 1), ('"2024-02-29"^^xsd:date', 0),
     ('"2025-01-31"^^xsd:date', 0), ('"x"^^xsd:boolean', 1), ('"1"^^xsd:gYear', 1), ('"2025"^^xsd:gYear', 0),
     ('"--02-30"^^xsd:gMonthDay', 1), ('"P1Y"^^xsd:duration', 0), ('"P"^^xsd:duration', 1), ('"x"^^ex:own', 0),
     ('"300"^^xsd:unsignedByte', 1), ('"-1"^^xsd:nonNegativeInteger', 1)],
)  # fmt: skip
def test_ill_formed_literals_are_found_there(server: Server, shapes: Path, written: str, number: int) -> None:
    kind = written.partition("^^")[2].replace("byte", "integer")
    lines = f"ex:a a ex:T ; ex:p {written} . " + "".join(f"ex:n{n} a ex:T ." for n in range(40))
    rule = f"ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:datatype {kind} ] ."
    shapes.write_text(PREFIXES + rule, encoding="utf8")
    assert len(validate(endpoint=server.load(read(lines)), shapes=[shapes]).results) == number


@pytest.mark.parametrize(
    "target", ["sh:targetClass ex:T", "sh:targetSubjectsOf ex:p", "sh:targetObjectsOf ex:q"]
)
def test_blank_focus_nodes_are_refused(server: Server, shapes: Path, target: str) -> None:
    shapes.write_text(
        f"{PREFIXES} ex:s a sh:NodeShape ; {target} ; sh:nodeKind sh:BlankNode .", encoding="utf8"
    )
    url = server.load(read("_:b a ex:T ; ex:p 1 . ex:a ex:q _:b ."))
    with pytest.raises(StoreError) as problem:
        validate(endpoint=url, shapes=[shapes])
    assert problem.value.code == "RP413"
    assert problem.value.message.startswith("the shape <http://example.org/s> is about blank nodes")
    url = server.load(read("ex:b a ex:T ; ex:p 1 . ex:a ex:q ex:b ."))
    assert len(validate(endpoint=url, shapes=[shapes]).results) == 1


def test_blank_focus_nodes_of_a_query_are_refused(server: Server, shapes: Path) -> None:
    target = "sh:target [ sh:select 'SELECT ?this WHERE { ?this <http://example.org/p> ?v }' ]"
    shapes.write_text(
        f"{PREFIXES} ex:s a sh:NodeShape ; {target} ; sh:nodeKind sh:Literal .", encoding="utf8"
    )
    assert len(validate(endpoint=server.load(read("ex:a ex:p 1 .")), shapes=[shapes]).results) == 1
    with pytest.raises(StoreError, match=r"RP413.*is about blank nodes"):
        validate(endpoint=server.load(read("[] ex:p 1 .")), shapes=[shapes])


def test_a_blank_value_is_refused_only_where_it_must_be_looked_at(server: Server, shapes: Path) -> None:
    url = server.load(read("ex:a a ex:T ; ex:at [ ex:size 1 ] ."))
    rule = "ex:s a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:at ; {} ] ."
    shapes.write_text(PREFIXES + rule.format("sh:nodeKind sh:IRI"), encoding="utf8")
    assert len(validate(endpoint=url, shapes=[shapes]).results) == 1
    inner = "sh:node [ a sh:NodeShape ; sh:property [ sh:path ex:size ; sh:minCount 1 ] ]"
    shapes.write_text(PREFIXES + rule.format(inner), encoding="utf8")
    with pytest.raises(StoreError, match=r"RP413.*a blank node would have to be looked at by itself"):
        validate(endpoint=url, shapes=[shapes])


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (
            "sh:sparql [ sh:select 'SELECT $this WHERE { GRAPH $shapesGraph { $this ?p ?o } }' ]",
            "the shapes graph",
        ),
        (
            "sh:targetNode '01'^^xsd:integer ; sh:sparql [ sh:select 'SELECT $this WHERE { ?s ?p $this }' ]",
            "pyshacl",
        ),
    ],
)
def test_what_a_query_of_an_endpoint_cannot_see_is_refused(
    server: Server, shapes: Path, rule: str, told: str
) -> None:
    shapes.write_text(f"{PREFIXES} ex:s a sh:NodeShape ; sh:targetClass ex:T ; {rule} .", encoding="utf8")
    with pytest.raises(StoreError, match=f"RP413.*{told}"):
        validate(endpoint=server.load(read("ex:a a ex:T .")), shapes=[shapes])


@pytest.mark.parametrize("option", [{"engine": "pyshacl"}, {"inference": "rdfs"}])
def test_what_needs_the_whole_graph_is_refused(server: Server, shapes: Path, option: dict[str, str]) -> None:
    shapes.write_text(PREFIXES + NAMED, encoding="utf8")
    with pytest.raises(StoreError, match=r"RP413.*which is not downloaded"):
        validate(endpoint=server.load(read("ex:a a ex:T .")), shapes=[shapes], **option)  # type: ignore[arg-type]


def test_where_the_default_graph_is_empty_all_named_graphs_count(
    server: Server, shapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes.write_text(PREFIXES + NAMED, encoding="utf8")
    quads = read("ex:a a ex:T .", "http://example.org/g") + read(
        "ex:b a ex:T ; ex:name 'b' .", "http://example.org/h"
    )
    report = validate(endpoint=server.load(quads), shapes=[shapes])
    assert [str(one.focus_node) for one in report.results] == ["<http://example.org/a>"]
    assert report.counted[0] == f"all 2 named graphs of {server.url}, together (its default graph is empty)"
    monkeypatch.setattr(remote, "_MOST_GRAPHS", 1)
    with pytest.raises(StoreError, match=r"RP413.*more than 1 named graphs"):
        validate(endpoint=server.url, shapes=[shapes])


def test_what_is_in_two_graphs_is_not_counted_twice(server: Server, shapes: Path) -> None:
    shapes.write_text(PREFIXES + COUNTING, encoding="utf8")
    first, second = "http://example.org/g", "http://example.org/h"
    url = server.load(read("ex:a a ex:T ; ex:p 1, 2 .", first) + read("ex:b a ex:T ; ex:p 3 .", second))
    assert len(validate(endpoint=url, shapes=[shapes]).results) == 1
    url = server.load(read("ex:a a ex:T ; ex:p 1 .", first) + read("ex:a a ex:T ; ex:p 1 .", second))
    with pytest.raises(StoreError, match=r"RP413.*counts triples that are in several graphs"):
        validate(endpoint=url, shapes=[shapes])


def test_an_endpoint_without_data_conforms_and_shapes_never_reach_further(
    server: Server, shapes: Path
) -> None:
    shapes.write_text(PREFIXES + NAMED, encoding="utf8")
    assert validate(endpoint=server.load([]), shapes=[shapes]).conforms
    service = "sh:sparql [ sh:select 'SELECT $this WHERE { SERVICE <http://example.org/> { $this ?p ?o } }' ]"
    shapes.write_text(f"{PREFIXES} ex:s a sh:NodeShape ; sh:targetClass ex:T ; {service} .", encoding="utf8")
    with pytest.raises(Exception, match=r"RP311.*SERVICE"):
        validate(endpoint=server.url, shapes=[shapes])


def test_limits_hold_there_too(server: Server, shapes: Path) -> None:
    endless = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + " FILTER(CONCAT(STR(?a0), STR(?a8)) = 'x')"
    query = f'ex:t a sh:NodeShape ; sh:targetClass ex:T ; sh:sparql [ sh:select "SELECT $this {{ {endless} }}" ] .'
    shapes.write_text(PREFIXES + NAMED + query, encoding="utf8")
    url = server.load(read("".join(f"ex:n{n} a ex:T ." for n in range(40))))
    assert len(validate(endpoint=url, shapes=[shapes], names=["s"], max_results=3).results) == 3
    report = validate(endpoint=url, shapes=[shapes], timeout=2)
    assert len(report.results) == 40
    assert report.unfinished == "stopped after 2 s, as asked; 1 of 2 shapes done"
