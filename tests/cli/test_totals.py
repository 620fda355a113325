"""What ``tally``, ``fulfilment``, ``timeline`` and ``explain`` show."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.cli.conftest import Runner
from tests.cli.dossiers import copied
from tests.cli.test_compare import blocks, table, told

ISTANBUL = "istanbul-agreement-2025-06"
NO_TOTAL = "These are sums of claims in this graph, no totals of what happened."


def cells(line: str) -> list[str]:
    return re.split(r"  +", line.strip())


def rows(run: Runner, *args: str) -> list[dict[str, str | int | None]]:
    """Return the rows of ``tally``, which tells on stderr that numbers are left out."""
    result = run("tally", *args, "--format", "json")
    assert result.code == 0
    assert re.fullmatch(r"(\d+ numbers?) (is|are) left out of the totals; .*\n", result.err)
    found = json.loads(result.text)
    assert isinstance(found, list)
    return found


def test_totals_with_what_they_rest_on(run: Runner) -> None:
    text = told(run("tally", "--format", "table"))
    totals, rest, left, note = blocks(text)
    assert totals[0] == "remains transferred, as claimed"
    assert [cells(line) for line in totals[1:]] == [
        ["direction", "events", "low–high", "on whose word"],
        ["Russia → Ukraine", "3", "8,063", "Russia: 8,063 (3 events)"],
        ["Ukraine: 1,003 (1 event)"],
        ["no party: 2,001 or more (2 events)"],
        ["Ukraine → Russia", "3", "123", "Russia: 123 (3 events)"],
    ]
    assert rest[:3] == [
        "What they rest on:",
        "remains transferred · Russia → Ukraine",
        "2025-06-07 to 2025-06-30  Exchanges of remains in June 2025        6,060"
        "  bd-pratidin-2025-06#s4-01, bd-pratidin-2025-06#s4-02",
    ]
    assert left[0] == "Left out:"
    why = dict(zip(left[1::2], left[2::2], strict=True))
    both = why["Exchange of remains of 19 December 2025 · remains transferred · two way total: 1,029"]
    assert both == "a total of both directions, beside each of them (moscow-times-2025-12-19#s1-02)"
    assert any("cumulative total: 15,000 or more" in line for line in why)
    assert note[0].startswith(NO_TOTAL)


def test_totals_as_rows_split_by_each_key(run: Runner) -> None:
    plain = rows(run)
    assert [(row["from"], row["low"], row["high"], row["events"], row["contested"]) for row in plain] == [
        ("Russia", 8063, 8063, 3, 0),
        ("Ukraine", 123, 123, 3, 0),
    ]
    assert plain[0]["on_the_word_of"] == "Russia: 8,063 (3); Ukraine: 1,003 (1); no party: 2,001 or more (2)"
    months = rows(run, "--by", "month")
    assert {row["month"] for row in months} == {"2025-06", "2025-07", "2025-12"}
    assert sum(int(row["low"] or 0) for row in months if row["to"] == "Ukraine") == 8063
    sides = {(row["side"], row["from"]): row["low"] for row in rows(run, "--by", "side")}
    assert sides["Ukraine", "Russia"] == 1003
    assert sides["Russia", "Ukraine"] == 123
    parties = rows(run, "--by", "party")
    assert [(row["party"], row["from"], row["to"], row["low"]) for row in parties[:2]] == [
        ("Russia", "Russia", None, 8063),
        ("Russia", None, "Russia", 123),
    ]
    assert "Vladimir Medinsky" in {row["asserter"] for row in rows(run, "--by", "asserter")}
    assert len({row["source"] for row in rows(run, "--by", "source")}) > 2
    text = told(run("tally", "--by", "party", "--format", "table"))
    assert [cells(line)[:4] for line in blocks(text)[0][2:4]] == [
        ["Russia", "handed over", "3", "8,063"],
        ["Ukraine: 1,003 (1 event)"],
    ]


def test_totals_of_some_days_and_directions(run: Runner) -> None:
    assert [row["low"] for row in rows(run, "--since", "2025-07-01", "--from", "russia")] == [2003]
    assert [row["low"] for row in rows(run, "--until", "2025-07-31", "--to", "russia")] == [97]
    nothing = run("tally", "--measure", "prisoners-exchanged", "--format", "table")
    assert nothing.text.startswith("No totals: nothing that can be added was found.\n")
    early = run("tally", "--as-of", "1999-01-01", "--format", "table")
    assert early.text.startswith("No totals")
    assert early.err == "3 counts are left out, since nothing tells when their source appeared\n"


def test_a_contested_number_widens_the_total(
    run: Runner, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copied("contradiction", outside))
    found = {row["from"]: row for row in table(run("tally"))}
    assert (found["Samplestan"]["low"], found["Samplestan"]["high"]) == ("50", "57")
    assert found["Samplestan"]["contested"] == "1"
    text = told(run("tally", "--format", "table"))
    assert ["Samplestan → Exampleland", "2 (1 contested)", "50–57"] in [
        cells(line)[:3] for line in text.splitlines()
    ]
    assert "19–26, contested" in text


def test_commitments_against_deliveries(run: Runner) -> None:
    first, second, third, *_ = blocks(told(run("fulfilment", ISTANBUL, "--format", "table")))
    assert first[0] == "Istanbul agreement of June 2025 · remains transferred · Russia → Ukraine"
    assert cells(first[2]) == [
        "Vladimir Medinsky (Russia)", "“around 6,000” (5,500–6,500)", "confirm, undated",
        "article-000#s0-19: “committed to returning around 6,000 bodies”",
    ]  # fmt: skip
    assert [cells(line) for line in first[4:11]] == [
        ["anybody", "Russia", "Ukraine"],
        ["(deliverer)", "(recipient)"],
        ["Exchanges of remains in June 2025", "6,060", "6,060", "–"],
        ["Exchange of remains of 17 July 2025", "1,000", "1,000", "–"],
        ["Exchange of remains of 19 December 2025", "1,003", "1,003", "1,003"],
        ["together", "8,063", "8,063", "1,003"],
        ["against 5,500–6,500", "exceeded", "exceeded", "not shown met"],
    ]
    assert "This rests on how “around” or “K” is read, which is a convention of this graph." in first
    assert ["against 6,000", "exceeded", "exceeded", "not shown met"] in map(cells, second)
    assert "The Moscow Times (narrator's voice)" in second[2]
    assert ["together", "123", "no number", "123"] in map(cells, third)
    assert ["against 6,000", "not shown met", "not shown met", "not shown met"] in map(cells, third)


def test_terms_differ_on_reciprocity(run: Runner) -> None:
    text = told(run("fulfilment", ISTANBUL, "--format", "table"))
    terms = blocks(text)[-1]
    assert terms[0] == "The terms, as claims tell them:"
    one_sided = cells(terms[terms.index("one sided as reported:") + 1])
    assert one_sided == ["Vladimir Medinsky (Russia)", "agreed", "“around 6,000”", "article-000#s0-19"]
    mutual = terms[terms.index("reciprocal equal:") + 1 : -1]
    assert any(line.startswith("Rustem Umerov (Ukraine)") for line in mutual)
    assert terms[-1].startswith("The claims differ on whom the obligation binds: ")
    assert "“Not shown met” says what is missing in this graph" in text


def test_fulfilment_as_rows(run: Runner) -> None:
    found = table(run("fulfilment", ISTANBUL))
    assert [
        (row["from"], row["words"], row["delivered_status"], row["recipient_status"]) for row in found
    ] == [
        ("Russia", "around 6,000", "exceeded", "not-shown-met"),
        ("Russia", "6,000", "exceeded", "not-shown-met"),
        ("Ukraine", "6,000", "not-shown-met", "not-shown-met"),
    ]
    assert [row["deliverer_low"] for row in found] == ["8063", "8063", ""]
    assert len(table(run("fulfilment"))) == 5
    early = run("fulfilment", "--as-of", "1999-01-01", "--format", "table")
    assert (early.code, early.text) == (0, "No commitments: no agreed number was found.\n")


def test_timeline_has_a_block_for_each_happening(run: Runner) -> None:
    found = blocks(told(run("timeline", "--format", "table")))
    heads = [block[0] for block in found]
    assert heads.index("2025-07-17  Exchange of remains of 17 July 2025") < heads.index(
        "2025-12-19  Exchange of remains of 19 December 2025"
    )
    december = found[heads.index("2025-12-19  Exchange of remains of 19 December 2025")]
    assert december[1] == (
        "remains exchange; part of: Repatriations of remains since February 2022;"
        " under: Istanbul agreement of June 2025"
    )
    allowed = "remains transferred · Russia → Ukraine · all claims allow 1,003"
    assert f"{allowed} · corroborated by opposing sides" in december
    assert ["Vladimir Medinsky (Russia)", "“26”"] in map(cells, december)
    planned = next(block for block in found if "Further transfer" in block[0])
    assert planned[-1] == "no claim says how many were handed over"


def test_timeline_of_some(run: Runner) -> None:
    names = {row["name"] for row in table(run("timeline", "--exchange", ISTANBUL))}
    assert "Exchange of remains of 17 July 2025" in names
    assert "Full-scale war between Russia and Ukraine" not in names
    december = table(run("timeline", "--exchange", "exchange-2025-12-19"))
    assert [row["highest"] for row in december] == ["", "26", "1029"]
    days = [row["not_before"] for row in table(run("timeline", "--since", "2025-12-01"))]
    assert days == sorted(days)
    assert "2025-07-17" in days, "what began then may have gone on"
    nothing = run("timeline", "--until", "1999-01-01", "--format", "table")
    assert told(nothing) == "No happenings: nothing was found in those days.\n"


def test_explain_a_claim(run: Runner) -> None:
    text = told(run("explain", "moscow-times-2025-12-19#s1-03", "--format", "table"))
    title, steps = blocks(text)
    assert title == ["Claim moscow-times-2025-12-19#s1-03"]
    names = [cells(line)[1] for line in steps if re.match(r"\d+\. ", line)]
    order = ["source", "passage", "evidence", "attribution", "claim", "count", "bounds", "group"]
    assert names[:8] == order
    assert "comparison" in names
    assert names[-1] == "status"
    assert "“bodies of 1,003 Ukrainian soldiers”" in text
    key = re.findall("key: ([0-9a-f]{16})", text)[0]
    assert key in run("compare", "exchange-2025-12-19", "--format", "table").text
    found = table(run("explain", "moscow-times-2025-12-19#s1-03"))
    assert [row["step"] for row in found] == names
    assert found[0]["iri"].endswith("/id/source/moscow-times-2025-12-19")


def test_explain_a_group_by_each_of_its_names(run: Runner) -> None:
    iri = table(run("compare", "exchange-2025-07-17"))[0]["group"]
    key = iri.rpartition("/")[2]
    texts = {told(run("explain", name, "--format", "table")) for name in (key, f"assessment:{key}", iri)}
    assert len(texts) == 1
    (text,) = texts
    assert text.startswith("Exchange of remains of 17 July 2025: remains transferred, Russia → Ukraine")
    assert "“1K”" in text


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("explain", "moscow-times-2025-12-19#s9-99"), "RP201"),
        (("explain", "0123456789abcdef"), "RP201"),
        (("explain", "medinsky"), "RP201"),
        (("explain", "Moscow"), "RP202"),
        (("compare", "exchange"), "RP202"),
        (("compare", "exchange-2025-07-18"), "RP201"),
        (("compare", "medinsky"), "RP201"),
        (("fulfilment", "prisoner exchange of June"), "RP201"),
        (("tally", "--from", "exchange-2025-07-17"), "RP201"),
        (("compare", "--as-of", "17 July 2025"), "RP203"),
        (("tally", "--since", "2025-02-30"), "RP203"),
        (("timeline", "--until", "20250717"), "RP203"),
        (("compare", "--fail-on", "disputed"), "RP200"),
        (("tally", "--by", "weekday"), "RP200"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_names_and_days(args: tuple[str, ...], code: str, run: Runner) -> None:
    result = run(*args)
    assert (result.code, result.out) == (2, b"")
    assert f"error[{code}]: " in result.err
    assert "\n  hint: " in result.err


def test_what_cannot_be_assessed_is_told_and_the_rest_shown(
    run: Runner, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copied("trouble", outside))
    result = run("compare", "handover-2025-05-02", "--format", "table")
    assert result.code == 0
    assert "corroborated by opposing sides" in result.text
    for args in (("tally", "--format", "table"), ("compare",), ("timeline",)):
        result = run(*args)
        assert result.code == 0
        warnings = re.findall(r"^(.+): warning\[(RP50\d)\]: .+\n  hint: .+$", result.err, re.MULTILINE)
        assert {code for _, code in warnings} >= {"RP501", "RP502"}
        assert any("handovers-of-2025" in place or "entities.yaml" in place for place, _ in warnings)
        assert len(result.text.splitlines()) > 3
