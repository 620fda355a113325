"""The report: order, counts, exit decisions, and its forms for people and programs."""

from __future__ import annotations

import csv
import io
import json
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, RdfFormat, parse

from repatria.errors import UsageError
from repatria.shacl import Report, Result, Severity
from repatria.shacl.ordering import blank_nodes
from repatria.shacl.spool import Spool, labelled
from repatria.shacl.vocabulary import XSD, sh

EX = "http://example.org/"


def result(
    focus: NamedNode | BlankNode,
    severity: Severity = Severity.VIOLATION,
    message: str = "wrong",
    path: str | None = f"<{EX}p>",
    shape: NamedNode | BlankNode | None = None,
) -> Result:
    return Result(
        focus_node=focus,
        path=path,
        value=Literal("01", datatype=NamedNode(XSD + "integer")),
        source_shape=shape or NamedNode(EX + "shape"),
        source_constraint=None,
        component=sh("MaxCountConstraintComponent"),
        severity=severity,
        messages=(Literal(message, language="en"), Literal("не так", language="uk")),
        rule=NamedNode(EX + "shape"),
    )


MIXED = [
    result(NamedNode(EX + "b"), Severity.INFO),
    result(NamedNode(EX + "b"), Severity.WARNING),
    result(NamedNode(EX + "b")),
    result(NamedNode(EX + "a"), path=f"(<{EX}p>/^<{EX}q>)*|<{EX}r>"),
]


def test_an_empty_report_conforms_and_never_fails() -> None:
    report = Report()
    assert report.conforms
    assert not any(report.fails(severity) for severity in Severity)
    assert report.text() == "Conforms: no results.\n"


def test_any_result_means_that_the_data_do_not_conform() -> None:
    report = Report([result(NamedNode(EX + "a"), Severity.INFO)])
    assert not report.conforms
    assert [report.fails(severity) for severity in (Severity.INFO, Severity.WARNING, Severity.VIOLATION)] == [
        True,
        False,
        False,
    ]
    assert "conforms> false" in report.to_rdf("ntriples").decode().replace(
        '"false"^^<' + XSD + "boolean>", "false"
    )


def test_results_stand_gravest_first_then_by_focus_node() -> None:
    report = Report(MIXED)
    assert [(r.severity.value, str(r.focus_node)[-2]) for r in report.results] == [
        ("violation", "a"),
        ("violation", "b"),
        ("warning", "b"),
        ("info", "b"),
    ]
    assert [report.count(severity) for severity in Severity] == [1, 1, 2]
    assert report.fails()


def test_the_text_has_curies_message_and_rule() -> None:
    text = Report(MIXED[-1:]).text({"ex": EX, "longer": EX + "nothing/"})
    assert text == (
        "Does not conform: 1 violation.\n\n"
        "violation: wrong\n"
        "  focus node  ex:a\n"
        "  path        (ex:p/^ex:q)*|ex:r\n"
        '  value       "01"^^xsd:integer\n'
        "  rule        ex:shape  (sh:MaxCountConstraintComponent)\n"
    )


def test_the_message_is_english_where_there_is_one() -> None:
    assert MIXED[0].message == "wrong"
    other = Result(MIXED[0].focus_node, None, None, None, None, sh("x"), Severity.INFO, MIXED[0].messages[1:])
    assert other.message == "не так"


def test_json_and_csv_carry_every_field() -> None:
    report = Report([result(BlankNode("x"))])
    (item,) = json.loads(report.to_json())["results"]
    assert item["focus_node"] == {"type": "bnode", "value": "b1"}
    assert item["value"] == {"type": "literal", "value": "01", "datatype": XSD + "integer"}
    (row,) = csv.DictReader(io.StringIO(report.to_csv(), newline=""))
    assert [*row, "suggestion", "details"] == list(item)
    assert (row["focus_node"], row["value"], row["message"]) == ("_:b1", "01", "wrong")
    assert (row["path"], row["source_constraint"]) == (f"<{EX}p>", "")


@pytest.mark.parametrize("format", ["turtle", "jsonld", "ntriples", "rdfxml", "ttl"])
def test_rdf_in_every_format_is_the_same_report(format: str) -> None:
    report = Report([*MIXED, result(BlankNode("x"), shape=BlankNode("y"))])
    formats = {"turtle": RdfFormat.TURTLE, "ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD}
    chosen = formats.get(format, RdfFormat.N_TRIPLES if format == "ntriples" else RdfFormat.RDF_XML)
    assert canonical(report.to_rdf(format, {"ex": EX}), chosen) == canonical(
        report.to_rdf("nt"), RdfFormat.N_TRIPLES
    )


def canonical(data: bytes, format: RdfFormat) -> set[str]:
    dataset = Dataset(parse(data, format))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


DETAILED = replace(
    result(NamedNode(EX + "a"), path=f"<{EX}p>+"),
    details=(
        replace(result(BlankNode("x"), path=f"^<{EX}q>", message="deep"), details=(result(BlankNode("y")),)),
        result(BlankNode("x"), path=None, message="first"),
    ),
)


def test_details_are_in_every_form_but_csv() -> None:
    report = Report([DETAILED])
    (item,) = json.loads(report.to_json())["results"]
    assert [detail["message"] for detail in item["details"]] == ["first", "deep"]
    assert item["details"][1]["details"][0]["focus_node"]["value"] == "b2"
    assert report.text({"ex": EX}).splitlines()[-2:] == [
        '  detail      "01"^^xsd:integer first',
        '  detail      ^ex:q "01"^^xsd:integer deep',
    ]
    graph = list(parse(report.to_rdf("nt"), RdfFormat.N_TRIPLES))
    assert sum(quad.object == sh("ValidationResult") for quad in graph) == 4
    assert sum(quad.predicate == sh("result") for quad in graph) == 1
    assert sum(quad.predicate == sh("detail") for quad in graph) == 3
    assert sum(quad.predicate == sh("inversePath") for quad in graph) == 1
    assert canonical(report.to_rdf("jsonld"), RdfFormat.JSON_LD) == canonical(
        report.to_rdf("nt"), RdfFormat.N_TRIPLES
    )


def test_what_pyshacl_ran_is_said() -> None:
    report = Report([], [NamedNode(EX + "s"), BlankNode("s")])
    assert report.text() == "Conforms: no results.\n2 shapes run by pyshacl.\n"
    assert json.loads(report.to_json())["by_pyshacl"] == [EX + "s"]
    assert json.loads(Report().to_json())["by_pyshacl"] == []


def test_an_unknown_format_of_a_report_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="RP304"):
        Report().to_rdf("nquads")


nodes = st.sampled_from([NamedNode(EX + "a"), NamedNode(EX + "b"), *(BlankNode(name) for name in "xyz")])
plain = st.builds(
    result,
    nodes,
    st.sampled_from(Severity),
    st.sampled_from(["one", "two"]),
    st.sampled_from([None, f"<{EX}p>", f"^(<{EX}p>|<{EX}q>)"]),
    nodes,
)
results = st.one_of(
    plain,
    st.builds(lambda one, details: replace(one, details=tuple(details)), plain, st.lists(plain, max_size=3)),
)


@given(st.lists(results, max_size=7), st.randoms(use_true_random=False))
def test_the_same_results_give_the_same_bytes_in_any_order_and_under_any_labels(
    items: list[Result], chance: random.Random
) -> None:
    labels = dict(zip("xyz", chance.sample("pqr", 3), strict=True))

    def renamed(node: object) -> NamedNode | BlankNode:
        assert isinstance(node, NamedNode | BlankNode)
        return BlankNode(labels[node.value]) if isinstance(node, BlankNode) else node

    def again(one: Result) -> Result:
        details = [again(detail) for detail in one.details]
        chance.shuffle(details)
        focus, shape = renamed(one.focus_node), renamed(one.source_shape)
        return replace(one, focus_node=focus, source_shape=shape, details=tuple(details))

    others = [again(one) for one in items]
    chance.shuffle(others)
    one, other = Report(items), Report(others)
    assert one.text() == other.text()
    assert one.to_csv() == other.to_csv()
    assert one.to_json() == other.to_json()
    for format in ("turtle", "jsonld"):
        assert one.to_rdf(format, {"ex": EX, "e": EX + "e/"}) == other.to_rdf(
            format, {"ex": EX, "e": EX + "e/"}
        )


def test_the_results_of_nodes_that_are_alike_stay_together() -> None:
    alike = [result(BlankNode(name)) for name in "xyxy"]
    expected = ["b1", "b1", "b2", "b2"]
    for items in (alike, sorted(alike, key=lambda one: str(one.focus_node)), alike[::-1]):
        for many in (Report(items).results, Spool(items)):
            found = [labels[node].value for one, labels in labelled(many) for node in blank_nodes(one)]
            assert found == expected
