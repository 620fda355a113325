"""``bench/run`` to its end, on small inputs."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from bench.children import ROOT, run


def test_the_assessment_is_measured_to_its_end(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    options = ["--only", "assess", "--counts", "300,600", "--markdown", str(page)]
    output = run([sys.executable, str(ROOT / "bench" / "run"), *options], tmp_path).output
    lines = output.splitlines()[2:]
    names = [re.split(r"  +", line)[0] for line in lines]
    each = [
        "assess", "assess, peak memory", "assess, load quads", "assess, load claims", "assess, extract",
        "assess, self-join", "assess, in a build", *["re-assess, wall clock", "re-assess, CPU"] * 2,
    ]  # fmt: skip
    assert names == [*each, *each, "assess, flatness"]
    rows = [line for line in page.read_text(encoding="utf8").splitlines() if line.startswith("|")]
    assert len(rows) == 2 + len(lines)
    touched = re.findall(r"([\d,]+) groups, ([\d,]+) counts touched", output)
    assert len(touched) == 8
    assert all(0 < int(groups) <= int(counts) for groups, counts in touched)
