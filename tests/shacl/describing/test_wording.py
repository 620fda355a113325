"""What shapes ask, in words: each component, target and path."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse
from tests.shacl.formats.making import HEAD, PREFIXES

from repatria.shacl.describing import Chapter, chapters
from repatria.shacl.reading import read_shapes
from repatria.shacl.shapes_graph import ShapesGraph


def told(shapes: str) -> list[Chapter]:
    """Return the chapters of shapes in Turtle."""
    index = ShapesGraph(parse((HEAD + shapes).encode(), RdfFormat.TURTLE))
    return list(chapters(read_shapes(index), index, PREFIXES, {}))


@pytest.mark.parametrize(
    ("constraint", "clauses"),
    [
        ("sh:minCount 1", ["at least 1 value"]),
        ("sh:minCount 2 ; sh:maxCount 2", ["exactly 2 values"]),
        ("sh:maxCount 0", ["no value"]),
        ("sh:maxCount 3", ["at most 3 values"]),
        ("sh:class ex:Body", ["each value is an instance of `ex:Body`"]),
        ("sh:datatype xsd:date", ["each value is a `xsd:date`"]),
        ("sh:nodeKind sh:BlankNodeOrIRI", ["each value is an IRI or a blank node"]),
        ("sh:minExclusive 3", ['each value is more than `"3"^^xsd:integer`']),
        ("sh:maxInclusive 3", ['each value is at most `"3"^^xsd:integer`']),
        ("sh:minLength 3", ["each value has at least 3 characters"]),
        ("sh:maxLength 3", ["each value has at most 3 characters"]),
        ('sh:pattern "^`a"', ["each value matches `^ˋa`"]),
        ('sh:pattern "a" ; sh:flags "i"', ["each value matches `a` (flags `i`)"]),
        ('sh:languageIn ( "en" "uk" )', ["each value has one of the languages `en` or `uk`"]),
        ("sh:uniqueLang true", ["at most one value in each language"]),
        ("sh:in ( ex:a ex:b ex:c )", ["each value is `ex:a`, `ex:b` or `ex:c`"]),
        ("sh:hasValue ex:a", ["the value `ex:a`"]),
        ("sh:equals ex:q", ["the same values as `ex:q`"]),
        ("sh:disjoint ex:q", ["no value in common with `ex:q`"]),
        ("sh:lessThan ex:q", ["values less than each of `ex:q`"]),
        ("sh:lessThanOrEquals ex:q", ["values not more than any of `ex:q`"]),
        ("sh:node ex:other", ["each value conforms to `ex:other`"]),
        (
            "sh:node [ sh:class ex:Body ; sh:property [ sh:path ex:q ; sh:minCount 1 ] ]",
            ["each value conforms to (it is an instance of `ex:Body`; `ex:q`: at least 1 value)"],
        ),
        ("sh:not ex:other", ["each value does not conform to `ex:other`"]),
        ("sh:or ( ex:other ex:third )", ["each value conforms to at least one of `ex:other` and `ex:third`"]),
        ("sh:and ( ex:other )", ["each value conforms to all of `ex:other`"]),
        ("sh:xone ( ex:other ex:more )", ["each value conforms to exactly one of `ex:other` and `ex:more`"]),
        (
            "sh:qualifiedValueShape ex:other ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 2",
            ["at least 1 value that conforms to `ex:other`", "at most 2 values that conform to `ex:other`"],
        ),
    ],
)  # fmt: skip
def test_what_a_property_shape_asks(constraint: str, clauses: list[str]) -> None:
    shapes = f"""ex:shape sh:targetClass ex:Report ; sh:property ex:rule .
        ex:rule sh:path ex:p ; {constraint} .
        ex:other a sh:NodeShape . ex:third a sh:NodeShape . ex:more a sh:NodeShape ."""
    chapter = next(one for one in told(shapes) if one.title == "ex:shape")
    (rule,) = chapter.rules
    assert sorted(rule.must) == sorted(clauses)
    assert (rule.title, rule.path, rule.severity) == ("ex:rule", "`ex:p`", "violation")


def test_what_a_node_shape_asks_of_the_node_itself() -> None:
    (chapter,) = told("""ex:shape sh:targetClass ex:Report ; sh:nodeKind sh:IRI ; sh:closed true ;
        sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:p ] ; rdfs:label "reports" .""")
    assert chapter.text.name == "reports"
    (own, of_property) = chapter.rules
    assert sorted(own.must) == ["it is an IRI", "no properties but `ex:p` and `rdf:type`"]
    assert (own.path, of_property.path, of_property.must) == ("", "`ex:p`", ())


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("sh:targetClass ex:Report", "every instance of `ex:Report`"),
        ("sh:targetNode ex:one", "the node `ex:one`"),
        ("sh:targetSubjectsOf ex:p", "everything that has `ex:p`"),
        ("sh:targetObjectsOf ex:p", "every value of `ex:p`"),
        ("a sh:NodeShape, rdfs:Class", "every instance of `ex:shape`"),
    ],
)
def test_for_whom(target: str, words: str) -> None:
    (chapter,) = told(f"ex:shape {target} ; sh:nodeKind sh:IRI .")
    assert chapter.targets == (words,)


def test_a_query_is_shown_with_its_message() -> None:
    (chapter,) = told("""ex:shape sh:targetClass ex:Report ; sh:severity sh:Warning ; sh:sparql ex:query .
        ex:query sh:message "No author."@en, "Без автора."@uk ; rdfs:comment "Says who wrote it." ;
            sh:select '''
                SELECT $this WHERE {
                  FILTER NOT EXISTS { $this <http://example.org/author> ?who }
                }''' .""")
    (rule,) = chapter.rules
    assert (rule.title, rule.severity, rule.message) == ("ex:query", "warning", "No author.")
    assert rule.query.splitlines()[:2] == [
        "SELECT $this WHERE {",
        "  FILTER NOT EXISTS { $this <http://example.org/author> ?who }",
    ]
    assert rule.text.description == "Says who wrote it."


def test_a_component_of_the_shapes_own_is_named_with_its_parameters() -> None:
    (chapter,) = told("""ex:shape sh:targetClass ex:Report ; ex:longest 3 .
        ex:Short a sh:ConstraintComponent ; sh:parameter [ sh:path ex:longest ] ;
            sh:validator [ a sh:SPARQLAskValidator ;
                sh:ask "ASK { FILTER(STRLEN(STR($value)) < $longest) }" ] .""")
    assert chapter.rules[0].must == ('it meets `ex:Short` with longest `"3"^^xsd:integer`',)


def test_rules_of_values_of_values_are_told_with_the_way_to_them() -> None:
    (chapter,) = told("""ex:shape sh:targetClass ex:Report ;
        sh:property [ sh:path ex:p ; sh:property [ sh:path [ sh:inversePath ex:q ] ; sh:minCount 1 ] ] .""")
    assert [rule.path for rule in chapter.rules] == ["`ex:p`", "`ex:p`, then `^ex:q`"]


def test_a_rule_of_two_shapes_is_told_once_and_shapes_with_targets_come_first() -> None:
    found = told("""ex:a-helper a sh:NodeShape ; sh:nodeKind sh:IRI .
        ex:one sh:targetClass ex:One ; sh:property ex:rule .
        ex:two sh:targetClass ex:Two ; sh:property ex:rule .
        ex:rule sh:path ex:p ; sh:node ex:a-helper ; sh:deactivated true .""")
    assert [chapter.title for chapter in found] == ["ex:one", "ex:two", "ex:a-helper"]
    assert [rule.told_before for chapter in found for rule in chapter.rules] == [False, True, False]
    assert found[0].rules[0].deactivated
    assert found[2].targets == ()
