"""The full assessment of a flat table of counts, its flatness, and what is apart from it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import reassessing
from bench.children import OutOfMemoryError, Usage, run_limited
from bench.figures import Figure
from bench.tables import Table, told

# At this size the target in seconds holds; up to that one the same counts are loaded as RDF as well.
_FULL, _BUILT = 1_000_000, 100_000
# Targets: seconds at full size, MB, and how much more time a count may take at the greatest size.
_SECONDS, MEMORY, _FLAT = 60, 2000, 1.5


def measure(sizes: Sequence[int], folder: Path) -> Iterator[Figure]:
    """Measure tables of these sizes one after the other, then how flat the time per count is."""
    taken: dict[int, float] = {}
    for size in sizes:
        table = Table(size, folder / f"counts-{size}")
        table.generate()
        usage = _assess(table)
        taken[size] = told(usage)["seconds"]
        yield from _assessment(table, usage)
        yield _loading(table)
        if size <= _BUILT:
            yield from reassessing.measure(table, taken[size])
        shutil.rmtree(table.folder)
    if len(taken) > 1:
        yield _flatness(taken)


def _assess(table: Table) -> Usage:
    """Assess a table within the limit of memory; where it takes more, without one: the target is missed."""
    try:
        return run_limited("assess", table.folder, table.out, memory=MEMORY)
    except OutOfMemoryError:
        shutil.rmtree(table.out)
        return run_limited("assess", table.folder, table.out)


def _assessment(table: Table, usage: Usage) -> Iterator[Figure]:
    """Yield the time of the assessment, that of the whole process at full size, and the peak memory."""
    found = told(usage)
    seconds, groups = found["seconds"], f"{found['groups']:,} groups"
    each = seconds / table.counts * 1e6
    # Smaller tables have no target: what does not depend on the size weighs more there.
    target = _SECONDS / _FULL * 1e6 if table.counts == _FULL else None
    yield Figure("assess", table.name, f"{seconds:.2f} s CPU, {groups}", "–", each, " µs/count", target)
    if table.counts == _FULL:
        whole = usage.cpu
        yield Figure("assess, whole process", table.name, f"{whole:.2f} s CPU", "–", whole, " s", _SECONDS)
    peak = usage.peak
    yield Figure("assess, peak memory", table.name, f"{peak:.0f} MB", "–", peak, " MB", MEMORY)


def _loading(table: Table) -> Figure:
    found = told(run_limited("load", table.out, table.folder / "store"))
    seconds, quads = found["seconds"], found["quads"]
    measured = f"{seconds:.2f} s CPU, {quads:,} quads"
    return Figure("assess, load quads", table.name, measured, "–", seconds / table.counts * 1e6, " µs/count")


def _flatness(taken: dict[int, float]) -> Figure:
    """Return the time per count at the greatest size against that at the smallest."""
    small, great = min(taken), max(taken)
    each = {size: taken[size] / size for size in (small, great)}
    measured, peer = (f"{each[size] * 1e6:.1f} µs/count" for size in (great, small))
    sizes = f"{small:,} to {great:,} counts"
    return Figure("assess, flatness", sizes, measured, peer, each[great] / each[small], "×", _FLAT)
