"""A claim without a key is known by what it says: passage, asserters, counts."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.dossier.claims import claim_key
from repatria.dossier.index import Index
from repatria.terms import Names

COUNTS = [
    {"words": "1,000", "measure": "remains-transferred", "from": "exampleland", "to": "sampleland"},
    {"words": "19", "measure": "remains-transferred", "from": "sampleland", "to": "exampleland"},
    {"words": "19", "measure": "photographs"},
]
CLAIM: dict[str, Any] = {
    "asserter": ["ministry-of-examples", "example-agency"],
    "act": "announce",
    "modality": "actual",
    "passage": {"start": 10, "end": 90, "sha256": "0" * 64, "fragment": "1,000 and 19", "at": 20},
    "counts": COUNTS,
}


@pytest.fixture(scope="module")
def index() -> Index:
    found = Index(Names())
    found.add("organizations", "ministry-of-examples", ["Ministry of Examples", "Міністерство прикладів"])
    found.add("organizations", "example-agency", ["Example Agency"])
    found.add("states", "exampleland", ["Exampleland"])
    found.add("states", "sampleland", ["Sampleland"])
    return found


@given(
    counts=st.permutations(COUNTS),
    asserters=st.permutations(CLAIM["asserter"]),
    members=st.permutations(list(CLAIM)),
)
def test_the_order_of_counts_asserters_and_members_does_not_matter(
    index: Index, counts: list[dict[str, str]], asserters: list[str], members: list[str]
) -> None:
    claim = CLAIM | {"counts": [dict(sorted(count.items())) for count in counts], "asserter": asserters}
    assert claim_key({name: claim[name] for name in members}, index) == claim_key(CLAIM, index)


def test_a_label_and_a_key_mean_the_same_claim(index: Index) -> None:
    claim = copy.deepcopy(CLAIM)
    claim["asserter"] = ["міністерство прикладів", "Example Agency"]
    claim["counts"][0]["from"] = "Exampleland"
    assert claim_key(claim, index) == claim_key(CLAIM, index)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("passage", "start"), 11),
        (("passage", "end"), 91),
        (("asserter",), "ministry-of-examples"),
        (("counts", 0, "words"), "1,003"),
        (("counts", 0, "measure"), "remains-held"),
        (("counts", 0, "from"), "sampleland"),
    ],
)
def test_another_passage_asserter_or_count_is_another_claim(
    place: tuple[str | int, ...], value: object, index: Index
) -> None:
    claim: Any = copy.deepcopy(CLAIM)
    inner = claim
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    assert claim_key(claim, index) != claim_key(CLAIM, index)


@pytest.mark.parametrize(
    ("name", "value"), [("act", "deny"), ("modality", "planned"), ("note", "n"), ("via", ["example-agency"])]
)
def test_another_reading_is_the_same_claim(name: str, value: object, index: Index) -> None:
    assert claim_key(CLAIM | {name: value}, index) == claim_key(CLAIM, index)


def test_the_curators_key_wins(index: Index) -> None:
    assert claim_key(CLAIM | {"key": "c1"}, index) == "c1"


def test_the_hash_is_a_key_that_references_can_name(index: Index) -> None:
    key = claim_key(CLAIM, index)
    assert len(key) == 13
    assert key.isalnum()
    assert key == key.lower()
