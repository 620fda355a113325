"""The shipped queries: documented, the same in two engines, and neutral to how the graph is stored."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib import Graph, Variable

from repatria.query.rows import Rows
from repatria.query.run import Query, run
from repatria.query.saved import bound, load_query, saved_queries
from repatria.query.values import plain
from repatria.store import Dataset
from repatria.terms import PROV, SKOS, XSD, Names, iri, rep

QUERIES = sorted(Path(__file__).parents[2].joinpath("queries").glob("*.rq"))
# A value for each parameter of each query.
GIVEN = {
    "accusations": {"by": "klymenko", "against": "russia"},
    "agreed-terms": {"agreement": "istanbul-agreement-2025-06"},
    "ascribed-posts": {"official": "umerov"},
    "assessments": {"about": "exchange-2025-12-19", "status": "corroborated"},
    "claims-by": {"official": "medinsky"},
    "contradictions": {"about": "exchange-2025-12-19"},
    "corroborated": {"about": "exchange-2025-12-19"},
    "fulfilment": {"agreement": "istanbul-agreement-2025-06"},
    "names": {"who": "tass"},
    "numbers-by-official": {"official": "medinsky", "about": "exchanges-2025-06"},
    "numbers-of-exchange": {"exchange": "exchange-2025-12-19"},
    "officials": {"official": "umerov"},
    "posts-on-day": {"official": "umerov", "day": "2025-07-18"},
    "retold": {"hops": "2"},
    "totals": {"measure": "remains-transferred"},
    "claims": {
        "by": "medinsky", "about": "exchange-2025-12-19", "measure": "remains-transferred", "act": "announce",
        "modality": "fact", "from": "russia", "to": "ukraine", "source": "moscow-times-2025-12-19",
        "since": "2025-12-19", "until": "2025-12-19", "text": "UKRAINIAN",
    },
}  # fmt: skip
LOADED = {path.stem: load_query(path) for path in QUERIES}
# Each query without parameters where none is needed, and with all of them.
CASES: list[tuple[str, dict[str, str]]] = [
    (name, {}) for name, query in LOADED.items() if all(each.optional for each in query.parameters)
] + [*GIVEN.items()]
CASE_IDS = [f"{name}-{'given' if values else 'all'}" for name, values in CASES]


def ready(dataset: Dataset, name: str, values: dict[str, str]) -> Query:
    return bound(dataset, load_query(saved_queries()[name]), values)


def answer(dataset: Dataset, name: str, **values: str) -> Rows:
    found = run(dataset, ready(dataset, name, values))
    assert isinstance(found, Rows)
    return found


def texts(rows: Rows) -> list[tuple[str, ...]]:
    return [tuple(map(plain, row)) for row in rows.terms()]


def test_all_queries_are_tried() -> None:
    assert {name for name, _ in CASES} == set(LOADED)
    assert (len(LOADED), len(CASES)) == (29, 40)


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_query_is_documented(path: Path) -> None:
    query = load_query(path)
    assert query.title != query.name
    assert query.answers.endswith("?")
    assert all(parameter.help for parameter in query.parameters)
    assert "PREFIX" not in query.text
    assert set(GIVEN.get(query.name, {})) == {parameter.name for parameter in query.parameters}


@pytest.mark.parametrize(("name", "values"), CASES, ids=CASE_IDS)
def test_same_answer_in_both_engines(
    dataset: Dataset, in_rdflib: Graph, name: str, values: dict[str, str]
) -> None:
    query = ready(dataset, name, values)
    found = texts(answer(dataset, name, **values))
    # The five articles contradict each other in no number; test_both_ways.py has a graph that does.
    assert bool(found) == (name != "contradictions")
    other = in_rdflib.query(query.text, initNs=dataset.prefixes).bindings
    columns = [Variable(column) for column in answer(dataset, name, **values).columns]
    assert Counter(tuple(text(row.get(column)) for column in columns) for row in other) == Counter(found)


def text(node: object) -> str:
    return "" if node is None else str(node)


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_file_as_it_is_is_sparql(dataset: Dataset, in_rdflib: Graph, path: Path) -> None:
    from rdflib.plugins.sparql import prepareQuery

    text = path.read_text(encoding="utf8")
    dataset.store.query(text, prefixes=dataset.prefixes)
    prepareQuery(text, initNs=dataset.prefixes)


def test_answers_do_not_depend_on_the_order_of_quads(dataset: Dataset) -> None:
    store = Store()
    store.bulk_extend(sorted(dataset.store, key=str, reverse=True))
    other = Dataset(store)
    for name, values in CASES:
        assert texts(answer(other, name, **values)) == texts(answer(dataset, name, **values)), name


@pytest.mark.parametrize(
    "predicate", ["asserter", "about", "hasCount", "countOf", "topic", "confirmsAspect", "max"]
)
def test_triple_in_two_graphs_is_one(dataset: Dataset, copied: Dataset, predicate: str) -> None:
    for quad in dataset.store.quads_for_pattern(None, rep(predicate), None, None):
        copied.store.add(Quad(quad.subject, quad.predicate, quad.object, Names().graph("again")))
    assert len(copied.store) > len(dataset.store)
    for name, values in CASES:
        assert texts(answer(copied, name, **values)) == texts(answer(dataset, name, **values)), name


CLAIM = NamedNode(Names().claim("moscow-times-2025-07-17", "s2-03"))
NUMBERS = [
    "numbers-of-exchange",
    "numbers-by-official",
    "confirmed-counts",
    "claims",
    "claims-by",
    "counts",
    "timeline",
]


def shows_claim(dataset: Dataset, name: str) -> bool:
    needed = {
        "exchange": "exchange-2025-07-17",
        "official": "authorities-in-moscow",
        "about": "exchange-2025-07-17",
    }
    known = [p.name for p in load_query(saved_queries()[name]).parameters if not p.optional]
    rows = texts(answer(dataset, name, **{key: needed[key] for key in known}))
    if name == "timeline":
        return any("1,000" in row and "2" in row for row in rows)
    return any(CLAIM.value in row for row in rows)


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("predicate", [iri(PROV + "wasInvalidatedBy"), rep("supersededBy")])
def test_retracted_and_superseded_claims_are_left_out(
    dataset: Dataset, copied: Dataset, name: str, predicate: NamedNode
) -> None:
    assert shows_claim(dataset, name)
    # A confirmation is left out with the confirming claim; here it is the confirmed one.
    subject = NamedNode(CLAIM.value.replace("s2-03", "s2-07")) if name == "confirmed-counts" else CLAIM
    copied.store.add(Quad(subject, predicate, NamedNode("urn:later"), Names().graph("later")))
    assert not shows_claim(copied, name)


@pytest.mark.parametrize("name", ["numbers-of-exchange", "numbers-by-official", "timeline"])
def test_denial_is_no_claim_of_its_number(copied: Dataset, name: str) -> None:
    graph = Names().graph("source", "moscow-times-2025-07-17")
    boolean = iri(XSD + "boolean")
    copied.store.remove(Quad(CLAIM, rep("polarity"), Literal("true", datatype=boolean), graph))
    copied.store.add(Quad(CLAIM, rep("polarity"), Literal("false", datatype=boolean), graph))
    assert not shows_claim(copied, name)
    assert [row.polarity for row in answer(copied, "claims") if row.claim == CLAIM.value] == [False]


def test_thing_without_an_english_name_stays_in_the_answers(copied: Dataset) -> None:
    medinsky, label = NamedNode(Names().entity("person", "vladimir-medinsky")), iri(SKOS + "prefLabel")
    russia = NamedNode(Names().entity("state", "russia"))
    keyed = [
        (name, {key: "vladimir-medinsky" if value == "medinsky" else value for key, value in given.items()})
        for name, given in CASES
    ]
    before = [len(answer(copied, name, **given)) for name, given in keyed]
    for thing in (medinsky, russia):
        for quad in list(copied.store.quads_for_pattern(thing, label, None, None)):
            if isinstance(quad.object, Literal) and quad.object.language == "en":
                copied.store.remove(quad)
    assert [len(answer(copied, name, **given)) for name, given in keyed] == before
    row = answer(copied, "numbers-of-exchange", exchange="exchange-2025-12-19")[2]
    assert (row.who, row["from"], row.to) == (medinsky.value, russia.value, "Ukraine")


def claims(dataset: Dataset, **values: str) -> set[str]:
    return {row.claim.rpartition("/")[2] for row in answer(dataset, "claims", **values)}


def test_filters_of_claims(dataset: Dataset) -> None:
    assert claims(dataset, by="zorin") == {"s3-05"}
    assert claims(dataset, about="icmp") == {"s0-06"}
    assert {"s0-02", "s0-13", "s2-11"} <= claims(dataset, about="russia")
    assert claims(dataset, measure="photographs") == {"s1-06"}
    assert claims(dataset, act="refuse") == set()
    assert claims(dataset, act="acknowledge") == {"s4-11"}
    assert claims(dataset, modality="commitment") == claims(dataset, modality="agreed")
    assert claims(dataset, modality="offered") == {"s3-05"}
    assert claims(dataset, to="russia", source="moscow-times-2025-12-19") == {"s1-04", "s1-12"}
    assert claims(dataset, text="ZORIN") == claims(dataset, text="over 6,000") == {"s3-05"}
    assert claims(dataset, text="independent monitors") == {"s2-17"}
    assert claims(dataset, by="independent-monitors") == {"s2-17"}


def test_days_of_claims(dataset: Dataset) -> None:
    assert claims(dataset, since="2025-12-01") == {f"s1-{n:02}" for n in range(1, 16)}
    # 17 July is the earliest day of an undated article; nothing says that it appeared before another day.
    since = claims(dataset, since="2025-07-17", until="2025-07-17")
    assert {"s2-03", "s0-02"} <= since
    assert "s0-16" not in since
    assert "s0-16" in claims(dataset, since="2025-07-17")
    assert "s4-08" in claims(dataset, until="2025-06-07")


def test_joint_speakers_stand_in_one_row(dataset: Dataset) -> None:
    joint = [row for row in answer(dataset, "claims") if row.claim.endswith("s2-17")]
    assert [row.who for row in joint] == ["“Western intelligence”; “independent monitors”"]
    chains = [row.chain for row in answer(dataset, "retold") if row.claim.endswith("s2-17")]
    assert chains == ["The Moscow Times → “Western intelligence” + “independent monitors”"]


def test_chain_through_an_agency(dataset: Dataset) -> None:
    row = answer(dataset, "retold", hops="2")[0]
    assert row.chain == "The Moscow Times → RIA Novosti → Anonymous source of RIA Novosti (July 2025)"


def test_counts_have_all_columns(dataset: Dataset) -> None:
    found = answer(dataset, "counts")
    assert found.columns == (
        "claim", "asserter", "side", "act", "modality", "polarity", "words", "qualifier", "min", "max",
        "measure", "from", "to", "population", "aggregation", "referent", "saidOn", "source", "published",
        "fragment",
    )  # fmt: skip
    assert sum(row["min"] for row in found if row.claim.endswith("s1-02")) == 1029
    assert {row.side for row in found if row.claim.endswith(("s4-12", "s1-03"))} == {"Russia"}
    assert all(row.words in row.fragment for row in found)
