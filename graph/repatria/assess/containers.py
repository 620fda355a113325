"""What users hold: sequences of results that also come as rows, as a dataframe, and as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from repatria.assess.problems import Problem
from repatria.assess.results import (
    Assessment,
    Fulfilment,
    LeftOut,
    Step,
    TallyRow,
    Term,
    TimelineEntry,
)
from repatria.query.rows import Rows

if TYPE_CHECKING:
    import pandas

_T = TypeVar("_T")


class Told:
    """Something that comes as rows and as text. ``text`` is made in :mod:`repatria.assess.telling`."""

    def rows(self) -> Rows:
        """Return rows, as of a query."""
        from repatria.assess.flat import rows

        return rows(self)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a dataframe. Raises MissingExtra if pandas is not installed."""
        return self.rows().to_pandas()

    def text(self, width: int | None = None) -> str:
        """Return it as plain text, in lines of at most ``width`` characters or as long as they are."""
        from repatria.assess.telling import text

        return text(self, width)


class _Items(Told, Sequence[_T], Generic[_T]):
    """A sequence of results, with what was left out of it.

    ``undated`` is how many counts an as-of view leaves out since nothing is
    known of when their source was published.
    """

    def __init__(self, items: Iterable[_T], problems: Iterable[Problem] = (), undated: int = 0) -> None:
        self._items = tuple(items)
        self.problems = tuple(problems)
        self.undated = undated

    @overload
    def __getitem__(self, index: int) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_T]: ...
    def __getitem__(self, index: int | slice) -> _T | Sequence[_T]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[_T]:
        return iter(self._items)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)}>"


class Assessments(_Items[Assessment]):
    """Groups of comparable counts, contested ones first."""


class Timeline(_Items[TimelineEntry]):
    """Happenings in the order of their days."""


class Fulfilments(_Items[Fulfilment]):
    """Commitments against deliveries. ``terms`` is what claims say of the agreements."""

    def __init__(
        self,
        items: Iterable[Fulfilment],
        terms: Iterable[Term] = (),
        problems: Iterable[Problem] = (),
        undated: int = 0,
    ) -> None:
        super().__init__(items, problems, undated)
        self.terms = tuple(terms)


@dataclass(frozen=True)
class Tally(Told):
    """Totals in each direction, and what was left out of them.

    ``by`` is what :attr:`TallyRow.key` is, or None.
    """

    by: str | None
    totals: tuple[TallyRow, ...]
    left_out: tuple[LeftOut, ...]
    problems: tuple[Problem, ...] = field(default=())
    undated: int = 0


@dataclass(frozen=True)
class Explanation(Told):
    """The chain behind a claim or a group: passage, claim, count, bounds, comparison, status."""

    title: str
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...] = field(default=())
