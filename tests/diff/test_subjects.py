"""Anybody's graphs: by subject, blank nodes nested where they hang, lists as lists, literals as written."""

from __future__ import annotations

from pathlib import Path

import pytest

from repatria.diff import Tally, differences, to_markdown, to_text
from repatria.errors import InputError

HEAD = "@prefix ex: <http://example.org/> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(name: str, text: str) -> str:
    Path(name).write_text(HEAD + text, encoding="utf8")
    return name


def told(first: str, second: str) -> str:
    """Return what is told of two Turtle documents below the summary."""
    text = to_text(differences(written("old.ttl", first), written("new.ttl", second)))
    return text.split("\n\n", 1)[1] if "\n\n" in text else text


def test_subjects_by_their_short_names(folder: Path) -> None:
    first = 'ex:a ex:p 1 ; ex:q "x", "y"@en ; a ex:Old . ex:gone ex:p ex:a .'
    second = 'ex:a ex:p 2 ; ex:q "x" ; ex:r ex:b ; a ex:Old . ex:come a ex:New ; ex:p true .'
    assert told(first, second) == (
        "Other subjects added:\n"
        "  ex:come\n"
        "    + ex:p  true\n"
        "    + a  ex:New\n"
        "\n"
        "Other subjects removed:\n"
        "  ex:gone\n"
        "    - ex:p  ex:a\n"
        "\n"
        "Other subjects changed:\n"
        "  ex:a\n"
        "    ex:p  1 → 2\n"
        "    - ex:q  “y”@en\n"
        "    + ex:r  ex:b\n"
    )


def test_literals_differ_by_their_written_form(folder: Path) -> None:
    first, second = "ex:a ex:p 1, 1.5 .", 'ex:a ex:p "01"^^<http://www.w3.org/2001/XMLSchema#integer>, 1.50 .'
    found = differences(written("old.ttl", first), written("new.ttl", second))
    assert len(found.removed) == len(found.added) == 2
    assert "+ ex:p  01\n" in told(first, second)
    assert "- ex:p  1.5\n" in told(first, second)


def test_a_change_in_a_nested_node_is_told_where_it_hangs(folder: Path) -> None:
    age = "[ sh:path ex:age ; sh:or ( [ sh:class ex:A ] ) ]"
    shape = f"ex:S sh:property [ sh:path ex:name ; sh:minCount 1 ], {age} ."
    assert told(shape, shape.replace("sh:minCount 1", "sh:minCount 2")) == (
        "Other subjects changed:\n  ex:S\n    sh:property [ sh:path ex:name … ]: sh:minCount  1 → 2\n"
    )
    assert told(shape, shape.replace("ex:A", "ex:B")) == (
        "Other subjects changed:\n  ex:S\n    sh:property / sh:or / item: sh:class  ex:A → ex:B\n"
    )


def test_a_nested_node_is_added_as_a_whole(folder: Path) -> None:
    added = "ex:S sh:property [ sh:path ex:age ; sh:in ( 1 2 ) ] ."
    assert told("ex:S a sh:Shape .", f"ex:S a sh:Shape . {added}") == (
        "Other subjects changed:\n  ex:S\n    + sh:property  [ sh:in ( 1 2 ) ; sh:path ex:age ]\n"
    )


def test_lists_are_told_by_members_and_order(folder: Path) -> None:
    head = "Other subjects changed:\n  ex:S\n"
    first = "ex:S ex:p ( ex:a ex:b ex:c ex:d ) ."
    assert told(first, "ex:S ex:p ( ex:a ex:x ex:c ex:d ) .") == f"{head}    ex:p (list)  ex:b → ex:x\n"
    assert told(first, "ex:S ex:p ( ex:a ex:c ex:d ) .") == f"{head}    - ex:p (list)  ex:b\n"
    assert told(first, "ex:S ex:p ( ex:a ex:b ex:d ex:c ) .") == (
        f"{head}    ex:p (order)  ( … ex:c ex:d ) → ( … ex:d ex:c )\n"
    )


def test_a_change_deep_in_a_long_list_is_a_short_difference(folder: Path) -> None:
    members = list(map(str, range(300)))
    first = f"ex:S ex:p ( {' '.join(members)} ) ."
    members[150] = "ex:x"
    second = f"ex:S ex:p ( {' '.join(members)} ) ."
    found = differences(written("old.ttl", first), written("new.ttl", second))
    assert (len(found.removed), len(found.added)) == (1, 1)
    assert "ex:p (list)  150 → ex:x\n" in to_text(found)


def test_a_node_that_nothing_leads_to_is_told_by_what_is_said_of_it(folder: Path) -> None:
    first, second = "[] a ex:A ; ex:p 1 . [] a ex:B ; ex:p 1 .", "[] a ex:A ; ex:p 2 ."
    assert told(first, second) == (
        "Other subjects removed:\n  [ a ex:B ; ex:p 1 ]\n\n"
        "Other subjects changed:\n  [ a ex:A … ]\n    ex:p  1 → 2\n"
    )


def test_as_many_nodes_as_there_are(folder: Path) -> None:
    """Two nodes of which the same is said are two; only one of them is removed."""
    found = differences(written("old.ttl", "[] ex:p 1 . [] ex:p 1 ."), written("new.ttl", "[] ex:p 1 ."))
    assert (len(found.removed), len(found.added)) == (1, 0)


def test_twins_among_many_are_paired_off(folder: Path) -> None:
    first = "ex:S ex:p " + ", ".join(["[ a ex:A ]"] * 100) + " ."
    found = differences(written("old.ttl", first), written("new.ttl", first.replace("[", "[ ex:q 1 ;", 1)))
    assert len(found.removed) + len(found.added) <= 3


def test_ten_thousand_blank_nodes_that_differ_by_one_statement(folder: Path) -> None:
    rows = [f"ex:s{n} ex:p [ ex:v {n} ; ex:w [ ex:x {n % 7} ] ] ." for n in range(5000)]
    first = written("old.ttl", "\n".join(rows))
    rows[4321] = rows[4321].replace("ex:v 4321", "ex:v 0")
    found = differences(first, written("new.ttl", "\n".join(reversed(rows))), canonical=False)
    assert (len(found.removed), len(found.added)) == (1, 1)
    assert "  ex:s4321\n    ex:p: ex:v  4321 → 0\n" in to_text(found)


def test_blank_nodes_that_cannot_be_told_apart_are_refused_in_bounded_work(folder: Path) -> None:
    clique = " ".join(f"_:n{a} ex:p _:n{b} ." for a in range(40) for b in range(40) if a != b)
    first, second = (
        written("old.ttl", clique),
        written("new.ttl", clique.replace("_:n", "_:m") + " ex:a ex:p 1 ."),
    )
    with pytest.raises(InputError, match="RP307") as error:
        differences(first, second)
    assert str(error.value).startswith("old.ttl: ")
    same = Path("again.ttl")
    same.write_bytes(Path(first).read_bytes())
    assert differences(first, same).equal, "where the labels are the same nothing has to be told apart"


def test_terms_of_the_vocabulary_alone_do_not_make_a_graph_of_claims(folder: Path) -> None:
    """An ontology or shapes speak of rep:Claim; they hold no claim."""
    rep = "@prefix rep: <https://w3id.org/repatria/ns#> ."
    found = told(f"{rep} rep:Claim ex:p ex:id .", f"{rep} rep:Claim ex:p ex:other .")
    assert found == "Other subjects changed:\n  rep:Claim\n    ex:p  ex:id → ex:other\n"


def test_markdown_shows_signs_as_they_are_and_names_nobody(folder: Path) -> None:
    text = '"*a* <b> | `c` #1 @someone"@en'
    found = differences(
        written("old.ttl", "ex:a ex:p 1 ."), written("new.ttl", f"ex:a ex:p 1 ; ex:q_r {text} .")
    )
    [line] = [line for line in to_markdown(found).splitlines() if "added “" in line]
    assert line == "  - ex:q\\_r: added “\\*a\\* `<b>` \\| \\`c\\` `#1` `@someone`”`@en`"


def test_many_changes_in_markdown_are_folded(folder: Path) -> None:
    first, second = "ex:a ex:p 1 .", "ex:a ex:p 1 ." + "".join(f"ex:b{n} ex:p {n} ." for n in range(11))
    found = differences(written("old.ttl", first), written("new.ttl", second))
    assert found.sections["other"].tally == Tally(added=11)
    text = to_markdown(found)
    assert "<details><summary><b>Other subjects added</b> (11)</summary>\n\n- `ex:b0`\n" in text
    assert text.endswith("\n</details>\n")
    assert "| Other subjects | 11 |  |  |\n" in text
