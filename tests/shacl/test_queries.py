"""SPARQL in shapes: what is refused, how variables are bound beforehand, components and targets by queries."""

# ruff: noqa: E501 - shapes and queries

from __future__ import annotations

import io
from collections.abc import Iterable

import pytest
from pyoxigraph import Literal, Quad

from repatria.errors import InputError
from repatria.rdf import read_quads
from repatria.shacl import Report, validate
from repatria.shacl.prebinding import assigned, projecting, sub_selects, with_path

PREFIXES = (
    "@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
)
DATA = """
ex:a a ex:A ; ex:p ex:b, "x" ; ex:q 1 . ex:b a ex:A ; ex:p ex:a, _:c . _:c a ex:A ; ex:p _:c ; ex:q 2, 3 .
ex:d ex:r _:c, "x", ex:a .
"""
NAMES = 'ex:names sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .\n'


def read(text: str) -> list[Quad]:
    return list(read_quads(io.BytesIO((PREFIXES + text).encode()), name="x.ttl"))


def run(shapes: str, data: str = DATA) -> Report:
    return validate(read(data), read(NAMES + shapes))


def focus(report: Report) -> list[str]:
    return sorted(short(result.focus_node) for result in report.results)


def short(term: object) -> str:
    return str(term).replace("<http://example.org/", "").rstrip(">")


def broken(where: str, target: str = "sh:targetClass ex:A") -> list[str]:
    """Return the focus nodes for which a pattern has a solution."""
    return focus(run(f"ex:s {target} ; sh:sparql [ sh:prefixes ex:names ; "
                     f'sh:select """SELECT DISTINCT $this WHERE {{ {where} }}""" ] .'))  # fmt: skip


EVERYONE = ["_:c", "a", "b"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("FILTER(BOUND($this))", EVERYONE),
        ("FILTER(!BOUND($this))", []),
        ("FILTER(isBLANK($this))", ["_:c"]),
        ("{ FILTER(isIRI($this)) } UNION { $this ex:q 2 }", EVERYONE),
        ("BIND($this AS ?t) ?t ex:q ?n", ["_:c", "a"]),
        ("BIND($this AS ?t) FILTER(?t = ex:a)", ["a"]),
        ("OPTIONAL { ?x ex:p $this FILTER(?x != $this) } FILTER(!BOUND(?x))", []),
        ("OPTIONAL { { ?x ex:p ?y } FILTER(?y = $this && isIRI(?x) && ?x != $this) } FILTER(BOUND(?x))", EVERYONE),
        ("FILTER NOT EXISTS { ?x ex:p ?y FILTER(?x = $this && isLITERAL(?y)) }", ["_:c", "b"]),
        ("FILTER EXISTS { { FILTER(COALESCE($this, ex:z) = ex:b) } }", ["b"]),
        ("{ SELECT $this (COUNT(?n) AS ?many) WHERE { $this ex:q ?n } GROUP BY $this } FILTER(?many > 1)", ["_:c"]),
        ("{ SELECT $this (MAX(?n) AS ?most) WHERE { ?t ex:q ?n FILTER(?t = $this) } GROUP BY $this }", ["_:c", "a"]),
        ("?x ex:p/ex:p* $this", EVERYONE),
        ("$this ex:p* ?x . ?x ex:q 1", ["a", "b"]),
        ("$this ex:p $this", ["_:c"]),
        ("FILTER($this IN (ex:a, ex:b))", ["a", "b"]),
        ("FILTER(STRLEN(STR($this)) = 20)", ["a", "b"]),
        ("?s $this ?o", []),
    ],
)  # fmt: skip
def test_the_focus_node_is_bound_everywhere(where: str, expected: list[str]) -> None:
    assert broken(where) == expected
    # Not at once for all: a target by query has no pattern.
    target = 'sh:target [ sh:prefixes ex:names ; sh:select "SELECT ?this WHERE { ?this a ex:A }" ]'
    assert broken(where, target) == expected


def test_a_literal_may_be_a_focus_node() -> None:
    assert broken("?x ex:p $this", "sh:targetObjectsOf ex:r") == ['"x"', "_:c", "a"]
    assert broken('FILTER($this = "x")', 'sh:targetNode "x", "y"') == ['"x"']
    assert broken("$this ex:p ?x", 'sh:targetNode "x"') == []
    assert broken("?x $this ?y", 'sh:targetNode "x", ex:q') == ["q"]


@pytest.mark.parametrize(
    "where", ["$this ex:p* ?x", "$this ex:p? ?x FILTER(?x = $this)", "?x (ex:p|ex:q)* $this"]
)
@pytest.mark.parametrize("target", ['"x"', "ex:absent"])
def test_a_path_of_no_step_starts_also_from_a_node_that_is_in_no_triple(where: str, target: str) -> None:
    """SPARQL 1.1 §18.4; a store begins with what it has, so that pyshacl runs these."""
    shape = f'ex:s sh:targetNode {target} ; sh:sparql [ sh:prefixes ex:names ; sh:select """SELECT $this {{ {where} }}""" ] .'
    report = run(shape, "ex:a a ex:A .")
    assert focus(report) == [target.removeprefix("ex:")]
    assert len(report.by_pyshacl) == 1
    assert not run(shape.replace(target, "ex:a"), "ex:a a ex:A .").by_pyshacl


def test_a_limit_is_one_of_each_focus_node() -> None:
    query = "SELECT $this ?value WHERE { $this ex:p ?value } ORDER BY STR(?value) LIMIT 1"
    report = run(f'ex:s sh:targetClass ex:A ; sh:sparql [ sh:prefixes ex:names ; sh:select "{query}" ] .')
    assert focus(report) == EVERYONE


def test_the_current_shape_and_the_shapes_graph() -> None:
    query = """SELECT $this ?value WHERE { GRAPH $shapesGraph { $currentShape ex:allows ?kind }
               $this a ?value . FILTER(?value != ?kind) }"""
    shape = f'ex:s sh:targetNode ex:a, ex:b ; ex:allows ALLOWED ; sh:sparql [ sh:prefixes ex:names ; sh:select """{query}""" ] .'
    assert run(shape.replace("ALLOWED", "ex:A")).conforms
    assert focus(run(shape.replace("ALLOWED", "ex:B"))) == ["a", "b"]


def test_the_path_of_a_property_shape() -> None:
    shape = """ex:s sh:targetClass ex:A ; sh:property [ sh:path ( ex:p [ sh:inversePath ex:p ] ) ;
      sh:sparql [ sh:prefixes ex:names ; sh:message "by {?value}, not {$none}" ;
        sh:select "SELECT $this ?value WHERE { $this $PATH ?value FILTER(?value != $this) }" ] ] ."""
    found = [(short(r.focus_node), r.path, short(r.value), r.message) for r in run(shape).results]
    path = "<http://example.org/p>/^<http://example.org/p>"
    assert sorted(found) == [("_:c", path, "b", "by http://example.org/b, not {$none}"),
                             ("b", path, "_:c", "by {?value}, not {$none}")]  # fmt: skip


def messages(constraint: str, shape: str, select: str = "$this") -> set[Literal]:
    report = run(f"""ex:s sh:targetNode ex:a ; {shape} sh:sparql [ sh:prefixes ex:names ; {constraint}
      sh:select "SELECT {select} WHERE {{ $this ex:q ?n }}" ] .""")
    (result,) = report.results
    return set(result.messages)


def test_the_first_message_that_there_is_counts() -> None:
    """SHACL §5.3.2: that of the solution, then of the constraint; §2.1.5: then of the shape."""
    own, shapes = 'sh:message "own {?n}"@en, "n" ;', 'sh:message "shape" ;'
    assert messages(own, shapes, "$this ?n ('told' AS ?message)") == {Literal("told")}
    assert messages(own, shapes, "$this ?n") == {Literal("own 1", language="en"), Literal("n")}
    assert messages("", shapes) == {Literal("shape")}
    assert messages("", "") == set()


def test_a_solution_that_says_failure_is_an_error() -> None:
    shape = """ex:s sh:targetNode ex:a ; sh:sparql [ sh:prefixes ex:names ;
      sh:select "SELECT $this ?failure WHERE { $this ex:q ?n BIND(?n = 1 AS ?failure) }" ] ."""
    with pytest.raises(InputError, match=r"RP311.*failure at <http://example.org/a>"):
        run(shape)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT $this WHERE { $this ?p ?o MINUS { $this ex:p ?o } }", "MINUS"),
        ("SELECT $this WHERE { $this ?p ?o } VALUES ?o { 1 }", "VALUES"),
        ("SELECT $this WHERE { SERVICE <http://example.org/> { $this ?p ?o } }", "SERVICE"),
        ("SELECT $this FROM ex:g WHERE { $this ?p ?o }", "FROM"),
        ("SELECT $this FROM NAMED ex:g WHERE { $this ?p ?o }", "FROM"),
        ("SELECT (ex:a AS $this) WHERE { }", "assigns to [$]this"),
        ("SELECT $this WHERE { BIND(1 AS $shapesGraph) }", "assigns to [$]shapesGraph"),
        ("SELECT $this WHERE { { SELECT ?x WHERE { ?x ex:p ?y } } $this ex:q ?x }", "hand on .this"),
        ("SELECT $this WHERE { FILTER EXISTS { { SELECT * WHERE { ?x ex:p ?y } } } }", "hand on .this"),
        ("SELECT $this WHERE { { SELECT ?this WHERE { { SELECT ?x { ?x ?y ?this } } } } }", "hand on .this"),
        ("ASK { $this ex:p ?x }", "not of that kind"),
        ("CONSTRUCT WHERE { $this ex:p ?x }", "not of that kind"),
        ("SELECT ?x WHERE { $this ex:p ?x }", "does not select"),
        ("SELECT $this WHERE { $this $PATH ?x }", "PATH"),
        ("SELECT $this WHERE { $this nope:p ?x }", "no SPARQL"),
        ("DELETE WHERE { $this ex:p ?x }", "no SPARQL"),
        ("", "no SPARQL"),
    ],
)
def test_what_a_query_must_not_do(query: str, reason: str) -> None:
    shape = f'ex:s sh:targetNode ex:a ; sh:sparql [ sh:prefixes ex:names ; sh:select """{query}""" ] .'
    with pytest.raises(InputError, match=f"RP311.*{reason}"):
        run(shape)
    # Also where nothing would be run.
    with pytest.raises(InputError, match=f"RP311.*{reason}"):
        run(shape.replace("sh:targetNode ex:a", "sh:deactivated true ; sh:targetNode ex:a"))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT $this WHERE { $this ex:values ?o . # MINUS { ?o ex:p ?q }\n }",
        "SELECT $this WHERE { $this ex:p 'VALUES', 'SERVICE ?x' ; ex:MINUS ?from ; ex:service ?minus }",
        "PREFIX minus: <http://example.org/> SELECT $this WHERE { $this minus:values ?o }",
        "SELECT $this (COUNT(?o) AS ?values) WHERE { $this ex:p ?o } GROUP BY $this",
    ],
)
def test_words_that_only_look_like_it(query: str) -> None:
    run(f'ex:s sh:targetNode ex:a ; sh:sparql [ sh:prefixes ex:names ; sh:select """{query}""" ] .')


COMPONENT = """
ex:Longer a sh:ConstraintComponent ; sh:parameter [ sh:path ex:longerThan ], [ sh:path ex:in ; sh:optional true ] ;
  sh:message "of the component" ; {} .
ex:s sh:targetNode ex:a ; sh:path ex:p ; ex:longerThan 1 {} .
"""


def test_an_ask_validator_judges_each_value() -> None:
    ask = """sh:validator [ sh:prefixes ex:names ; sh:message "{$value} is not longer than {$longerThan}" ;
      sh:ask "ASK { FILTER(isIRI($value) || STRLEN(STR($value)) > $longerThan || LANG($value) = $in) }" ]"""
    (result,) = run(COMPONENT.replace("{}", ask, 1).replace("{}", "")).results
    assert (short(result.value), short(result.component)) == ('"x"', "Longer")
    assert result.message == "x is not longer than 1"
    assert run(COMPONENT.replace("{}", ask, 1).replace("{}", '; ex:in ""')).conforms


def test_a_select_validator_is_run_once_and_the_message_of_the_component_stands_in() -> None:
    select = """sh:propertyValidator [ sh:prefixes ex:names ; sh:select
      "SELECT $this ?value WHERE { $this $PATH ?value FILTER(isLITERAL(?value) && !BOUND($in)) }" ] ;
      sh:validator [ sh:ask "ASK { FILTER(false) }" ]"""
    (result,) = run(COMPONENT.replace("{}", select, 1).replace("{}", "")).results
    assert (short(result.value), result.message) == ('"x"', "of the component")
    assert run(COMPONENT.replace("{}", select, 1).replace("{}", '; ex:in "en"')).conforms


def test_a_component_without_a_validator_for_the_kind_of_shape_is_ignored() -> None:
    node = 'sh:nodeValidator [ sh:prefixes ex:names ; sh:select "SELECT $this WHERE { $this ex:p ?x }" ]'
    assert run(COMPONENT.replace("{}", node, 1).replace("{}", "")).conforms


def test_each_value_of_the_only_parameter_is_a_constraint() -> None:
    text = """ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:lacks ] ;
      sh:validator [ sh:ask "ASK { FILTER NOT EXISTS { $value $lacks ?x } }" ] .
      ex:s a sh:NodeShape ; sh:targetNode ex:a ; ex:lacks {} ."""
    assert len(run(text.replace("{}", "ex:p, ex:q, ex:z")).results) == 2
    with pytest.raises(InputError, match="more than one value for a parameter"):
        run(COMPONENT.replace("{}", 'sh:validator [ sh:ask "ASK { FILTER(true) }" ]', 1).replace("{}", ", 2"))


def test_a_component_may_be_of_a_subclass() -> None:
    text = """ex:Own rdfs:subClassOf sh:ConstraintComponent . ex:C a ex:Own ; sh:parameter [ sh:path ex:never ] ;
      sh:validator [ sh:ask "ASK { FILTER(false) }" ] . ex:s a sh:NodeShape ; sh:targetNode ex:a ; ex:never true ."""
    assert focus(run(text)) == ["a"]


TARGET_TYPE = """ex:With a sh:SPARQLTargetType ; rdfs:subClassOf sh:Target ; sh:parameter [ sh:path ex:property ] ;
  sh:prefixes ex:names ; sh:select "SELECT ?this WHERE {{ ?this $property ?x }}" .
ex:s a sh:NodeShape ; sh:target [ a ex:With {} ] ; sh:nodeKind sh:Literal ."""


def test_targets_by_sparql() -> None:
    one = """ex:s a sh:NodeShape ; sh:nodeKind sh:Literal ; sh:target [ a sh:SPARQLTarget ; sh:prefixes ex:names ;
      sh:select "SELECT ?this WHERE { ?x ex:r ?this }" ] ."""
    assert focus(run(one)) == ["_:c", "a"]
    assert focus(run(TARGET_TYPE.format("; ex:property ex:q"))) == ["_:c", "a"]
    assert focus(run(TARGET_TYPE.format("; ex:property ex:r"))) == ["d"]


@pytest.mark.parametrize(
    "said", ["", "; ex:property ex:p, ex:q", "; sh:select 'SELECT ?x WHERE { ?x ?y ?z }'"]
)
def test_ill_formed_targets(said: str) -> None:
    with pytest.raises(InputError, match="RP311"):
        run(TARGET_TYPE.format(said))
    with pytest.raises(InputError, match="RP311"):
        run("ex:s a sh:NodeShape ; sh:target [ a ex:Unknown ] .")


def lines(found: Iterable[str]) -> list[str]:
    return [" ".join(one.split()) for one in found]


def test_what_is_seen_in_a_query() -> None:
    query = """SELECT DISTINCT ?this (COUNT(?x) AS ?n) WHERE { # SELECT ?a AS ?b
      { SELECT ?this ('} SELECT' AS ?text) { ?this ?p ?x { SELECT ?p {} LIMIT 1 } } ORDER BY ?p } BIND(1 AS $one) }
      GROUP BY ?this"""
    assert assigned(query) == {"n", "text", "one"}
    assert lines(sub_selects(query)) == [
        "SELECT ?this ('} SELECT' AS ?text) { ?this ?p ?x { SELECT ?p {} LIMIT 1 } } ORDER BY ?p",
        "SELECT ?p {} LIMIT 1",
    ]
    assert "SELECT DISTINCT ?q ?this" in " ".join(projecting(query, ["q"], []).split())
    assert "GROUP BY ?q ?this" in " ".join(projecting(query, ["q"], []).split())
    assert lines([projecting("SELECT * { ?a ?b ?c }", ["q"], ["a", "b"])]) == ["SELECT ?q ?a ?b { ?a ?b ?c }"]
    assert (
        with_path("{ ?a $PATH+ '$PATH' . ?PATHS ?PATH 1 }", "<p>/<q>")
        == "{ ?a (<p>/<q>)+ '$PATH' . ?PATHS (<p>/<q>) 1 }"
    )
