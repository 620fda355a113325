"""The lines of a text: from offsets to the place that a report shows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from repatria.errors import Location
from repatria.shacl.report import Place

LONGEST = 2_000
"""Characters of the longest line that places hold the text of."""
_LINE_END = re.compile(r"\r\n?|\n")


class Lines:
    """The lines of ``text``, which places call ``name``. A line ends as for RDF and for editors.

    ``numbers`` are those of the lines in the file, where the text has only some of them.
    """

    def __init__(self, text: str, name: str, numbers: Sequence[int] | None = None) -> None:
        self._text = text
        self._name = name
        self._numbers = numbers
        ends = [(end.start(), end.end()) for end in _LINE_END.finditer(text)]
        self._starts = [0, *(after for _, after in ends)]
        self._ends = [*(before for before, _ in ends), len(text)]

    def place(self, start: int, end: int) -> Place:
        """Return the place of ``text[start:end]``, as far as it is on the line where it starts.

        The line is not shown where it is longer than :data:`LONGEST`, as in JSON that a program wrote.
        """
        number = bisect_right(self._starts, start)
        first, last = self._starts[number - 1], self._ends[number - 1]
        length = len(self._text[start : min(end, last)].rstrip())
        line = self._text[first:last] if last - first <= LONGEST else ""
        shown = number if self._numbers is None else self._numbers[number - 1]
        return Place(Location(self._name, shown, start - first + 1), line, length)
