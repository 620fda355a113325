"""The benchmark of ``repatria diff``, on a small input."""

from __future__ import annotations

from pathlib import Path

from bench.corpora import Generated
from bench.diffing import measure


def test_the_difference_is_measured_in_both_orders_and_is_the_one_that_was_made(tmp_path: Path) -> None:
    figures = list(measure(Generated(100, tmp_path), 5000))
    assert [(figure.name, figure.input) for figure in figures] == [
        ("diff", "5,000 statements, in order"),
        ("diff, peak memory", "5,000 statements, in order"),
        ("diff", "5,000 statements, shuffled"),
        ("diff, peak memory", "5,000 statements, shuffled"),
    ]
    assert all(figure.target is not None for figure in figures)
    assert list(tmp_path.glob("*.nq")) == []
