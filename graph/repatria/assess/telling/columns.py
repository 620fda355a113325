"""Rows of text in columns: cells are broken within their column, the last one takes the rest of the line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from repatria.query.wrapping import wrapped

# A last column narrower than this is harder to read than lines of its own.
_READABLE = 44
# What a column takes on any screen.
_LEAST = 8
_GAP = "  "
_SEPARATOR = " · "


def table(
    rows: Sequence[Sequence[str]],
    width: int | None,
    *,
    indent: int = 2,
    most: Sequence[int] = (),
    right: Sequence[int] = (),
    last: int = _READABLE,
) -> Iterator[str]:
    """Yield the lines of rows with equally many cells.

    Where a screen of ``width`` characters is too narrow, column i takes at
    most ``most[i]`` of them, and what is left over; the last column takes the
    rest or, if that is less than ``last`` and than what it needs, lines of
    its own below. ``right`` are the columns of numbers. A line feed in a cell
    begins a line.
    """
    if not rows:
        return
    widths, beside = _laid_out(rows, width, indent, most, last)
    for row in rows:
        cells = row if beside else row[:-1]
        broken = [_broken(cell, own) for cell, own in zip(cells, widths, strict=False)]
        for parts in zip_longest(*broken, fillvalue=""):
            yield (" " * indent + _GAP.join(_aligned(parts, widths, right))).rstrip()
        if not beside and row[-1]:
            assert width is not None
            margin = " " * (indent + 4)
            for line in _broken(row[-1], max(20, width - len(margin))):
                yield margin + line


def _laid_out(
    rows: Sequence[Sequence[str]], width: int | None, indent: int, most: Sequence[int], last: int
) -> tuple[list[int], bool]:
    """Return the widths of the columns, and whether the last one stands beside the others."""
    natural = [max(len(line) for row in rows for line in row[n].split("\n")) for n in range(len(rows[0]))]
    if width is None:
        return natural, True
    capped = [min(own, cap) for own, cap in zip_longest(natural, most[: len(natural)], fillvalue=1 << 20)]
    for widths in (natural, capped):
        left = width - indent - sum(own + len(_GAP) for own in widths[:-1])
        if left >= min(last, natural[-1]):
            widths[-1] = min(left, natural[-1])
            return _widened(widths, natural, left - widths[-1]), True
    left = width - indent - sum(capped[:-1]) - len(_GAP) * (len(capped) - 2)
    while left < 0 and max(capped[:-1]) > _LEAST:
        capped[capped.index(max(capped[:-1]))] -= 1
        left += 1
    return _widened(capped, natural, left), False


def _widened(widths: Sequence[int], natural: Sequence[int], left: int) -> list[int]:
    """Return widths with what is left over given to the columns that need it, the first one first."""
    found = list(widths)
    for n, own in enumerate(widths[:-1]):
        found[n] = own + max(0, min(left, natural[n] - own))
        left -= found[n] - own
    return found


def heading(parts: Iterable[str], width: int | None, indent: int = 0) -> Iterator[str]:
    """Yield the lines of the parts that are not empty, broken between two of them where that is enough."""
    line = ""
    for part in filter(None, parts):
        joined = f"{line}{_SEPARATOR}{part}" if line else part
        if line and width is not None and indent + len(joined) > width:
            yield from wrapped(" " * indent, line, indent + 4, width)
            line, indent = part, indent + 4
        else:
            line = joined
    yield from wrapped(" " * indent, line, indent + 4, width)


def _broken(cell: str, width: int) -> list[str]:
    return [part for line in cell.split("\n") for part in _wrap(line, width)]


def _wrap(line: str, width: int) -> list[str]:
    if len(line) <= width:
        return [line]
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)


def _aligned(parts: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> Iterator[str]:
    for n, part in enumerate(parts):
        yield part.rjust(widths[n]) if n in right else part.ljust(widths[n])
