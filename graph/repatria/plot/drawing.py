"""A picture before it is rendered: its chart, its texts, and the table with the same numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from repatria.plot.words import count_of, day

if TYPE_CHECKING:
    from repatria.plot.marks import Chart

CLAIMS = "Each number is somebody’s claim."
SUMS = (
    "Each number is somebody’s claim; sums add the claims held in this graph and are no totals "
    "of what happened."
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What the numbers were limited to, as far as a caption tells it.

    ``undated`` counts are left out of a view as of a day, since their source
    has no date; ``left_out`` numbers are in no sum, since another one holds
    them or they are not of what is asked for; ``problems`` kept parts of the graph from being assessed.
    """

    filters: tuple[str, ...] = ()
    as_of: dt.date | None = None
    undated: int = 0
    left_out: int = 0
    problems: int = 0

    def notes(self) -> list[str]:
        """Return sentences for the caption."""
        told = [f"Shown: {'; '.join(self.filters)}."] if self.filters else []
        if self.as_of is not None:
            told.append(f"As known on {day(self.as_of)}, by date of publication and later correction.")
        if self.undated:
            told.append(f"Left out for want of a date of publication: {count_of(self.undated, 'count')}.")
        if self.left_out:
            told.append(
                f"Not added: {count_of(self.left_out, 'number')}; `repatria tally` tells which and why."
            )
        if self.problems:
            told.append(f"Not assessed because of errors in the data: {count_of(self.problems, 'case')}.")
        return told


ALL = Scope()


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a picture shows.

    ``title`` says what; ``notes`` are the caption, a sentence each;
    ``description`` is the text alternative: how to read the picture and what
    it says; ``columns`` and ``rows`` are the same numbers as a table.
    """

    kind: str
    title: str
    subtitle: str
    notes: tuple[str, ...]
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    chart: Chart
