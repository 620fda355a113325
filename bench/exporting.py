"""Exports: canonical Turtle and sorted N-Quads against what pyoxigraph and rdflib write of the same graph."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.children import ROOT, Usage, repatria, run
from bench.corpora import Generated
from bench.figures import Figure

# Up to so many claims a graph is read into rdflib, and written as Turtle, which is held in memory.
_RDFLIB, _TURTLE = 1_000, 100_000
# From so many claims on the figures have a target: the start of a process weighs more in a small one.
_LARGE = 10_000
_TRIPLES_A_SECOND, _OF_DUMP, _MEMORY = 100_000, 0.8, 400


def measure(generated: Generated) -> Iterator[Figure]:
    """Export the store of a full build as N-Quads and N-Triples, and as Turtle if it is not too large."""
    generated.built()
    yield from _lines(generated)
    if generated.claims <= _TURTLE:
        yield from _turtle(generated)


def _lines(generated: Generated) -> Iterator[Figure]:
    """Measure N-Quads from store to file beside a dump of the store, and N-Triples; peak memory of both."""
    dump = generated.folder / "dump.nq"
    peer = min((_task("dump", _store(generated), dump) for _ in range(_times(generated))), key=_cpu)
    ours, quads = _exported(generated, "nquads")
    same = _count(dump)
    if quads != same:
        raise RuntimeError(f"the export has {quads} lines, the dump {same}")
    dump.unlink()
    measured, compared = f"{ours.cpu:.2f} s CPU, {quads:,} quads", f"Store.dump {peer.cpu:.2f} s CPU"
    large = generated.claims >= _LARGE
    yield Figure(
        "export N-Quads", generated.name, measured, compared, peer.cpu / ours.cpu, "×",
        _OF_DUMP if large else None, at_least=True,
    )  # fmt: skip
    triples, lines = _exported(generated, "ntriples")
    each, told = lines / triples.cpu, f"{triples.cpu:.2f} s CPU, {lines:,} triples"
    yield Figure("export N-Triples", generated.name, told, "–", each, " triples/s")
    for name, usage in (("N-Quads", ours), ("N-Triples", triples)):
        peak = f"{usage.peak:.0f} MB"
        compared = f"Store.dump {peer.peak:.0f} MB"
        yield Figure(
            f"export {name}, peak memory", generated.name, peak, compared, usage.peak, " MB", _MEMORY
        )


def _turtle(generated: Generated) -> Iterator[Figure]:
    """Measure the writing of triples that are ready in memory, beside others, and the whole command."""
    store, target = _store(generated), _TRIPLES_A_SECOND if generated.claims >= _LARGE else None
    ours = _told("ours", store)
    peer = _told("pyoxigraph", store)
    each, measured = (
        ours["triples"] / ours["seconds"],
        f"{ours['seconds']:.2f} s CPU, {ours['triples']:,} triples",
    )
    compared = f"pyoxigraph, unordered {peer['seconds']:.2f} s CPU"
    yield Figure(
        "write Turtle", generated.name, measured, compared, each, " triples/s", target, at_least=True
    )
    whole, _ = _exported(generated, "turtle")
    each, measured = ours["triples"] / whole.cpu, f"{whole.cpu:.2f} s CPU, {whole.peak:.0f} MB"
    yield Figure("export Turtle", generated.name, measured, "–", each, " triples/s", target, at_least=True)
    if generated.claims > _RDFLIB:
        return
    for format in ("turtle", "longturtle"):
        other = _told("rdflib", store, format)
        compared = f"rdflib {format} {other['seconds']:.2f} s CPU"
        ratio = ours["seconds"] / other["seconds"]
        yield Figure("write Turtle", generated.name, f"{ours['seconds']:.2f} s CPU", compared, ratio, "×", 1)


def _exported(generated: Generated, format: str) -> tuple[Usage, int]:
    """Return the cheapest run of the command, and the number of lines that it wrote."""
    out = generated.folder / f"export.{format}"
    command = [
        *repatria(),
        "-w",
        str(generated.workspace("yaml")),
        "export",
        "--format",
        format,
        "-o",
        str(out),
    ]
    best = min((run(command, generated.folder) for _ in range(_times(generated))), key=_cpu)
    lines = _count(out)
    for path in generated.folder.glob(f"{out.name}*"):
        path.unlink()
    return best, lines


def _times(generated: Generated) -> int:
    return 3 if 1_000 <= generated.claims <= 20_000 else 1


def _cpu(usage: Usage) -> float:
    return usage.cpu


def _count(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for _ in lines)


def _store(generated: Generated) -> Path:
    return (generated.workspace("yaml") / ".repatria" / "current").resolve() / "store"


def _task(name: str, *arguments: str | Path) -> Usage:
    """Run a task of :mod:`bench.exported` in a process of its own."""
    return run([sys.executable, "-m", "bench.exported", name, *map(str, arguments)], ROOT)


def _told(name: str, *arguments: str | Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(_task(name, *arguments).output)
    return told
