"""The flat table as CSV and Parquet, as pandas and DuckDB read it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pyarrow.parquet
import pytest
from tests.export.conftest import COUNT, HARD, LARGE, NAMES, QUANTITY, change, integer

from repatria.errors import MissingExtra, UsageError
from repatria.export import tables
from repatria.export.columns import COLUMNS
from repatria.export.exporting import export_bytes
from repatria.export.flat import flat_rows
from repatria.export.selecting import Selection
from repatria.export.tables import write_csv, write_parquet
from repatria.store import Dataset


def ask(query: str) -> duckdb.DuckDBPyRelation:
    found = duckdb.sql(query)
    assert found is not None
    return found


def test_csv_as_rfc_4180_says(hard_table: Dataset) -> None:
    data = export_bytes(hard_table, "csv", Selection())
    assert data.startswith(b"count_iri,claim,claim_iri,")
    assert data.endswith(b"\r\n")
    assert b"\xef\xbb\xbf" not in data
    rows = list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
    assert {len(cells) for cells in rows} == {len(COLUMNS)}
    assert rows[0] == NAMES
    cells = dict(zip(NAMES, next(r for r in rows if r[0] == COUNT), strict=True))
    assert (cells["words"], cells["min"], cells["max"]) == (HARD, str(LARGE), "")
    assert (cells["affirmed"], cells["said_on"]) == ("true", "2025-12-19")


def test_csv_in_pandas(hard_table: Dataset) -> None:
    days = [column.name for column in COLUMNS if column.kind == "date"]
    numbers = {column.name: "Int64" for column in COLUMNS if column.kind == "integer"}
    data = io.BytesIO(export_bytes(hard_table, "csv", Selection()))
    frame = pandas.read_csv(
        data, dtype=numbers, parse_dates=days, keep_default_na=False, na_values=[""]
    ).set_index("count_iri")
    found = frame.loc[COUNT]
    assert (found["words"], found["min"]) == (HARD, LARGE)
    assert found["max"] is pandas.NA
    assert found["said_on"] == pandas.Timestamp("2025-12-19")
    assert frame["affirmed"].dtype == bool
    assert list(frame.reset_index().columns) == NAMES
    assert len(frame) == 31


DUCK = {"string": "VARCHAR", "iri": "VARCHAR", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"}


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_in_duckdb_with_the_right_types(hard_table: Dataset, format: str, tmp_path: Path) -> None:
    file = tmp_path / f"counts.{format}"
    file.write_bytes(export_bytes(hard_table, format, Selection()))
    types = {column.name: DUCK[column.kind] for column in COLUMNS}
    source = (
        f"read_csv('{file}', columns = {types!r}, header = true, strict_mode = true)"
        if format == "csv"
        else f"'{file}'"
    )
    found = ask(f"SELECT * FROM {source}")
    assert found.columns == NAMES
    assert [str(kind) for kind in found.types] == list(types.values())
    wanted = f"SELECT words, min, max, said_on, affirmed FROM {source} WHERE count_iri = '{COUNT}'"
    assert ask(wanted).fetchall() == [(HARD, LARGE, None, dt.date(2025, 12, 19), True)]
    assert ask(f"SELECT count(*) FROM {source}").fetchall() == [(31,)]


def test_duckdb_finds_the_types_of_the_shipped_table_by_itself(dataset: Dataset, tmp_path: Path) -> None:
    file = tmp_path / "counts.csv"
    file.write_bytes(export_bytes(dataset, "csv", Selection()))
    found = ask(f"SELECT * FROM '{file}'")
    guessed = dict(zip(found.columns, map(str, found.types), strict=True))
    for name in ("min", "max", "stated", "said_on", "published", "referent_earliest", "affirmed"):
        assert guessed[name] == DUCK[next(c.kind for c in COLUMNS if c.name == name)], name


def test_parquet_keeps_types_meanings_and_what_is_never_empty(hard_table: Dataset) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(export_bytes(hard_table, "parquet", Selection())))
    assert [tuple(cells.values()) for cells in table.to_pylist()] == list(flat_rows(hard_table))
    kinds = {
        "string": "string",
        "iri": "string",
        "integer": "int64",
        "boolean": "bool",
        "date": "date32[day]",
    }
    for column, field in zip(COLUMNS, table.schema, strict=True):
        assert (field.name, str(field.type), field.nullable) == (
            column.name,
            kinds[column.kind],
            not column.required,
        )
        assert field.metadata[b"description"].decode() == column.description


def test_numbers_beyond_64_bits_are_in_a_csv_only(hard_table: Dataset) -> None:
    change(hard_table, QUANTITY, "min", integer(2**63))
    assert str(2**63).encode() in export_bytes(hard_table, "csv", Selection())
    with pytest.raises(UsageError) as raised:
        export_bytes(hard_table, "parquet", Selection())
    assert raised.value.code == "RP213"
    assert COUNT in raised.value.message


def test_many_rows_are_written_in_batches(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = list(flat_rows(dataset))
    whole = io.BytesIO()
    write_csv(rows, whole)
    monkeypatch.setattr(tables, "_BATCH", 10)
    parts, packed = io.BytesIO(), io.BytesIO()
    write_csv(iter(rows), parts)
    write_parquet(iter(rows), packed)
    assert parts.getvalue() == whole.getvalue()
    assert pyarrow.parquet.read_table(packed).num_rows == len(rows)


def test_values_that_look_like_formulas_are_told_and_kept(hard_table: Dataset) -> None:
    out = io.BytesIO()
    assert write_csv(flat_rows(hard_table), out) == {"hedge": 1}
    assert b",=SUM(A1)," in out.getvalue()
    values: list[Any] = [None] * len(COLUMNS)
    for number, text in enumerate(("=a", "+a", "-a", "@a", "\ta", "\ra", "a=", " =a", "")):
        values[number] = text
    assert write_csv([values], io.BytesIO()) == dict.fromkeys(NAMES[:6], 1)


def test_without_pyarrow_the_extra_is_named(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match="pyarrow"):
        write_parquet(flat_rows(dataset), io.BytesIO())
