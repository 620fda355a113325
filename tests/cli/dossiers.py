"""Workspaces of fictional bodies whose claims contradict, repeat one another, or cannot all be assessed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from repatria.building import build
from repatria.workspace import read_workspace

DATA = Path(__file__).parents[1] / "data" / "assess"


def built(place: Path) -> Path:
    """Build a workspace as it is, also where it violates a shape, and return it."""
    build(read_workspace(place), check=False)
    return place


def copied(name: str, folder: Path) -> Path:
    """Return a built copy of one of the workspaces of tests/data/assess."""
    return built(Path(shutil.copytree(DATA / name, folder / name)))


def many_numbers(folder: Path, numbers: int, repeats: int) -> Path:
    """Return a built workspace with so many numbers of one handover, of which the first is said so often."""
    place = Path(shutil.copytree(DATA / "contradiction", folder / "many"))
    for path in (place / "sources").iterdir():
        path.unlink()
    stated = [100] * repeats + [100 + 3 * n for n in range(1, numbers)]
    claims = [_claim(f"c{n:03}", words) for n, words in enumerate(stated)]
    dossier = {
        "id": "example-gazette-2025-08", "publisher": "example-gazette", "published": "2025-08-05",
        "language": "en", "evidence": "cited", "url": "https://example.org/gazette", "claims": claims,
    }  # fmt: skip
    (place / "sources" / "many.json").write_text(json.dumps(dossier), encoding="utf8")
    entities = place / "entities" / "entities.yaml"
    text = entities.read_text(encoding="utf8").split("exchanges:")[0]
    text += (
        "exchanges:\n  - key: handover-2025-05-02\n    type: remains-exchange\n"
        "    labels: {en: Handover of 2 May 2025}\n    parties: [exampleland, samplestan]\n"
        "    not_before: 2025-05-02\n    not_after: 2025-05-02\n"
        '    derived_from: ["example-gazette-2025-08#c000"]\n'
    )
    entities.write_text(text, encoding="utf8")
    return built(place)


def _claim(key: str, number: int) -> dict[str, object]:
    count = {
        "words": str(number), "measure": "remains-transferred", "from": "exampleland", "to": "samplestan",
        "population": "unspecified", "aggregation": "single-event",
    }  # fmt: skip
    return {
        "key": key, "asserter": "ministry-of-examples", "act": "announce", "modality": "actual",
        "about": "handover-2025-05-02", "counts": [count],
    }  # fmt: skip
