"""Sorting more lines than memory holds: sorted runs in a temporary file, merged in blocks."""

from __future__ import annotations

import tempfile
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain
from typing import IO

# A run is sorted in memory; all runs together are merged within as much.
RUN_BYTES = 64 << 20
_SMALLEST_BLOCK = 64 << 10


class LineSorter:
    """Collects lines (bytes that end with a line feed) and gives them back sorted by their bytes.

    Holds about ``run_bytes`` of lines; what is more goes to a temporary file
    that has no name and is gone when it is closed. With ``repeated`` some lines
    may come more than once, and are given back once. Raises OSError.
    """

    def __init__(self, *, repeated: bool = True, run_bytes: int = RUN_BYTES) -> None:
        self._most, self._repeated = run_bytes, repeated
        self._lines: list[bytes] = []
        self._held = 0
        self._file: IO[bytes] | None = None
        self._runs: list[tuple[int, int]] = []

    def add(self, lines: list[bytes]) -> None:
        """Take lines in any order."""
        self._lines += lines
        self._held += sum(map(len, lines))
        if self._held >= self._most:
            self._spill()

    def blocks(self) -> Iterator[list[bytes]]:
        """Yield the lines in sorted lists, once; the sorter is empty then."""
        if self._file is None:
            yield self._ordered(self._lines)
            return
        if self._lines:
            self._spill()
        with self._file:
            yield from self._merged(self._file)

    def _spill(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="repatria-")  # noqa: SIM115 - closed by `blocks`
        start = self._file.tell()
        self._file.writelines(self._ordered(self._lines))
        self._runs.append((start, self._file.tell()))
        self._lines, self._held = [], 0

    def _merged(self, file: IO[bytes]) -> Iterator[list[bytes]]:
        """Yield, block by block, all lines that are not above the last one known of any run."""
        size = max(_SMALLEST_BLOCK, self._most // len(self._runs))
        runs = [_Run(file, start, end, size) for start, end in self._runs]
        while runs := [run for run in runs if run.fill()]:
            # Each run has a line once, so that no other one above holds it as well.
            least = min(run.lines[-1] for run in runs)
            yield self._ordered(list(chain.from_iterable(run.upto(least) for run in runs)))

    def _ordered(self, lines: list[bytes]) -> list[bytes]:
        lines.sort()
        return list(dict.fromkeys(lines)) if self._repeated else lines


class _Run:
    """A sorted part of the file, read in blocks of whole lines."""

    def __init__(self, file: IO[bytes], start: int, end: int, size: int) -> None:
        self.file, self.at, self.end, self.size = file, start, end, size
        self.lines: list[bytes] = []

    def fill(self) -> bool:
        """Read on if all lines are used up; return whether there are any."""
        if not self.lines and self.at < self.end:
            self.file.seek(self.at)
            data = self.file.read(min(self.size, self.end - self.at))
            if self.at + len(data) < self.end:
                data += self.file.readline()
            self.at += len(data)
            self.lines = data.splitlines(keepends=True)
        return bool(self.lines)

    def upto(self, least: bytes) -> list[bytes]:
        """Take the lines that are not above ``least``."""
        place = bisect_right(self.lines, least)
        taken, self.lines = self.lines[:place], self.lines[place:]
        return taken
