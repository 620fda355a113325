"""The generated tables of counts of one run, with what is made of each below one folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.children import Usage, run_limited


@dataclass(frozen=True, slots=True)
class Table:
    """A generated table of ``counts`` counts below ``folder``."""

    counts: int
    folder: Path

    @property
    def name(self) -> str:
        """What the table of figures calls it."""
        return f"{self.counts:,} counts"

    @property
    def out(self) -> Path:
        """Where its assessments are written."""
        return self.folder / "assessed"

    @property
    def build(self) -> Path:
        """The folder of a build of the same counts, as RDF."""
        return self.folder / "build"

    def generate(self) -> None:
        """Write it, in a process of its own, so that this one stays small."""
        run_limited("table", self.folder, str(self.counts))


def told(usage: Usage) -> dict[str, Any]:
    """Return what a task told."""
    found: dict[str, Any] = json.loads(usage.output)
    return found
