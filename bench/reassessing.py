"""The same counts as RDF in a build: extraction, full assessment, the self-join, one changed dossier."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from bench.children import OutOfTimeError, run_limited
from bench.figures import Figure
from bench.tables import Table, told

# Up to this size the pairs of the self-join, and what was assessed anew, are compared with a full assessment.
CHECKED = 10_000
# The self-join is given so many seconds of CPU time.
JOIN_SECONDS = 240
# A changed dossier may take so many seconds, and the time of what it touches; of so many dossiers the best.
_SECONDS, _TIMES = 1, 3


def measure(table: Table, seconds: float) -> Iterator[Figure]:
    """Measure what needs RDF; ``seconds`` are those of the full assessment of the table."""
    claims = told(run_limited("claims", table.folder, table.build))
    quads = f"{claims['seconds']:.2f} s CPU, {claims['quads']:,} quads"
    yield _each(table, "load claims", quads, claims["seconds"])
    extracted = run_limited("extract", table.folder, table.build)
    gathered, read = claims["gathered"], told(extracted)["seconds"]
    parts = f"{gathered:.2f} s CPU in chunks, {read:.2f} s, {extracted.peak:.0f} MB"
    yield _each(table, "extract", parts, gathered + read)
    yield _self_join(table, seconds)
    full = told(run_limited("full", table.build))
    seconds_built = gathered + full["seconds"]
    groups = f"{seconds_built:.2f} s CPU, {full['groups']:,} groups"
    yield _each(table, "in a build", groups, seconds_built)
    for great in (False, True):
        yield from _reassessment(table, seconds / table.counts, great)


def _each(table: Table, name: str, measured: str, seconds: float) -> Figure:
    return Figure(f"assess, {name}", table.name, measured, "–", seconds / table.counts * 1e6, " µs/count")


def _self_join(table: Table, seconds: float) -> Figure:
    """Run the self-join on the same counts, and compare what it finds where that is little."""
    answer = table.folder / "pairs.jsonl"
    measured = f"{seconds:.2f} s CPU"
    try:
        found = told(run_limited("join", table.build, answer, cpu=JOIN_SECONDS))
    except OutOfTimeError:
        peer, ratio = f"SPARQL ended after {JOIN_SECONDS} s CPU", JOIN_SECONDS / seconds
        return Figure("assess, self-join", table.name, measured, peer, ratio, "×", beyond=True)
    if table.counts <= CHECKED:
        run_limited("check", table.out, answer)
    peer = f"SPARQL {found['seconds']:.2f} s CPU"
    return Figure("assess, self-join", table.name, measured, peer, found["seconds"] / seconds, "×")


def _reassessment(table: Table, each: float, great: bool) -> Iterator[Figure]:
    """Change dossiers one by one, each from the same build, and compare the assessments with full ones."""
    runs = []
    for number in range(1 if great else _TIMES):
        new = table.folder / "new"
        arguments = (table.folder, table.build, new, str(number), "great" if great else "other")
        runs.append(told(run_limited("reassess", *arguments)))
        if table.counts <= CHECKED:
            run_limited("same", new)
        shutil.rmtree(new)
    best = min(runs, key=lambda run: run["wall"])
    touched = f"{best['groups']:,} groups, {best['statements']:,} counts touched"
    name = f"{table.name}, {'great' if great else 'other'} exchange"
    target = _SECONDS + best["statements"] * each
    for unit, value in (("wall clock", best["wall"]), ("CPU", best["seconds"])):
        yield Figure(f"re-assess, {unit}", name, f"{value:.2f} s, {touched}", "–", value, " s", target)
