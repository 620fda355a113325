"""The competency questions: saved queries give the answers that are expected, and follow the dossiers."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from repatria.building import all_quads
from repatria.query.rows import Rows
from repatria.query.run import run
from repatria.query.saved import bound, load_query, saved_queries
from repatria.query.values import IRI
from repatria.store import Dataset
from repatria.workspace import read_workspace

EXPECTED: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[1] / "data" / "questions.json").read_text(encoding="utf8")
)
RUNS = [pytest.param(each, id=f"{q}-{n}") for q, runs in EXPECTED.items() for n, each in enumerate(runs)]
# The questions' names of columns where ours differ.
COLUMNS = {"quote": "fragment", "day": "on"}
SOURCES = {"source/s1": "moscow-times-2025-12-19", "source/s2": "moscow-times-2025-07-17"}

Table = list[dict[str, str]]


def cell(value: object) -> str:
    """A value as the tables have it: of an IRI of ours the key, nothing for no value."""
    text = "" if value is None else str(value)
    return text.rpartition("/")[2] if isinstance(value, IRI) and "/id/" in text else text


def answer(dataset: Dataset, query: str, params: dict[str, str]) -> Table:
    found = run(dataset, bound(dataset, load_query(saved_queries()[query]), params))
    assert isinstance(found, Rows)
    return [{name: cell(value) for name, value in row.asdict().items()} for row in found]


def in_columns(table: Table, columns: list[str]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(row[column] for column in columns) for row in table)


@pytest.mark.parametrize("expected", RUNS)
def test_answer_is_as_expected(dataset: Dataset, expected: dict[str, Any]) -> None:
    rows = [{name: cell(value) for name, value in row.items()} for row in expected["rows"]]
    columns = list(rows[0]) if rows else []
    found = answer(dataset, expected["query"], expected["params"])
    assert in_columns(found, columns) == in_columns(rows, columns)
    assert [name for name in found[0] if name in columns] == columns if rows else not found


def test_claims_are_shown_as_iris(dataset: Dataset) -> None:
    for each in EXPECTED["CQ03"]:
        found = run(dataset, bound(dataset, load_query(saved_queries()[each["query"]]), {}))
        assert isinstance(found, Rows)
        assert len(found) == 3
        assert all(row.claim.startswith("https://w3id.org/repatria/id/claim/") for row in found)


def written_tables(shared: Path) -> dict[str, Table]:
    """Return the tables of answers in questions.md by question."""
    text = (shared / "acceptance" / "questions.md").read_text(encoding="utf8")
    tables: dict[str, Table] = {}
    for part in text.split("\n## ")[1:]:
        lines = [line for line in part.split("\n") if line.startswith("|")]
        cells = [[each.strip() for each in line.strip("|").split("|")] for line in lines]
        tables[part[:4]] = [dict(zip(cells[0], row, strict=True)) for row in cells[2:]] if cells else []
    return tables


def test_answers_are_those_of_the_written_questions(dataset: Dataset, shared: Path) -> None:
    tables = written_tables(shared)
    assert set(tables) == set(EXPECTED)
    for question, table in tables.items():
        answers = [answer(dataset, each["query"], each["params"]) for each in EXPECTED[question]]
        assert same_answers([row for rows in answers for row in rows], table), question


def same_answers(found: Table, table: Table) -> bool:
    """Whether the rows are those of the table; of a quotation the fragment has to be a part."""
    if not table:
        return not found
    columns = [name for name in table[0] if name != "quote"]
    written = [{name: as_found(name, value) for name, value in row.items()} for row in table]
    renamed = [{name: row[COLUMNS.get(name, name)] for name in columns} for row in found]
    if in_columns(renamed, columns) != in_columns(written, columns):
        return False
    quotes = {row["claim"]: row["quote"] for row in table if "quote" in row}
    return all(row["fragment"] and row["fragment"] in quotes[row["claim"]] for row in found if quotes)


def as_found(name: str, value: str) -> str:
    return SOURCES.get(value, value) if name == "src" else value.replace(" / ", " | ")


def test_every_question_has_its_query(root: Path) -> None:
    used = {question: {each["query"] for each in runs} for question, runs in EXPECTED.items()}
    numbers = {f"CQ{n:02}" for n in (1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 16, 17, 18, 20, 22, 23, 25)}
    assert set(used) == numbers
    shipped = {path.stem for path in (root / "queries").glob("*.rq")}
    assert all(len(names) == 1 and names <= shipped for names in used.values())
    assert len(set.union(*used.values())) == len(numbers)


# Question, source, claim, changes of its words; then what differs: claim, column, before, after.
CHANGES = [
    ("CQ01", "moscow-times-2025-07-17", "s2-03", {"1,000": "1,100"}, {("s2-03", "words", "1,000", "1,100")}),
    ("CQ02", "bd-pratidin-2025-06", "s4-04", {"78": "87"},
     {("s4-04", "words", "78", "87"), ("s4-04", "min", "78", "87"), ("s4-04", "max", "78", "87")}),
    ("CQ03", "moscow-times-2025-12-19", "s1-03", {"1,003": "1,013"}, {("s1-07", "words", "1,003", "1,013")}),
    ("CQ05", "article-000", "s0-19", {"around 6,000": "around 7,000"},
     {("s0-19", "words", "around 6,000", "around 7,000")}),
    ("CQ10", "moscow-times-2025-07-17", "s2-12", {"2,000": "3,000", "value: 2000": "value: 3000"},
     {("s2-12", "words", "2,000 more", "3,000 more")}),
    ("CQ20", "bd-pratidin-2025-06", "s4-11", {"100,000": "200,000"},
     {("s4-11", "words", "up to 100,000", "up to 200,000"), ("s4-11", "max", "100000", "200000"),
      ("s4-12", "min", "1000001", "2000001")}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "source", "claim", "changes", "differences"), CHANGES)
def test_changing_a_number_changes_the_answer(
    root: Path, tmp_path: Path, dataset: Dataset, question: str, source: str, claim: str,
    changes: dict[str, str], differences: set[tuple[str, str, str, str]],
) -> None:  # fmt: skip
    changed = rebuilt(root, tmp_path, source, claim, changes)
    each = EXPECTED[question][0]
    before = answer(dataset, each["query"], each["params"])
    after = answer(changed, each["query"], each["params"])
    found = {
        (old["claim"], name, old[name], new[name])
        for old, new in zip(before, after, strict=True)
        for name in each["rows"][0]
        if old[name] != new[name]
    }
    assert found == differences


def rebuilt(root: Path, folder: Path, source: str, claim: str, changes: dict[str, str]) -> Dataset:
    """Return the graph of a copy of the dossiers with words of one claim replaced."""
    shutil.copytree(root / "data", folder / "data")
    shutil.copy(root / "repatria.toml", folder)
    path = folder / "data" / "sources" / f"{source}.yaml"
    text = path.read_text(encoding="utf8")
    block = re.search(rf"  - key: {claim}\n.*?(?=\n  - key: |\Z)", text, re.DOTALL)
    assert block
    new = block[0]
    for old_words, new_words in changes.items():
        assert old_words in new
        new = new.replace(old_words, new_words)
    path.write_text(text.replace(block[0], new), encoding="utf8")
    store = Store()
    store.bulk_extend(all_quads(read_workspace(folder)))
    return Dataset(store)
