"""Data graphs: of quads, of files as the store reads them, of stores that exist."""

# ruff: noqa: E501 - tables of terms and shapes

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from repatria.errors import InputError
from repatria.rdf import read_quads
from repatria.shacl import loading, validate
from repatria.shacl.data import DataGraph
from repatria.shacl.doubles import counts_twice
from repatria.shacl.loading import load, load_lines, over
from repatria.shacl.reading import read_shapes
from repatria.shacl.shapes_graph import ShapesGraph

EX = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
A, P, G, H = (NamedNode(EX + name) for name in "apgh")
PREFIXES = (
    f"@prefix ex: <{EX}> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <{XSD}> . "
    "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
)
LINE = f"<{EX}a> <{EX}p> {{}} .\n"


def read(text: str) -> list[Quad]:
    return list(read_quads(io.BytesIO((PREFIXES + text).encode()), name="x.ttl"))


def lines(folder: Path, text: str | bytes, name: str = "data.nq") -> DataGraph | None:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_lines(file)


@pytest.mark.parametrize(
    "term",
    ['"x"', '"x"@uk', f'"1"^^<{XSD}integer>', f'"true"^^<{XSD}boolean>', f'"a \\\\ b"^^<{XSD}string>'.replace("\\\\", "-"),
     f"<{EX}b>", '"\\u00e9 \\"q\\" \\\\"', f'"one"^^<{XSD}integer>', f'"x"^^<{EX}own>', f'""^^<{XSD}string>'],
)  # fmt: skip
@pytest.mark.parametrize("name", ["data.nt", "data.nq", "DATA.NQ"])
def test_a_file_that_the_store_reads_as_written(term: str, name: str, tmp_path: Path) -> None:
    graph = lines(tmp_path, LINE.format(term), name)
    assert graph is not None
    expected = [quad.object for quad in read_quads(tmp_path / name, name=name)]
    assert graph.objects(A, P) == expected
    assert bool(graph.odd) == ("one" in term)


@pytest.mark.parametrize(
    "term",
    [f'"01"^^<{XSD}integer>', f'"1.50"^^<{XSD}decimal>', f'"3"^^<{XSD}byte>', f'"1"^^<{XSD}boolean>',
     f'"1\\u0030"^^<{XSD}integer>', f'"a\\"1"^^<{XSD}integer>', '"a ^^ b"', f'"01" ^^ <{XSD}integer>',
     f'"01"^^<{XSD}integ\\u0065r>', '"x"@ar--rtl', f"<<( <{EX}a> <{EX}p> <{EX}b> )>>", "nothing", '"x'],
)  # fmt: skip
def test_a_file_that_is_read_quad_by_quad_instead(term: str, tmp_path: Path) -> None:
    assert lines(tmp_path, LINE.format(f'"1"^^<{XSD}integer>') + LINE.format(term)) is None


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", LINE.format('"\xff"').encode("latin1"), b"\xef\xbb\xbf<a> <b> <c> ."]
)
def test_a_file_that_is_no_text_of_that_kind_is_left_to_the_reader(content: bytes, tmp_path: Path) -> None:
    assert lines(tmp_path, content) is None


def test_other_files_are_left_to_the_reader(tmp_path: Path) -> None:
    assert lines(tmp_path, LINE.format('"x"'), "data.ttl") is None
    assert lines(tmp_path, LINE.format('"x"'), "data.nq.gz") is None
    assert load_lines(tmp_path / "absent.nq") is None
    assert load_lines(tmp_path) is None


def test_an_empty_file_has_no_triples(tmp_path: Path) -> None:
    graph = lines(tmp_path, "")
    assert graph is not None
    assert list(graph.quads()) == []


@pytest.mark.parametrize("window", [1, 1 << 16])
def test_blank_nodes_keep_the_labels_of_the_file(
    window: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_WINDOW", window)
    one, other, text = f"_:one <{EX}p> _:two", f"<{EX}a> <{EX}p> _:one", f'<{EX}a> <{EX}p> "_:two"'
    graph = lines(tmp_path, "".join(f"{triple} <{EX}g> .\n" for triple in (one, other, text)))
    assert graph is not None
    assert sorted(f"{quad.subject} {quad.predicate} {quad.object}" for quad in graph.quads()) == sorted(
        (one, other, text)
    )


@pytest.mark.parametrize("term", [f"<<( <{EX}a> <{EX}p> <{EX}b> )>>", '"x"@ar--rtl'])
def test_terms_of_rdf_12_are_refused(term: str, tmp_path: Path) -> None:
    file = tmp_path / "data.nt"
    file.write_text(LINE.format(term), encoding="utf8")
    with pytest.raises(InputError, match="RP306"):
        load(read_quads(file, name="data.nt"))


def test_look_ups_give_each_term_once_and_as_written() -> None:
    values = [
        Literal("1.50", datatype=NamedNode(XSD + "decimal")),
        Literal("1.5", datatype=NamedNode(XSD + "decimal")),
    ]
    quads = [Quad(A, P, value, graph) for value in values for graph in (G, H)]
    graph = load(quads)
    assert set(graph.objects(A, P)) == set(values)
    assert len(graph.objects(A, P)) == 2
    assert graph.subjects(P, values[0]) == graph.subjects(P, values[1]) == [A]
    assert graph.subjects(P, Literal("1.500", datatype=NamedNode(XSD + "decimal"))) == []
    assert sorted(map(str, graph.properties(A))) == sorted(str((P, value)) for value in values)
    assert (graph.exact, graph.odd) == (False, {P})


ADDING = f"""ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select
  "SELECT $this WHERE {{ $this <{EX}p> ?n }} GROUP BY $this HAVING (SUM(?n) > 1)" ] ."""


def test_a_triple_in_two_graphs_is_added_up_once() -> None:
    store = Store()
    store.extend(Quad(A, P, Literal(1), graph) for graph in (G, H))
    shapes = read(ADDING)
    assert validate(over(store), shapes).conforms
    assert validate(over(store), read(ADDING.replace("> 1", "> 0"))).results
    model = read_shapes(ShapesGraph(shapes))
    assert counts_twice(over(store), model)
    store.remove(Quad(A, P, Literal(1), H))
    assert not counts_twice(over(store), model)
    store.add(Quad(A, P, Literal(1)))
    assert counts_twice(over(store), model)


@pytest.mark.parametrize(
    ("query", "matters"),
    [
        (f"SELECT $this {{ $this <{EX}p> ?n }} GROUP BY $this HAVING (COUNT(?n) > 1)", True),
        (f"SELECT $this {{ $this <{EX}p> ?n }} GROUP BY $this HAVING (COUNT(DISTINCT ?n) > 1)", False),
        (f"SELECT $this {{ $this <{EX}q> ?n }} GROUP BY $this HAVING (COUNT(?n) > 1)", False),
        ("SELECT $this { $this ?any ?n } GROUP BY $this HAVING (COUNT(?n) > 1)", True),
        (
            f"SELECT $this {{ {{ SELECT $this (COUNT(*) AS ?n) {{ <{EX}a> ?any $this }} GROUP BY $this }} }}",
            True,
        ),
        (
            f"SELECT $this {{ $this <{EX}q> ?n BIND(?n + 1 AS ?m) }} GROUP BY $this HAVING (SUM(?m) > 1)",
            False,
        ),
        (f"SELECT $this {{ $this <{EX}p> ?n FILTER NOT EXISTS {{ ?x ?y ?z }} }}", False),
    ],
)
def test_which_queries_a_triple_in_two_graphs_matters_to(query: str, matters: bool) -> None:
    store = Store()
    store.extend(Quad(A, P, Literal(1), graph) for graph in (G, H))
    shapes = read(f'ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select """{query}""" ] .')
    assert counts_twice(over(store), read_shapes(ShapesGraph(shapes))) is matters


def test_nothing_is_written_to_a_store_that_is_somebody_elses(tmp_path: Path) -> None:
    place = str(tmp_path / "store")
    Store(place).extend(
        [Quad(A, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode(EX + "B"), G)]
    )
    ontology = read("ex:B a owl:Class ; rdfs:subClassOf ex:A .")
    shapes = read(
        'ex:s a sh:NodeShape ; sh:targetClass ex:A ; sh:nodeKind sh:Literal ; sh:sparql [ sh:select "'
        'SELECT $this WHERE { GRAPH $shapesGraph { $currentShape ?p ?o } FILTER(isIRI($this)) }" ] .'
    )
    store = Store.read_only(place)
    assert len(validate(over(store), shapes, ontology=ontology).results) == 2
    assert len(store) == 1
