"""SPARQL as tokens: binding touches variables only, and no query changes or fetches anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from repatria.errors import InputError, UsageError
from repatria.query.tokens import bind, check_parameters, form, names_graphs, tokens, variables

PIECES = st.sampled_from(
    [
        "?x",
        "$x",
        "?xy",
        "?x\u0301",
        "<http://e.org/?x#y>",
        '"?x"',
        "'?x'",
        '"""a "?x" b"""',
        "'''?x'''",
        "# ?x\n",
        "rep:max",
        "rep:x.",
        "a:b\\#c",
        ":x",
        "_:x",
        "{",
        "}",
        "(",
        ")",
        ".",
        ";",
        "SELECT",
        "WHERE",
        "BOUND",
        "AS",
        "@en",
        "1.5",
        "<",
        "<=",
        "\\",
        '"',
        "'",
        "\\u0041",
        "<\\u0041#>",
        " ",
        "\n",
        "\r",
        "\t",
        "*",
        "+",
    ]
)
QUERIES = st.one_of(st.text(), st.lists(PIECES).map("".join))


@given(QUERIES)
def test_tokens_joined_are_the_query(query: str) -> None:
    assert "".join(token.text for token in tokens(query)) == query


@given(st.lists(PIECES))
def test_binding_touches_variables_only(pieces: list[str]) -> None:
    query = "ASK { " + " ".join(pieces) + " }"
    if "AS" in pieces or "SELECT" in pieces or "BOUND" in pieces:
        return
    before = list(tokens(query))
    after = bind(query, {"x": "<urn:bound>"})
    expected = ["<urn:bound>" if t.kind == "variable" and t.text in ("?x", "$x") else t.text for t in before]
    assert after == "".join(expected)


@pytest.mark.parametrize(
    "text",
    [
        '"?x"',
        "'?x'",
        '"""a "?x" b"""',
        "'''it's ?x'''",
        '"\\"?x"',
        "<http://example.org/?x>",
        "<urn:\\u0061?x>",
        "# ?x\n",
        "?xy",
        "?x1",
        "?x\u0301",
        "?x_",
    ],
)
def test_binding_leaves_other_tokens_alone(text: str) -> None:
    query = f"ASK {{ ?s ?p {text} }}"
    assert bind(query, {"x": '"bound"'}) == query


@pytest.mark.parametrize("text", ["?x", "$x", "(?x)", "?x.", "?x;", "?x\n", "?x # ?x\n"])
def test_binding_replaces_a_variable(text: str) -> None:
    expected = text.replace("$x", "?x").replace("?x", '"b"', 1)
    assert bind(f"ASK {{ ?s ?p {text} }}", {"x": '"b"'}) == f"ASK {{ ?s ?p {expected} }}"


def test_bound_is_true_for_a_bound_parameter_only() -> None:
    query = "ASK { FILTER(!BOUND(?x) || bound ( $x ) || BOUND(?y)) }"
    assert bind(query, {"x": "1"}) == "ASK { FILTER(!true || true || BOUND(?y)) }"


REFUSED = [
    "SELECT ?x { ?s ?p ?x }",
    "SELECT DISTINCT ?s ?x { ?s ?p ?x }",
    "SELECT (COUNT(?s) AS ?n) ?x { ?s ?p ?x }",
    "SELECT * { BIND(1 AS ?x) }",
    "SELECT * { { SELECT (1 AS ?x) { } } }",
    "SELECT * { VALUES ?x { 1 } }",
    "SELECT * { VALUES (?y ?x) { (1 2) } }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?x } GROUP BY ?x",
    "SELECT ?s { ?s ?p ?x } ORDER BY ?s ?x LIMIT 1",
]
ACCEPTED = [
    "SELECT ?s { ?s ?p ?x }",
    "SELECT * { ?s ?x ?o }",
    "SELECT (STR(?x) AS ?y) { }",
    "SELECT (?y AS ?x) { { SELECT ?y { ?x ?p ?y } } }",
    "SELECT ?s { ?s ?p ?o FILTER(?o = ?x) } ORDER BY DESC(?x) ?s",
    "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING(COUNT(?o) > ?x)",
    "SELECT ?s { VALUES ?y { 1 } FILTER(?x = ?y) }",
    "SELECT ?s (EXISTS { ?s ?p ?x } AS ?y) { ?s ?p ?o }",
    "DESCRIBE ?x",
]


@pytest.mark.parametrize("query", REFUSED)
def test_parameter_where_only_a_variable_can_stand_is_refused(query: str) -> None:
    with pytest.raises(InputError, match="parameter") as error:
        check_parameters(query, ["x"])
    assert error.value.code == "RP322"


@pytest.mark.parametrize("query", ACCEPTED)
def test_bound_query_is_sparql(query: str) -> None:
    Store().query(bind(query, {"x": str(NamedNode("urn:x"))}))


def test_column_may_be_named_as_a_parameter() -> None:
    query = "SELECT (STR(?x) AS ?x1) (?y AS ?x) { BIND(2 AS ?y) }"
    found = list(Store().query(bind(query, {"x": str(Literal("v"))})))  # type: ignore[arg-type]
    assert [[term.value for term in row] for row in found] == [["v", "2"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * {}", "SELECT"),
        ("# ASK\nPREFIX ask: <urn:ASK> ask { }", "ASK"),
        ("construct where {}", "CONSTRUCT"),
        ("DESCRIBE <urn:x>", "DESCRIBE"),
        ("PREFIX load: <urn:l> SELECT * { load:x ?insert 'DELETE' }", "SELECT"),
        ("", ""),
    ],
)
def test_form(query: str, expected: str) -> None:
    assert form(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "delete where { ?s ?p ?o }",
        "LOAD <http://example.org/>",
        "CLEAR ALL",
        "DROP GRAPH <urn:g>",
        "PREFIX select: <urn:s> MOVE <urn:a> TO <urn:b>",
        "WITH <urn:g> DELETE { } WHERE { }",
        "# SELECT\nADD <urn:a> TO <urn:b>",
    ],
)
def test_updates_are_refused(query: str) -> None:
    with pytest.raises(UsageError) as error:
        form(query)
    assert error.value.code == "RP208"


CALL = "<http://127.0.0.1:9/> { ?a ?b ?c } }"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE {CALL}",
        f"SELECT * {{ service silent {CALL}",
        f"SELECT * {{ SERVICESILENT{CALL}",
        f"SELECT * {{ ?s ?p trueSERVICE{CALL}",
        f"SELECT * {{ # comment\rSERVICE {CALL}",
        f"SELECT * {{ ?s ?p <urn:\\u0061#> . SERVICE {CALL}",
        "SELECT * { SERVICE ?x { ?a ?b ?c } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:y { ?a ?b ?c } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { ?s ?p true.SERVICE:y # c\n { ?a ?b ?c } }",
    ],
)
def test_calls_of_other_endpoints_are_refused(query: str) -> None:
    with pytest.raises(UsageError) as error:
        form(query)
    assert error.value.code == "RP209"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE <urn:x>' }",
        "SELECT * { ?s ?p '''\n# SERVICE''' }",
        "SELECT * { } # SERVICE",
        "SELECT * { <http://example.org/SERVICE#SERVICE> ?p ?o }",
        "SELECT ?service { ?service ?SERVICE ?o }",
        "PREFIX service: <urn:s> SELECT * { service:SERVICE service:b service:c }",
        "SELECT * { ?s ?p 'x'@SERVICE }",
    ],
)
def test_service_as_a_name_or_text_is_accepted(query: str) -> None:
    assert form(query) == "SELECT"
    assert not [token for token in tokens(query) if token.kind == "word" and "SERVICE" in token.text.upper()]


@pytest.mark.parametrize(
    "code", [*range(0x21, 0x7F), 0x80, 0xA0, 0xE9, 0x301, 0x2028, 0x3000, 0xE000, 0x1F600]
)
def test_whatever_oxigraph_takes_for_an_iri_is_one_token(code: int) -> None:
    iri = f"<http://example.org/a{chr(code)}b>"
    try:
        Store().query(f"ASK {{ {iri} ?p ?o }}")
    except SyntaxError:
        return
    assert [(token.kind, token.text) for token in tokens(iri)] == [("iri", iri)]


def test_variables_and_dataset_clauses() -> None:
    assert variables("SELECT ?a { ?a $b '?c' } # ?d") == {"a", "b"}
    assert names_graphs("SELECT * FROM <urn:g> { ?s ?p ?o }")
    assert names_graphs("SELECT * from named <urn:g> { ?s ?p ?o }")
    assert not names_graphs("PREFIX from: <urn:f> SELECT ?from { ?from ?p 'FROM' } # FROM")
