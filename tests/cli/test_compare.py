"""What ``repatria compare`` shows: who says what, whether it agrees, and why."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pyarrow.parquet
import pytest
from tests.cli.conftest import Result, Runner
from tests.cli.damage import DOSSIER
from tests.cli.dossiers import copied, many_numbers
from tests.cli.process import on_terminal

from repatria.assess import comparing, tallying
from repatria_cli.parameters import STATUSES, TALLY_BY

UNDATED = "3 counts are left out, since nothing tells when their source appeared\n"
JULY, DECEMBER = "exchange-2025-07-17", "exchange-2025-12-19"


def told(result: Result, code: int = 0) -> str:
    """Return the text of a call that told nothing on stderr."""
    assert (result.code, result.err) == (code, "")
    return result.text


def table(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(told(result))))


def blocks(text: str) -> list[list[str]]:
    """Return the groups of a text as lists of lines without the spaces around them."""
    return [[line.strip() for line in block.splitlines()] for block in text.strip().split("\n\n")]


@pytest.fixture
def contradiction(outside: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = copied("contradiction", outside)
    monkeypatch.chdir(place)
    return place


def test_the_options_offer_what_there_is() -> None:
    assert STATUSES == comparing.STATUSES
    assert TALLY_BY == tallying.BY


def test_who_says_what_in_which_words_and_where(run: Runner) -> None:
    text = told(run("compare", DECEMBER, "--format", "table"))
    head, first, *_ = blocks(text)
    assert head == ["3 groups of comparable counts: 1 corroborated and 2 uncontested."]
    assert first[:2] == [
        "Exchange of remains of 19 December 2025 · remains transferred · Russia → Ukraine",
        "corroborated by opposing sides · population: Ukrainian",
    ]
    cells = [re.split(r"  +", line) for line in first[2:5]]
    assert cells == [
        [
            "The Moscow Times (narrator's voice)", "“Over 1K” (1,001 or more)",
            "headline, published 2025-12-19",
            "moscow-times-2025-12-19#s1-01: “Bodies of Over 1K Ukrainian Soldiers”",
        ],
        [
            "Vladimir Medinsky (Russia)", "“1,003”", "announce, 2025-12-19",
            "moscow-times-2025-12-19#s1-03: “bodies of 1,003 Ukrainian soldiers”",
        ],
        [
            "Coordination Headquarters for the Treatment of Prisoners of War (Ukraine)", "“1,003”",
            "confirm, published 2025-12-19", "moscow-times-2025-12-19#s1-07: “received 1,003 bodies”",
        ],
    ]  # fmt: skip
    assert first[5].startswith("why: 3 claims by 3 asserters. All of them allow 1,003.")
    assert "Occurrence confirmed by moscow-times-2025-12-19#s1-07." in first
    assert re.fullmatch("key: [0-9a-f]{16}", first[-1])


def test_occurrence_confirmed_is_no_number_confirmed(run: Runner) -> None:
    text = told(run("compare", JULY, "--format", "table"))
    thousand = next(block for block in blocks(text) if "Russia → Ukraine" in block[0])
    assert thousand[1] == "repeated in part by a voice of unknown origin · population: Ukrainian"
    assert "Occurrence confirmed by moscow-times-2025-07-17#s2-07." in thousand
    nineteen = next(block for block in blocks(text) if "Ukraine → Russia" in block[0])
    assert nineteen[1] == "repeated on one side's word · population: Russian"


def test_kinds_that_are_no_single_fact_are_told(run: Runner) -> None:
    text = told(run("compare", "--format", "table"))
    for kind in (
        "remains transferred · Russia → Ukraine · agreed total, commitment\n",
        "remains transferred · Russia → Ukraine · agreed total, offer\n",
        "remains transferred · Russia → Ukraine · plan\n",
        "remains transferred · Russia → Ukraine · cumulative total, from 2022-02 to 2025-11\n",
        "remains transferred · two way total\n",
    ):
        assert kind in text
    assert "“independent monitors” and “Western intelligence”, jointly" in text
    assert "“around 6,000” (5,500–6,500)" in text
    assert "Composition disputed by article-000#s0-02, article-000#s0-11, article-000#s0-12." in text


def test_rows_hold_one_statement_each(run: Runner) -> None:
    rows = table(run("compare", DECEMBER, "--measure", "remains-transferred"))
    assert len(rows) == 5
    medinsky = next(row for row in rows if row["asserter"] == "Vladimir Medinsky" and row["to"] == "Ukraine")
    assert medinsky["claim"].endswith("/id/claim/moscow-times-2025-12-19/s1-03")
    assert medinsky["group"].rpartition("/")[0].endswith("/id/assessment")
    expected = {
        "words": "1,003", "low": "1003", "high": "1003", "side": "Russia", "narrator": "false",
        "polarity": "true", "status": "corroborated", "independence": "opposing-sides",
        "consensus_low": "1003", "said": "2025-12-19", "published": "2025-12-19",
        "fragment": "bodies of 1,003 Ukrainian soldiers", "confirms": "",
    }  # fmt: skip
    assert {name: medinsky[name] for name in expected} == expected
    headline = next(row for row in rows if row["narrator"] == "true")
    assert (headline["low"], headline["high"], headline["act"]) == ("1001", "", "headline")
    found = json.loads(told(run("compare", DECEMBER, "--format", "json")))
    assert [list(row) for row in found] == [list(rows[0])] * 5
    assert [row["low"] for row in found if row["narrator"]] == [1001]
    assert [row["high"] for row in found if row["narrator"]] == [None]


def test_groups_are_narrowed(run: Runner) -> None:
    everything = table(run("compare"))
    repeated = table(run("compare", "--status", "repeated"))
    assert {row["status"] for row in repeated} == {"repeated"}
    assert 0 < len(repeated) < len(everything)
    agreed = table(run("compare", "Istanbul agreement of June 2025"))
    assert {row["modality"] for row in agreed} == {"commitment", "offer"}
    deaths = table(run("compare", "--measure", "military deaths"))
    assert {row["measure"] for row in deaths} == {"military deaths"}
    assert not table(run("compare", JULY, "--measure", "prisoners-exchanged"))


def test_as_of_a_day_hears_what_was_known_then(run: Runner) -> None:
    before = run("compare", "--as-of", "2025-12-18")
    after = run("compare", "--as-of", "2025-12-19")
    assert before.err == after.err == UNDATED
    assert "19 December 2025" not in before.text
    assert "corroborated" in after.text
    assert "corroborated" not in before.text
    nothing = run("compare", "--as-of", "1999-12-31", "--format", "table")
    assert (nothing.code, nothing.text) == (0, "No group of comparable counts was found for this.\n")
    assert "left out" in nothing.err
    assert run("compare", "--as-of", "1999-12-31").text.count("\n") == 1, "rows are a header alone"


def test_fail_on_looks_at_what_is_shown(run: Runner, contradiction: Path) -> None:
    assert told(run("compare", "--fail-on", "contested"), 1).startswith("group,")
    assert told(run("compare", "handover-2025-05-02", "--fail-on", "contested"), 1)
    for args in (
        (),
        ("--fail-on", "corroborated"),
        ("--fail-on", "corroborated", "--fail-on", "repeated"),
        ("--status", "uncontested", "--fail-on", "contested"),
        ("handover-2025-08-01", "--fail-on", "contested"),
    ):
        assert told(run("compare", *args))
    both = ("--fail-on", "corroborated", "--fail-on", "contested")
    assert run("compare", *both, "-o", "out.csv").code == 1
    assert Path("out.csv").read_text(encoding="utf8") == run("compare").text


def test_the_shipped_dataset_holds_no_contradiction(run: Runner) -> None:
    assert told(run("compare", "--fail-on", "contested"))
    assert run("compare", "--fail-on", "corroborated").code == 1


def test_contested_groups_come_first_with_the_pairs(run: Runner, contradiction: Path) -> None:
    head, rounded, other, denied, calm = blocks(told(run("compare", "--format", "table")))
    assert head == ["4 groups of comparable counts: 3 contested and 1 uncontested."]
    assert [block[1] for block in (rounded, other, denied)] == ["contested"] * 3
    within = "the difference is within the rounding of the rounder one."
    assert f"No number fits both 1,000 and 1,003; {within}" in rounded
    assert "No number fits both 19 and 26." in other
    assert any(
        re.match(r"Sample Office \(Samplestan\) +denies “40” +deny, published", line) for line in denied
    )
    assert calm[1] == "uncontested, unrepeated"
    assert any("denies “more than 50” (51 or more)" in line for line in calm)
    rows = table(run("compare", "handover-2025-07-04"))
    assert [(row["polarity"], row["status"]) for row in rows] == [
        ("true", "contested"),
        ("false", "contested"),
    ]


def test_ten_outlets_are_no_corroboration(
    run: Runner, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copied("ten-outlets", outside))
    (group,) = blocks(told(run("compare", "--format", "table")))
    assert group[1] == "repeated in part by a voice of unknown origin"
    assert sum(line.startswith("Ministry of Examples (Exampleland)") for line in group) == 9
    assert "… and 1 more statement of 1,003 (the rows hold all)" in group
    assert len(table(run("compare"))) == 12
    assert run("compare", "--fail-on", "corroborated").code == 0


def test_whoever_confirms_a_number_states_it(run: Runner, workspace: Path) -> None:
    dossier = workspace / DOSSIER
    text = dossier.read_text(encoding="utf8")
    dossier.write_text(text.replace("aspect: [occurrence]", "aspect: [count]"), encoding="utf8")
    assert run("build").code == 0
    (group,) = blocks(told(run("compare", "--format", "table")))
    assert group[1] == "corroborated by opposing sides"
    assert [re.split("  +", line)[:3] for line in group[2:4]] == [
        ["Ministry of Examples (Exampleland)", "“12”", "announce, 2025-05-02"],
        ["Sample Office (Samplestan)", "confirms “12”", "confirm, published 2025-05-02"],
    ]
    assert group[3].endswith("#c02: “confirmed the handover”, said in example-gazette-2025-05-02#c01")
    assert [row["confirms"].rpartition("/")[2] for row in table(run("compare"))] == ["", "c01"]


def test_too_many_numbers_are_told_by_the_extremes(
    run: Runner, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(many_numbers(outside, numbers=60, repeats=15))
    (group,) = blocks(told(run("compare", "--format", "table")))
    stated = [re.findall("“(.*)”", line)[0] for line in group if line.startswith("Ministry of Examples")]
    assert stated == ["100"] * 10 + ["277"]
    assert "… and 5 more statements of 100 (the rows hold all)" in group
    (numbers,) = [line for line in group if line.startswith("Of 60 different numbers")]
    assert "100 (15 claims), 103 (1 claim), " in numbers
    assert numbers.endswith(" and 50 more.")
    assert len(table(run("compare"))) == 74


def test_a_terminal_gets_the_text_and_a_file_the_rows(run: Runner, outside: Path) -> None:
    code, shown = on_terminal("compare", DECEMBER, columns=100)
    assert code == 0
    assert shown.startswith("3 groups of comparable counts")
    assert "\x1b" not in shown
    assert on_terminal("compare", DECEMBER, "-o", "rows") == (0, "")
    rows = (outside / "rows").read_text(encoding="utf8")
    assert rows == run("compare", DECEMBER).text
    assert run("compare", DECEMBER, "--format", "parquet", "-o", "rows.parquet").code == 0
    assert pyarrow.parquet.read_table(outside / "rows.parquet").num_rows == 5
    narrow = [line.strip() for line in on_terminal("compare", DECEMBER)[1].splitlines()]
    evidence = "moscow-times-2025-12-19#s1-03: “bodies of 1,003 Ukrainian soldiers”"
    assert evidence in narrow, "on a line of its own"
