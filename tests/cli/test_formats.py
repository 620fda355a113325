"""Each format of rows and graphs parses back to the same rows and graphs."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any

import pyarrow.parquet
import pyoxigraph
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, RdfFormat
from rdflib.query import Result as RdflibResult
from tests.cli.conftest import Runner

from repatria.export.graphs import GRAPH_FORMATS as WRITTEN_GRAPHS
from repatria.query.values import Term
from repatria.query.writers import ROW_FORMATS as WRITTEN_ROWS
from repatria_cli.output import GRAPH_FORMATS, ROW_FORMATS

HARD = 'a "b", <c> & d|e\\f\tg\r\nh\ni *j* _k_ [l] `m`'
_LITERAL = json.dumps(HARD, ensure_ascii=False)
QUERY = f"""SELECT ?iri ?number ?text ?named ?day ?nothing {{
  VALUES (?iri ?number ?text ?named ?day ?nothing) {{
    (<http://example.org/a?b=c&d> 12 {_LITERAL} "Обмен"@ru "2025-07-17"^^xsd:date UNDEF)
    (rep:Claim 6060 "" "exchange"@en "2025-12-19"^^xsd:date UNDEF) }} }}"""
_DATE = NamedNode("http://www.w3.org/2001/XMLSchema#date")
_INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
TERMS: list[tuple[Term | None, ...]] = [
    (
        NamedNode("http://example.org/a?b=c&d"),
        Literal("12", datatype=_INTEGER),
        Literal(HARD),
        Literal("Обмен", language="ru"),
        Literal("2025-07-17", datatype=_DATE),
        None,
    ),
    (
        NamedNode("https://w3id.org/repatria/ns#Claim"),
        Literal("6060", datatype=_INTEGER),
        Literal(""),
        Literal("exchange", language="en"),
        Literal("2025-12-19", datatype=_DATE),
        None,
    ),
]
COLUMNS = ["iri", "number", "text", "named", "day", "nothing"]
PLAIN = [[getattr(term, "value", "") for term in row] for row in TERMS]
JSON = [
    dict(zip(COLUMNS, [row[0], int(row[1]), *row[2:5], None], strict=True)) for row in PLAIN
]  # a list of what JSON and Parquet hold
COUNT = "CONSTRUCT { ?count ?p ?o } WHERE { ?count a rep:Count ; ?p ?o }"


def test_the_options_offer_what_can_be_written() -> None:
    assert set(ROW_FORMATS) == set(WRITTEN_ROWS)
    assert set(GRAPH_FORMATS) == set(WRITTEN_GRAPHS)


def rows(run: Runner, format_: str, *more: str) -> bytes:
    result = run("query", QUERY, "--format", format_, *more)
    assert (result.code, result.err) == (0, "")
    return result.out


@pytest.mark.parametrize(("format_", "delimiter"), [("csv", ","), ("tsv", "\t"), ("sparql-csv", ",")])
def test_delimited(run: Runner, format_: str, delimiter: str) -> None:
    text = rows(run, format_).decode()
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) == [COLUMNS, *PLAIN]


def test_json(run: Runner) -> None:
    assert json.loads(rows(run, "json")) == JSON
    assert [json.loads(line) for line in rows(run, "jsonl").decode().splitlines()] == JSON


def test_markdown(run: Runner) -> None:
    lines = rows(run, "markdown").decode().splitlines()
    assert len(lines) == 4
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    assert cells[0] == COLUMNS
    assert [re.sub(r"\\(.)", r"\1", cell) for cell in cells[2]][2] == " ".join(HARD.split())
    assert cells[3] == ["rep:Claim", "6060", "", "exchange", "2025-12-19", ""]


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def test_html(run: Runner) -> None:
    found = _Cells()
    found.feed(rows(run, "html").decode())
    assert [cell.strip() for cell in found.rows[0]] == COLUMNS
    assert found.rows[1][2] == HARD
    assert found.links == [row[0] for row in PLAIN]


def test_parquet(run: Runner) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(rows(run, "parquet")))
    assert table.to_pylist() == JSON
    assert str(table.schema.field("number").type) == "int64"


@pytest.mark.parametrize(
    ("format_", "parser"),
    [
        ("sparql-json", QueryResultsFormat.JSON),
        ("sparql-xml", QueryResultsFormat.XML),
        ("sparql-tsv", QueryResultsFormat.TSV),
    ],
)
def test_w3c_results_in_oxigraph(run: Runner, format_: str, parser: QueryResultsFormat) -> None:
    found: Any = pyoxigraph.parse_query_results(rows(run, format_), format=parser)
    assert [variable.value for variable in found.variables] == COLUMNS
    assert [tuple(row) for row in found] == TERMS


@pytest.mark.parametrize(("format_", "parser"), [("sparql-json", "json"), ("sparql-xml", "xml")])
def test_w3c_results_in_rdflib(run: Runner, format_: str, parser: str) -> None:
    found = RdflibResult.parse(io.BytesIO(rows(run, format_)), format=parser)
    assert [str(variable) for variable in found.vars or ()] == COLUMNS
    terms = [
        rdflib.URIRef("http://example.org/a?b=c&d"),
        rdflib.Literal("12", datatype=rdflib.XSD.integer),
        rdflib.Literal(HARD),
        rdflib.Literal("Обмен", lang="ru"),
        rdflib.Literal("2025-07-17", datatype=rdflib.XSD.date),
        None,
    ]
    assert list(next(iter(found))) == terms


def test_no_rows(run: Runner) -> None:
    for format_ in ROW_FORMATS:
        result = run("query", "SELECT ?a ?b { FILTER(false) }", "--format", format_)
        assert (result.code, result.err) == (0, ""), format_
    assert run("query", "SELECT ?a { FILTER(false) }", "--format", "json").text.split() == ["[", "]"]
    table = pyarrow.parquet.read_table(
        io.BytesIO(run("query", "SELECT ?a { FILTER(false) }", "--format", "parquet").out)
    )
    assert (table.column_names, table.num_rows) == (["a"], 0)


def test_ask(run: Runner) -> None:
    for text, truth in (("ASK { ?x a rep:Claim }", True), ("ASK { FILTER(false) }", False)):
        assert run("query", text).text == f"{str(truth).lower()}\n"
        assert json.loads(run("query", text, "--format", "json").text) is truth
        for format_, parser in (
            ("sparql-json", QueryResultsFormat.JSON),
            ("sparql-xml", QueryResultsFormat.XML),
        ):
            found = pyoxigraph.parse_query_results(run("query", text, "--format", format_).out, format=parser)
            assert bool(found) is truth
        result = run("query", text, "--format", "turtle")
        assert (result.code, result.out) == (2, b"")


@pytest.mark.parametrize("format_", GRAPH_FORMATS)
def test_graphs(run: Runner, format_: str) -> None:
    written = run("query", COUNT, "--format", format_)
    assert (written.code, written.err) == (0, "")
    found = {quad.triple for quad in pyoxigraph.parse(written.out, format=WRITTEN_GRAPHS[format_])}
    expected = {quad.triple for quad in pyoxigraph.parse(run("query", COUNT).out, format=RdfFormat.TURTLE)}
    assert found == expected
    assert len(found) > 200


def test_a_format_of_the_other_kind_is_refused(run: Runner) -> None:
    for text, format_ in ((QUERY, "turtle"), (COUNT, "csv"), (COUNT, "table")):
        result = run("query", text, "--format", format_)
        assert (result.code, result.out) == (2, b"")
        assert "error[RP200]" in result.err
        assert "hint: formats: " in result.err
