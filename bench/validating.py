"""Validation by Repatria and by other engines: the same files, in whole processes."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.children import ROOT, OutOfMemoryError, OutOfTimeError, Usage, repatria, run
from bench.corpora import Generated
from bench.engines import SECONDS
from bench.figures import Figure

# Claims of about 10,000, 100,000 and 1,000,000 triples.
SIZES = (200, 2_000, 20_000)
_PEERS = ("pyshacl", "pyshifty", "TopBraid", "pyrudof")
# An engine is ended beyond so many MB; pyrudof takes that at the greatest size.
_MEMORY = 12_000
# One triple in so many is left out, so that there is something to find.
_LEFT_OUT = 1_009
# Targets, by the number of claims: how many times less than pyshacl, than the quickest other engine.
_PYSHACL, _OTHERS = {2_000: 300}, {2_000: 3, 20_000: 6}
_LOADING, _PEAK, _PEAK_ON_DISK = 2.5, 650, 150


@dataclass(frozen=True, slots=True)
class Job:
    """What every engine is given; ``own`` says that the shapes are the project's own."""

    name: str
    claims: int
    data: Path
    shapes: Path
    own: bool


def measure(corpus: Generated) -> Iterator[Figure]:
    """Validate the graph of a corpus with the project's own shapes, and with neutral ones."""
    data = corpus.folder / "data.nt"
    triples = write_data(corpus, data)
    own = corpus.folder / "shapes.ttl"
    own.write_bytes(b"\n".join(path.read_bytes() for path in sorted((ROOT / "shapes").glob("*.ttl"))))
    for name, shapes in (("own shapes", own), ("neutral shapes", ROOT / "bench" / "neutral.ttl")):
        job = Job(f"{triples:,} triples, {name}", corpus.claims, data, shapes, shapes == own)
        yield from _compared(job)
    if corpus.claims >= SIZES[-1]:
        yield from _on_disk(corpus, triples)


def _on_disk(corpus: Generated, triples: int) -> Iterator[Figure]:
    """Validate the store of a build where it is."""
    command = [*repatria(), "-w", str(corpus.workspace("yaml")), "validate", "--format", "csv"]
    usage = run(command, corpus.folder)
    job, measured = f"{triples:,} triples on disk", f"{usage.cpu:.2f} s CPU, {usage.peak:.0f} MB"
    yield Figure("validate, peak memory", job, measured, "–", usage.peak, " MB", _PEAK_ON_DISK)


def write_data(corpus: Generated, data: Path) -> int:
    """Write the graph of a build and what the shapes need beside it as N-Triples, some of them left out.

    Returns their number.
    """
    corpus.built()
    exported = corpus.folder / "export.nt"
    workspace = str(corpus.workspace("yaml"))
    run([*repatria(), "-w", workspace, "export", "--format", "ntriples", "-o", str(exported)], corpus.folder)
    terms = [str(path) for path in sorted((ROOT / "ontology").glob("*.ttl"))]
    more = _task("triples", *terms).output.encode()
    with exported.open("rb") as lines, data.open("wb") as out:
        out.writelines(line for number, line in enumerate(lines, 1) if number % _LEFT_OUT)
        out.write(more)
    with data.open("rb") as lines:
        return sum(1 for _ in lines)


@dataclass(frozen=True, slots=True)
class Peer:
    """What another engine took: seconds, or at least so many where it was ended; in words."""

    seconds: float
    told: str
    ended: bool = False


def _compared(job: Job) -> Iterator[Figure]:
    times = 3 if job.claims <= 2_000 else 1
    usage, results = min((ours(job) for _ in range(times)), key=lambda found: found[0].cpu)
    measured = f"{usage.cpu:.2f} s CPU, {usage.peak:.0f} MB, {results} results"
    found = {name: peer for name in _PEERS if (peer := other(name, job, results)) is not None}
    for name, peer in found.items():
        target = _PYSHACL.get(job.claims) if name == "pyshacl" and job.own else None
        yield Figure(
            "validate", job.name, measured, peer.told, peer.seconds / usage.cpu, "×", target,
            at_least=True, beyond=peer.ended,
        )  # fmt: skip
    others = [(peer.seconds, name) for name, peer in found.items() if name != "pyshacl" and not peer.ended]
    if others:
        seconds, name = min(others)
        told, target = f"quickest other: {name}", _OTHERS.get(job.claims)
        ratio = seconds / usage.cpu
        yield Figure("validate", job.name, measured, told, ratio, "×", target, at_least=True)
    yield from _floor(job, usage, measured, times)


def _floor(job: Job, usage: Usage, measured: str, times: int) -> Iterator[Figure]:
    """Yield the time against that of only loading the data, and at the greatest size the memory."""
    loads = (_task("load", str(job.data), str(job.shapes)) for _ in range(times))
    floor = min(load.cpu for load in loads)
    told, large = f"pyoxigraph only loading {floor:.2f} s CPU", job.claims >= SIZES[-1]
    target = _LOADING if large else None
    yield Figure("validate", job.name, measured, told, usage.cpu / floor, "×", target)
    if large:
        peak = f"{usage.peak:.0f} MB"
        yield Figure("validate, peak memory", job.name, peak, "–", usage.peak, " MB", _PEAK)


def ours(job: Job) -> tuple[Usage, int]:
    """Validate with the command; exit code 1 says that there are results."""
    command = [*repatria(), "validate", str(job.data), "--shapes", str(job.shapes), "--format", "csv"]
    usage = run(command, ROOT / "bench", codes=(0, 1))
    return usage, len(list(csv.DictReader(io.StringIO(usage.output))))


def other(engine: str, job: Job, results: int) -> Peer | None:
    """Validate with another engine; None where it needs too much memory.

    Raises RuntimeError if it does not find as many results.
    """
    try:
        usage = run(_command(engine, str(job.data), str(job.shapes)), ROOT, _MEMORY)
    except OutOfMemoryError:
        return None
    except OutOfTimeError:
        return Peer(SECONDS, f"{engine} ended after {SECONDS} s CPU", ended=True)
    found = int(json.loads(usage.output.splitlines()[-1])["results"])
    if found != results:
        raise RuntimeError(f"{results} results, but {found} by {engine}")
    return Peer(usage.cpu, f"{engine} {usage.cpu:.2f} s CPU, {usage.peak:.0f} MB")


def _task(name: str, *arguments: str) -> Usage:
    return run(_command(name, *arguments), ROOT)


def _command(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "bench.engines", name, *arguments]
