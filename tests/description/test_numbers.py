"""The numbers of a description are what a count of the statements themselves gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from pyoxigraph import Literal, Quad, QuerySolutions, RdfFormat, Store
from rdflib import Graph
from tests.building.conftest import make
from tests.description.making import (
    META,
    NODE,
    abouts,
    in_memory,
    quads,
    statistics_of,
    turtle,
)

from repatria.building import all_quads, build
from repatria.description import About, Statistics, about_dataset, dataset_statistics, describe_itself
from repatria.snapshot import Layout, open_current
from repatria.store import Dataset
from repatria.terms import prefixes
from repatria.workspace import Workspace, read_workspace

PREFIXES = "".join(f"PREFIX {name}: <{space}>\n" for name, space in prefixes().items())
TOTAL = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
STATED = f"SELECT ?n WHERE {{ <{NODE.value}> void:triples ?n }}"
# What is stated of each class, property and set of links, and what is counted; there must be no row.
WRONG = {
    "classes": """
        SELECT ?class ?stated ?counted WHERE {
          ?d a dcat:Dataset ; void:classPartition ?part . ?part void:class ?class ; void:entities ?stated .
          { SELECT ?class (COUNT(DISTINCT ?s) AS ?counted) WHERE { ?s a ?class } GROUP BY ?class }
          FILTER(?stated != ?counted)
        }""",
    "properties": """
        SELECT ?property ?stated ?counted WHERE {
          ?d a dcat:Dataset ; void:propertyPartition ?part .
          ?part void:property ?property ; void:triples ?stated .
          { SELECT ?property (COUNT(*) AS ?counted) WHERE { ?s ?property ?o } GROUP BY ?property }
          FILTER(?stated != ?counted)
        }""",
    "links": """
        SELECT ?property ?stated ?counted WHERE {
          ?links a void:Linkset ; void:linkPredicate ?property ; void:triples ?stated .
          { SELECT ?property (COUNT(*) AS ?counted) WHERE {
              ?s ?property ?o FILTER(STRSTARTS(STR(?o), "http://www.wikidata.org/entity/"))
          } GROUP BY ?property }
          FILTER(?stated != ?counted)
        }""",
    "not counted": """
        SELECT ?term WHERE {
          { SELECT DISTINCT ?term WHERE { { ?s a ?term } UNION { ?s ?term ?o } } }
          MINUS { ?part void:class|void:property ?term }
        }""",
    "not there": """
        SELECT ?term WHERE {
          { ?part void:class ?term } UNION { ?part void:property ?term }
          FILTER NOT EXISTS { ?s a ?term } FILTER NOT EXISTS { ?s ?term ?o }
        }""",
}


def rows(store: Store, query: str) -> list[list[str]]:
    found = store.query(PREFIXES + query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return [[term.value if isinstance(term, Literal) else str(term) for term in row] for row in found]


@pytest.fixture(scope="module", params=["turtle", "nquads"])
def loaded(request: pytest.FixtureRequest, unassessed: list[Quad]) -> Store:
    """An export of the shipped dataset, loaded again."""
    store = Store()
    if request.param == "turtle":
        store.load(turtle(unassessed), format=RdfFormat.TURTLE)
    else:
        store.load("\n".join(f"{quad} ." for quad in unassessed), format=RdfFormat.N_QUADS)
    return store


def test_the_number_of_statements_is_that_of_a_loaded_export(loaded: Store) -> None:
    stated = rows(loaded, STATED)
    assert stated == rows(loaded, TOTAL)
    assert int(stated[0][0]) > 7000


@pytest.mark.parametrize("what", WRONG)
def test_each_stated_number_is_what_is_counted(loaded: Store, what: str) -> None:
    assert rows(loaded, WRONG[what]) == []


def test_claims_and_sources_are_told(loaded: Store) -> None:
    for name, number in (("Claim", 91), ("Source", 5), ("Count", 31)):
        query = f"SELECT ?n WHERE {{ ?part void:class rep:{name} ; void:entities ?n }}"
        assert rows(loaded, query) == [[str(number)]]


def test_another_reader_counts_the_same(unassessed: list[Quad]) -> None:
    graph = Graph().parse(turtle(unassessed), format="turtle")
    ((stated,),) = graph.query(PREFIXES + STATED)  # type: ignore[misc]
    assert int(stated) == len(graph)


def test_the_numbers_that_are_read_are_those_that_are_counted(
    shipped: Dataset, unassessed: list[Quad]
) -> None:
    assert dataset_statistics(shipped) == statistics_of(unassessed)
    assert dataset_statistics(in_memory(unassessed)) == statistics_of(unassessed)
    everything = statistics_of(shipped.quads())
    assert dataset_statistics(shipped, assessments=True) == everything
    assert dataset_statistics(in_memory(shipped.quads()), assessments=True) == everything


def test_assessments_are_not_counted_and_change_no_number(root: Path) -> None:
    with_them, without = (
        {quad for quad in all_quads(read_workspace(root), compare=compare) if quad.graph_name == META}
        for compare in (True, False)
    )
    assert with_them == without


@given(quads, quads)
def test_numbers_are_added_and_taken_off(one: set[Quad], two: set[Quad]) -> None:
    ours, theirs = statistics_of(one), statistics_of(two - one)
    assert ours + theirs == statistics_of(one | two)
    assert ours + theirs - theirs == ours


@given(quads)
def test_a_store_counts_as_its_statements_do(statements: set[Quad]) -> None:
    counted = Statistics()
    counted.add_store(in_memory(statements).store)
    assert counted == statistics_of(statements)


@settings(max_examples=40)
@given(abouts, quads)
def test_a_description_counts_itself_and_can_be_read_back(about: About, statements: set[Quad]) -> None:
    data = statistics_of(statements)
    found = describe_itself(META, about, data)
    dataset = in_memory([*statements, *found])
    assert len(found) == len(set(found))
    assert data + statistics_of(found) == dataset_statistics(dataset)
    assert rows(dataset.store, STATED) == rows(dataset.store, TOTAL)
    assert read_as_written(about) == about_dataset(dataset)


def read_as_written(about: About) -> About:
    """Return ``about`` as a graph keeps it: keywords have no order, and no text has no language."""
    said = about.settings
    spoken = bool(about.title or said.description or said.keywords)
    kept = replace(said, keywords=tuple(sorted(said.keywords)), language=said.language if spoken else "")
    return replace(about, settings=kept)


def test_what_two_sources_say_of_each_other_counts_once(tmp_path: Path) -> None:
    """That two claims are rival explanations is one statement, though it stands in two graphs."""
    workspace = make(tmp_path)
    for own, other in (("one", "two"), ("two", "one")):
        link = f", alternative_to: {other}#c0"
        write_dossier(workspace, own, link)
    build(workspace, check=False)
    dataset = open_current(Layout(workspace.store), workspace.base)
    twice = [q for q in dataset.quads() if q.predicate.value.endswith("#alternativeTo")]
    assert (len(twice), len({q.triple for q in twice})) == (4, 2)
    export = [q for q in dataset.quads() if "/assessment/" not in str(q.graph_name)]
    assert dataset_statistics(dataset).triples == len({q.triple for q in export}) == len(export) - 2
    counted = Statistics(workspace.base)
    counted.add_all(export)
    assert counted == dataset_statistics(dataset)


def write_dossier(workspace: Workspace, source: str, more: str) -> None:
    claim = f"{{key: c0, asserter: ministry-of-examples, act: announce, modality: actual{more}}}"
    text = f"id: {source}\npublisher: example-gazette\nlanguage: en\nevidence: cited\n"
    text += f"url: https://example.org/{source}\nclaims:\n  - {claim}\n"
    (workspace.root / "sources" / f"{source}.yaml").write_text(text, encoding="utf8")
