"""Whatever a document looks like: mistakes planted in it are found where they were planted."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.locating.documents import GAPS, SHAPES, JsonLd, Node, Turtle, documents
from tests.locating.marked import marked, places

from repatria.validation import validate

EXAMPLES = int(os.environ.get("REPATRIA_EXAMPLES", "60"))
WRITERS: dict[str, Callable[[Callable[[], str]], Turtle | JsonLd]] = {"ttl": Turtle, "jsonld": JsonLd}


@pytest.mark.parametrize("format", WRITERS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(nodes=documents(), gaps=st.randoms(use_true_random=False), beside=st.booleans())
def test_planted_mistakes_are_where_they_were_planted(
    format: str, nodes: list[Node], gaps: Any, beside: bool
) -> None:
    text, expected = marked(WRITERS[format](lambda: gaps.choice(GAPS)).text(nodes))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, shapes, other = folder / f"data.{format}", folder / "shapes.ttl", folder / "other.ttl"
        path.write_bytes(text.encode())
        shapes.write_text(SHAPES, encoding="utf8")
        other.write_text("[] <http://example.org/p> _:n0 .", encoding="utf8")
        report = validate([other, path] if beside else path, [shapes])
    assert places(report) == sorted(expected)
