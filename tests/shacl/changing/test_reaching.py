"""Which nodes an edit concerns: no more than needed where that can be told."""

from __future__ import annotations

import io

import pytest
from pyoxigraph import NamedNode, Quad

from repatria.rdf import read_quads
from repatria.shacl.changing import Edit
from repatria.shacl.changing.edit import Both
from repatria.shacl.changing.reaching import Reaching, bounds_at
from repatria.shacl.loading import load
from repatria.shacl.reading import read_shapes
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.validation import shapes_of

EX = "http://example.org/"
PREFIXES = (
    f"@prefix ex: <{EX}> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    f'ex:names sh:declare [ sh:prefix "ex" ; sh:namespace "{EX}"^^xsd:anyURI ] .\n'
)
DATA = """
ex:a1 a ex:A ; ex:p ex:b1 . ex:a2 a ex:A ; ex:p ex:b2 . ex:a3 a ex:A ; ex:p ex:b2 .
ex:b1 a ex:B ; ex:q ex:c1 . ex:b2 a ex:B ; ex:q ex:c2 . ex:c1 ex:r 1 . ex:B rdfs:subClassOf ex:C .
"""


def read(text: str) -> list[Quad]:
    return list(read_quads(io.BytesIO((PREFIXES + text).encode()), name="x.ttl"))


def concerned(said: str, *, added: str = "", removed: str = "") -> set[str] | None:
    """Return the nodes that an edit of DATA concerns for a shape of ex:A, or None for all."""
    declared = set(read(""))
    edit = Edit(frozenset(read(added)) - declared, frozenset(read(removed)) - declared)
    now = [quad for quad in read(DATA) if quad not in edit.removed] + list(edit.added)
    model = read_shapes(ShapesGraph(read(f"ex:s a sh:NodeShape ; sh:targetClass ex:A ; {said} .")))
    nodes = Reaching(Both(load(now), edit), model).concerned(model.shapes[NamedNode(EX + "s")])
    return None if nodes is None else {str(node).removeprefix(f"<{EX}").rstrip(">") for node in nodes}


def by_query(where: str, **edit: str) -> set[str] | None:
    return concerned(
        f'sh:sparql [ sh:prefixes ex:names ; sh:select """SELECT $this WHERE {{ {where} }}""" ]', **edit
    )


STEPS = "sh:property [ sh:path ( ex:p ex:q ex:r ) ; sh:minCount 1 ]"
CLASS = "sh:property [ sh:path ex:p ; sh:class ex:C ]"
NODE = (
    "sh:property [ sh:path ex:p ; sh:node [ a sh:NodeShape ; sh:property [ sh:path ex:q ; sh:maxCount 1 ] ] ]"
)
CLOSED = "sh:property [ sh:path ex:p ; sh:node [ a sh:NodeShape ; sh:closed true ] ]"


@pytest.mark.parametrize(
    ("said", "edit", "expected"),
    [
        ("sh:nodeKind sh:IRI", {"added": "ex:z ex:z ex:z ."}, set()),
        ("sh:nodeKind sh:IRI", {"added": "ex:z a ex:A ."}, {"z"}),
        (STEPS, {"added": "ex:c2 ex:r 2 ."}, {"a2", "a3"}),
        (STEPS, {"removed": "ex:c1 ex:r 1 ."}, {"a1"}),
        (STEPS, {"removed": "ex:b1 ex:q ex:c1 ."}, {"a1"}),
        # By a way that only was there before, or only is now.
        (STEPS, {"removed": "ex:a1 ex:p ex:b1 . ex:c1 ex:r 1 ."}, {"a1"}),
        (STEPS, {"added": "ex:a1 ex:p ex:b2 . ex:c2 ex:r 2 ."}, {"a1", "a2", "a3"}),
        (STEPS, {"added": "ex:c9 ex:r 2 ."}, set()),
        (CLASS, {"removed": "ex:b2 a ex:B ."}, {"a2", "a3"}),
        (CLASS, {"added": "ex:b2 a ex:D ."}, set()),
        (CLASS, {"removed": "ex:B rdfs:subClassOf ex:C ."}, {"a1", "a2", "a3", "b1", "b2"}),
        (NODE, {"added": "ex:b1 ex:q 3 ."}, {"a1"}),
        (CLOSED, {"added": "ex:b1 ex:any 3 ."}, {"a1"}),
        (CLOSED, {"added": "ex:c1 ex:any 3 ."}, set()),
        ("sh:property [ sh:path ex:p ; sh:equals ex:q ]", {"added": "ex:a3 ex:q ex:b2 ."}, {"a3"}),
    ],
)
def test_by_shapes(said: str, edit: dict[str, str], expected: set[str]) -> None:
    assert concerned(said, **edit) == expected


@pytest.mark.parametrize(
    ("where", "edit", "expected"),
    [
        ("$this ex:p ?x . ?x ex:q ?y . ?y ex:r ?n FILTER(?n > 1)", {"added": "ex:c2 ex:r 2 ."}, {"a2", "a3"}),
        ("$this ex:p/ex:q ?y . ?y ex:r ?n", {"removed": "ex:c1 ex:r 1 ."}, {"a1"}),
        ("$this ex:p ?x . ?x ?any ?y . ?y ex:r ?n", {"added": "ex:c2 ex:r 2 ."}, {"a2", "a3"}),
        ("$this ex:p ex:b1", {"added": "ex:a9 ex:p ex:b1 . ex:a8 ex:p ex:b2 ."}, {"a9"}),
        # From a pattern that leads nowhere, all may be concerned, if it matches.
        ("?x ex:q ?y", {"added": "ex:z ex:q 1 ."}, None),
        ("?x ex:q ?y", {"added": "ex:z ex:r 1 ."}, set()),
        ("ex:z ex:q ?y", {"added": "ex:y ex:q 1 ."}, set()),
        ("ex:z ex:q ?y", {"added": "ex:z ex:q 1 ."}, None),
        ("?x ex:q* ?y", {"added": "ex:z ex:r 1 ."}, None),
        ("GRAPH ?g { $this ex:q ?y }", {"added": "ex:z ex:r 1 ."}, None),
        ("$this ex:q (1 2)", {"added": "ex:z ex:s 1 ."}, set()),
        ("$this ex:q (1 2)", {"added": "ex:z ex:q 1 ."}, None),
    ],
)
def test_by_queries(where: str, edit: dict[str, str], expected: set[str] | None) -> None:
    assert by_query(where, **edit) == expected


def test_every_query_of_the_shipped_shapes_leads_back_to_its_focus_node() -> None:
    model = read_shapes(ShapesGraph(shapes_of(None)))
    asking = [(shape, part) for shape in model.shapes.values() for part in shape.components if part.asked]
    assert len(asking) >= 60
    for shape, part in asking:
        assert part.asked is not None
        bounds = bounds_at(part, part.asked, shape)
        assert bounds is not None, f"{part.source} is not understood"
        assert not bounds.loose, f"{part.source} may be broken by a change anywhere"
    assert not any(shape.targets.queries for shape in model.targeted())
