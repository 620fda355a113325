"""Parsing and quad building: claims a second on one core, from YAML and from JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bench.children import run_inside
from bench.corpora import Generated
from bench.figures import Figure
from bench.writing import Form

_TARGETS: tuple[tuple[Form, str, int], ...] = (("yaml", "YAML", 5000), ("jsonl", "JSON lines", 8000))


def measure(generated: Generated) -> Iterator[Figure]:
    """Measure the CPU time from files to quads, best of several, without storing them."""
    times = 5 if generated.claims > 20_000 else 7
    for form, name, target in _TARGETS:
        told = json.loads(run_inside("parse", generated.workspace(form), str(times)).output)
        seconds, quads = told["seconds"], told["quads"]
        yield Figure(
            f"parse {name}", generated.name, f"{seconds:.2f} s CPU, {quads:,} quads", "–",
            generated.claims / seconds, " claims/s", target, at_least=True,
        )  # fmt: skip
