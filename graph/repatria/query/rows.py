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
        return getattr(self, key) if isinstance(key, str) else tuple.__getitem__(self, key)

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
        frame = pandas.DataFrame([list(row) for row in self], columns=list(self.columns))
        for name in frame.columns:
            values = [value for value in frame[name] if value is not None]
            if values and all(type(value) is int for value in values):
                frame[name] = pandas.array([None if pandas.isna(v) else int(v) for v in frame[name]], dtype="Int64")
        return frame
