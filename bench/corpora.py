"""The generated workspaces of one run, made when a benchmark first needs them and removed at the end."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from bench.children import Usage, repatria, run, run_inside
from bench.generator import Corpus
from bench.writing import Form, write_workspace


@dataclass(slots=True)
class Generated:
    """A corpus of ``claims`` claims below ``folder``: as YAML, as JSON lines, and built."""

    claims: int
    folder: Path
    builds: list[Usage] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the table calls it."""
        return f"{self.claims:,} claims"

    @property
    def corpus(self) -> Corpus:
        """What is generated."""
        return Corpus(self.claims)

    def workspace(self, form: Form) -> Path:
        """Return the folder of the workspace in one form."""
        place = self.folder / form
        if not place.exists():
            write_workspace(place, self.corpus, form)
        return place

    def build(self, *, assess: bool, full: bool = False) -> Usage:
        """Run ``repatria build --no-validate`` on the YAML workspace, with the assessment or without."""
        options = ["--no-validate", *(() if assess else ("--no-assess",)), *(("--full",) if full else ())]
        return run([*repatria(), "-w", str(self.workspace("yaml")), "build", *options], self.folder)

    def built(self, times: int = 1) -> list[Usage]:
        """Return so many full builds without assessment, or more, each in a process of its own."""
        while len(self.builds) < times:
            self.builds.append(run_inside("full-build", self.workspace("yaml")))
        return self.builds

    def remove(self) -> None:
        """Remove all of it."""
        shutil.rmtree(self.folder)
