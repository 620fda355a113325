"""Write ``shapes/examples.json`` from the cases of the tests of shapes: ``python -m docs.examples``."""

from __future__ import annotations

from pathlib import Path

from repatria.shacl.describing.examples import read_examples, written

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "shapes" / "examples.json"


def text() -> str:
    """Return what the file has to hold."""
    return written(read_examples(ROOT / "tests" / "data" / "shapes"))


if __name__ == "__main__":
    PLACE.write_text(text(), encoding="utf8")
