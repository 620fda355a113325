"""The generated table of counts: the same bytes from the same seed, its shares, its great exchange."""

from __future__ import annotations

import json
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pytest
from bench.children import OutOfMemoryError, OutOfTimeError, run, run_limited
from bench.contradictions import check
from bench.counts import Counts
from bench.counttable import BASE, write_table
from bench.figures import Figure
from pyoxigraph import RdfFormat, parse, serialize

from repatria.quantity import bounds, read_words

TOTAL = 4000
Row = dict[str, Any]


def _read(folder: Path, name: str = "counts") -> list[Row]:
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT * FROM read_parquet('{folder / name / '*.parquet'}')")
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("table")
    write_table(folder, Counts(TOTAL))
    return folder


@pytest.fixture(scope="module")
def rows(table: Path) -> list[Row]:
    return _read(table)


def _written(folder: Path, total: int, seed: int) -> dict[str, bytes]:
    write_table(folder, Counts(total, seed))
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    first = _written(tmp_path / "a", 300, 1)
    assert sorted(first) == [
        "counts/0000.parquet", "entities.json", "links/0000.parquet", "missing/0000.parquet",
        "sums/0000.parquet",
    ]  # fmt: skip
    assert first == _written(tmp_path / "b", 300, 1)
    assert first["counts/0000.parquet"] != _written(tmp_path / "c", 300, 2)["counts/0000.parquet"]


def test_each_count_is_one_row_of_fictional_bodies(rows: list[Row]) -> None:
    assert len(rows) == len({row["count"] for row in rows}) == TOTAL
    for row in rows:
        named = [row["source"], row["publisher"], *row["asserter"].split(" "), *row["affiliation"].split(" ")]
        assert all(name.startswith(f"{BASE}id/") for name in [row["claim"], *named])
        assert row["asserter"].split(" ") == sorted(row["asserter"].split(" "))


def test_bounds_are_those_of_the_words(rows: list[Row]) -> None:
    read = 0
    for row in rows:
        found = read_words(row["words"])
        if found is None or found.value is None:
            continue
        read += 1
        made = bounds(found.qualifier, found.value, low=found.low)
        assert (made.min, made.max) == (row["low"], row["high"]), row["words"]
        assert row["rule"].endswith(f"/rule/{made.rule}")
        assert row["stated_value"] == found.value
    # A bare number that could be a year is not read.
    assert read > 0.9 * TOTAL


def test_the_mixture(rows: list[Row]) -> None:
    kinds = Counter((row["aggregation"].rpartition("/")[2], row["modality_class"]) for row in rows)
    assert set(kinds) == {
        ("single-event", "fact"), ("single-event", "plan"), ("single-event", "offer"),
        ("single-event", "conjecture"), ("series-total", "fact"), ("cumulative-total", "fact"),
        ("two-way-total", "fact"), ("agreed-total", "commitment"), ("stock", "fact"),
    }  # fmt: skip
    assert len({row["measure"] for row in rows}) == 3
    assert len({(row["from_party"], row["to_party"]) for row in rows}) == 3

    def share(column: str, value: object = True) -> float:
        return sum(row[column] is value for row in rows) / TOTAL

    assert 0.15 < share("narrator") < 0.25
    assert 0.01 < share("polarity", False) < 0.03
    assert 0 < share("retracted") < 0.01
    assert 0 < share("replaced") < 0.02
    assert 0.03 < sum(" " in row["asserter"] for row in rows) / TOTAL < 0.1
    assert all((row["period_end_not_after"] is None) != _is(row, "cumulative-total") for row in rows)
    assert all((row["from_party"] is None) == _is(row, "two-way-total", "stock") for row in rows)
    assert all((row["key"] is None) == _is(row, "stock") for row in rows)


def _is(row: Row, *aggregations: str) -> bool:
    return row["aggregation"].rpartition("/")[2] in aggregations


def test_most_exchanges_have_few_counts_and_one_has_a_tenth_of_all(rows: list[Row]) -> None:
    about = Counter(row["source"].rpartition("-")[0].rpartition("-")[2] for row in rows)
    (great, number), *others = about.most_common()
    assert number == TOTAL // 10
    assert sum(5 <= size <= 40 for _, size in others) > 0.8 * len(others)
    own = [row for row in rows if row["referent"] == f"{BASE}id/event/exchange-{great}"]
    assert len({(row["low"], row["high"]) for row in own}) > 150
    few = [len(found) for key, found in _intervals(rows).items() if key not in {row["key"] for row in own}]
    assert max(few) < 10


def _intervals(rows: list[Row]) -> dict[str, set[tuple[int, int]]]:
    found: dict[str, set[tuple[int, int]]] = {}
    for row in rows:
        if row["key"] is not None and row["polarity"]:
            high = 10**18 if row["high"] is None else row["high"]
            found.setdefault(row["key"], set()).add((row["low"], high))
    return found


def test_about_one_group_in_a_hundred_contradicts(rows: list[Row]) -> None:
    groups = _intervals(rows).values()
    contested = sum(any(max(a, c) > min(b, d) for (a, b), (c, d) in combinations(g, 2)) for g in groups)
    assert 0.005 < contested / len(groups) < 0.02


def test_confirmations_and_sums_point_at_what_is_there(table: Path, rows: list[Row]) -> None:
    links, sums = _read(table, "links"), _read(table, "sums")
    claims, counts = {row["claim"] for row in rows}, {row["count"] for row in rows}
    assert {("confirms", "count"), ("confirms", "occurrence")} <= {(x["kind"], x["aspect"]) for x in links}
    assert {link["target"] for link in links} <= claims
    assert not {link["claim"] for link in links} & claims
    assert len(sums) > 0
    assert {row[name] for row in sums for name in ("total", "part")} <= counts
    assert _read(table, "missing") == []


def test_every_referent_is_among_the_entities(table: Path, rows: list[Row]) -> None:
    entities = json.loads((table / "entities.json").read_text(encoding="utf8"))
    known = {item["key"]: item for item in entities["referents"]}
    used = {row["referent"].removeprefix(f"{BASE}id/") for row in rows if row["referent"]}
    assert used <= set(known)
    assert all(item[link] in known for item in known.values() for link in ("series", "under") if item[link])


def test_what_exceeds_its_cpu_time_is_ended_and_told_so(tmp_path: Path) -> None:
    with pytest.raises(OutOfTimeError):
        run_limited("table", tmp_path / "table", "10000000", cpu=1)


def test_what_exceeds_its_memory_is_ended_and_told_so(tmp_path: Path) -> None:
    greedy = "import time; taken = bytearray(300_000_000); time.sleep(20)"
    with pytest.raises(OutOfMemoryError):
        run([sys.executable, "-c", greedy], tmp_path, memory=100)


_GROUP = f"<{BASE}id/assessment/0>"
_ASSESSED = """
GROUP rep:referent <https://example.org/data/id/event/exchange-1> ; rep:measure <m> ; rep:aggregation <a> ;
  rep:modalityClass <fact> .
<left> rep:low 20 ; rep:high 20 ; rep:polarity true . <right> rep:low 10 ; rep:high 12 ; rep:polarity true .
<pair> rep:inAssessment GROUP ; rep:left <left> ; rep:right <right> ;
  rep:relation <https://w3id.org/repatria/concept/relation/contradicts> .
"""
_HEAD = "@prefix rep: <https://w3id.org/repatria/ns#> . @base <https://example.org/> ."


def _compared(folder: Path, assessed: str, *pairs: list[str]) -> tuple[int, int]:
    quads, answer = folder / "totals.nq", folder / "answer"
    text = _HEAD + assessed.replace("GROUP", _GROUP)
    quads.write_bytes(serialize(parse(text, format=RdfFormat.TURTLE), format=RdfFormat.N_QUADS) or b"")
    answer.write_text("".join(json.dumps(pair) + "\n" for pair in pairs), encoding="utf8")
    return check(folder, answer)


def test_assessments_and_the_self_join_must_find_the_same_pairs(tmp_path: Path) -> None:
    group = [f"{BASE}id/event/exchange-1", *(f"https://example.org/{name}" for name in ("m", "a", "fact"))]
    pair = [*group, *[""] * 6, "true", "10", "12", "20", "20"]
    other = [*pair[:-1], "21"]
    assert _compared(tmp_path, _ASSESSED, pair) == (1, 0)
    with pytest.raises(RuntimeError, match="the pairs differ"):
        _compared(tmp_path, _ASSESSED, pair, other)
    with pytest.raises(RuntimeError, match="the pairs differ"):
        _compared(tmp_path, _ASSESSED)
    # Of a group that is told by clusters and extremes, the join may find more, but not less.
    large = f"{_ASSESSED} GROUP rep:cluster <cluster> ."
    assert _compared(tmp_path, large, pair, other) == (0, 1)
    with pytest.raises(RuntimeError, match="no contradiction to the self-join"):
        _compared(tmp_path, large, other)


def test_a_ratio_that_is_not_known_is_told_as_beyond_and_a_figure_without_target_as_it_is() -> None:
    ended = Figure("assess, self-join", "10 counts", "1 s CPU", "SPARQL ended", 600, "×", beyond=True)
    assert ended.cells()[-3:] == ("> 600×", "–", "")
    assert ended.met


def _contradictions(rows: list[Row]) -> set[tuple[str, bool, int, int | None, int, int | None]]:
    """Return key, polarity and bounds of each two contradicting intervals, pair by pair."""
    groups: dict[str, set[tuple[bool, int, int | None, str]]] = {}
    for row in rows:
        if row["key"] is not None and not row["retracted"] and not row["replaced"]:
            held = (row["polarity"], row["low"], row["high"], row["population"])
            groups.setdefault(row["key"], set()).add(held)
    found = set()
    for key, group in groups.items():
        for affirmed, low, high, whose in group:
            for polarity, other_low, other_high, others in group:
                same = whose == others or any(name.endswith("/unspecified") for name in (whose, others))
                apart = polarity and high is not None and other_low > high
                within = not polarity and other_low <= low and (
                    other_high is None or (high is not None and high <= other_high)
                )  # fmt: skip
                if affirmed and same and (apart or within):
                    found.add((key, polarity, low, high, other_low, other_high))
    return found


def test_the_self_join_finds_what_pairs_of_rows_show(table: Path, rows: list[Row], tmp_path: Path) -> None:
    run_limited("claims", table, tmp_path / "build")
    told = json.loads(run_limited("join", tmp_path / "build", tmp_path / "answer").output)
    shown = _contradictions(rows)
    lines = (tmp_path / "answer").read_text(encoding="utf8").splitlines()
    bounds_found = Counter(tuple(json.loads(line)[-5:]) for line in lines)
    assert told["pairs"] == len(lines) == len(shown) > 1000
    assert bounds_found == Counter(
        tuple("" if value is None else str(value).lower() for value in pair[1:]) for pair in shown
    )
