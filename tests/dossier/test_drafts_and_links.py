"""Drafts are kept out, references reach over files, and one thing wrong is told once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Quad

from repatria.errors import RepatriaError

Read = Callable[..., tuple[set[Quad], tuple[RepatriaError, ...]]]
Write = Callable[..., Path]
CLAIM = "  - {{key: {key}, asserter: ministry-of-examples, act: announce, modality: actual{more}}}\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a dossier of cited claims: id, claims as (key, more members)."""

    def dossier(source: str, *claims: tuple[str, str], head: str = "", body: str = "") -> Path:
        path = tmp_path / f"{source}.yaml"
        text = f"id: {source}\npublisher: example-gazette\nlanguage: en\nevidence: cited\n{head}"
        text += f"url: https://example.org/{source}\nclaims:\n"
        text += "".join(CLAIM.format(key=key, more=f", {more}" if more else "") for key, more in claims)
        path.write_text(text + body, encoding="utf8")
        return path

    return dossier


def codes(errors: tuple[RepatriaError, ...]) -> list[str]:
    return [f"{e.code} {e.location}" for e in errors]


def test_a_draft_dossier_is_kept_out_however_incomplete(write: Write, read: Read, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text("status: draft\nid: Not Yet\npublisher:\nclaims: later\n", encoding="utf8")
    finished = write("one", ("c1", ""))
    quads, errors = read(draft, finished)
    assert errors == ()
    assert quads == read(finished)[0]


@pytest.mark.parametrize(
    "draft",
    [
        "{status: draft}",
        "{status: draft, key: c1, asserter: nobody}",
        "{status: draft, key: c1, counts: [{measure: x}], passage: none, colour: red}",
        "{status: draft, key: c1, counts: 12, asserter: [], act: shout}",
    ],
)
def test_a_draft_claim_is_kept_out_however_incomplete(draft: str, write: Write, read: Read) -> None:
    without, _ = read(write("one", ("c1", ""), ("c2", "")))
    quads, errors = read(write("one", ("c1", ""), ("c2", ""), body=f"  - {draft}\n"))
    assert errors == ()
    assert quads == without


def test_a_multiple_of_a_draft_is_told(write: Write, read: Read) -> None:
    count = "measure: stock-of-words, population: example, aggregation: stock"
    multiple = f'counts: [{{words: over ten times that figure, multiplicand: "#c2/0", {count}}}]'
    body = "  - {status: draft, key: c2, counts: [{measure: x}]}\n"
    _, errors = read(write("one", ("c1", multiple.replace("stock-of-words", "photographs")), body=body))
    assert [error.code for error in errors] == ["RP124"]


def test_a_reviewed_dossier_is_built(write: Write, read: Read) -> None:
    assert read(write("one", ("c1", "status: reviewed"), head="status: reviewed\n"))[0]


def test_claims_of_other_dossiers_are_found_in_either_order(write: Write, read: Read) -> None:
    first = write("one", ("c1", 'refers_to: "two#c1"'))
    second = write("two", ("c1", 'refers_to: ["one#c1"]'), head="revision_of: one\n")
    assert read(first, second)[1] == ()
    assert read(first, second)[0] == read(second, first)[0]
    assert [error.code for error in read(second)[1]] == ["RP124", "RP124"]


def test_a_source_id_is_used_once(write: Write, read: Read, tmp_path: Path) -> None:
    first = write("one", ("c1", ""))
    second = tmp_path / "again.yaml"
    second.write_text(first.read_text(encoding="utf8"), encoding="utf8")
    _, (error,) = read(first, second)
    assert error.code == "RP139"
    assert str(error.location).endswith("again.yaml:1:5")
    assert error.hint == f"the other one is in {first}"


def test_an_unknown_publisher_is_told_once(write: Write, read: Read) -> None:
    path = write("one", *((f"c{n}", "") for n in range(5)))
    path.write_text(
        path.read_text(encoding="utf8").replace("example-gazette", "nobody-at-all"), encoding="utf8"
    )
    assert codes(read(path)[1]) == [f"RP120 {path}:2:12"]


def test_an_unknown_about_is_told_once_however_many_counts(write: Write, read: Read) -> None:
    count = "{words: '5', measure: photographs, population: example, aggregation: stock}"
    path = write("one", ("c1", f"about: nothing-at-all, counts: [{count}, {count}, {count}]"))
    assert [error.code for error in read(path)[1]] == ["RP120"]


def test_links_into_a_file_that_cannot_be_read_are_not_judged(
    write: Write, read: Read, tmp_path: Path
) -> None:
    broken = tmp_path / "two.yaml"
    broken.write_text("id: two\nclaims: {", encoding="utf8")
    path = write("one", ("c1", 'refers_to: ["two#c1", "#c9"]'))
    _, errors = read(path, broken)
    column = path.read_text(encoding="utf8").splitlines()[6].index('"#c9"') + 1
    assert codes(errors) == [f"RP124 {path}:7:{column}", f"RP103 {broken}:2:10"]


def test_an_entity_file_that_cannot_be_read_makes_no_entity_unknown(
    write: Write, read: Read, tmp_path: Path
) -> None:
    entities = tmp_path / "bodies.yaml"
    entities.write_text(
        "organizations:\n  - {key: some-body, labels: {en: Some Body}, colour: red}\n", encoding="utf8"
    )
    path = write("one", ("c1", "target: some-body, said: Friday, said_on: 2025-07-17"))
    _, errors = read(path, entities=(entities,))
    assert [error.code for error in errors] == ["RP110", "RP137"]


def test_the_weekday_rests_on_the_printed_date_or_else_on_the_external_one(write: Write, read: Read) -> None:
    said = ("c1", "said: Thursday")
    outside = "external: {published: 2025-07-18, source: example-page}\n"
    found = {}
    for name, head in (("printed", "published: 2025-07-25\n" + outside), ("outside", outside), ("none", "")):
        quads, errors = read(write("one", said, head=head))
        assert errors == ()
        on = [(str(q.object), str(q.graph_name)) for q in quads if q.predicate.value.endswith("#saidOn")]
        found[name] = [(day[1:11], graph.rpartition("/graph/")[2].strip(">")) for day, graph in on]
    assert found == {
        "printed": [("2025-07-24", "source/one")],
        "outside": [("2025-07-17", "external")],
        "none": [],
    }
