"""Claims, cards, status and exports of the shipped dataset."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph
import pytest
from pyoxigraph import Quad
from tests.cli.conftest import Runner

from repatria.export.graphs import GRAPH_FORMATS
from repatria.resources import folder


def claims(run: Runner, *args: str) -> list[dict[str, str]]:
    result = run("claims", *args)
    assert (result.code, result.err) == (0, "")
    return list(csv.DictReader(io.StringIO(result.text)))


def test_claims_are_narrowed_by_each_filter(run: Runner) -> None:
    everything = claims(run)
    assert {row["claim"].count("/") for row in everything} == {7}
    filters = {
        "--by": ("medinsky", "who", "Vladimir Medinsky"),
        "--measure": ("remains-transferred", "measure", "remains transferred"),
        "--act": ("announce", "act", "announce"),
        "--modality": ("agreed", "modality", "agreed"),
        "--from": ("russia", "from", "Russia"),
        "--to": ("ukraine", "to", "Ukraine"),
    }
    for option, (value, column, shown) in filters.items():
        found = claims(run, option, value)
        assert 0 < len(found) < len(everything)
        assert all(shown in row[column] for row in found), option
    for args in (("--about", "exchange-2025-07-17"), ("--source", "article-000"), ("--text", "1,000")):
        assert 0 < len(claims(run, *args)) < len(everything)
    since, until = claims(run, "--since", "2025-07-01"), claims(run, "--until", "2025-06-30")
    assert since
    assert until
    assert not {row["claim"] for row in since} & {row["claim"] for row in until}
    assert len(claims(run, "--limit", "4")) == 4


def test_names_in_any_language(run: Runner) -> None:
    keys = [
        run("describe", name).text for name in ("vladimir-medinsky", "medinsky", "Мединский", "мединський")
    ]
    assert keys[0].startswith(
        "Vladimir Medinsky\n  person <https://w3id.org/repatria/id/person/vladimir-medinsky>"
    )
    assert len(set(keys)) == 1


def test_an_ambiguous_name_lists_what_it_may_mean(run: Runner) -> None:
    result = run("describe", "Moscow")
    assert (result.code, result.out) == (2, b"")
    assert "error[RP202]: “Moscow” may mean " in result.err
    assert "moscow-times" in result.err


def test_card_of_a_claim_shows_its_chain(run: Runner) -> None:
    card = run("describe", "moscow-times-2025-12-19#s1-03").text
    for part in (
        "asserter        Vladimir Medinsky (person:vladimir-medinsky)",
        "“1,003”",
        "[1003, 1003] remains transferred, Russia → Ukraine",
        "published by  organization:moscow-times",
        "told by       person:vladimir-medinsky",
        "code points ",
        "“bodies of 1,003 Ukrainian soldiers”",
    ):
        assert part in card
    assert card == run("describe", "claim:moscow-times-2025-12-19/s1-03").text


def test_card_as_rows(run: Runner) -> None:
    rows = json.loads(run("describe", "umerov", "--format", "json").text)
    assert {"section", "name", "value", "text"} == set(rows[0])
    assert {"Posts held"} < {row["section"] for row in rows}


@pytest.mark.parametrize(
    "name", ["russia", "moscow-times-2025-07-17", "istanbul-agreement-2025-06", "act:announce"]
)
def test_each_kind_of_thing_has_a_card(name: str, run: Runner) -> None:
    card = run("describe", name)
    assert card.code == 0
    assert len(card.text.splitlines()) > 4


def test_status_outside_a_workspace_is_of_the_shipped_dataset(run: Runner) -> None:
    result = run("status")
    assert result.err.startswith("workspace: none here: the shipped dataset\n")
    rows = list(csv.DictReader(io.StringIO(result.text)))
    assert len(rows) == 5
    assert sum(int(row["claims"]) for row in rows) == 91


def triples(data: bytes, name: str) -> set[object]:
    return {quad.triple for quad in pyoxigraph.parse(data, format=GRAPH_FORMATS[name])}


@pytest.mark.parametrize("name", GRAPH_FORMATS)
def test_exports_hold_the_same_triples_in_the_same_bytes(name: str, run: Runner) -> None:
    first, second = (run("export", "--format", name, "--with-assessments") for _ in range(2))
    assert first.code == 0
    assert first.out == second.out
    shipped = set(pyoxigraph.parse(path=str(folder("data") / "repatria.nq")))
    assert triples(first.out, name) == {quad.triple for quad in shipped}
    if name in ("nquads", "trig"):
        found: set[Quad] = set(pyoxigraph.parse(first.out, format=GRAPH_FORMATS[name]))
        assert found == shipped


def test_export_is_sorted(run: Runner) -> None:
    lines = run("export", "--format", "ntriples").text.splitlines()
    subjects = [line.split(" ")[0] for line in lines]
    assert subjects == sorted(subjects)
    assert len(lines) == len(set(lines))
