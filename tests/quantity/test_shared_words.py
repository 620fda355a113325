"""Words of the acceptance facts, the public record and the development reports are read as curated."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from repatria.quantity import bounds, read_words

_TABLE = Path(__file__).parents[1] / "data" / "quantity" / "words.tsv"
_SHARED = Path(os.environ.get("REPATRIA_SHARED") or Path(__file__).parents[3] / "shared")
# The record knows no "nearly", "fewer than" or "1K": it has them under its wider words.
_RECORDED = {
    "exact": {"exact", "abbreviated"},
    "more_than": {"more-than"},
    "around": {"about"},
    "up_to": {"up-to", "nearly", "fewer-than"},
    "at_least": {"at-least"},
}


def _shared(path: str) -> Path:
    found = _SHARED / path
    if not found.exists():
        pytest.skip(f"no {path} in the shared folder (set REPATRIA_SHARED)")
    return found


def _table() -> dict[str, list[str]]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[0]: line.split("\t")[1:] for line in lines if not line.startswith("# ")}


def test_every_count_of_the_facts_is_read_to_its_qualifier_value_and_bounds() -> None:
    facts = json.loads(_shared("acceptance/facts.json").read_text(encoding="utf-8"))
    counts: list[dict[str, Any]] = [count for fact in facts for count in fact["counts"]]
    table = _table()
    other_qualifier = []
    for count in counts:
        reading = read_words(count["text"])
        assert reading is not None, count["text"]
        if count["q"] == "multiple-of":
            assert (reading.qualifier, reading.multiplier) == ("multiple-of", count["mult"])
            assert bounds("multiple-of", count["n"], multiple=reading.multiple).min == count["n"] + 1
            continue
        assert reading.value == count["n"], count["text"]
        if reading.qualifier != count["q"]:
            other_qualifier.append((count["m"], count["text"]))
        found = bounds(reading.qualifier, count["n"], low=reading.low)
        least, greatest = table[count["text"]][3:]
        assert (str(found.min), str(found.max or "")) == (least, greatest), count["text"]
    assert len(counts) == 32
    # Boilerplate that is not in the dataset: its "at least" is not among its number words.
    assert other_qualifier == [("donation", "$2")]


def test_words_of_the_public_record_agree_with_its_values() -> None:
    path = _shared("record/claims.jsonl")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [
        x for x in lines if x["words"] and x["value"] is not None and x["language"] in ("en", "uk", "ru")
    ]
    read = [(line, reading) for line in lines if (reading := read_words(line["words"]))]
    assert [line["words"] for line, reading in read if reading.value != line["value"]] == []
    agreeing = [line for line, reading in read if reading.qualifier in _RECORDED[line["qualifier"]]]
    assert len(lines) >= 739
    assert len(read) / len(lines) >= 0.93
    assert len(agreeing) / len(read) >= 0.985


def test_count_words_of_the_development_reports_agree() -> None:
    folder = _shared("extraction/reports")
    claims = [
        claim
        for path in sorted(folder.glob("*.json"))
        for claim in json.loads(path.read_text(encoding="utf-8"))["claims"]
        if claim["count"] is not None
    ]
    read = [(claim, reading) for claim in claims if (reading := read_words(claim["count_text"]))]
    assert [claim["count_text"] for claim, reading in read if reading.value != claim["count"]] == []
    not_read = {claim["count_text"] for claim in claims if not read_words(claim["count_text"])}
    assert not_read == {"seventh", "столько же"}  # an ordinal, and a number that stands elsewhere
    assert len(read) >= 41
