"""Running the project's SPARQL constraints once over the graph reports what pyshacl alone reports.

The data are all accept and reject files of the shapes. They go into one graph,
each with IRIs of its own, so that pyshacl runs once.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from repatria.rdf import read_quads
from repatria.shacl import Report, validate
from repatria.shacl.components.sparql import Sparql, rows_at_once
from repatria.shacl.loading import load
from repatria.shacl.reading import read_shapes
from repatria.shacl.search import Search
from repatria.shacl.shapes_graph import ShapesGraph

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "tests" / "data" / "shapes").rglob("*.ttl"))
EXAMPLE = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def read(file: Path) -> list[Quad]:
    return list(read_quads(file, name=str(file), rename_blank_nodes=True))


@pytest.fixture(scope="module")
def shapes() -> list[Quad]:
    return [quad for file in sorted((ROOT / "shapes").glob("*.ttl")) for quad in read(file)]


def rows(report: Report) -> Counter[tuple[str, ...]]:
    return Counter(
        (
            str(result.focus_node),
            str(result.path),
            str(result.value),
            str(result.source_shape),
            str(result.source_constraint),
            str(result.component),
            result.severity,
            str(result.custom_severity),
            str(result.rule),
            result.message,
        )
        for result in report.results
    )


def rewritten(quads: list[Quad]) -> bool:
    return not load(quads).exact


def rewritten_parts(quads: list[Quad]) -> frozenset[tuple[str, str]]:
    """Return the properties and literals that a store rewrites."""
    found = (q for q in quads if isinstance(q.object, Literal) and rewritten([q])) if rewritten(quads) else ()
    return frozenset((str(quad.predicate), str(quad.object)) for quad in found)


def renamed(quads: list[Quad], number: int) -> Iterator[Quad]:
    def own(node: NamedNode) -> NamedNode:
        return NamedNode(node.value.replace(EXAMPLE, f"{EXAMPLE}{number}/"))

    for quad in quads:
        subject = own(quad.subject) if isinstance(quad.subject, NamedNode) else quad.subject
        value = own(quad.object) if isinstance(quad.object, NamedNode) else quad.object
        yield Quad(subject, quad.predicate, value)


def test_every_sparql_constraint_of_the_project_runs_once(shapes: list[Quad]) -> None:
    index = ShapesGraph(shapes)
    model, data = read_shapes(index), load([])
    search = Search(data, model)
    at_once = {
        component.node
        for shape in model.targeted()
        for component in shape.components
        if isinstance(component, Sparql)
        and (focus := search.focus(shape)[0]) is not None
        and rows_at_once(component, shape, focus, data) is not None
    }
    constraints = {node for _, node in index_links(index)}
    assert at_once == constraints
    assert len(constraints) > 20


def index_links(index: ShapesGraph) -> Iterator[tuple[object, object]]:
    return ((quad.subject, quad.object) for quad in index.quads if quad.predicate.value.endswith("#sparql"))


def test_all_accept_and_reject_files(shapes: list[Quad]) -> None:
    assert len(FILES) > 300
    documents = [read(file) for file in FILES]
    together = [
        quad
        for number, quads in enumerate(documents)
        if not rewritten(quads)
        for quad in renamed(quads, number)
    ]
    assert not rewritten(together)
    alone = validate(together, shapes, engine="pyshacl")
    assert rows(validate(together, shapes)) == rows(alone)
    reported = {result.source_constraint for result in alone.results}
    assert reported >= {node for _, node in index_links(ShapesGraph(shapes))}


def test_files_with_literals_that_a_store_rewrites(shapes: list[Quad]) -> None:
    # One for each property with such a literal: all cases about exported files state the same size.
    found = {told: quads for quads in map(read, FILES) if (told := rewritten_parts(quads))}
    assert len(found) >= 9
    for quads in found.values():
        assert rows(validate(quads, shapes)) == rows(validate(quads, shapes, engine="pyshacl"))


@pytest.mark.parametrize("seed", range(2))
def test_graphs_put_together_at_random(seed: int, shapes: list[Quad]) -> None:
    """Triples of many files, with subjects and objects of others: what no curator would write."""
    chance = random.Random(seed)
    triples = [quad for file in chance.sample(FILES, 24) for quad in read(file) if not rewritten([quad])]
    values = [quad.object for quad in triples if not isinstance(quad.object, Literal)]
    nodes = sorted({quad.subject for quad in triples}, key=str)
    mixed = [
        Quad(chance.choice(nodes), quad.predicate, quad.object)
        if isinstance(quad.object, Literal)
        else Quad(quad.subject, quad.predicate, chance.choice(values))
        for quad in triples
        for _ in range(2)
    ]
    assert rows(validate(mixed, shapes)) == rows(validate(mixed, shapes, engine="pyshacl"))
