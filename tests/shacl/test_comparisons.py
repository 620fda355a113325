"""What is less than what, as SPARQL says it (SHACL §4.3, §4.5.3); what has no order breaks the constraint."""

from __future__ import annotations

import io
import operator
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from repatria.rdf import read_quads
from repatria.shacl import validate
from repatria.shacl.report import Term

EX = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
A, P, Q = (NamedNode(EX + name) for name in "apq")
RANGES: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "minExclusive": operator.gt, "minInclusive": operator.ge,
    "maxExclusive": operator.lt, "maxInclusive": operator.le,
}  # fmt: skip
PAIRS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "lessThan": operator.lt, "lessThanOrEquals": operator.le,
}  # fmt: skip


def read(text: str) -> list[Quad]:
    head = f"@prefix ex: <{EX}> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
    return list(read_quads(io.BytesIO((head + text).encode()), name="x.ttl"))


def of_range(name: str, limit: Literal) -> list[Quad]:
    return read(
        f"ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:{name} {limit} ] ."
    )


def of_pair(name: str) -> list[Quad]:
    return read(f"ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:{name} ex:q ] .")


def typed(kind: str, form: str) -> Literal:
    return Literal(form, datatype=NamedNode(XSD + kind))


integers = st.integers(-130, 130).map(str)
numbers = st.one_of(
    st.tuples(st.sampled_from(("integer", "long", "short", "decimal", "int")), integers),
    st.tuples(st.just("decimal"), st.sampled_from(("1.50", "-0.5", "2.0", "001", "+3"))),
    st.tuples(st.sampled_from(("double", "float")), st.sampled_from(("1.5", "2e0", "-5E-1", "0"))),
)  # fmt: skip


@settings(deadline=None)
@given(numbers, numbers)
def test_numbers_of_all_types_compare_by_their_values(one: tuple[str, str], other: tuple[str, str]) -> None:
    left, right = Decimal(one[1]), Decimal(other[1])
    for name, holds in RANGES.items():
        report = validate([Quad(A, P, typed(*one))], of_range(name, typed(*other)))
        assert report.conforms is holds(left, right)
    for name, holds in PAIRS.items():
        report = validate([Quad(A, P, typed(*one)), Quad(A, Q, typed(*other))], of_pair(name))
        assert report.conforms is holds(left, right)


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (Literal("Z"), Literal("a")),
        (Literal(""), Literal(" ")),
        (typed("boolean", "false"), typed("boolean", "1")),
        (typed("dateTime", "2025-06-01T12:00:00+02:00"), typed("dateTime", "2025-06-01T11:00:00Z")),
        (typed("dateTime", "2025-06-01T10:00:00"), typed("dateTime", "2025-06-01T10:00:00.001")),
        (typed("date", "2024-02-29"), typed("date", "2024-03-01")),
        (typed("double", "-INF"), typed("integer", "0")),
        (typed("integer", "9" * 40), typed("integer", "1" + "0" * 40)),
        (typed("decimal", "0." + "1" * 30), typed("decimal", "0." + "1" * 31)),
        (typed("float", "1e10"), typed("double", "1e400")),
        (typed("gYear", "1999"), typed("gYear", "2000")),
        (typed("dayTimeDuration", "PT1H"), typed("dayTimeDuration", "PT61M")),
    ],
)
def test_other_values_that_compare(less: Literal, more: Literal) -> None:
    for name in ("minExclusive", "minInclusive"):
        assert validate([Quad(A, P, more)], of_range(name, less)).conforms
        assert not validate([Quad(A, P, less)], of_range(name, more)).conforms
    for name in ("maxExclusive", "maxInclusive"):
        assert validate([Quad(A, P, less)], of_range(name, more)).conforms
        assert not validate([Quad(A, P, more)], of_range(name, less)).conforms
    for name in PAIRS:
        assert validate([Quad(A, P, less), Quad(A, Q, more)], of_pair(name)).conforms
        assert not validate([Quad(A, P, more), Quad(A, Q, less)], of_pair(name)).conforms


INCOMPARABLE: list[tuple[Term, Term]] = [
    (Literal("1"), typed("integer", "1")),
    (typed("integer", "one"), typed("integer", "1")),
    (typed("double", "NaN"), typed("double", "NaN")),
    (typed("date", "2025-06-01"), typed("dateTime", "2025-06-01T00:00:00Z")),
    (Literal("a", language="en"), Literal("b")),
    (typed("dateTime", "2025-06-01T12:00:00"), typed("dateTime", "2025-06-01T12:00:00Z")),
    (Literal("x", datatype=NamedNode(EX + "own")), Literal("y", datatype=NamedNode(EX + "own"))),
    (NamedNode(EX + "x"), Literal("x")),
    (BlankNode("x"), typed("integer", "1")),
]


@pytest.mark.parametrize(("one", "other"), INCOMPARABLE)
def test_what_cannot_be_compared_breaks_the_constraint(one: Term, other: Term) -> None:
    for first, second in ((one, other), (other, one)):
        for name in PAIRS:
            (result,) = validate([Quad(A, P, first), Quad(A, Q, second)], of_pair(name)).results
            assert result.value == first
        for name in RANGES if isinstance(second, Literal) else ():
            (result,) = validate([Quad(A, P, first)], of_range(name, second)).results  # type: ignore[arg-type]
            assert result.value == first


def test_two_iris_or_blank_nodes_have_no_order() -> None:
    for term in (NamedNode(EX + "x"), BlankNode("x")):
        assert len(validate([Quad(A, P, term), Quad(A, Q, term)], of_pair("lessThanOrEquals")).results) == 1


def test_each_pair_out_of_order_is_a_result() -> None:
    """SHACL §4.5.3: for each pair; the value is that of the path."""
    data = read("ex:a ex:p 1, 5, 7 ; ex:q 2, 6 .")
    found = Counter(str(result.value)[1] for result in validate(data, of_pair("lessThan")).results)
    assert found == {"5": 1, "7": 2}


values = st.lists(st.sampled_from([typed("integer", str(one)) for one in range(4)]), max_size=3, unique=True)


@settings(deadline=None, max_examples=40)
@given(values, values, st.sampled_from([*PAIRS]), st.sampled_from([*RANGES]), st.integers(0, 3))
def test_comparable_values_are_as_in_pyshacl(
    first: list[Literal], second: list[Literal], pair: str, range_: str, limit: int
) -> None:
    data = [Quad(A, P, one) for one in first] + [Quad(A, Q, one) for one in second]
    for shapes in (of_pair(pair), of_range(range_, typed("integer", str(limit)))):
        ours, theirs = (
            Counter((result.value, result.component) for result in report.results)
            for report in (validate(data, shapes), validate(data, shapes, engine="pyshacl"))
        )
        assert ours == theirs
