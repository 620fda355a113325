"""A full build into a store on disk: its storing against a bare bulk load, and its peak memory."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator

from bench.children import Usage, run_inside
from bench.corpora import Generated
from bench.figures import Figure


def measure(generated: Generated) -> Iterator[Figure]:
    """Measure a full build without validation beside the same chunks of quads loaded bare, in turns."""
    place, store = generated.workspace("yaml"), generated.folder / "bare"
    stored, bare = [], []
    for number in range(1 if generated.claims > 20_000 else 3):
        stored.append(_seconds(generated.built(number + 1)[number]))
        bare.append(_seconds(run_inside("bare", place, store)))
        shutil.rmtree(store)
    peak = max(build.peak for build in generated.built())
    measured, compared = f"{min(stored):.2f} s CPU", f"bare bulk load {min(bare):.2f} s CPU"
    yield Figure("store", generated.name, measured, compared, min(stored) / min(bare), "×", 1.3)
    yield Figure("store, peak memory", generated.name, f"{peak:.0f} MB", "–", peak, " MB", 400)


def _seconds(usage: Usage) -> float:
    return float(json.loads(usage.output)["seconds"])
