"""The flat table opens in pandas and DuckDB with the same rows and the types that its dictionary tells."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pytest
from tests.interop.samples import Samples, export

Row = tuple[Any, ...]
PYTHON = {"string": str, "integer": int, "boolean": bool, "date": dt.date}
DUCKDB = {"string": "VARCHAR", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"}
# Fields of the Table Schema → types of pandas that hold missing values.
PANDAS = {"string": "string", "integer": "Int64", "boolean": "boolean"}
ARROW = {"string": "string", "integer": "int64", "boolean": "bool", "date": "date32[day]"}
COUNT = "https://w3id.org/repatria/id/claim/moscow-times-2025-12-19/s1-01/count/0"


@pytest.fixture(scope="module")
def files(samples: Samples) -> dict[str, Path]:
    """The table in all its forms."""
    folder = samples.folder
    return {
        "csv": export(folder / "counts.csv", "csv"),
        "csv.gz": export(folder / "counts.csv.gz", "csv", "--gzip"),
        "parquet": export(folder / "counts.parquet", "parquet"),
    }


@pytest.fixture(scope="module")
def types(files: dict[str, Path]) -> dict[str, str]:
    """The type of each column, as the data package says."""
    package = json.loads((files["csv"].parent / "counts.csv.datapackage.json").read_text(encoding="utf8"))
    return {field["name"]: field["type"] for field in package["resources"][0]["schema"]["fields"]}


def _read(file: Path) -> tuple[dict[str, str], list[Row]]:
    """Return columns with their types, and rows, as DuckDB finds them without being told anything."""
    with duckdb.connect() as base:
        found = base.execute(f"SELECT * FROM '{file}'")
        assert found.description is not None
        return {name: str(kind) for name, kind, *_ in found.description}, found.fetchall()


def _filled(columns: dict[str, str], rows: list[Row]) -> Iterator[str]:
    for place, name in enumerate(columns):
        if any(row[place] is not None for row in rows):
            yield name


@pytest.mark.parametrize("form", ["csv", "csv.gz", "parquet"])
def test_duckdb_finds_the_types(form: str, files: dict[str, Path], types: dict[str, str]) -> None:
    columns, rows = _read(files[form])
    assert list(columns) == list(types)
    # In a CSV nothing can be found out of a column that is empty.
    told = types if form == "parquet" else dict.fromkeys(_filled(columns, rows))
    assert {name: columns[name] for name in told} == {name: DUCKDB[types[name]] for name in told}
    for place, name in enumerate(columns):
        assert {type(row[place]) for row in rows} <= {PYTHON[types[name]], type(None)}


@pytest.mark.parametrize("form", ["csv", "csv.gz"])
def test_the_forms_hold_the_same_rows(form: str, files: dict[str, Path]) -> None:
    assert _read(files[form])[1] == _read(files["parquet"])[1]


@pytest.mark.parametrize("form", ["csv", "csv.gz"])
def test_pandas_reads_it_by_the_data_dictionary(
    form: str, files: dict[str, Path], types: dict[str, str]
) -> None:
    dates = [name for name, kind in types.items() if kind == "date"]
    kinds: Any = {name: PANDAS[kind] for name, kind in types.items() if kind != "date"}
    frame = pandas.read_csv(files[form], dtype=kinds, parse_dates=dates)
    assert {name: str(frame[name].dtype) for name in kinds} == kinds
    assert all(str(frame[name].dtype).startswith("datetime64") for name in dates)
    _same_values(frame, files)


def test_pandas_finds_the_types_by_arrow(files: dict[str, Path], types: dict[str, str]) -> None:
    frame = pandas.read_csv(files["csv"], engine="pyarrow", dtype_backend="pyarrow")
    found = {name: str(frame[name].dtype) for name in types if frame[name].notna().any()}
    assert found == {name: f"{ARROW[types[name]]}[pyarrow]" for name in found}
    _same_values(frame, files)


def test_pandas_reads_the_parquet_file(files: dict[str, Path], types: dict[str, str]) -> None:
    frame = pandas.read_parquet(files["parquet"], dtype_backend="pyarrow")
    assert {name: str(frame[name].dtype) for name in types} == {
        name: f"{ARROW[kind]}[pyarrow]" for name, kind in types.items()
    }
    _same_values(frame, files)


def _same_values(frame: pandas.DataFrame, files: dict[str, Path]) -> None:
    columns, rows = _read(files["parquet"])
    assert len(frame) == len(rows)
    for place, name in enumerate(columns):
        got = [None if pandas.isna(value) else value for value in frame[name]]
        days = [value.date() if isinstance(value, dt.datetime) else value for value in got]
        assert days == [row[place] for row in rows], name


def test_the_table_says_what_the_articles_say(files: dict[str, Path]) -> None:
    columns, rows = _read(files["csv"])
    by_count = {row[0]: dict(zip(columns, row, strict=True)) for row in rows}
    assert len(by_count) == len(rows) == 31
    told = by_count[COUNT]
    assert told["words"] == "Over 1K"
    assert (told["min"], told["max"]) == (1001, None)
    assert (told["from_party"], told["to_party"]) == ("Russia", "Ukraine")
    assert told["published"] == dt.date(2025, 12, 19)
    assert told["affirmed"] is True
