"""However the inputs were edited, step by step: the graph is that of a full build."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, serialize

from repatria.building import all_quads, build
from repatria.snapshot import Layout
from repatria.workspace import Workspace

Nquads = Callable[[Workspace], list[str]]
STEPS = 10
# The second may be said by both sides, and stands in two graphs then.
LINKS = ("refers_to", "alternative_to")
LABELS = ["Alpha Office", "Beta Office", "Gamma Office"]


class Edits:
    """Random edits of a workspace of JSON files that always stays right."""

    def __init__(self, workspace: Workspace, seed: int) -> None:
        self.root = workspace.root
        self.random = random.Random(seed)
        self.number = 0
        self.dossiers: dict[str, dict[str, Any]] = {}
        # Label → number of the key of the body that has it.
        self.bodies = {label: n for n, label in enumerate(LABELS)}
        self.versions = [0, 0, 0]
        for _ in range(4):
            self.add_dossier()
        self.write()

    def claim(self) -> dict[str, Any]:
        self.number += 1
        count = {"words": str(self.random.randint(1, 99)), "measure": "photographs", "population": "example"}
        return {
            "key": f"c{self.number}",
            "asserter": self.random.choice([*LABELS, "ministry-of-examples"]),
            "act": "announce",
            "modality": "actual",
            "said": "Friday",
            "counts": [count | {"aggregation": "stock"}],
        }

    def add_dossier(self) -> None:
        self.number += 1
        source = f"source-{self.number}"
        head: dict[str, Any] = {
            "id": source,
            "publisher": "example-gazette",
            "language": "en",
            "evidence": "cited",
        }
        head["url"] = f"https://example.org/{source}"
        if self.random.random() < 0.5:
            head["external"] = {"published": "2025-07-18", "source": "example-page"}
        self.dossiers[source] = head | {"claims": [self.claim() for _ in range(self.random.randint(1, 3))]}

    def remove_dossier(self) -> None:
        if len(self.dossiers) > 2:
            del self.dossiers[self.random.choice(sorted(self.dossiers))]

    def some(self) -> dict[str, Any]:
        return self.dossiers[self.random.choice(sorted(self.dossiers))]

    def add_claim(self) -> None:
        self.some()["claims"].append(self.claim())

    def remove_claim(self) -> None:
        claims = self.some()["claims"]
        claims.pop(self.random.randrange(len(claims))) if len(claims) > 1 else None

    def change_number(self) -> None:
        self.random.choice(self.some()["claims"])["counts"][0]["words"] = str(self.random.randint(100, 999))

    def link_claims(self) -> None:
        # Links into claims that go later are dropped by `write`.
        target, kind = self.some(), self.random.choice(LINKS)
        self.random.choice(self.some()["claims"])[kind] = f"{target['id']}#{target['claims'][0]['key']}"

    def change_entity_key(self) -> None:
        self.versions[self.random.randrange(3)] += 1

    def move_labels(self) -> None:
        numbers = list(self.bodies.values())
        self.random.shuffle(numbers)
        self.bodies = dict(zip(LABELS, numbers, strict=True))

    def touch(self) -> None:
        os.utime(self.root / "sources" / f"{sorted(self.dossiers)[0]}.json", (self.number, self.number))

    def write(self) -> None:
        keys = {f"{d['id']}#{c['key']}" for d in self.dossiers.values() for c in d["claims"]}
        for path in (self.root / "sources").glob("*.json"):
            if path.stem not in self.dossiers:
                path.unlink()
        for source, dossier in self.dossiers.items():
            for claim in dossier["claims"]:
                for kind in LINKS:
                    if claim.get(kind) not in keys:
                        claim.pop(kind, None)
            self._put(self.root / "sources" / f"{source}.json", dossier)
        bodies = [
            {"key": f"body-{n}-{self.versions[n]}", "labels": {"en": label}}
            for label, n in self.bodies.items()
        ]
        self._put(self.root / "entities" / "bodies.json", {"organizations": bodies})

    @staticmethod
    def _put(path: Path, data: object) -> None:
        text = json.dumps(data, indent=1)
        if not path.exists() or path.read_text(encoding="utf8") != text:
            path.write_text(text, encoding="utf8")


KINDS = [
    *(Edits.add_dossier, Edits.remove_dossier, Edits.add_claim, Edits.remove_claim, Edits.change_number),
    *(Edits.link_claims, Edits.change_entity_key, Edits.move_labels, Edits.touch),
]


@pytest.mark.parametrize("seed", range(6))
def test_step_by_step_is_the_same_as_at_once(seed: int, workspace: Workspace, nquads: Nquads) -> None:
    edits = Edits(workspace, seed)
    assert build(workspace, check=False).full
    for _ in range(STEPS):
        for kind in edits.random.sample(KINDS, edits.random.randint(1, 2)):
            kind(edits)
            edits.write()
        summary = build(workspace, check=False)
        assert not summary.full, "the step was no incremental one"
        assert nquads(workspace) == at_once(workspace)
        claims = [len(dossier["claims"]) for dossier in edits.dossiers.values()]
        assert summary.totals["sources"] == len(claims)
        assert summary.totals["claims"] == summary.totals["counts"] == sum(claims)
    assert len(list(Layout(workspace.store).builds.iterdir())) == 1


def at_once(workspace: Workspace) -> list[str]:
    text = serialize(all_quads(workspace), format=RdfFormat.N_QUADS)
    assert text is not None
    return sorted(text.decode().splitlines())


def test_all_kinds_of_edits_are_tried() -> None:
    assert len(KINDS) == 9
