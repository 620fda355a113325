"""Where the data of a validation came from: to place its results there, and to keep those asked for."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from repatria.locating import Readable, Source, locate
from repatria.shacl.report import Report, Term


@dataclass(frozen=True, slots=True)
class Origins:
    """The files that data were read from, and whose results count: of some nodes only, or of all (None)."""

    sources: tuple[Source | Readable, ...] = ()
    focus: frozenset[Term] | None = None

    def settled(self, report: Report, until: float | None = None, *, places: bool = True) -> Report:
        """Return the results that count, with ``places`` where they are.

        After ``until``, a time of the monotonic clock, no file is read.
        """
        if self.focus is not None:
            counting = self.focus
            report = report.with_results(one for one in report.results if one.focus_node in counting)
        if not places:
            return report
        left = None if until is None else until - time.monotonic()
        return report if left is not None and left <= 0 else locate(report, self.sources, seconds=left)


@runtime_checkable
class Traced(Protocol):
    """Data that can tell, once they are read, where they are from."""

    def origins(self) -> Origins:
        """Return where they are from."""
