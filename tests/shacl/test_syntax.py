"""The syntax rules of SHACL (appendix "Summary of SHACL Syntax Rules"): one case refused and one accepted for each."""

# ruff: noqa: E501 - a table

from __future__ import annotations

import io

import pytest
from pyoxigraph import Quad

from repatria.errors import InputError
from repatria.rdf import read_quads
from repatria.shacl import validate

PREFIXES = (
    "@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
)
NODE = "ex:s a sh:NodeShape ; sh:targetNode ex:a ; {} ."
PROPERTY = "ex:s a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; {} ."
PATH = "ex:s sh:targetNode ex:a ; sh:path {} ; sh:minCount 0 ."
SELECT = "SELECT $this WHERE { $this ex:p ?x }"
QUERY = """ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql ex:c . ex:c {} .
  ex:names sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] ."""
SELECTING = f'sh:prefixes ex:names ; sh:select "{SELECT}"'
PREFIXED = (
    f"""ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ {SELECTING} ] . ex:names sh:declare {{}} ."""
)
DECLARATION = '[ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI {} ]'
COMPONENT = "ex:s a sh:NodeShape ; sh:targetNode ex:a ; ex:least 2 . ex:C a sh:ConstraintComponent ; {} ."
PARAMETER = COMPONENT.format(
    'sh:parameter [ {} ] ; sh:validator [ sh:ask "ASK { }" ]'.replace("{ }", "{{ }}")
)
ONE = "sh:parameter [ sh:path ex:least ] ; "


def one_literal(name: str) -> dict[str, tuple[str, str, str]]:
    return {
        f"{name}-nodeKind": (NODE, f"sh:{name} ex:x", f"sh:{name} 1.5"),
        f"{name}-maxCount": (NODE, f"sh:{name} 1, 2", f"sh:{name} 1"),
    }


def one_integer(name: str, shape: str) -> dict[str, tuple[str, str, str]]:
    return {
        f"{name}-datatype": (shape, f'sh:{name} "1"^^xsd:int', f"sh:{name} 1"),
        f"{name}-maxCount": (shape, f"sh:{name} 1, 2", f"sh:{name} 01"),
    }


def listed(name: str) -> dict[str, tuple[str, str, str]]:
    return {
        f"{name}-node": (NODE, f"sh:{name} ex:t", f"sh:{name} ( ex:t )"),
        f"{name}-members-node": (NODE, f'sh:{name} ( "t" )', f"sh:{name} ( [ sh:class ex:A ] )"),
    }


# Rule → template, what is refused in it, what is accepted.
RULES: dict[str, tuple[str, str, str]] = {
    "SHACL-list": (NODE, "sh:in [ rdf:first 1, 2 ; rdf:rest () ]", "sh:in [ rdf:first 1 ; rdf:rest () ]"),
    "entailment-nodeKind": ("ex:s a sh:NodeShape . [] sh:entailment {} .", '"RDFS"',
                            "<http://www.w3.org/ns/entailment/RDFS>"),
    "targetNode-nodeKind": (NODE, "sh:targetNode [ ]", 'sh:targetNode "a"'),
    "targetClass-nodeKind": (NODE, 'sh:targetClass "A"', "sh:targetClass ex:A"),
    "targetSubjectsOf-nodeKind": (NODE, "sh:targetSubjectsOf [ ]", "sh:targetSubjectsOf ex:p"),
    "targetObjectsOf-nodeKind": (NODE, "sh:targetObjectsOf 1", "sh:targetObjectsOf ex:p"),
    "severity-maxCount": (NODE, "sh:severity sh:Info, sh:Warning", "sh:severity sh:Info"),
    "severity-nodeKind": (NODE, 'sh:severity "Info"', "sh:severity ex:Grave"),
    "message-datatype": (NODE, "sh:message 1", 'sh:message "a", "b"@en'),
    "deactivated-maxCount": (NODE, "sh:deactivated true, false", "sh:deactivated true"),
    "deactivated-datatype": (NODE, 'sh:deactivated "true"', "sh:deactivated false"),
    "NodeShape-path-maxCount": (NODE, "sh:path ex:p", "sh:class ex:A"),
    "path-maxCount": (PATH, "ex:p, ex:q", "ex:p"),
    "path-node": (PATH, '"p"', "( ex:p [ sh:inversePath ex:q ] )"),
    "PropertyShape-path-minCount": ("ex:s a sh:PropertyShape ; {} .", "sh:minCount 1", "sh:path ex:p"),
    "path-metarule": (PATH, "[ sh:inversePath ex:p ; sh:zeroOrMorePath ex:q ]", "[ sh:inversePath ex:p ]"),
    "path-sequence": (PATH, "( ex:p )", "( ex:p ex:q )"),
    "path-alternative": (PATH, "[ sh:alternativePath ex:p ]", "[ sh:alternativePath ( ex:p ex:q ) ]"),
    "path-inverse": (PATH, "[ sh:inversePath ex:p, ex:q ]", "[ sh:inversePath ( ex:p ex:q ) ]"),
    "path-non-recursive": (PATH, "_:p . _:p sh:inversePath _:p . ex:u sh:minCount 1 ; sh:path ex:p",
                           "_:p . _:p sh:inversePath ex:p . ex:u sh:path ex:p"),
    "class-nodeKind": (NODE, "sh:class [ ]", "sh:class ex:A, ex:B"),
    "datatype-nodeKind": (NODE, 'sh:datatype "date"', "sh:datatype xsd:date"),
    "datatype-maxCount": (NODE, "sh:datatype xsd:date, xsd:string", "sh:datatype ex:own"),
    "nodeKind-in": (NODE, "sh:nodeKind sh:Node", "sh:nodeKind sh:BlankNodeOrLiteral"),
    "nodeKind-maxCount": (NODE, "sh:nodeKind sh:IRI, sh:Literal", "sh:nodeKind sh:IRIOrLiteral"),
    "minCount-scope": (NODE, "sh:minCount 1", "sh:property [ sh:path ex:p ; sh:minCount 1 ]"),
    "maxCount-scope": (NODE, "sh:maxCount 1", "sh:property [ sh:path ex:p ; sh:maxCount 1 ]"),
    **one_integer("minCount", PROPERTY), **one_integer("maxCount", PROPERTY),
    **one_integer("minLength", NODE), **one_integer("maxLength", NODE),
    **one_literal("minExclusive"), **one_literal("minInclusive"),
    **one_literal("maxExclusive"), **one_literal("maxInclusive"),
    "pattern-datatype": (NODE, 'sh:pattern "a"@en', 'sh:pattern "a"'),
    "pattern-regex": (NODE, 'sh:pattern "(a"', 'sh:pattern "(a)"'),
    "flags-datatype": (NODE, 'sh:pattern "a" ; sh:flags 1', 'sh:pattern "a" ; sh:flags "i"'),
    "languageIn-node": (NODE, 'sh:languageIn "en"', 'sh:languageIn ( "en" )'),
    "languageIn-members-datatype": (NODE, "sh:languageIn ( ex:en )", "sh:languageIn ( )"),
    "languageIn-maxCount": (NODE, 'sh:languageIn ( "en" ), ( "uk" )', 'sh:languageIn ( "en" "uk" )'),
    "uniqueLang-datatype": (PROPERTY, 'sh:uniqueLang "true"', "sh:uniqueLang true"),
    "uniqueLang-maxCount": (PROPERTY, "sh:uniqueLang true, false", "sh:uniqueLang false"),
    "uniqueLang-scope": (NODE, "sh:uniqueLang true", "sh:property [ sh:path ex:p ; sh:uniqueLang true ]"),
    "equals-nodeKind": (NODE, "sh:equals [ ]", "sh:equals ex:p"),
    "disjoint-nodeKind": (NODE, 'sh:disjoint "p"', "sh:disjoint ex:p"),
    "lessThan-nodeKind": (PROPERTY, "sh:lessThan 1", "sh:lessThan ex:q"),
    "lessThan-scope": (NODE, "sh:lessThan ex:q", "sh:property [ sh:path ex:p ; sh:lessThan ex:q ]"),
    "lessThanOrEquals-nodeKind": (PROPERTY, "sh:lessThanOrEquals [ ]", "sh:lessThanOrEquals ex:q"),
    "lessThanOrEquals-scope": (NODE, "sh:lessThanOrEquals ex:q", "sh:equals ex:q"),
    "not-node": (NODE, 'sh:not "t"', "sh:not [ sh:class ex:A ]"),
    **listed("and"), **listed("or"), **listed("xone"),
    "node-node": (NODE, "sh:node [ sh:path ex:p ]", "sh:node [ sh:class ex:A ]"),
    "property-node": (NODE, "sh:property [ sh:class ex:A ]", "sh:property [ sh:path ex:p ]"),
    "qualifiedValueShape-node": (PROPERTY, "sh:qualifiedValueShape 1 ; sh:qualifiedMinCount 1",
                                 "sh:qualifiedValueShape ex:t ; sh:qualifiedMinCount 0"),
    "qualifiedValueShape-scope": (NODE, "sh:qualifiedValueShape ex:t", "sh:node ex:t"),
    "qualifiedValueShapesDisjoint-datatype": (PROPERTY, "sh:qualifiedValueShape ex:t ; sh:qualifiedValueShapesDisjoint 1",
                                              "sh:qualifiedValueShape ex:t ; sh:qualifiedValueShapesDisjoint true"),
    "qualifiedMinCount-datatype": (PROPERTY, "sh:qualifiedValueShape ex:t ; sh:qualifiedMinCount 1.0",
                                   "sh:qualifiedValueShape ex:t ; sh:qualifiedMinCount 0"),
    "qualifiedMaxCount-datatype": (PROPERTY, 'sh:qualifiedValueShape ex:t ; sh:qualifiedMaxCount "one"^^xsd:integer',
                                   "sh:qualifiedValueShape ex:t ; sh:qualifiedMaxCount 1"),
    "closed-datatype": (NODE, 'sh:closed "yes"', "sh:closed true"),
    "ignoredProperties-node": (NODE, "sh:closed true ; sh:ignoredProperties rdf:type",
                               "sh:closed true ; sh:ignoredProperties ( rdf:type )"),
    "ignoredProperties-members-nodeKind": (NODE, 'sh:closed true ; sh:ignoredProperties ( "p" )',
                                           "sh:closed true ; sh:ignoredProperties ( )"),
    "in-node": (NODE, "sh:in ex:a", "sh:in ( ex:a )"),
    "in-maxCount": (NODE, "sh:in ( ex:a ), ( ex:b )", 'sh:in ( ex:a "b" 1 )'),
    "multiple-parameters": (NODE, 'sh:pattern "a", "b"', 'sh:pattern "a|b"'),
    "sparql-nodeKind": (NODE, 'sh:sparql "SELECT"', "sh:class ex:A"),
    "SPARQLConstraint-select-count": (QUERY, f'sh:prefixes ex:names ; sh:select "{SELECT}", "{SELECT} "', SELECTING),
    "select-query-valid": (QUERY, 'sh:select "SELECT $this WHERE { $this ?p }"', 'sh:select "SELECT $this WHERE { $this ?p ?o }"'),
    "select-query-this": (QUERY, 'sh:select "SELECT ?o WHERE { $this ?p ?o }"', 'sh:select "SELECT * WHERE { $this ?p ?o }"'),
    "SPARQLConstraint-message-datatype": (QUERY, f"{SELECTING} ; sh:message 1", f'{SELECTING} ; sh:message "no"@en'),
    "SPARQLConstraint-deactivated-maxCount": (QUERY, f"{SELECTING} ; sh:deactivated true, false", f"{SELECTING} ; sh:deactivated true"),
    "PATH-position": ("ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:sparql [ sh:select '{}' ] .",
                      "SELECT $this WHERE {{ $this ?p $PATH }}".replace("{{", "{").replace("}}", "}"),
                      "SELECT $this WHERE { $this $PATH ?o }"),
    "declare-nodeKind": (PREFIXED, f'"ex", {DECLARATION.format("")}', DECLARATION.format("")),
    "prefix-count": (PREFIXED, DECLARATION.format('; sh:prefix "e"'), DECLARATION.format("")),
    "namespace-count": (PREFIXED, DECLARATION.format('; sh:namespace "http://example.com/"^^xsd:anyURI'), DECLARATION.format("")),
    "namespace-datatype": (PREFIXED, '[ sh:prefix "ex" ; sh:namespace ex:x ]', '[ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ]'),
    "prefixes-nodeKind": (QUERY, f'sh:prefixes "ex" ; {SELECTING}', SELECTING),
    "prefixes-duplicates": (PREFIXED, f'{DECLARATION.format("")}, [ sh:prefix "ex" ; sh:namespace "http://example.com/"^^xsd:anyURI ]',
                            f'{DECLARATION.format("")}, {DECLARATION.format("")}'),
    "Parameter-predicate-count": (PARAMETER, "sh:path ex:least, ex:other", "sh:path ex:least"),
    "parameter-name-VARNAME": (PARAMETER, "sh:path <http://example.org/a-b>", "sh:path ex:least2"),
    "parameter-name-not-in": (PARAMETER, "sh:path ex:value", "sh:path ex:values"),
    "parameter-name-unique": (COMPONENT, f'{ONE} sh:parameter [ sh:path <http://example.com/least> ]', ONE + "sh:parameter [ sh:path ex:other ]"),
    "optional-datatype": (PARAMETER, 'sh:path ex:least ] , [ sh:path ex:other ; sh:optional "true"', "sh:path ex:least ] , [ sh:path ex:other ; sh:optional true"),
    "optional-maxCount": (PARAMETER, "sh:path ex:least ; sh:optional true, false", "sh:path ex:least ; sh:optional false"),
    "ConstraintComponent-parameter": (PARAMETER, "sh:path ex:least ; sh:optional true", "sh:path ex:least"),
    "Parameter-conformance": (PARAMETER, "sh:path ex:least ; sh:nodeKind sh:IRI", "sh:path ex:least ; sh:datatype xsd:integer"),
    "labelTemplate-datatype": (COMPONENT, ONE + "sh:labelTemplate 1", ONE + 'sh:labelTemplate "at least {$least}"'),
    "nodeValidator-class": (COMPONENT, ONE + 'sh:nodeValidator [ sh:ask "ASK {}" ]', ONE + 'sh:nodeValidator [ sh:select "SELECT $this { $this ?p ?o }" ]'),
    "propertyValidator-class": (COMPONENT, ONE + 'sh:propertyValidator [ sh:ask "ASK {}" ]',
                                ONE + 'sh:propertyValidator [ sh:select "SELECT $this { $this $PATH ?o }" ]'),
    "SPARQLSelectValidator-select-count": (COMPONENT, ONE + "sh:nodeValidator ex:v", ONE + 'sh:nodeValidator [ sh:select "SELECT $this { $this ?p ?o }" ]'),
    "validator-class": (COMPONENT, ONE + 'sh:validator [ sh:select "SELECT $this { $this ?p ?o }" ]', ONE + 'sh:validator [ sh:ask "ASK {}" ]'),
    "ask-count": (COMPONENT, ONE + 'sh:validator [ sh:ask "ASK {}", "ASK { }" ]', ONE + 'sh:validator [ sh:ask "ASK { }" ]'),
    "ask-sparql": (COMPONENT, ONE + 'sh:validator [ sh:ask "SELECT * {}" ]', ONE + 'sh:validator [ sh:ask "ASK { FILTER(isIRI($this)) }" ]'),
}  # fmt: skip
# Rules of the appendix that refuse nothing of ours: sh:shapesGraph is a hint in data that is not followed;
# what is no property shape, SPARQL constraint component or parameter is none, and not ill-formed.


def read(text: str) -> list[Quad]:
    return list(read_quads(io.BytesIO((PREFIXES + text).encode()), name="x.ttl"))


def filled(template: str, part: str) -> list[Quad]:
    return read(
        template.replace("{{", "{").replace("}}", "}").replace("{}", part, 1) + " ex:t a sh:NodeShape ."
    )


def test_every_rule_is_here() -> None:
    assert len(RULES) == 106


@pytest.mark.parametrize("rule", RULES)
def test_the_rule(rule: str) -> None:
    template, wrong, right = RULES[rule]
    with pytest.raises(InputError) as caught:
        validate(read("ex:a ex:p 1 ."), filled(template, wrong))
    assert caught.value.code == "RP311"
    assert caught.value.hint
    validate(read("ex:a ex:p 1 ."), filled(template, right))


@pytest.mark.parametrize(
    "reference",
    [
        "sh:node ex:s", "sh:not ex:s", "sh:and ( ex:s )", "sh:or ( ex:t ex:s )", "sh:xone ( ex:s )",
        "sh:property [ sh:path ex:p ; sh:node ex:s ]", "sh:property [ sh:path ex:p ; sh:property ex:s2 ]",
        "sh:property [ sh:path ex:p ; sh:qualifiedValueShape ex:s ; sh:qualifiedMinCount 1 ]",
        "sh:node [ sh:node [ sh:not [ sh:or ( [ sh:and ( ex:s ) ] ) ] ] ]",
    ],
)  # fmt: skip
def test_recursion_is_refused_by_whatever_way(reference: str) -> None:
    shapes = f"ex:s a sh:NodeShape ; sh:targetNode ex:a ; {reference} . ex:s2 sh:path ex:p ; sh:node ex:s ."
    with pytest.raises(InputError, match="recursive"):
        validate(read("ex:a ex:p 1 ."), filled(shapes, ""))


def test_shapes_that_share_shapes_are_not_recursive() -> None:
    shapes = (
        "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:and ( ex:t ex:t [ sh:node ex:t ] ) ; sh:node ex:t ."
    )
    assert validate(read("ex:a ex:p 1 ."), filled(shapes, "")).conforms
