"""Lexical forms of the XSD datatypes, and constraints on literals as they were written."""

# ruff: noqa: E501 - tables of terms and shapes

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from repatria.rdf import read_quads
from repatria.shacl import validate
from repatria.shacl.datatypes import rewritten, survives, well_formed

XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = (
    f"@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <{XSD}> . "
)
NODE = NamedNode("http://example.org/a")

# Datatype → what belongs to it, what does not (XML Schema 1.1 part 2, §3.3 and §3.4).
FORMS: dict[str, tuple[list[str], list[str]]] = {
    "string": (["", " a\n"], []),
    "boolean": (["true", "false", "1", "0"], ["TRUE", "yes", "", " true", "2"]),
    "decimal": (["1", "-1.50", "+.5", "1.", "01"], ["1e3", ".", "", "1,5", "INF", "0x1", "١"]),
    "float": (["1", "1.5e-7", "-INF", "+INF", "NaN", ".5E3"], ["inf", "nan", "1e", "e5", "", "1f"]),
    "double": (["1", "1.5E+7", "INF", "NaN"], ["Infinity", "+NaN", "1e1.5", " 1"]),
    "integer": (["0", "-0", "+7", "007", "9" * 40], ["1.0", "1e3", "", "-", "1_000", " 1"]),
    "nonPositiveInteger": (["0", "-0", "+0", "-9"], ["1", "+1", "-1.0"]),
    "negativeInteger": (["-1", "-001"], ["0", "-0", "1"]),
    "nonNegativeInteger": (["0", "-0", "7"], ["-1"]),
    "positiveInteger": (["1", "+1", "01"], ["0", "-1"]),
    "long": (["9223372036854775807", "-9223372036854775808"], ["9223372036854775808", "-9223372036854775809"]),
    "int": (["2147483647", "-2147483648", "0000002147483647"], ["2147483648", "-2147483649"]),
    "short": (["32767", "-32768"], ["32768", "-32769"]),
    "byte": (["127", "-128", "3", "003"], ["128", "-129", "3.0"]),
    "unsignedLong": (["18446744073709551615", "0"], ["18446744073709551616", "-1"]),
    "unsignedInt": (["4294967295"], ["4294967296", "-1"]),
    "unsignedShort": (["65535"], ["65536", "-1"]),
    "unsignedByte": (["255", "+0"], ["256", "-1"]),
    "dateTime": (
        ["2024-02-29T00:00:00", "2025-06-01T24:00:00", "-0044-03-15T12:00:00.5Z", "12025-01-01T00:00:00+14:00"],
        ["2025-02-29T00:00:00", "2025-06-01", "2025-06-01T25:00:00", "2025-06-01T24:00:01", "25-06-01T00:00:00",
         "2025-06-01T00:00:00+15:00", "2025-06-01 00:00:00", "02025-06-01T00:00:00", "2025-06-31T00:00:00"],
    ),
    "dateTimeStamp": (["2025-06-01T00:00:00Z", "2025-06-01T00:00:00-03:30"], ["2025-06-01T00:00:00"]),
    "date": (
        ["2025-06-01", "2025-06-01Z", "0000-02-29", "-0004-02-29", "2000-02-29", f"{'9' * 5000}-01-01"],
        ["2025-6-1", "2025-13-01", "2025-00-10", "1900-02-29", "2025-06-01T", "2025-02-30", "+2025-06-01"],
    ),
    "time": (["00:00:00", "24:00:00.0", "23:59:59.999+02:00"], ["24:00:00.1", "0:00:00", "12:60:00", "12:00"]),
    "gYear": (["2025", "-0001", "2025Z"], ["25", "02025", "20x5"]),
    "gYearMonth": (["2025-06", "2025-06+01:00"], ["2025-13", "2025"]),
    "gMonth": (["--06", "--12Z"], ["06", "--13", "--6"]),
    "gDay": (["---31", "---01Z"], ["---32", "31", "---00"]),
    "gMonthDay": (["--02-29", "--12-31"], ["--02-30", "--04-31", "02-28"]),
    "duration": (["P1Y", "-P1Y2M3DT4H5M6.7S", "PT1M", "P3D"], ["P", "PT", "P1YT", "1Y", "P1S", "P1M1Y", "P-1D"]),
    "yearMonthDuration": (["P1Y2M", "-P9M"], ["P1D", "P", "P1Y1D"]),
    "dayTimeDuration": (["P1DT2H", "PT0.5S"], ["P1M", "P1Y", "P1DT"]),
    "hexBinary": (["", "0aFf"], ["0", "0g"]),
    "base64Binary": (["", "AQ==", "AQI=", "AQID", "A Q I D"], ["A", "AQ=", "AR==", "=AQ=", "AQ!="]),
    "anyURI": (["", "a b", "http://example.org/"], []),
    "language": (["en", "uk-UA", "x-" + "a" * 8], ["", "e_n", "abcdefghi", "en-"]),
    "normalizedString": (["", " a  b "], ["a\tb", "a\nb"]),
    "token": (["", "a b", "a\u00a0b"], [" a", "a ", "a  b", "a\nb"]),
    "Name": ([":a", "_a:b-1", "é"], ["", "1a", "-a", "a b", "²"]),
    "NCName": (["_a.b", "é\u00b7"], [":a", "a:b", "1", "a b", ""]),
    "ID": (["a1"], ["1a"]),
    "IDREF": (["a1"], ["a:1"]),
    "ENTITY": (["a1"], [""]),
    "QName": (["a", "a:b"], [":a", "a:b:c", "a:"]),
    "NMTOKEN": (["1a", "-:."], ["", "a b", "²"]),
}  # fmt: skip
ACCEPTED = [(kind, form) for kind, (forms, _) in FORMS.items() for form in forms]
REFUSED = [(kind, form) for kind, (_, forms) in FORMS.items() for form in forms]


def literal(kind: str, form: str) -> Literal:
    return Literal(form, datatype=NamedNode(XSD + kind))


def name(case: tuple[str, str]) -> str:
    return f"{case[0]}-{case[1][:30]!r}"


@pytest.mark.parametrize("case", ACCEPTED, ids=name)
def test_a_form_of_the_datatype(case: tuple[str, str]) -> None:
    assert well_formed(literal(*case))


@pytest.mark.parametrize("case", REFUSED, ids=name)
def test_no_form_of_the_datatype(case: tuple[str, str]) -> None:
    assert not well_formed(literal(*case))


def read(text: str) -> list[Quad]:
    return list(read_quads(io.BytesIO((PREFIXES + text).encode()), name="x.ttl"))


def refused(value: Literal, *constraints: str) -> set[str]:
    """Return the names of the components that refuse a value."""
    said = " ; ".join(constraints)
    shapes = read(f"ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; {said} ] .")
    report = validate([Quad(NODE, NamedNode("http://example.org/p"), value)], shapes)
    assert all(result.value in (value, None) for result in report.results)
    return {
        result.component.value.split("#")[1].removesuffix("ConstraintComponent") for result in report.results
    }


@pytest.mark.parametrize("kind", [kind for kind in FORMS if kind != "string"])
def test_every_form_is_judged_as_it_was_written(kind: str) -> None:
    """The store that validation runs on rewrites many of these: 3 as a byte, 1.50, boolean 1."""
    accepted, wrong = FORMS[kind]
    for form in accepted:
        value, text = literal(kind, form), str(Literal(form))
        assert refused(value, f"sh:datatype xsd:{kind}") == set()
        assert refused(value, f"sh:datatype xsd:{'string' if kind != 'string' else 'date'}") == {"Datatype"}
        assert refused(value, f"sh:in ( {text}^^xsd:{kind} )", f"sh:hasValue {text}^^xsd:{kind}") == set()
        assert refused(value, f"sh:minLength {len(form)}", f"sh:maxLength {len(form)}") == set()
        assert refused(value, f"sh:minLength {len(form) + 1}") == {"MinLength"}
    for form in wrong:
        assert refused(literal(kind, form), f"sh:datatype xsd:{kind}") == {"Datatype"}


@pytest.mark.parametrize(
    ("kind", "written", "other"),
    [("byte", "3", "03"), ("decimal", "1.50", "1.5"), ("integer", "01", "1"), ("boolean", "1", "true"),
     ("dateTime", "2025-06-01T10:00:00.0Z", "2025-06-01T10:00:00Z"), ("double", "1", "1E0")],
)  # fmt: skip
def test_another_way_to_write_the_same_value_is_another_term(kind: str, written: str, other: str) -> None:
    value = literal(kind, written)
    assert refused(value, f'sh:in ( "{other}"^^xsd:{kind} )') == {"In"}
    assert refused(value, f'sh:hasValue "{other}"^^xsd:{kind}') == {"HasValue"}
    pattern = "".join(f"[{sign}]" for sign in written)
    assert refused(value, f'sh:pattern "^{pattern}$"') == set()
    assert refused(value, f'sh:pattern "^{pattern}.$"') == {"Pattern"}


def test_ranges_compare_values_not_forms() -> None:
    assert refused(literal("integer", "010"), 'sh:minInclusive "9"^^xsd:integer') == set()
    assert refused(literal("byte", "3"), "sh:minExclusive 3.0") == {"MinExclusive"}
    assert refused(literal("byte", "3"), "sh:maxInclusive 3.0") == set()
    assert refused(literal("decimal", "1.50"), "sh:maxExclusive 1.5") == {"MaxExclusive"}
    assert refused(literal("date", "2025-13-01"), 'sh:minInclusive "2000-01-01"^^xsd:date') == {
        "MinInclusive"
    }
    assert refused(Literal("9"), "sh:minInclusive 1") == {"MinInclusive"}


def test_a_focus_node_may_be_a_literal_that_a_store_rewrites() -> None:
    shapes = read('ex:s a sh:NodeShape ; sh:targetNode "01"^^xsd:integer ; sh:in ( 1 ) .')
    (result,) = validate([], shapes).results
    assert result.focus_node == result.value == literal("integer", "01")


forms = st.one_of(
    st.from_regex(r"[+-]?[0-9]{0,3}\.?[0-9]{0,3}", fullmatch=True),
    st.from_regex(r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.0+)?)?(Z|[+-]0[0-9]:00)?", fullmatch=True),
    st.sampled_from([form for _, form in ACCEPTED + REFUSED]),
)  # fmt: skip
literals = st.builds(literal, st.sampled_from([*FORMS, "unknown"]), forms)


@given(st.lists(literals, max_size=6))
def test_what_is_said_to_survive_does(values: list[Literal]) -> None:
    for value in values:
        store = Store()
        store.add(Quad(NODE, NODE, value))
        assert survives(value) == ([quad.object for quad in store] == [value])
    assert rewritten(values) == {value for value in values if not survives(value)}
