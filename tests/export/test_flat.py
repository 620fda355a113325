"""The rows of the flat table: what they say of each count, and which counts have one."""

from __future__ import annotations

import datetime as dt
import io

import pyarrow.parquet
from pyoxigraph import Literal, NamedNode
from tests.export.conftest import CLAIM, COUNT, LARGE, NAMES, QUANTITY, change, row, rows_of

import repatria
from repatria.export.columns import COLUMNS
from repatria.export.flat import flat_rows
from repatria.query.rows import Rows
from repatria.query.values import IRI
from repatria.store import Dataset
from repatria.terms import BASE, SKOS, XSD


def test_a_row_says_what_the_claim_says(dataset: Dataset) -> None:
    found = row(dataset)
    expected = {
        "claim": "moscow-times-2025-12-19#s1-03",
        "claim_iri": CLAIM.value,
        "asserter": "Vladimir Medinsky",
        "asserter_iri": f"{BASE}id/person/vladimir-medinsky",
        "side": "Russia",
        "post": "Adviser (aide) to the President of Russia; Chief negotiator of Russia",
        "via": None,
        "act": "announce",
        "modality": "actual",
        "affirmed": True,
        "words": "1,003",
        "qualifier": "exact",
        "stated": 1003,
        "min": 1003,
        "max": 1003,
        "measure": "remains-transferred",
        "from_party": "Russia",
        "to_party_iri": f"{BASE}id/state/ukraine",
        "population": "ukrainian",
        "aggregation": "single-event",
        "referent": "Exchange of remains of 19 December 2025",
        "referent_kind": "RemainsExchange",
        "said_on": dt.date(2025, 12, 19),
        "date_words": "Friday",
        "source": "moscow-times-2025-12-19",
        "publisher": "The Moscow Times",
        "published": dt.date(2025, 12, 19),
        "evidence_level": "anchored",
        "evidence": "bodies of 1,003 Ukrainian soldiers",
    }
    assert {name: found[name] for name in expected} == expected


def test_there_is_a_row_for_each_count_and_nothing_else(dataset: Dataset) -> None:
    rows = list(flat_rows(dataset))
    query = "SELECT ?count { ?count a rep:Count }"
    found = dataset.store.query(query, prefixes=dataset.prefixes, use_default_graph_as_union=True)
    counts = {solution["count"].value for solution in found}  # type: ignore[union-attr]
    assert len(rows) == 31
    assert [values[0] for values in rows] == sorted(counts)
    for column, values in zip(COLUMNS, zip(*rows, strict=True), strict=True):
        kinds = {"integer": int, "boolean": bool, "date": dt.date}
        assert {type(value) for value in values} <= {kinds.get(column.kind, str), type(None)}, column.name
        assert not column.required or None not in values, column.name
    assert len(list(flat_rows(dataset, [CLAIM.value]))) == 1


def test_it_agrees_with_the_saved_query(dataset: Dataset) -> None:
    """The saved query `counts` asks for the same in another way."""
    saved = repatria.Graph(dataset).query("counts")
    assert isinstance(saved, Rows)
    names = ("claim_iri", "words", "min", "max", "asserter", "from_party", "to_party")
    told = {
        (str(r["claim"]), r["words"], r["min"], r["max"], r["asserter"], r["from"], r["to"]) for r in saved
    }
    assert {tuple(cells[name] for name in names) for cells in rows_of(dataset)} == told


def test_second_hand(dataset: Dataset) -> None:
    passed = [cells for cells in rows_of(dataset) if cells["via"]]
    assert passed, "the shipped dataset has claims at second hand"
    for cells in passed:
        agents = cells["via_iri"].split(" ")
        assert len(cells["via"].split("; ")) == len(agents)
        assert not {cells["publisher_iri"], *cells["asserter_iri"].split(" ")} & set(agents)


def test_joint_asserters_stand_in_one_row(copied: Dataset) -> None:
    people = [NamedNode(f"{BASE}id/person/vladimir-medinsky"), NamedNode(f"{BASE}id/state/ukraine")]
    change(copied, CLAIM, "asserter", *people)
    cells = row(copied)
    assert cells["asserter"] == "Ukraine; Vladimir Medinsky"
    assert cells["asserter_iri"].split(" ") == [people[1].value, people[0].value]
    assert cells["side"] == "Russia; Ukraine"


def test_claims_that_do_not_stand_are_left_out(copied: Dataset) -> None:
    change(copied, CLAIM, "supersededBy", NamedNode(f"{BASE}id/claim/moscow-times-2025-12-19/s1-07"))
    assert COUNT not in {values[0] for values in flat_rows(copied)}
    assert len(list(flat_rows(copied))) == 30


def test_what_a_graph_does_not_say_is_empty(copied: Dataset) -> None:
    source = NamedNode(f"{BASE}id/source/moscow-times-2025-12-19")
    for name in ("asserter", "act", "modality", "polarity", "hop", "saidOn", "dateText", "evidence"):
        change(copied, CLAIM, name)
    for name in ("measure", "population", "aggregation", "referent", "fromParty", "evidence"):
        change(copied, NamedNode(COUNT), name)
    for quad in list(copied.store.quads_for_pattern(source, None, None, None)):
        copied.store.remove(quad)
    found = row(copied)
    given = {name for name, value in found.items() if value is not None}
    assert {column.name for column in COLUMNS if column.required} <= given
    assert not given & {"asserter", "act", "measure", "from_party", "referent_kind", "publisher", "evidence"}
    assert pyarrow.parquet.read_table(io.BytesIO(repatria.Graph(copied).export("parquet"))).num_rows == 31


def test_what_is_no_day_or_number_is_left_empty_and_labels_fall_back(copied: Dataset) -> None:
    change(copied, QUANTITY, "max", Literal("many"))
    change(copied, CLAIM, "saidOn", Literal("2025-13-45", datatype=NamedNode(XSD + "date")))
    person = NamedNode(f"{BASE}id/person/vladimir-medinsky")
    change(
        copied,
        person,
        SKOS + "prefLabel",
        Literal("Медінський", language="uk"),
        Literal("Мединский", language="ru"),
    )
    cells = row(copied)
    assert (cells["max"], cells["said_on"], cells["asserter"]) == (None, None, "Мединский")
    change(copied, person, SKOS + "prefLabel")
    assert row(copied)["asserter"] == person.value


def test_rows_in_python_and_pandas(hard_table: Dataset) -> None:
    g = repatria.Graph(hard_table)
    found = g.counts(source="moscow-times-2025-12-19", by="medinsky", exchange="exchange-2025-12-19")
    assert found.columns == tuple(NAMES)
    cells = next(r for r in found if r.count_iri == COUNT)
    assert (cells.min, cells.max, cells.said_on) == (LARGE, None, dt.date(2025, 12, 19))
    assert isinstance(cells.count_iri, IRI)
    assert g.counts().to_pandas()["min"].dtype == "Int64"
    assert len(g.counts()) == 31


def test_columns_have_names_that_need_no_quotation_marks() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert all(name.isidentifier() and name == name.lower() for name in NAMES)
    assert not {"from", "to", "when", "where", "select", "order", "group", "end", "date"} & set(NAMES)


def test_each_column_says_what_it_holds() -> None:
    assert all(column.description.endswith(".") and len(column.description) > 10 for column in COLUMNS)
