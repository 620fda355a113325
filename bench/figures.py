"""Figures beside their targets, as a table for the terminal and for Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version

HEAD = ("benchmark", "input", "measured", "compared with", "figure", "target", "")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what was measured on which input, what a peer took, and the value that has a target.

    ``value`` has the unit ``unit`` and must be at most ``target``, or at least
    that where ``at_least``; without a target it is only told. ``beyond``: the
    value is more than that, how much is not known.
    """

    name: str
    input: str
    measured: str
    peer: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False
    beyond: bool = False

    @property
    def met(self) -> bool:
        """Whether the value is on the right side of the target, if it has one."""
        if self.target is None:
            return True
        return self.value >= self.target if self.at_least else self.value <= self.target

    def cells(self) -> tuple[str, ...]:
        """Return the row of the table."""
        value = f"{'> ' if self.beyond else ''}{_number(self.value)}{self.unit}"
        told = self.name, self.input, self.measured, self.peer, value
        if self.target is None:
            return *told, "–", ""
        bound = f"{'≥' if self.at_least else '≤'} {_number(self.target)}{self.unit}"
        return *told, bound, "ok" if self.met else "missed"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 20 else f"{value:.2f}".rstrip("0").rstrip(".")


def machine() -> str:
    """Return the cores and the versions that the figures depend on."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, pyoxigraph {version('pyoxigraph')}"


def lines(rows: Iterable[tuple[str, ...]], widths: list[int]) -> Iterable[str]:
    """Yield rows in columns of these widths."""
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def markdown(figures: Iterable[Figure]) -> str:
    """Return the figures as a Markdown table."""
    rows = [HEAD, tuple("---" for _ in HEAD), *(figure.cells() for figure in figures)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)
