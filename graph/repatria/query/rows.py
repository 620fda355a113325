"""Rows of a query: columns and terms, as typed Python values or as a dataframe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from repatria.errors import MissingExtra
from repatria.query.values import Term, python_value

if TYPE_CHECKING:
    import pandas

TermRow = tuple[Term | None, ...]


class Row(tuple[Any, ...]):
    """One row: values by position, by column name (``row["who"]``) or as attributes (``row.who``)."""

    columns: tuple[str, ...]

    def __new__(cls, columns: tuple[str, ...], values: Iterable[Any]) -> Row:
        made = super().__new__(cls, values)
        made.columns = columns
        return made

    def __getattr__(self, name: str) -> Any:
        try:
            return tuple.__getitem__(self, self.columns.index(name))
        except ValueError:
            raise AttributeError(f"no column {name!r}; columns: {', '.join(self.columns)}") from None

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, str):
            return tuple.__getitem__(self, key)
        if key not in self.columns:
            raise KeyError(f"no column {key!r}; columns: {', '.join(self.columns)}")
        # Not getattr: a column may be called count or index, as methods of a tuple are.
        return tuple.__getitem__(self, self.columns.index(key))

    def __reduce__(self) -> tuple[type[Row], tuple[tuple[str, ...], tuple[Any, ...]]]:
        return Row, (self.columns, tuple(self))

    def asdict(self) -> dict[str, Any]:
        """Return the row as a dict from column name to value."""
        return dict(zip(self.columns, self, strict=True))


class Rows(Sequence[Row]):
    """The rows of a SELECT query, read from the store as they are asked for and then kept.

    ``columns`` are the names of the variables. Values are str, int, Decimal,
    float, bool, date, datetime, :class:`~repatria.query.values.IRI` or None.
    """

    def __init__(self, columns: Iterable[str], rows: Iterable[TermRow]) -> None:
        self.columns = tuple(columns)
        self._kept: list[TermRow] = []
        self._rest = iter(rows)

    def terms(self) -> Iterator[TermRow]:
        """Yield the rows as RDF terms (pyoxigraph's NamedNode, BlankNode, Literal; None where unbound)."""
        position = 0
        while True:
            while position < len(self._kept):
                yield self._kept[position]
                position += 1
            row = next(self._rest, None)
            if row is None:
                return
            self._kept.append(row)

    def stream(self) -> Iterator[TermRow]:
        """Yield the rows as RDF terms, once and without keeping them."""
        yield from self._kept
        yield from self._rest

    def __iter__(self) -> Iterator[Row]:
        for row in self.terms():
            yield Row(self.columns, map(python_value, row))

    def _all(self) -> list[TermRow]:
        self._kept.extend(self._rest)
        return self._kept

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [Row(self.columns, map(python_value, row)) for row in self._all()[index]]
        return Row(self.columns, map(python_value, self._all()[index]))

    def __repr__(self) -> str:
        return f"<Rows: {', '.join(self.columns)}>"

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a dataframe, one column a variable; whole numbers as Int64.

        Raises MissingExtra if pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise MissingExtra("pandas", "pandas") from None
        values = zip(*self, strict=True) if len(self) else ([] for _ in self.columns)
        columns = {
            name: pandas.Series(list(column), dtype=_dtype(column))
            for name, column in zip(self.columns, values, strict=True)
        }
        return pandas.DataFrame(columns, columns=list(self.columns))


def _dtype(column: Iterable[Any]) -> Any:
    """Return Int64 for whole numbers, also beside None, where pandas would make floats of them."""
    present = [value for value in column if value is not None]
    if not present or any(type(value) is not int for value in present):
        return None
    return "Int64" if all(-(2**63) <= value < 2**63 for value in present) else object
