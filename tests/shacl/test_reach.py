"""What a shape can look at: bounds that decide who runs its queries, and on which data it must run again."""

from __future__ import annotations

import io

import pytest
from pyoxigraph import NamedNode, Quad

from repatria.rdf import read_quads
from repatria.resources import folder
from repatria.shacl import validate
from repatria.shacl.reach import reach
from repatria.shacl.reading import read_shapes
from repatria.shacl.shapes_graph import ShapesGraph

EX = "http://example.org/"
PREFIXES = (
    f"@prefix ex: <{EX}> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    f'ex:names sh:declare [ sh:prefix "ex" ; sh:namespace "{EX}"^^xsd:anyURI ] .\n'
)


def read(text: str) -> list[Quad]:
    return list(read_quads(io.BytesIO((PREFIXES + text).encode()), name="x.ttl"))


def reached(said: str) -> set[str] | None:
    model = read_shapes(ShapesGraph(read(f"ex:s a sh:NodeShape ; {said} .")))
    found = reach(model.shapes[NamedNode(EX + "s")], model)
    return (
        None if found is None else {one.value.removeprefix(EX) for one in found if one.value.startswith(EX)}
    )


def by_query(where: str) -> set[str] | None:
    return reached(f'sh:sparql [ sh:prefixes ex:names ; sh:select """SELECT $this {{ {where} }}""" ]')


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("sh:targetSubjectsOf ex:p ; sh:targetObjectsOf ex:q", {"p", "q"}),
        ("sh:property [ sh:path ( ex:p [ sh:inversePath [ sh:zeroOrMorePath ex:q ] ] ) ]", {"p", "q"}),
        ("sh:node [ sh:not [ sh:path ex:p ; sh:equals ex:q ] ]", {"p", "q"}),
        ("sh:nodeKind sh:IRI", set()),
        ("sh:property [ sh:path ex:p ] ; sh:closed true", None),
    ],
)
def test_the_reach_of_a_shape(said: str, expected: set[str] | None) -> None:
    assert reached(said) == expected


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("$this ex:p ?x . ?x ex:q/^ex:r* ?y FILTER(?y != ex:a)", {"p", "q", "r", "a"}),
        ("$this ex:p ?x FILTER(!BOUND(?x) || !(?x = 1)) BIND(1 AS ?y)", {"p"}),
        (f"$this <{EX}p> 'ex:q', \"ex:r\" # ex:a\n", {"p"}),
        ("{ SELECT $this (MAX(?x) AS ?most) { $this ex:p ?x } GROUP BY $this HAVING(MAX(?x) > 1) }", {"p"}),
        ("$this ?any ?x", None),
        ("ex:a ?any $this", None),
        ("$this ex:p ?x ; ?any 1", None),
        ("$this !ex:p ?x", None),
        ("$this (ex:p/!(ex:q|^ex:r)) ?x", None),
        ("GRAPH ?g { $this ex:p ?x }", None),
        ("FILTER EXISTS { OPTIONAL { ?x ?any $this } }", None),
    ],
)
def test_the_reach_of_a_query(where: str, expected: set[str] | None) -> None:
    assert by_query(where) == expected


def test_pyshacl_runs_only_queries_that_reach_a_literal_which_a_store_rewrites() -> None:
    shapes = "".join(
        f"ex:{name} a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:prefixes ex:names ; "
        f"sh:select 'SELECT $this {{ $this ex:{name} ?x FILTER(STR(?x) = \"01\") }}' ] . "
        for name in "pq"
    )
    report = validate(read("ex:a ex:p '01'^^xsd:integer ; ex:q '01' ."), read(shapes))
    assert report.by_pyshacl == {NamedNode(EX + "p")}
    assert sorted(str(result.source_shape) for result in report.results) == [f"<{EX}p>", f"<{EX}q>"]


def test_every_query_of_the_project_is_bounded_but_two() -> None:
    """These ask for all properties of the focus node: no property is out of their reach."""
    quads = [
        quad for file in sorted(folder("shapes").glob("*.ttl")) for quad in read_quads(file, name=str(file))
    ]
    model = read_shapes(ShapesGraph(quads))
    asking = [shape for shape in model.targeted() if model.asks(shape)]
    assert len(asking) > 10
    open_ones = {str(shape.node) for shape in asking if reach(shape, model) is None}
    names = {one.rpartition("#")[2].rstrip(">") for one in open_ones}
    assert names == {"happening", "agreement"}
