"""Running some shapes, or what weighs enough, finds what a whole run finds of these. ``REPATRIA_EXAMPLES`` is
how many cases each test tries, 25 without it."""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from tests.shacl import generated

from repatria.errors import UsageError
from repatria.rdf import read_quads
from repatria.shacl import Report, Result, Severity, validate
from repatria.shacl.limits import Engine

EXAMPLES = int(os.environ.get("REPATRIA_EXAMPLES", "25"))
examples = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
EX = "http://example.org/"
OFF = NamedNode("http://www.w3.org/ns/shacl#deactivated")
TRUE = Literal("true", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#boolean"))
SHAPES = """
ex:PersonShape a sh:NodeShape ; sh:targetClass ex:Person ; rdfs:label "The person"@en, "Людина"@uk ;
  sh:property ex:named, [ sh:path ex:age ; sh:maxCount 1 ; sh:severity sh:Warning ] ;
  sh:property [ sh:path ex:note ; sh:minCount 1 ; sh:severity sh:Info ] .
ex:named sh:path ex:name ; sh:minCount 1 .
ex:ThingShape a sh:NodeShape ; sh:targetSubjectsOf ex:age ; sh:node ex:inner .
ex:inner a sh:NodeShape ; sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:severity sh:Info ] .
ex:off a sh:NodeShape ; sh:targetClass ex:Person ; sh:deactivated true ; sh:nodeKind sh:Literal .
<http://example.net/other#ThingShape> a sh:NodeShape ; sh:targetNode ex:none ; sh:nodeKind sh:IRI .
ex:Queried a sh:NodeShape ; sh:targetClass ex:Person ; sh:sparql [
  sh:select "SELECT $this WHERE { $this <http://example.org/age> ?a FILTER(?a = 2) }" ] .
"""
DATA = "ex:a a ex:Person ; ex:age 1, 2 . ex:b a ex:Person ; ex:name 'b' ; ex:note 'n' ; ex:age 3 ."


def read(text: str) -> list[Quad]:
    return list(read_quads(io.BytesIO((generated.PREFIXES + text).encode()), name="x.ttl"))


def rows(results: Iterable[Result]) -> Counter[tuple[str, ...]]:
    """Return what results say; shapes without a name have other labels in another run."""
    return Counter(
        (
            str(one.focus_node), one.path or "", str(one.value), one.component.value, one.severity.value,
            "" if isinstance(one.source_shape, BlankNode) else str(one.source_shape), str(len(one.details)),
        )
        for one in results
    )  # fmt: skip


def found(*names: str, severity: Severity = Severity.INFO, engine: Engine = "auto") -> Report:
    return validate(read(DATA), read(SHAPES), names=names, severity=severity, engine=engine)


@pytest.mark.parametrize("engine", ["auto", "pyshacl"])
@pytest.mark.parametrize(
    ("names", "number"),
    [
        (["http://example.org/PersonShape"], 3),
        (["<http://example.org/PersonShape>"], 3),
        (["personshape"], 3),
        (["The person"], 3),
        (["людина"], 3),
        (["named"], 1),
        (["named", "PersonShape"], 3),
        (["Queried", "Queried"], 1),
        ([], 5),
    ],
)
def test_a_shape_is_run_by_each_of_its_names(names: list[str], number: int, engine: Engine) -> None:
    report = found(*names, engine=engine)
    assert len(report.results) == number
    assert rows(report.results) <= rows(found().results)


def test_a_curie_is_of_the_prefixes_supplied() -> None:
    rules = (
        "<https://w3id.org/repatria/ns#mine> a sh:NodeShape ; sh:targetNode ex:a ; sh:nodeKind sh:Literal ."
    )
    assert len(validate(read(DATA), read(rules), names=["rep:mine"]).results) == 1


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("PersonShap", "RP201", "did you mean “PersonShape”?"),
        ("ex:PersonShap", "RP201", "did you mean “PersonShape”?"),
        ("zzz", "RP201", "write its IRI"),
        ("", "RP201", "write its IRI"),
        ("not an <iri>", "RP201", "write its IRI"),
        ("ThingShape", "RP202", "<http://example.net/other#ThingShape>, <http://example.org/ThingShape>"),
        ("inner", "RP219", "it is used by <http://example.org/ThingShape>"),
        ("off", "RP219", "sh:deactivated"),
    ],
)
def test_a_name_of_no_shape_or_of_several_is_told(name: str, code: str, told: str) -> None:
    with pytest.raises(UsageError) as problem:
        found(name)
    assert problem.value.code == code
    assert told in problem.value.hint


def test_severity_is_of_what_is_looked_for_and_not_of_what_shapes_refer_to() -> None:
    grave = found(severity=Severity.VIOLATION)
    # ex:a does not conform to ex:inner, which only informs.
    shapes = {str(one.source_shape) for one in grave.results}
    assert shapes == {f"<{EX}named>", f"<{EX}ThingShape>", f"<{EX}Queried>"}
    assert {one.severity for one in found(severity=Severity.WARNING).results} == {"violation", "warning"}


def test_what_weighs_less_is_left_out_at_any_depth() -> None:
    inner = "sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:severity sh:Info ]"
    known = f"sh:property [ sh:path ex:knows ; sh:maxCount 1 ; {inner} ]"
    rules = f"ex:s a sh:NodeShape ; sh:targetClass ex:Person ; {known} ."
    graph = read("ex:a a ex:Person ; ex:knows ex:b, ex:c .")
    assert len(validate(graph, read(rules)).results) == 3
    assert len(validate(graph, read(rules), severity=Severity.WARNING).results) == 1


@pytest.mark.parametrize("severity", list(Severity))
def test_severity_is_as_leaving_out_what_weighs_less(severity: Severity) -> None:
    kept = [one for one in found().results if one.severity.at_least(severity)]
    for engine in ("auto", "pyshacl"):
        assert rows(found(severity=severity, engine=engine).results) == rows(kept)


def runnable(shapes: str) -> bool:
    """Return whether pyshacl, which gets shapes with some queries, runs them: it compares no blank nodes."""
    return "lessThan" not in shapes


@examples
@given(data=generated.data(), shapes=generated.shapes(sparql=True), severity=st.sampled_from(list(Severity)))
def test_of_any_shapes_what_weighs_enough_is_found(data: str, shapes: str, severity: Severity) -> None:
    assume(runnable(shapes))
    graph, rules = read(data), read(shapes)
    whole = [one for one in validate(graph, rules).results if one.severity.at_least(severity)]
    assert rows(validate(graph, rules, severity=severity).results) == rows(whole)


@examples
@given(data=generated.data(), shapes=generated.shapes(sparql=True))
def test_of_any_shapes_those_with_targets_find_together_what_all_find(data: str, shapes: str) -> None:
    assume(runnable(shapes))
    graph, rules = read(data), read(shapes)
    selecting = re.compile("#target|#Class>$")
    off = {one.subject for one in rules if one.predicate == OFF and one.object == TRUE}
    nodes = {
        one.subject for one in rules if selecting.search(f"{one.predicate.value} {one.object}".strip('<>"'))
    }
    names = [one.value for one in nodes - off if isinstance(one, NamedNode)]
    if names:
        chosen = [validate(graph, rules, names=[name]) for name in names]
        whole = rows(validate(graph, rules).results)
        assert rows(one for report in chosen for one in report.results) == whole


@pytest.mark.parametrize("most", [1, 2, 4])
def test_it_stops_after_so_many_results_and_says_so(most: int) -> None:
    report = validate(read(DATA), read(SHAPES), max_results=most)
    assert len(report.results) == most
    number = "1 result" if most == 1 else f"{most} results"
    assert report.unfinished == f"stopped after {number}, as asked; there are more"
    assert not report.conforms


@pytest.mark.parametrize("most", [5, 6])
def test_a_limit_that_is_not_passed_says_nothing(most: int) -> None:
    report = validate(read(DATA), read(SHAPES), max_results=most)
    assert (len(report.results), report.unfinished) == (5, "")
