"""The comparison itself: what is equal by meaning, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.docs.blocks import ROOT, Block, Step, blocks, rewrite, steps, transcript
from tests.docs.meaning import meaning
from tests.docs.session import HOME, Session

EXPORT = "repatria export --format turtle"
JSON = "repatria claims --format json"
CASES_EQUAL = [
    (EXPORT, "<urn:a> <urn:b> 1 , 2 .\n", "<urn:a> <urn:b> 2 .\n<urn:a> <urn:b> 1 .\n"),
    (EXPORT, "<urn:a> <urn:b> [ <urn:c> 1 ] .\n", "<urn:a> <urn:b> _:x . _:x <urn:c> 1 .\n"),
    (JSON, '[{"a": 1, "b": 2}]', '[\n {"b": 2, "a": 1}\n]'),
    ("repatria claims --format jsonl", '{"a": 1, "b": 2}\n', '{"b": 2, "a": 1}\n'),
    ("repatria build", "5 dossiers read, 1.3 s, store\n", "5 dossiers read, 12.9 s, store\n"),
    ("repatria query exchanges --format table", "a   b  \n", "a   b\n"),
]
CASES_DIFFERENT = [
    (EXPORT, "<urn:a> <urn:b> 1 .\n", "<urn:a> <urn:b> 2 .\n"),
    (JSON, '[{"a": 1003}]', '[{"a": 1030}]'),
    ("repatria claims --format jsonl", '{"a": 1}\n', '{"a": 1}\n{"a": 2}\n'),
    ("repatria build", "5 dossiers read, 1.3 s, store\n", "4 dossiers read, 1.3 s, store\n"),
    ("repatria query exchanges --format table", "a\nb\n", "b\na\n"),
    ("repatria export --format turtle | head -1", "<urn:a> <urn:b> 1 .\n", "<urn:a>  <urn:b> 1 .\n"),
]


@pytest.mark.parametrize(("command", "one", "other"), CASES_EQUAL)
def test_equal_by_meaning(command: str, one: str, other: str) -> None:
    assert meaning(command, one) == meaning(command, other)


@pytest.mark.parametrize(("command", "one", "other"), CASES_DIFFERENT)
def test_different_by_meaning(command: str, one: str, other: str) -> None:
    assert meaning(command, one) != meaning(command, other)


def test_unreadable_output_is_no_output() -> None:
    with pytest.raises(ValueError, match="not a valid subject"):
        meaning(EXPORT, "no turtle\n")


def test_transcripts_are_split_and_joined() -> None:
    text = "$ repatria query 'ASK {\n>   ?s ?p ?o }'\ntrue\n$ echo $?\n0\n"
    block = Block(ROOT / "README.md", 1, "console", text, 0)
    found = steps(block, "$ ", "> ")
    assert found == [Step("repatria query 'ASK {\n  ?s ?p ?o }'", "true\n"), Step("echo $?", "0\n")]
    assert transcript(found, "$ ", "> ") == text


def test_rewriting_touches_the_block_only(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Page\n\n<!-- file: a.txt -->\n```text\nold\n```\n\nold\n", encoding="utf8")
    (block,) = blocks(page)
    assert (block.order, block.target, block.executed) == ("file", "a.txt", True)
    rewrite(page, [(block, "new\n")])
    assert page.read_text(encoding="utf8") == "# Page\n\n<!-- file: a.txt -->\n```text\nnew\n```\n\nold\n"


def test_session_runs_outside_any_workspace_and_knows_exit_codes(session: Session) -> None:
    assert session.run("pwd") == f"{HOME}\n"
    assert session.run("repatria query 'ASK { ?claim a rep:Claim }'") == "true\n"
    assert "RP205" in session.run("repatria query no-such-query")
    assert session.run("echo $?") == "2\n"
    assert session.run("repatria query 'ASK { ?claim a rep:Claim }' | tr a-z A-Z") == "TRUE\n"
