"""What bounds a validation: which shapes are run, how much is reported, and who is told how far it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from repatria.shacl.data import DataGraph, Subject
from repatria.shacl.report import Report, Result, Severity
from repatria.shacl.shapes_graph import ShapesGraph

Inference = Literal["none", "rdfs"]
Engine = Literal["auto", "pyshacl"]
Progress = Callable[[str, int, int], None]
"""Is told what is being done, and how many steps of how many are behind (0 of 0: not known)."""


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to validate.

    ``names`` are the shapes to run, none for all; ``severity`` is the least that
    is looked for; ``max_results`` is the number of results after which to stop.
    """

    inference: Inference = "none"
    engine: Engine = "auto"
    names: tuple[str, ...] = ()
    severity: Severity = Severity.INFO
    max_results: int | None = None
    meta_shacl: bool = False


@dataclass(slots=True)
class Findings:
    """A validation under way: its results come as they are found, at most ``most`` of them.

    ``data`` is the data graph where it is at hand, for suggestions; ``counted`` says what counts as data.
    ``unfinished`` says why there may be more; it is known when all have come.
    """

    found: Iterator[Result]
    by_pyshacl: Collection[Subject]
    shapes: ShapesGraph
    most: int | None = None
    data: DataGraph | None = None
    counted: tuple[str, ...] = ()
    unfinished: str = ""

    def results(self) -> Iterator[Result]:
        """Yield the results."""
        yield from islice(self.found, self.most)
        if self.most is not None and next(self.found, None) is not None:
            number = f"{self.most} result{'s' if self.most > 1 else ''}"
            self.unfinished = f"stopped after {number}, as asked; there are more"

    def report(self) -> Report:
        """Return the report, when all results have come."""
        report = Report(self.results(), self.by_pyshacl, shapes=self.shapes, data=self.data)
        report.counted, report.unfinished = self.counted, self.unfinished
        return report
