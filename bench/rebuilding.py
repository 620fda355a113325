"""A build after one dossier changed: wall-clock and CPU time of the whole process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.children import Usage
from bench.corpora import Generated
from bench.figures import Figure

_TIMES = 5


def measure(generated: Generated) -> Iterator[Figure]:
    """Change one dossier after the other and build, without validation."""
    generated.built()
    place = generated.workspace("yaml")
    dossiers = sorted((place / "sources").rglob("*.yaml"))
    chosen = [dossiers[number * len(dossiers) // _TIMES] for number in range(_TIMES)]
    runs = [_changed(generated, path, number) for number, path in enumerate(chosen)]
    best = min(runs, key=lambda usage: usage.wall)
    cpu = min(usage.cpu for usage in runs)
    yield Figure("rebuild, wall clock", generated.name, f"{best.wall:.2f} s", "–", best.wall, " s", 1)
    yield Figure("rebuild, CPU", generated.name, f"{cpu:.2f} s", "–", cpu, " s", 1)


def _changed(generated: Generated, path: Path, number: int) -> Usage:
    with path.open("a", encoding="utf8") as file:
        file.write(f"note: Changed in round {number}.\n")
    usage = generated.build()
    if "1 dossier" not in usage.output:
        raise RuntimeError(f"not one dossier was read again:\n{usage.output}")
    return usage
