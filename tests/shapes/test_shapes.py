"""Every rule of the shapes has an accept and a reject file, and each reject file raises exactly its rule."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyshacl import validate
from rdflib import RDF, SH, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SKOS
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "data" / "shapes"
S = Namespace("https://w3id.org/repatria/shapes#")
NUMBER_OF_RULES = 275
NUMBER_OF_CASES = {"accept": 350, "reject": 533}
WARNINGS = {S["source-dated"], S["exchange-dated"], S["capacity-held"], S["distribution-access"]}

ACCEPT = sorted(CASES.glob("*/accept*.ttl"))
REJECT = sorted(CASES.glob("*/reject*.ttl"))


prepared = cache(prepareQuery)


class PreparedGraph(Graph):
    """A graph that parses each query of the shapes once, not once for each case: four fifths of the time."""

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        query = prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(query, *args, **kwargs)


@cache
def shapes() -> Graph:
    """All shapes in one graph; parsed once, read only."""
    graph = Graph()
    for file in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(file)
    return graph


@cache
def concepts() -> Graph:
    """Which concept is in which scheme: all that the shapes ask about concepts."""
    graph = Graph()
    for triple in Graph().parse(ROOT / "ontology" / "concepts.ttl").triples((None, SKOS.inScheme, None)):
        graph.add(triple)
    return graph


@cache
def rules() -> frozenset[Node]:
    """IRIs of property shapes and SPARQL constraints, and of node shapes that are closed."""
    graph = shapes()
    named = {*graph.subjects(RDF.type, SH.PropertyShape), *graph.subjects(RDF.type, SH.SPARQLConstraint)}
    return frozenset(named | set(graph.subjects(SH.closed, Literal(True))))


def name(rule: Node) -> str:
    """A rule's name: the last part of its IRI, also the name of the directory of its cases."""
    return str(rule).removeprefix(str(S))


def raised(file: Path) -> Counter[tuple[str, Node]]:
    """Names of the rules that a file raises, each with its severity, and how often.

    A result of a nested helper shape is reported by the rule that names the helper.
    """
    data = PreparedGraph().parse(file) + concepts()
    _, report, _ = validate(data, shacl_graph=shapes(), inference="none", advanced=False)
    assert isinstance(report, Graph)
    found: Counter[tuple[str, Node]] = Counter()
    for result in report.objects(None, SH.result):
        rule = report.value(result, SH.sourceConstraint) or report.value(result, SH.sourceShape)
        severity = report.value(result, SH.resultSeverity)
        assert isinstance(rule, URIRef)
        assert severity is not None
        found[name(rule), severity] += 1
    return found


def case_id(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


@pytest.mark.parametrize("file", ACCEPT, ids=case_id)
def test_accept_conforms(file: Path) -> None:
    assert not raised(file)


@pytest.mark.parametrize("file", REJECT, ids=case_id)
def test_reject_raises_exactly_its_rule(file: Path) -> None:
    severity = SH.Warning if S[file.parent.name] in WARNINGS else SH.Violation
    assert set(raised(file)) == {(file.parent.name, severity)}


def test_every_rule_has_its_cases_and_no_case_is_without_a_rule() -> None:
    expected = {name(rule) for rule in rules()}
    assert {file.parent.name for file in ACCEPT if file.name == "accept.ttl"} == expected
    assert {file.parent.name for file in REJECT if file.name == "reject.ttl"} == expected
    assert {path.name for path in CASES.iterdir()} == expected


def test_numbers_of_rules_and_cases() -> None:
    assert len(rules()) == NUMBER_OF_RULES
    assert {"accept": len(ACCEPT), "reject": len(REJECT)} == NUMBER_OF_CASES
    assert len(list(CASES.rglob("*.*"))) == sum(NUMBER_OF_CASES.values())


def test_every_rule_is_used_by_a_shape_with_a_target() -> None:
    graph = shapes()
    targeted = {*graph.subjects(SH.targetClass), *graph.subjects(SH.targetSubjectsOf)}
    links = [*graph.subject_objects(SH.property), *graph.subject_objects(SH.sparql)]
    held = {rule for shape, rule in links if shape in targeted}
    assert rules() <= held | targeted


@pytest.mark.parametrize("rule", sorted(name(rule) for rule in rules()))
def test_rule_has_one_message_in_english_and_one_severity(rule: str) -> None:
    messages = list(shapes().objects(S[rule], SH.message))
    severities = list(shapes().objects(S[rule], SH.severity))
    assert [message.language for message in messages if isinstance(message, Literal)] == ["en"]
    assert str(messages[0]).strip().endswith(".")
    assert severities == [SH.Warning if S[rule] in WARNINGS else SH.Violation]


def test_a_query_has_the_severity_of_its_shape() -> None:
    """SHACL reports the severity of the shape, so that of the query's own node must be the same."""
    for shape, query in shapes().subject_objects(SH.sparql):
        assert shapes().value(shape, SH.severity) == shapes().value(query, SH.severity), query


def test_nothing_in_the_shapes_is_defined_twice() -> None:
    defined: Counter[Node] = Counter()
    for file in (ROOT / "shapes").glob("*.ttl"):
        defined.update({subject for subject in Graph().parse(file).subjects() if isinstance(subject, URIRef)})
    assert [subject for subject, times in defined.items() if times > 1] == []


def test_shapes_pass_the_shapes_for_shapes() -> None:
    conforms, _, text = validate(Graph(), shacl_graph=shapes(), meta_shacl=True, advanced=False)
    assert conforms, text
