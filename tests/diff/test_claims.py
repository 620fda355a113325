"""Changes of a dossier and of entities, told in words: who, which number before and now, of what."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse, serialize
from tests.diff.conftest import Change

from repatria.building import build
from repatria.diff import Diff, Item, Tally, differences, to_markdown, to_text
from repatria.workspace import read_workspace

OF = "parcels handed over, from Exampleland to Samplestan, Handover of 2 May 2025"
SECOND = "  - key: c02\n"


def told(diff: Diff) -> list[str]:
    """Return the lines below the summary, without indentation."""
    text = to_text(diff).split("\n\n", 1)
    return [line.strip() for line in text[1].splitlines() if line.strip()] if len(text) > 1 else []


def only(diff: Diff, section: str) -> Item:
    [item] = diff.sections[section].items
    return item


def test_a_number_that_changed_is_told_with_who_says_it_and_what_it_counts(changed: Change) -> None:
    old = changed("old", {})
    new = changed("new", {'words: "12"': 'words: "15"', "over 12 parcels": "over 15 parcels"})
    found = differences(old, new)
    assert told(found) == [
        "Claims changed:",
        "example-gazette-2025-05-02#c01  Ministry of Examples, announce",
        f"12 → 15 {OF}",
        "evidence: words  “handed over 12 parcels” → “handed over 15 parcels”",
    ]
    assert (found.sections["claims"].tally, found.counts) == (Tally(changed=1), Tally(changed=1))
    [count] = only(found, "claims").counts
    assert (count.old, count.new, count.iri.rpartition("/id/")[2]) == (
        "12", "15", "claim/example-gazette-2025-05-02/c01/count/0",
    )  # fmt: skip
    properties = [change.property.rpartition("#")[2] for change in count.changes]
    assert properties == ["max", "min", "statedText", "statedValue"], "JSON has all of them"


def test_words_that_allow_another_number_are_told_with_their_bounds(changed: Change) -> None:
    found = differences(
        changed("old", {}), changed("new", {'"12"': '"more than 12"', "over 12": "over more than 12"})
    )
    assert f"12 → “more than 12” (13 or more) {OF}" in told(found)


def test_the_same_number_of_another_thing_tells_what_is_other(changed: Change) -> None:
    new = changed("new", {"from: exampleland, to: samplestan": "from: samplestan, to: exampleland"})
    found = told(differences(changed("old", {}), new))
    assert f"12 {OF.replace('from Exampleland to Samplestan', 'from Samplestan to Exampleland')}" in found
    assert "from party  Exampleland → Samplestan" in found
    assert "to party  Samplestan → Exampleland" in found


def test_what_changed_of_a_claim_is_told_by_label(changed: Change) -> None:
    new = changed(
        "new", {"act: confirm": "act: state", "asserter: sample-office": "asserter: ministry-of-examples"}
    )
    found = told(differences(changed("old", {}), new))
    assert found[0] == "Claims changed:"
    assert found[1] == "example-gazette-2025-05-02#c02  Ministry of Examples, state"
    assert {"act  confirm → state", "asserter  Sample Office → Ministry of Examples"} <= set(found)
    assert "hop 1: agent  Sample Office → Ministry of Examples" in found


def test_a_claim_with_its_counts_is_added_or_removed_as_a_whole(changed: Change, dossier: str) -> None:
    whole = changed("whole", {})
    less = changed("less", {dossier[dossier.index(SECOND) :]: ""})
    found = differences(less, whole)
    assert told(found) == [
        "Claims added:",
        "example-gazette-2025-05-02#c02  Sample Office, confirm",
        "+ evidence  “confirmed the handover”",
    ], "that c01 is confirmed by it is not told a second time, nor are passage, hops and evidence"
    again = differences(whole, less)
    assert told(again)[0] == "Claims removed:"
    assert again.removed == found.added
    assert (again.sections["claims"].tally, again.counts) == (Tally(removed=1), Tally())


def test_a_source_is_added_with_the_number_of_its_claims(changed: Change) -> None:
    whole = changed("whole", {})
    lines = whole.read_text(encoding="utf8").splitlines()
    less = whole.parent / "less.nq"
    rest = [line for line in lines if "example-gazette-2025-05-02" not in line]
    less.write_text("\n".join(rest) + "\n", encoding="utf8")
    found = differences(less, whole)
    title = "“Exampleland hands over …”, Example Gazette, 2025-05-02, 2 claims"
    assert only(found, "sources").title == title
    assert found.sections["sources"].tally == Tally(added=1)
    assert found.sections["claims"].tally == Tally(added=2)
    assert found.counts == Tally(added=1)
    assert f"+ 12 {OF}" in told(found)


def test_labels_and_days_of_things_are_told_with_the_new_label(changed: Change) -> None:
    new = changed(
        "new",
        {"Handover of 2 May 2025": "Handover of May 2025", "not_after: 2025-05-02": "not_after: 2025-05-31"},
    )
    found = told(differences(changed("old", {}), new))
    assert found == [
        "People, bodies, exchanges and other things changed:",
        "event:handover-2025-05-02  Handover of May 2025",
        "label  “Handover of 2 May 2025”@en → “Handover of May 2025”@en",
        "not after  2025-05-02 → 2025-05-31",
    ]


def test_statements_that_only_changed_their_graph_are_counted_as_moved(changed: Change) -> None:
    old = changed("old", {})
    new = old.with_name("moved.nq")
    new.write_text(
        old.read_text(encoding="utf8").replace("/graph/entities>", "/graph/other>"), encoding="utf8"
    )
    found = differences(old, new)
    assert not found.equal
    assert told(found) == []
    [move] = found.moved
    assert move.statements == len(found.removed) == len(found.added)
    assert (move.old[-14:], move.new[-11:]) == ("graph/entities", "graph/other")
    assert differences(old, new, ignore=["graphs"]).equal


def test_turtle_has_no_named_graphs_so_that_none_are_compared(changed: Change) -> None:
    old = changed("old", {})
    quads: list[Quad] = list(parse(path=str(old), format=RdfFormat.N_QUADS))
    flat = old.with_name("flat.ttl")
    flat.write_bytes(serialize({quad.triple for quad in quads}, format=RdfFormat.TURTLE) or b"")
    for found in (differences(old, flat), differences(flat, old)):
        assert found.equal
        assert "named graphs are left out: the format of one side has none\n" in to_text(found)


@pytest.fixture(scope="module")
def assessed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two built workspaces: in the second one number contradicts, and another, which did before, is other."""
    places = []
    for name, old, new in (("agreeing", "26", "19"), ("contested", "1,003", "1,004")):
        place = tmp_path_factory.mktemp("assessed") / name
        shutil.copytree(Path(__file__).parents[1] / "data" / "assess" / "contradiction", place)
        for path in (place / "sources").iterdir():
            text = path.read_text(encoding="utf8")
            path.write_text(text.replace(f'"{old}"', f'"{new}"'), encoding="utf8")
        build(read_workspace(place), check=False)
        places.append(place)
    return places[0], places[1]


def test_of_assessments_only_new_outcomes_are_told(assessed: tuple[Path, Path]) -> None:
    found = differences(*assessed)
    tally = found.sections["assessments"].tally
    assert tally.changed == 2
    short = told(found)
    long = to_text(found, assessments=True)
    outcomes = [line for line in short if line.startswith("status  ")]
    assert outcomes
    assert all(line.endswith(" → contested") for line in outcomes)
    assert long.count("assessment:") > sum("assessment:" in line for line in short)
    without = differences(*assessed, ignore=["assessments"])
    assert without.sections["assessments"].tally == Tally()
    assert 0 < len(without.added) < len(found.added)
    assert not any("/graph/assessment/" in line for line in (*without.added, *without.removed))


def test_only_the_first_of_many_are_listed_and_all_are_counted(changed: Change) -> None:
    old = changed("old", {})
    lines = old.read_text(encoding="utf8").splitlines()
    claims = [line for line in lines if line.partition(">")[0].partition("/c01")[1]]
    copies = [line.replace("/c01", f"/x{number:03}") for number in range(40) for line in claims]
    new = old.with_name("many.nq")
    new.write_text("\n".join([*lines, *copies]) + "\n", encoding="utf8")
    found = differences(old, new, limit=3)
    assert found.sections["claims"].tally == Tally(added=40)
    assert len(found.sections["claims"].items) == 3
    assert len(found.added) == len(copies)
    assert "Claims added (40):" in told(found)
    assert "… and 37 more" in told(found)
    assert "- … and 37 more" in to_markdown(found)
    assert len(differences(old, new).sections["claims"].items) == 40
    assert told(differences(old, new, limit=0)) == []
