"""Suggestions: the term that was meant where that is evident, and none where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from tests.shacl.formats.making import ex, report_of, result

from repatria.shacl import Report, suggesting
from repatria.shacl.datatypes import well_formed
from repatria.shacl.fitting import recognised, rewritten_for
from repatria.shacl.nearness import nearest
from repatria.shacl.suggesting import Suggestions
from repatria.shacl.vocabulary import RDF, XSD

DATA = """
ex:ministry a ex:Body . ex:gazette a ex:Body . ex:archive rdfs:subClassOf ex:Body .
ex:draft ex:scheme ex:states . ex:published ex:scheme ex:states .
"""


OF_STATES = "sh:path ex:scheme ; sh:hasValue ex:states"


def suggestion(value: str, constraint: str) -> str:
    """Return what is suggested for ``ex:report ex:said VALUE`` under a constraint on ex:said."""
    shapes = f"ex:shape sh:targetNode ex:report ; sh:property [ sh:path ex:said ; {constraint} ] ."
    report = report_of(f"{DATA} ex:report ex:said {value} .", shapes)
    (found,) = report.results
    return Suggestions(report).of(found).replace("http://example.org/", "").replace(XSD, "xsd:")


@pytest.mark.parametrize(
    ("value", "constraint", "expected"),
    [
        ("ex:publishd", "sh:in ( ex:draft ex:published )", "did you mean <published>?"),
        ("ex:Published", "sh:in ( ex:draft ex:published )", "did you mean <published>?"),
        ("<http://other.example/published>", "sh:in ( ex:draft ex:published )", "did you mean <published>?"),
        ('"published"', "sh:in ( ex:draft ex:published )", "did you mean <published>?"),
        ('"dratf"', 'sh:in ( "draft" "published" )', 'did you mean "draft"?'),
        ("ex:withdrawn", "sh:in ( ex:draft ex:published )", ""),
        ("ex:day-2025-07-17", "sh:in ( ex:day-2025-07-18 )", ""),
        ("3", "sh:in ( 1 2 )", ""),
        ("[]", "sh:in ( ex:draft )", ""),
        ("ex:ministri", "sh:class ex:Body", "did you mean <ministry>?"),
        ("ex:office", "sh:class ex:Body", ""),
        ('"http://example.org/gazette"', "sh:class ex:Body", "write it as the IRI <gazette>"),
        ('"http://example.org/other"', "sh:class ex:Body", ""),
        ("ex:x . ex:x a ex:Boddy", "sh:class ex:Body", "its class is <Boddy>: did you mean <Body>?"),
        ("ex:x . ex:x a ex:Person", "sh:class ex:Body", "it is of the class <Person>"),
        ('"12"', "sh:datatype xsd:integer", 'write "12"^^<xsd:integer>'),
        ('"17.07.2025"', "sh:datatype xsd:date", 'write "2025-07-17"^^<xsd:date>'),
        ('"2025-07"', "sh:datatype xsd:date", "as it is written it would be <xsd:gYearMonth>"),
        ('"long"@en', "sh:datatype xsd:string", 'leave out the language: "long"'),
        ('"1.5"', "sh:datatype xsd:integer", "as it is written it would be <xsd:decimal>"),
        ("1.5", "sh:datatype xsd:integer", ""),
        ('"in July"', "sh:datatype xsd:date", ""),
        ("ex:x", "sh:datatype xsd:date", ""),
        ('"http://example.org/a"', "sh:nodeKind sh:IRI", "write it as the IRI <a>"),
        ('"a page"', "sh:nodeKind sh:IRI", ""),
        ("ex:x", "sh:nodeKind sh:Literal", ""),
        ("ex:drafd", f"sh:node [ sh:property [ {OF_STATES} ] ]", "did you mean <draft>?"),
        ("ex:other", f"sh:node [ sh:property [ {OF_STATES} ] ]", ""),
        ("ex:ministri", "sh:node [ sh:class ex:Body ]", "did you mean <ministry>?"),
        ('"long"', "sh:maxLength 2", ""),
    ],
)  # fmt: skip
def test_of_a_value(value: str, constraint: str, expected: str) -> None:
    assert suggestion(value, constraint) == expected


def test_of_a_property_that_a_closed_shape_does_not_know() -> None:
    shapes = """ex:shape sh:targetNode ex:report ; sh:closed true ;
        sh:ignoredProperties ( rdf:type ex:author ) ; sh:property [ sh:path ex:title ] ."""
    assert of_all("ex:report ex:titel 1 .", shapes) == ["did you mean ex:title?"]
    assert of_all("ex:report ex:auther 1 .", shapes) == ["did you mean ex:author?"]
    assert of_all("ex:report ex:publisher 1 .", shapes) == [""]


def test_of_a_property_that_is_missing_under_its_name() -> None:
    shapes = """ex:shape sh:targetNode ex:report ; sh:property [ sh:path ex:title ; sh:minCount 1 ],
        [ sh:path ex:titles ] ."""
    assert of_all("ex:report ex:titel 1 .", shapes) == ["did you mean ex:title where it has ex:titel?"]
    assert of_all("ex:report ex:publisher 1 .", shapes) == [""]
    # A property that the shape knows is meant as it is.
    assert of_all("ex:report ex:titles 1 .", shapes) == [""]


def of_all(data: str, shapes: str) -> list[str]:
    report = report_of(data, shapes)
    shorten = Suggestions(report, lambda term: str(term).replace("<http://example.org/", "ex:").rstrip(">"))
    return [shorten.of(one) for one in report.results]


def test_without_shapes_or_data_nothing_is_suggested_that_needs_them() -> None:
    assert Suggestions(Report()).of(result(value=Literal("x"))) == ""
    shapes = "ex:shape sh:targetNode ex:report ; sh:property [ sh:path ex:said ; sh:class ex:Body ] ."
    report = report_of(f"{DATA} ex:report ex:said ex:ministri .", shapes)
    bare = Report(report.results, shapes=report.shapes)
    assert [Suggestions(one).of(report.results[0]) != "" for one in (report, bare)] == [True, False]


def test_the_data_are_searched_a_limited_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "_SEARCHES", 2)
    shapes = "ex:shape sh:targetNode ex:report ; sh:property [ sh:path ex:said ; sh:class ex:Body ] ."
    report = report_of(f"{DATA} ex:report ex:said ex:ministri, ex:ministryy, ex:minstry .", shapes)
    told = Suggestions(report)
    assert [told.of(one) != "" for one in report.results] == [True, True, False]
    # What was found once is known.
    assert told.of(report.results[0]) != ""


def test_among_very_many_nothing_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "_CHOICES", 1)
    assert suggestion("ex:ministri", "sh:class ex:Body") == ""


@pytest.mark.parametrize(
    ("text", "kind", "meant"),
    [
        ("True", "boolean", "true"),
        ("no", "boolean", "false"),
        ("maybe", "boolean", None),
        (" 12 ", "integer", "12"),
        ("12.0", "integer", "12"),
        ("12.5", "integer", None),
        ("1,000", "decimal", None),
        ("1,5", "decimal", "1.5"),
        ("2025/7/17", "date", "2025-07-17"),
        ("2025-07-17T10:00:00", "date", "2025-07-17"),
        ("07/08/2025", "date", None),
        ("31.02.2025", "date", None),
        ("2025-07-17 10:00:00", "dateTime", "2025-07-17T10:00:00"),
        ("x", "string", "x"),
    ],
)
def test_how_a_literal_would_be_written(text: str, kind: str, meant: str | None) -> None:
    wanted = NamedNode(XSD + kind)
    given_ = Literal(text, datatype=NamedNode("http://example.org/kind"))
    assert rewritten_for(given_, wanted) == (None if meant is None else Literal(meant, datatype=wanted))


def test_a_language_is_not_made_up() -> None:
    assert rewritten_for(Literal("x"), NamedNode(RDF + "langString")) is None


@given(
    st.text(max_size=12),
    st.sampled_from(["boolean", "integer", "byte", "decimal", "date", "dateTime", "time"]),
)
def test_what_is_suggested_is_well_formed(text: str, kind: str) -> None:
    wanted = NamedNode(XSD + kind)
    found = rewritten_for(Literal(text), wanted)
    assert found is None or (found.datatype == wanted and well_formed(found))
    other = recognised(Literal(text))
    assert other is None or well_formed(Literal(text, datatype=other))


def test_two_that_are_as_near_are_none() -> None:
    assert nearest("boat", ["goat", "coat"], str) is None
    assert nearest("boat", ["goat", "house"], str) == "goat"
    assert nearest("Publish_ed", ["published", "publisher"], str) == "published"
    assert nearest("x", [], str) is None


@given(st.lists(st.text(min_size=1, max_size=8), max_size=6), st.text(max_size=8))
def test_the_nearest_is_one_of_the_choices(choices: list[str], text: str) -> None:
    assert nearest(text, choices, str) in [None, *choices]
    assert ex("a") != text
