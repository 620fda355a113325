"""What a person sees on a terminal, and what a program gets instead."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from tests.cli.conftest import Runner
from tests.cli.process import on_terminal

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
ROWS = ("query", "SELECT ?n ?word { VALUES (?n ?word) { (1 'one') (20 'twenty') } }")


def lines(shown: str) -> list[str]:
    return [line.rstrip() for line in ESCAPE.sub("", shown).splitlines()]


def test_rows_are_a_table_on_a_terminal_only(run: Runner) -> None:
    code, shown = on_terminal(*ROWS)
    assert code == 0
    assert lines(shown)[0].split() == ["n", "word"]
    assert set(lines(shown)[1]) == {"─"}
    assert lines(shown)[2:] == [" 1   one", "20   twenty"], "numbers stand to the right"
    assert run(*ROWS).text == "n,word\n1,one\n20,twenty\n"
    assert lines(on_terminal(*ROWS, "--format", "csv")[1]) == ["n,word", "1,one", "20,twenty"]


def test_a_table_asked_for_is_a_table_everywhere(run: Runner) -> None:
    plain = run(*ROWS, "--format", "table").text
    assert lines(plain) == lines(on_terminal(*ROWS)[1])
    assert "\x1b" not in plain


def test_colour_on_a_terminal_unless_no_color() -> None:
    assert "\x1b[" in on_terminal(*ROWS)[1]
    assert "\x1b[" not in on_terminal(*ROWS, NO_COLOR="1")[1]
    assert "\x1b[3" not in on_terminal(*ROWS, TERM="dumb")[1]


def test_file_is_no_terminal(outside: Path) -> None:
    code, shown = on_terminal(*ROWS, "-o", "rows")
    assert (code, shown) == (0, "")
    assert (outside / "rows").read_text(encoding="utf8") == "n,word\n1,one\n20,twenty\n"


def test_parquet_stays_off_the_terminal() -> None:
    code, shown = on_terminal(*ROWS, "--format", "parquet")
    assert code == 2
    assert "error[RP204]" in shown


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_nothing_is_wider_than_the_terminal(columns: int) -> None:
    for args in (
        ("describe", "vladimir-medinsky"),
        ("describe", "moscow-times-2025-12-19#s1-03"),
        ("describe", "exchange-2025-07-17"),
        ("query", "--list"),
        ("query", "officials"),
        ("query", "--help"),
        ("--help",),
        ("status",),
        ("compare",),
        ("compare", "--help"),
        ("tally",),
        ("tally", "--by", "asserter"),
        ("fulfilment",),
        ("timeline",),
        ("explain", "moscow-times-2025-12-19#s1-03"),
    ):
        code, shown = on_terminal(*args, columns=columns)
        assert code == 0
        longest = max(lines(shown), key=len)
        assert len(longest) <= columns or " " not in longest.strip(), longest


def test_many_columns_become_blocks() -> None:
    code, shown = on_terminal("claims", "--by", "medinsky", "--limit", "2")
    assert code == 0
    blocks = ESCAPE.sub("", shown).strip().split("\n\n")
    assert len(blocks) == 2
    assert all(
        re.match(r"claim +claim:article-000/s0-1\d\nwho +Vladimir Medinsky\n", block) for block in blocks
    )
    wide = on_terminal("claims", "--by", "medinsky", "--limit", "2", columns=300)[1]
    assert lines(wide)[0].split()[:2] == ["claim", "who"]


def test_commands_are_told_whole_in_the_help() -> None:
    shown = on_terminal("--help")[1]
    assert "..." not in shown.split("Commands:")[1]


def test_progress_is_told_on_a_terminal_only(workspace: Path, run: Runner) -> None:
    code, shown = on_terminal("build", "--full", stdout=subprocess.DEVNULL)
    assert code == 0
    assert "reading the dossiers …" in shown
    assert "validating …" in shown
    assert shown.endswith("\r\x1b[K"), "and is wiped out at the end"
    assert run("build", "--full").err == ""


def test_progress_does_not_stand_before_an_error(workspace: Path) -> None:
    (workspace / "entities" / "entities.yaml").write_text("states: [unclosed\n", encoding="utf8")
    code, shown = on_terminal("build", stdout=subprocess.DEVNULL)
    assert code == 3
    assert "\x1b[Kentities/entities.yaml:" in shown


def test_query_without_a_query_on_a_terminal_does_not_wait() -> None:
    code, shown = on_terminal("query")
    assert code == 2
    assert "error[RP200]: no query is given" in shown
