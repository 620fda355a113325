"""What a reader types for a thing: a key, a label in any language, a CURIE, an IRI."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.errors import UsageError
from repatria.query.names import find, find_concept, label_of
from repatria.store import Dataset
from repatria.terms import concept, iri

ID = "https://w3id.org/repatria/id/"
FOUND = [
    ("rustem-umerov", "person/rustem-umerov"),
    ("Rustem Umerov", "person/rustem-umerov"),
    ("RUSTEM UMEROV", "person/rustem-umerov"),
    ("umerov", "person/rustem-umerov"),
    ("Рустем Умєров", "person/rustem-umerov"),
    ("Рустем Энверович Умеров", "person/rustem-umerov"),
    ("Умєров Рустем Енверович", "person/rustem-umerov"),
    ("person:rustem-umerov", "person/rustem-umerov"),
    (f"{ID}person/rustem-umerov", "person/rustem-umerov"),
    (f"<{ID}person/rustem-umerov>", "person/rustem-umerov"),
    ("Russia", "state/russia"),
    ("Росія", "state/russia"),
    ("TAAS", "org/tass"),
    ("organization:tass", "org/tass"),
    ("Exchange of remains of 17 July 2025", "event/exchange-2025-07-17"),
    ("Обмен телами погибших 17 июля 2025 года", "event/exchange-2025-07-17"),
    ("istanbul-agreement-2025-06", "agreement/istanbul-agreement-2025-06"),
    ("“authorities in Moscow”", "unnamed/authorities-in-moscow"),
    ("authorities in moscow", "unnamed/authorities-in-moscow"),
    ("moscow-times-2025-07-17", "source/moscow-times-2025-07-17"),
    ("moscow-times-2025-07-17#s2-03", "claim/moscow-times-2025-07-17/s2-03"),
    ("claim:moscow-times-2025-07-17/s2-03", "claim/moscow-times-2025-07-17/s2-03"),
]
UNKNOWN = [
    "nobody-here", "medinsky:x", "person:nobody", f"{ID}person/nobody", "<no iri>", "https://", "a b\nc", "",
    "moscow-times-2025-07-17#s9-99", "xyzzy#", "\udcff", "?x", '"',
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), FOUND)
def test_name_is_found(dataset: Dataset, name: str, expected: str) -> None:
    assert find(dataset, name).value == ID + expected


@pytest.mark.parametrize("name", UNKNOWN)
def test_unknown_name(dataset: Dataset, name: str) -> None:
    with pytest.raises(UsageError) as error:
        find(dataset, name)
    assert error.value.code == "RP201"
    assert error.value.hint


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_no_name_breaks_the_search(dataset: Dataset, name: str) -> None:
    try:
        found = find(dataset, name).value
    except UsageError as error:
        found = error.code
    assert found in ("RP201", "RP202") or found.startswith(ID)


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("Medinski", "Vladimir Medinsky"),
        ("Зеленский В", "Владимир Александрович Зеленский"),
        ("Istanbul agrement of June 2025", "Istanbul agreement of June 2025"),
    ],
)
def test_a_close_name_is_suggested(dataset: Dataset, name: str, suggestion: str) -> None:
    with pytest.raises(UsageError) as error:
        find(dataset, name)
    assert error.value.hint == f"did you mean “{suggestion}”?"


def test_ambiguous_name_lists_the_candidates(dataset: Dataset) -> None:
    with pytest.raises(UsageError) as error:
        find(dataset, "Ministry")
    assert error.value.code == "RP202"
    for key in ("mia-ukraine", "ministry-defence-ukraine", "ministry-defence-russia"):
        assert key in error.value.hint


def test_kinds_narrow_the_search(dataset: Dataset) -> None:
    assert find(dataset, "Istanbul", ["place"]).value == f"{ID}place/istanbul"
    with pytest.raises(UsageError) as error:
        find(dataset, "istanbul", ["person"])
    assert error.value.code == "RP201"


@pytest.mark.parametrize("name", ["planned", "measure:remains-held", "remains held", "останки на зберіганні"])
def test_concept_is_found(dataset: Dataset, name: str) -> None:
    expected = ("modality", "planned") if name == "planned" else ("measure", "remains-held")
    assert find_concept(dataset, expected[0], name) == concept(*expected)


def test_concept_of_the_datasets_own(dataset: Dataset) -> None:
    assert find_concept(dataset, "population", "ukrainian").value.endswith("concept/population/ukrainian")


def test_unknown_concept_lists_the_scheme(dataset: Dataset) -> None:
    with pytest.raises(UsageError) as error:
        find_concept(dataset, "level", "xyz")
    assert (error.value.code, error.value.hint) == ("RP201", "known: anchored, cited")


def test_label_of(dataset: Dataset) -> None:
    assert label_of(dataset, iri(f"{ID}state/turkiye")) == "Türkiye"
    assert label_of(dataset, iri(f"{ID}source/article-000")) == "article-000"
    assert label_of(dataset, iri("urn:nothing")) == ""
