"""Validation by Repatria and by other engines: the same files, in whole processes."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.children import ROOT, OutOfMemoryError, Usage, repatria, run
from bench.corpora import Generated
from bench.figures import Figure

# Claims of about 10,000, 100,000 and 1,000,000 triples.
SIZES = (200, 2_000, 20_000)
_PEERS = ("pyshacl", "pyshifty", "TopBraid", "pyrudof")
# Beyond so many claims an engine takes minutes, or more memory than there is.
_LIMITS = {"pyshacl": 2_000, "pyrudof": 2_000}
_MEMORY = 12_000
# One triple in so many is left out, so that there is something to find.
_LEFT_OUT = 1_009
# Targets, by the number of claims: how many times less than pyshacl, than the quickest other engine.
_PYSHACL, _OTHERS = {2_000: 300}, {2_000: 3, 20_000: 6}
_LOADING, _PEAK = 2.5, 650


@dataclass(frozen=True, slots=True)
class _Job:
    name: str
    claims: int
    data: Path
    shapes: Path


def measure(corpus: Generated) -> Iterator[Figure]:
    """Validate the graph of a corpus with the project's own shapes, and with neutral ones."""
    data = _data(corpus)
    with data.open("rb") as lines:
        triples = sum(1 for _ in lines)
    own = corpus.folder / "shapes.ttl"
    own.write_bytes(b"\n".join(path.read_bytes() for path in sorted((ROOT / "shapes").glob("*.ttl"))))
    for name, shapes in (("own shapes", own), ("neutral shapes", ROOT / "bench" / "neutral.ttl")):
        yield from _compared(_Job(f"{triples:,} triples, {name}", corpus.claims, data, shapes))


def _data(corpus: Generated) -> Path:
    """Write the graph of a build and what the shapes need beside it as N-Triples, some of them left out."""
    corpus.built()
    exported, data = corpus.folder / "export.nt", corpus.folder / "data.nt"
    run([*repatria(), "-w", str(corpus.workspace("yaml")), "export", "--format", "ntriples", "-o",
         str(exported)], corpus.folder)  # fmt: skip
    terms = [str(path) for path in sorted((ROOT / "ontology").glob("*.ttl"))]
    more = _task("triples", *terms).output.encode()
    with exported.open("rb") as lines, data.open("wb") as out:
        out.writelines(line for number, line in enumerate(lines, 1) if number % _LEFT_OUT)
        out.write(more)
    return data


def _compared(job: _Job) -> Iterator[Figure]:
    times = 3 if job.claims <= 2_000 else 1
    ours = min((_ours(job) for _ in range(times)), key=lambda found: found[0].cpu)
    floor = min(
        (_task("load", str(job.data), str(job.shapes)) for _ in range(times)), key=lambda one: one.cpu
    )
    usage, results = ours
    measured = f"{usage.cpu:.2f} s CPU, {usage.peak:.0f} MB, {results} results"
    quickest: tuple[float, str] | None = None
    for peer in _PEERS:
        found = _peer(peer, job)
        if found is None:
            continue
        theirs, number = found
        told = f"{peer} {theirs.cpu:.2f} s CPU, {theirs.peak:.0f} MB, {number} results"
        target = _PYSHACL.get(job.claims) if peer == "pyshacl" else None
        ratio = theirs.cpu / usage.cpu
        yield Figure("validate", job.name, measured, told, ratio, "×", target, at_least=True)
        if peer != "pyshacl" and (quickest is None or theirs.cpu < quickest[0]):
            quickest = theirs.cpu, peer
    if quickest is not None:
        told, ratio = f"quickest other: {quickest[1]}", quickest[0] / usage.cpu
        target = _OTHERS.get(job.claims)
        yield Figure("validate", job.name, measured, told, ratio, "×", target, at_least=True)
    large = job.claims >= SIZES[-1]
    told = f"pyoxigraph only loading {floor.cpu:.2f} s CPU"
    yield Figure(
        "validate", job.name, measured, told, usage.cpu / floor.cpu, "×", _LOADING if large else None
    )
    if large:
        peak = f"{usage.peak:.0f} MB"
        yield Figure("validate, peak memory", job.name, peak, "–", usage.peak, " MB", _PEAK)


def _ours(job: _Job) -> tuple[Usage, int]:
    """Validate with the command; exit code 1 says that there are results."""
    command = [*repatria(), "validate", str(job.data), "--shapes", str(job.shapes), "--format", "csv"]
    usage = run(command, ROOT / "bench", codes=(0, 1))
    return usage, len(list(csv.DictReader(io.StringIO(usage.output))))


def _peer(engine: str, job: _Job) -> tuple[Usage, int] | None:
    """Validate with another engine; None where it is not asked, or needs too much memory."""
    if job.claims > _LIMITS.get(engine, job.claims):
        return None
    try:
        usage = run(_command(engine, str(job.data), str(job.shapes)), ROOT, _MEMORY)
    except OutOfMemoryError:
        return None
    return usage, int(json.loads(usage.output.splitlines()[-1])["results"])


def _task(name: str, *arguments: str) -> Usage:
    return run(_command(name, *arguments), ROOT)


def _command(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "bench.engines", name, *arguments]
