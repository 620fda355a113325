"""Saved queries: their headers, and parameters bound as terms."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.errors import InputError, UsageError
from repatria.query.rows import Rows
from repatria.query.run import run
from repatria.query.saved import Parameter, bound, load_query, parse_query, saved_queries
from repatria.store import Dataset

HEADER = """# title: A title
# answers: what is it?
# note: anything
# param: by entity — whose
# param: kind concept:act optional - which: act
# param: day date optional
# param: many integer
# param: words text — in any case
# plain comment: not a header
"""
BODY = "SELECT * { ?s ?p ?o FILTER(?o IN (?by, ?kind, ?day, ?many, ?words)) }"


def test_header_is_read() -> None:
    query = parse_query("mine", HEADER + BODY, "mine.rq")
    assert (query.name, query.title, query.answers) == ("mine", "A title", "what is it?")
    assert query.parameters == (
        Parameter("by", "entity", False, "whose"),
        Parameter("kind", "concept:act", True, "which: act"),
        Parameter("day", "date", True, ""),
        Parameter("many", "integer", False, ""),
        Parameter("words", "text", False, "in any case"),
    )


def test_query_without_header_has_its_name_for_a_title() -> None:
    query = parse_query("mine", "ASK { }\n# param: after the query, no header", "mine.rq")
    assert (query.title, query.answers, query.parameters) == ("mine", "", ())


def test_header_with_other_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_bytes("\ufeff# title: T\r\n# param: by entity — whose\r\nASK { ?by ?p ?o }\r\n".encode())
    query = load_query(path)
    assert (query.title, query.parameters[0].help) == ("T", "whose")


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("# param: by", 1),
        ("# param: by person — whose", 1),
        ("# param: by concept:colour — which", 1),
        ("# param: by-whom entity", 1),
        ("# title: T\n# param: by entity or not", 2),
        ("# param: by entity\n# param: by text", 2),
        ("# title: T\n\n# param: unused entity — whose", 3),
    ],
)
def test_wrong_header_is_refused_with_its_line(header: str, line: int) -> None:
    with pytest.raises(InputError) as error:
        parse_query("mine", f"{header}\nASK {{ ?by ?p ?o }}", "mine.rq")
    assert error.value.code == "RP322"
    assert str(error.value.location) == f"mine.rq:{line}"


def test_selected_parameter_is_refused() -> None:
    with pytest.raises(InputError) as error:
        parse_query("mine", "# param: by entity — whose\nSELECT ?by { ?by ?p ?o }", "mine.rq")
    assert error.value.code == "RP322"


def test_unreadable_files(tmp_path: Path) -> None:
    (tmp_path / "binary.rq").write_bytes(b"\xff\xfe\x00")
    for name, code in (("missing.rq", "RP101"), ("binary.rq", "RP102")):
        with pytest.raises(InputError) as error:
            load_query(tmp_path / name)
        assert error.value.code == code


def test_folders_of_the_workspace_go_before_the_shipped(tmp_path: Path) -> None:
    (tmp_path / "claims.rq").write_text("ASK { }")
    (tmp_path / "own.rq").write_text("ASK { }")
    found = saved_queries([tmp_path])
    assert found["claims"] == tmp_path / "claims.rq"
    assert "own" in found
    assert found["claims-by"].parent != tmp_path


def answer(dataset: Dataset, text: str, **given_values: str) -> list[tuple[object, ...]]:
    found = run(dataset, bound(dataset, parse_query("mine", text, "mine.rq"), given_values))
    assert isinstance(found, Rows)
    return [tuple(row) for row in found]


BY = "# param: by entity optional — whose\n"
PLACES = {
    "pattern": "SELECT (COUNT(?c) AS ?n) { ?c rep:asserter ?by }",
    "filter": "SELECT (COUNT(?c) AS ?n) { ?c rep:asserter ?a FILTER(?a = ?by) }",
    "optional filter": "SELECT (COUNT(?c) AS ?n) { ?c rep:asserter ?a FILTER(!BOUND(?by) || ?a = ?by) }",
    "sub-select": "SELECT (COUNT(?c) AS ?n) { { SELECT ?c { ?c rep:asserter ?by } } }",
    "exists": "SELECT (COUNT(?c) AS ?n) { ?c a rep:Claim FILTER EXISTS { ?c rep:asserter ?by } }",
    "minus": """SELECT (COUNT(?c) AS ?n)
{ ?c a rep:Claim MINUS { ?c a rep:Claim MINUS { ?c rep:asserter ?by } } }""",
    "not exists": """SELECT (COUNT(?c) AS ?n)
{ ?c a rep:Claim FILTER NOT EXISTS { ?c rep:asserter ?a FILTER(?a != $by) } }""",
    "bound": "SELECT (COUNT(?c) AS ?n) { ?c rep:asserter ?a FILTER(BOUND(?by) && ?a IN (?by)) }",
    "values": "SELECT (COUNT(?c) AS ?n) { VALUES ?a { ?by } ?c rep:asserter ?a }",
}


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
def test_entity_is_bound_wherever_it_stands(dataset: Dataset, text: str) -> None:
    found = answer(dataset, BY + text, by="klymenko")
    assert found == answer(dataset, "SELECT (COUNT(?c) AS ?n) { ?c rep:asserter person:ihor-klymenko }")
    assert found != [(0,)]


def test_optional_parameter_left_out(dataset: Dataset) -> None:
    every = answer(dataset, "SELECT (COUNT(?c) AS ?n) { ?c rep:asserter ?a }")
    assert answer(dataset, BY + PLACES["optional filter"]) == every


def test_date_integer_and_concept(dataset: Dataset) -> None:
    text = """# param: day date — since
# param: least integer — at least
# param: act concept:act — which act
SELECT ?words { ?c rep:act ?act ; rep:saidOn ?on ; rep:hasCount/rep:quantity ?q .
  ?q rep:min ?min ; rep:statedText ?words FILTER(?on >= ?day && ?min >= ?least) } ORDER BY ?min"""
    assert answer(dataset, text, day="2025-12-01", least="0100", act="announce") == [("1,003",), ("1,029",)]


INJECTIONS = [
    '"', "'", '" } SELECT * { ?s ?p ?o', "\\", '\\"', "\\u0022 . ?s ?p ?o", "\\\\u0022", '"""', "'''",
    "x\n} # ", "?by", "<urn:x>", "'; DROP ALL; '", "\x00\t\r\n", "“Ї”", "}", "\u2028", "😀",
]  # fmt: skip


@pytest.mark.parametrize("value", INJECTIONS)
@pytest.mark.parametrize("guarded", [False, True])
def test_value_that_tries_to_be_syntax_stays_a_value(dataset: Dataset, value: str, guarded: bool) -> None:
    text = "# param: words text — any\nSELECT (?words AS ?out) { { SELECT * { FILTER(?words = ?words) } } }"
    query = bound(dataset, parse_query("mine", text, "mine.rq"), {"words": value})
    found = run(dataset, query, 30 if guarded else None)
    assert isinstance(found, Rows)
    assert [tuple(row) for row in found] == [(value,)]


@given(st.text())
def test_any_text_stays_a_value(dataset: Dataset, value: str) -> None:
    assert answer(dataset, "# param: words text\nSELECT (?words AS ?out) { }", words=value) == [(value,)]


@pytest.mark.parametrize("kind", ["entity", "date", "integer", "concept:act"])
@pytest.mark.parametrize("value", INJECTIONS)
def test_syntax_is_no_value_of_another_type(dataset: Dataset, kind: str, value: str) -> None:
    with pytest.raises(UsageError):
        answer(dataset, f"# param: x {kind} — any\nSELECT * {{ ?s ?p ?x }}", x=value)


WRONG = [
    ("posts-on-day", {"official": "umerov"}, "RP203", "needs the parameter “day”"),
    ("posts-on-day", {}, "RP203", "needs the parameter “official”"),
    ("posts-on-day", {"official": "umerov", "day": "17 July 2025"}, "RP203", "must be a day"),
    ("posts-on-day", {"official": "umerov", "day": "2025-02-30"}, "RP203", "must be a day"),
    ("posts-on-day", {"official": "umerov", "day": "20250717"}, "RP203", "must be a day"),
    ("posts-on-day", {"official": "umerov", "day": "2025-07-17", "at": "3"}, "RP203", "no parameter “at”"),
    ("hearsay", {"by": "umerov"}, "RP203", "no parameter “by”"),
    ("retold", {"hops": "two"}, "RP203", "must be a whole number"),
    ("retold", {"hops": "1.5"}, "RP203", "must be a whole number"),
    ("claims", {"text": "\udcff"}, "RP203", "must be UTF-8 text"),
    ("claims", {"by": "nobody-here"}, "RP201", "nothing is called"),
    ("claims", {"by": "Ministry"}, "RP202", "may mean"),
    ("claims", {"act": "remains-held"}, "RP201", "nothing is called"),
]


@pytest.mark.parametrize(("name", "values", "code", "message"), WRONG)
def test_wrong_parameters(
    dataset: Dataset, name: str, values: dict[str, str], code: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message) as error:
        bound(dataset, load_query(saved_queries()[name]), values)
    assert (error.value.code, error.value.exit_code) == (code, 2)
    assert error.value.hint or code == "RP203"
