"""The flat table as CSV (RFC 4180) and as Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, Any

from repatria.errors import MissingExtra, UsageError
from repatria.export.columns import COLUMNS
from repatria.export.flat import Value

_BATCH = 10_000
# A spreadsheet reads a cell that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LARGEST = 2**63


def write_csv(rows: Iterable[Sequence[Value]], out: IO[bytes]) -> dict[str, int]:
    """Write rows as CSV: UTF-8, a header, comma, CR LF, quotation marks where they are needed.

    Nothing is changed or put before a value. Returns in which columns, and how
    often, a value begins like a formula, for whoever opens it in a spreadsheet.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS])
    formulas: dict[str, int] = {}
    for batch in _batches(rows):
        for row in batch:
            writer.writerow([_cell(value) for value in row])
            for column, value in zip(COLUMNS, row, strict=True):
                if isinstance(value, str) and value.startswith(_FORMULA):
                    formulas[column.name] = formulas.get(column.name, 0) + 1
        out.write(text.getvalue().encode())
        text.seek(0)
        text.truncate()
    return formulas


def _cell(value: Value) -> Value:
    return str(value).lower() if isinstance(value, bool) else value


def _batches(rows: Iterable[Sequence[Value]]) -> Iterator[list[Sequence[Value]]]:
    """Yield rows in lists, at least one, which may be empty."""
    left = iter(rows)
    batch = list(islice(left, _BATCH))
    yield batch
    while batch := list(islice(left, _BATCH)):
        yield batch


def write_parquet(rows: Iterable[Sequence[Value]], out: IO[bytes]) -> None:
    """Write rows as Parquet: text, 64-bit whole numbers, days, truth values; each column with its meaning.

    Raises MissingExtra without pyarrow, UsageError RP213 for a number beyond 64 bits.
    """
    pyarrow = _pyarrow()
    schema = _schema(pyarrow)
    with pyarrow.parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            for row in batch:
                _check(row)
            columns = list(zip(*batch, strict=True)) or [()] * len(COLUMNS)
            arrays = [pyarrow.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))


def _pyarrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra("pyarrow", "parquet") from None
    return pyarrow


def _schema(pyarrow: Any) -> Any:
    types = {"integer": pyarrow.int64(), "boolean": pyarrow.bool_(), "date": pyarrow.date32()}
    return pyarrow.schema(
        [
            pyarrow.field(
                column.name,
                types.get(column.kind, pyarrow.string()),
                nullable=not column.required,
                metadata={"description": column.description, "property": column.property},
            )
            for column in COLUMNS
        ]
    )


def _check(row: Sequence[Value]) -> None:
    for column, value in zip(COLUMNS, row, strict=True):
        if column.kind == "integer" and isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
            message = f"{column.name} of {row[0]} does not fit into the 64 bits of a Parquet column: {value}"
            raise UsageError("RP213", message, hint="choose another format, such as csv")
