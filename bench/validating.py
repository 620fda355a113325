"""Validation of the shipped dataset as a build does it, against pyshacl alone."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bench.children import run_inside
from bench.figures import Figure


def measure() -> Iterator[Figure]:
    """Measure the CPU time of both, one run each. Raises RuntimeError if they do not find the same."""
    ours = json.loads(run_inside("validation").output)
    peer = json.loads(run_inside("pyshacl").output)
    if ours["results"] != peer["results"]:
        raise RuntimeError(f"{ours['results']} results, but {peer['results']} by pyshacl alone")
    measured, compared = f"{ours['seconds']:.2f} s CPU", f"pyshacl alone {peer['seconds']:.2f} s CPU"
    ratio = ours["seconds"] / peer["seconds"]
    yield Figure("validate", "shipped dataset", measured, compared, ratio, "×", 1)
