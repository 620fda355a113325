"""Rows: typed values, by position, name and attribute, and as a dataframe."""

from __future__ import annotations

import builtins
import copy
import datetime as dt
import pickle
from decimal import Decimal
from typing import Any

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.errors import MissingExtra
from repatria.query.rows import Row, Rows
from repatria.query.values import IRI, Term, plain, python_value, shown
from repatria.terms import XSD, prefixes

VALUES: list[tuple[str, str, Any]] = [
    ("17", "integer", 17),
    ("-3", "nonNegativeInteger", -3),
    ("1.50", "decimal", Decimal("1.50")),
    ("1e3", "double", 1000.0),
    ("true", "boolean", True),
    ("0", "boolean", False),
    ("2025-07-17", "date", dt.date(2025, 7, 17)),
    ("2025-07-17T10:00:00Z", "dateTime", dt.datetime(2025, 7, 17, 10, tzinfo=dt.UTC)),
    ("17", "string", "17"),
]
ILL_TYPED = [
    ("1_000", "integer"), ("many", "integer"), ("1_0.5", "decimal"), ("x", "decimal"), ("2025-13-01", "date"),
    ("20250717", "date"), ("2025-W29-4", "date"), ("yes", "boolean"), ("soon", "dateTime"),
]  # fmt: skip


def literal(text: str, kind: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + kind))


@pytest.mark.parametrize(("text", "kind", "value"), VALUES)
def test_literals_become_python_values(text: str, kind: str, value: Any) -> None:
    found = python_value(literal(text, kind))
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("text", "kind"), ILL_TYPED)
def test_ill_typed_literal_stays_text(text: str, kind: str) -> None:
    assert python_value(literal(text, kind)) == text


@given(st.text(), st.sampled_from(["integer", "decimal", "date", "dateTime", "boolean", "double"]))
def test_no_text_of_a_literal_raises(text: str, kind: str) -> None:
    python_value(literal(text, kind))


def test_other_terms() -> None:
    iri = python_value(NamedNode("urn:x"))
    assert (type(iri), iri, repr(iri)) == (IRI, "urn:x", "<urn:x>")
    assert python_value(Literal("a", language="uk")) == "a"
    assert python_value(BlankNode("b")) == "_:b"
    assert python_value(None) is None
    person = NamedNode("https://w3id.org/repatria/id/person/rustem-umerov")
    assert shown(person, prefixes()) == "person:rustem-umerov"
    assert (plain(person), plain(None), shown(None, {})) == (person.value, "", "")


def rows(*given_rows: tuple[Term | None, ...]) -> Rows:
    return Rows(("who", "count"), iter(given_rows))


def test_row_by_position_name_and_attribute() -> None:
    row = rows((Literal("A"), Literal(3)))[0]
    assert (row[0], row["who"], row.who, row["count"]) == ("A", "A", "A", 3)
    assert row.asdict() == {"who": "A", "count": 3}
    assert tuple(row) == ("A", 3)
    with pytest.raises(AttributeError, match="columns: who, count"):
        _ = row.whom
    with pytest.raises(KeyError, match="columns: who, count"):
        _ = row["whom"]


def test_row_can_be_copied_and_pickled() -> None:
    row = Row(("a",), (1,))
    for other in (copy.copy(row), copy.deepcopy(row), pickle.loads(pickle.dumps(row))):
        assert (other.a, other.columns) == (1, ("a",))


def test_rows_are_a_sequence_read_once() -> None:
    found = rows((Literal("A"), None), (Literal("B"), Literal(2)))
    assert [row.who for row in found] == ["A", "B"]
    assert len(found) == 2
    assert [row.who for row in found[1:]] == ["B"]
    assert found[-1]["count"] == 2
    assert list(found.terms()) == [(Literal("A"), None), (Literal("B"), Literal(2))]


def test_whole_numbers_are_int64_also_beside_nothing() -> None:
    big = 2**53 + 1
    frame = rows((Literal("A"), Literal(big)), (None, None)).to_pandas()
    assert list(frame.columns) == ["who", "count"]
    assert str(frame["count"].dtype) == "Int64"
    assert frame["count"][0] == big
    assert frame["count"][1] is pandas.NA


def test_other_columns_of_a_dataframe() -> None:
    found = Rows(
        ("flag", "huge", "day", "nothing"),
        [(literal("true", "boolean"), literal(str(2**70), "integer"), literal("2025-07-17", "date"), None)],
    ).to_pandas()
    assert found["flag"].dtype == bool
    assert found["huge"][0] == 2**70
    assert found["day"][0] == dt.date(2025, 7, 17)
    assert found["nothing"].isna().all()


def test_no_rows_make_an_empty_dataframe() -> None:
    frame = rows().to_pandas()
    assert (list(frame.columns), len(frame)) == (["who", "count"], 0)


def test_without_pandas_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match="pandas") as error:
        rows().to_pandas()
    assert (error.value.exit_code, error.value.hint) == (2, "pip install 'repatria[pandas]'")
