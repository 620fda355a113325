"""A build after one dossier changed, with assessment and without: time of the whole process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.children import Usage
from bench.corpora import Generated
from bench.figures import Figure

_TIMES = 5
# A full assessment of more takes longer than what is measured here is worth.
_ASSESSED = 100_000


def measure(generated: Generated) -> Iterator[Figure]:
    """Change one dossier after the other and build, without validation: without assessment, and with it."""
    generated.built()
    yield from _rebuilt(generated, "rebuild", assess=False)
    if generated.claims > _ASSESSED:
        return
    usage, bare = generated.build(assess=True, full=True), min(run.cpu for run in generated.built())
    measured, peer = f"{usage.cpu:.2f} s CPU, {usage.peak:.0f} MB", f"without assessment {bare:.2f} s CPU"
    yield Figure("full build, assessed", generated.name, measured, peer, usage.cpu / bare, "×")
    yield from _rebuilt(generated, "rebuild, assessed", assess=True)


def _rebuilt(generated: Generated, name: str, *, assess: bool) -> Iterator[Figure]:
    dossiers = sorted((generated.workspace("yaml") / "sources").rglob("*.yaml"))
    chosen = [dossiers[number * len(dossiers) // _TIMES] for number in range(_TIMES)]
    runs = [_changed(generated, path, assess) for path in chosen]
    best = min(runs, key=lambda usage: usage.wall)
    cpu = min(usage.cpu for usage in runs)
    yield Figure(f"{name}, wall clock", generated.name, f"{best.wall:.2f} s", "–", best.wall, " s", 1)
    yield Figure(f"{name}, CPU", generated.name, f"{cpu:.2f} s", "–", cpu, " s", 1)


def _changed(generated: Generated, path: Path, assess: bool) -> Usage:
    with path.open("a", encoding="utf8") as file:
        file.write("# Changed.\n")
    usage = generated.build(assess=assess)
    if "1 dossier" not in usage.output:
        raise RuntimeError(f"not one dossier was read again:\n{usage.output}")
    return usage
