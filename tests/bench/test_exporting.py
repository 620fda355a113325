"""The exports are measured to the end, beside their peers."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from bench.children import ROOT, run


def test_exports_are_measured_beside_their_peers(tmp_path: Path) -> None:
    options = ["--only", "export", "--claims", "100"]
    output = run([sys.executable, str(ROOT / "bench" / "run"), *options], tmp_path).output
    rows = [re.split(r"  +", line) for line in output.splitlines()[2:]]
    assert [row[0] for row in rows] == [
        "export N-Quads", "export N-Triples", "export N-Quads, peak memory", "export N-Triples, peak memory",
        "write Turtle", "export Turtle", "write Turtle", "write Turtle",
    ]  # fmt: skip
    compared = " ".join(row[3] for row in rows)
    assert all(
        peer in compared for peer in ("Store.dump", "pyoxigraph", "rdflib turtle", "rdflib longturtle")
    )
    quads = re.findall(r"([\d,]+) (?:quads|triples)", " ".join(row[2] for row in rows))
    # The generated claims are in one graph each: as many quads as triples, in whatever format.
    assert len(quads) == 3
    assert len(set(quads)) == 1
