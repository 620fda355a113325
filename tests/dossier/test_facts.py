"""The shipped dossiers say what the acceptance list of the five articles says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import QuerySolutions

from repatria.store import Dataset
from repatria.terms import BASE

Fact = dict[str, Any]
SOURCES = (
    "article-000",
    "moscow-times-2025-12-19",
    "moscow-times-2025-07-17",
    "quick-read-2025-06-08",
    "bd-pratidin-2025-06",
)
# The publisher's words about itself are left out.
BOILERPLATE = {"s1-16", "s1-17", "s1-18", "s1-19"}


@pytest.fixture(scope="module")
def facts(shared: Path) -> dict[str, Fact]:
    found = json.loads((shared / "acceptance" / "facts.json").read_text(encoding="utf8"))
    assert len(found) == 95
    return {fact["id"]: fact for fact in found if fact["id"] not in BOILERPLATE}


def rows(dataset: Dataset, query: str) -> Iterable[tuple[str | None, ...]]:
    found = dataset.store.query(query, prefixes=dataset.prefixes, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    for row in found:
        yield tuple(None if term is None else getattr(term, "value", str(term)) for term in row)


def short(iri: str | None) -> str:
    return (iri or "").rpartition("/")[2]


def test_there_are_ninety_one_claims_under_their_ids(dataset: Dataset, facts: dict[str, Fact]) -> None:
    claims = {claim for (claim,) in rows(dataset, "SELECT ?c { ?c a rep:Claim }")}
    assert claims == {f"{BASE}id/claim/{SOURCES[fact['k']]}/{key}" for key, fact in facts.items()}
    assert len(claims) == 91


def test_passages_stand_where_the_facts_do(dataset: Dataset, facts: dict[str, Fact]) -> None:
    query = "SELECT ?c ?s ?e { ?c rep:passage/oa:hasSelector ?p . ?p oa:start ?s ; oa:end ?e }"
    found = {short(claim): (int(start or -1), int(end or -1)) for claim, start, end in rows(dataset, query)}
    assert found == {key: (fact["start"], fact["end"]) for key, fact in facts.items()}


@pytest.mark.parametrize("name", ["act", "modality"])
def test_act_and_modality_are_those_of_the_facts(name: str, dataset: Dataset, facts: dict[str, Fact]) -> None:
    found = {
        short(claim): short(value) for claim, value in rows(dataset, f"SELECT ?c ?v {{ ?c rep:{name} ?v }}")
    }
    assert found == {key: fact[name] for key, fact in facts.items()}


def test_asserters_are_those_of_the_facts(dataset: Dataset, facts: dict[str, Fact]) -> None:
    found: dict[str, set[str]] = {}
    for claim, asserter in rows(dataset, "SELECT ?c ?a { ?c rep:asserter ?a }"):
        found.setdefault(short(claim), set()).add((asserter or "").removeprefix(f"{BASE}id/"))
    named = {key: fact["asserter"] for key, fact in facts.items()}
    assert found == {key: {names} if isinstance(names, str) else set(names) for key, names in named.items()}


# (claim, number of the count) → what is stated.
Counts = dict[tuple[str, int], tuple[str | None, ...]]


def counts(dataset: Dataset, members: str, pattern: str) -> Counts:
    found: Counts = {}
    for count, *values in rows(dataset, f"SELECT ?n {members} {{ ?n a rep:Count . {pattern} }}"):
        claim, _, number = (count or "").rpartition("/count/")
        found[short(claim), int(number)] = tuple(short(value) if value else value for value in values)
    return found


def of_facts(facts: dict[str, Fact]) -> dict[tuple[str, int], dict[str, Any]]:
    return {(key, n): count for key, fact in facts.items() for n, count in enumerate(fact["counts"])}


def test_counts_measure_what_the_facts_do(dataset: Dataset, facts: dict[str, Fact]) -> None:
    pattern = """?n rep:measure ?m ; rep:population ?p ; rep:aggregation ?a ; rep:quantity ?q .
        ?q rep:qualifier ?k ; rep:statedValue ?v ; rep:statedText ?w .
        OPTIONAL { ?n rep:fromParty ?f } OPTIONAL { ?n rep:toParty ?t } OPTIONAL { ?n rep:unit ?u }"""
    expected = {
        place: (
            *(c["m"], c["pop"], c["agg"], c["q"], str(c["n"]), c["text"]),
            *(c[party] and short(c[party]) for party in ("frm", "to")),
            c["unit"],
        )
        for place, c in of_facts(facts).items()
    }
    assert len(expected) == 31
    assert counts(dataset, "?m ?p ?a ?k ?v ?w ?f ?t ?u", pattern) == expected


def test_bounds_are_those_of_the_list(dataset: Dataset, facts: dict[str, Fact], shared: Path) -> None:
    pattern = "?n rep:quantity ?q . ?q rep:statedText ?w ; rep:min ?a . OPTIONAL { ?q rep:max ?b }"
    expected: Counts = {}
    claim, number = "", 0
    for line in (shared / "acceptance" / "facts.md").read_text(encoding="utf8").splitlines():
        if named := re.match(r"- \*\*(s\d-\d\d)\*\*", line):
            claim, number = named.group(1), 0
        elif bounds := re.match(r"  - count: \S+ “(.+)” \[(\d+), (\d+|∞)\]", line):
            if claim in facts:
                expected[claim, number] = (bounds[1], bounds[2], None if bounds[3] == "∞" else bounds[3])
            number += 1
    assert len(expected) == 31
    assert counts(dataset, "?w ?a ?b", pattern) == expected


def test_sums_and_multiples_name_their_parts(dataset: Dataset, facts: dict[str, Fact]) -> None:
    links: dict[str, set[tuple[str, str]]] = {"sumOf": set(), "multiplicand": set()}
    for name, path in (
        ("sumOf", "rep:sumOf"),
        ("multiplicand", "rep:quantity/rep:multiplicand/^rep:quantity"),
    ):
        for whole, part in rows(dataset, f"SELECT ?n ?p {{ ?n {path} ?p }}"):
            links[name].add((numbered(whole), numbered(part)))
    sums = {
        (f"{key}/{n}", f"{a}/{b}") for (key, n), c in of_facts(facts).items() for a, b in c["sumof"] or ()
    }
    pairs = [
        (f"{key}/{n}", c["multiplicand"]) for (key, n), c in of_facts(facts).items() if c["multiplicand"]
    ]
    assert links == {"sumOf": sums, "multiplicand": {(whole, f"{a}/{b}") for whole, (a, b) in pairs}}
    assert (len(sums), len(pairs)) == (2, 1)


def numbered(count: str | None) -> str:
    claim, _, number = (count or "").rpartition("/count/")
    return f"{short(claim)}/{number}"
