"""However dossiers and entities were edited, step by step: the assessments are those of a full build."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from pyoxigraph import RdfFormat, serialize
from tests.assess.handovers import WORDS, Handovers, many

from repatria.assess import database
from repatria.building import build
from repatria.snapshot import Layout, open_current
from repatria.workspace import Workspace, read_workspace

STEPS = 6
Json = dict[str, Any]


class Edits:
    """Random edits of a workspace of generated worlds that always stays right."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.random = root, Random(seed)
        made: Handovers = many(self.random, 3)
        made.write(root)
        (root / "sources" / "all.jsonl").unlink()
        self.entities: dict[str, list[Json]] = made.entities
        self.dossiers: dict[str, Json] = {dossier["id"]: dossier for dossier in made.dossiers}
        self.away: dict[str, Json] = {}
        self.write()

    def claim(self) -> Json:
        claims = self.random.choice(list(self.dossiers.values()))["claims"]
        chosen: Json = self.random.choice(claims)
        return chosen

    def counted(self) -> Json:
        """Return a count of some claim."""
        every = [claim for dossier in self.dossiers.values() for claim in dossier["claims"]]
        chosen: Json = self.random.choice([count for claim in every for count in claim.get("counts", ())])
        return chosen

    def change_number(self) -> None:
        self.counted()["words"] = self.random.choice(WORDS)

    def change_asserter(self) -> None:
        self.claim()["asserter"] = [self.random.choice(["sample-watch", "ministry-aaa", "office-aaa"])]

    def deny(self) -> None:
        claim = self.claim()
        claim["polarity"] = not claim.get("polarity", True)

    def retract(self) -> None:
        claim = self.claim()
        if claim.pop("retracted", None) is None:
            claim["retracted"] = {"date": "2025-09-01", "reason": "misread"}

    def dispute(self) -> None:
        source, dossier = self.random.choice(list(self.dossiers.items()))
        self.claim()["disputes"] = {"claim": f"{source}#{dossier['claims'][0]['key']}", "aspect": ["count"]}

    def confirm(self) -> None:
        source, dossier = self.random.choice(list(self.dossiers.items()))
        target = f"{source}#{self.random.choice(dossier['claims'])['key']}"
        self.claim()["confirms"] = {"claim": target, "aspect": [self.random.choice(["count", "occurrence"])]}

    def add_up(self) -> None:
        """Let a count add up others of any dossiers; those that add each other up are told."""
        every = [
            f"{source}#{claim['key']}/{number}"
            for source, dossier in self.dossiers.items()
            for claim in dossier["claims"]
            for number in range(len(claim.get("counts", ())))
        ]
        self.counted()["sum_of"] = self.random.sample(every, 2)

    def change_population(self) -> None:
        self.counted()["population"] = self.random.choice(["unspecified", "both-sides"])

    def supersede(self) -> None:
        source, dossier = self.random.choice(list(self.dossiers.items()))
        self.claim()["supersedes"] = f"{source}#{dossier['claims'][-1]['key']}"

    def take_away(self) -> None:
        # What entities are known from stays.
        loose = [source for source in self.dossiers if source.startswith("sample-herald")]
        if loose:
            source = self.random.choice(loose)
            self.away[source] = self.dossiers.pop(source)

    def bring_back(self) -> None:
        if self.away:
            source = self.random.choice(sorted(self.away))
            self.dossiers[source] = self.away.pop(source)

    def change_series(self) -> None:
        exchange = self.random.choice([item for item in self.entities["exchanges"] if "series" in item])
        world = exchange["key"].rpartition("-")[2]
        exchange["series"] = self.random.choice([f"june-{world}", f"all-{world}"])
        if exchange["series"] == exchange["key"]:
            exchange["series"] = f"all-{world}"

    def change_agreement(self) -> None:
        exchange = self.random.choice(self.entities["exchanges"])
        if exchange.pop("under", None) is None:
            exchange["under"] = f"accord-{exchange['key'].rpartition('-')[2]}"

    def change_side(self) -> None:
        body = self.random.choice([item for item in self.entities["organizations"] if "side" in item])
        body["side"] = f"state-{self.random.choice('ab')}-{body['key'].rpartition('-')[2]}"

    def write(self) -> None:
        """Write what changed; links into claims that are away are dropped."""
        claims = {f"{source}#{c['key']}": c for source, d in self.dossiers.items() for c in d["claims"]}
        for path in (self.root / "sources").glob("*.json"):
            if path.stem not in self.dossiers:
                path.unlink()
        for source, dossier in self.dossiers.items():
            for claim in dossier["claims"]:
                _drop_loose(claim, f"{source}#{claim['key']}", claims)
            _put(self.root / "sources" / f"{source}.json", dossier)
        _put(self.root / "entities" / "all.json", self.entities)


def _drop_loose(claim: Json, own: str, claims: Mapping[str, Json]) -> None:
    others = claims.keys() - {own}
    for name in ("confirms", "disputes"):
        if name in claim and claim[name]["claim"] not in others:
            del claim[name]
    if claim.get("supersedes") not in others:
        claim.pop("supersedes", None)
    for number, count in enumerate(claim.get("counts", ())):
        parts = [part for part in count.pop("sum_of", ()) if part != f"{own}/{number}"]
        if parts and all(part.partition("/")[0] in claims for part in parts):
            count["sum_of"] = parts


def _put(path: Path, data: object) -> None:
    text = json.dumps(data, indent=1)
    if not path.exists() or path.read_text(encoding="utf8") != text:
        path.write_text(text, encoding="utf8")


IN_DOSSIERS: list[Callable[[Edits], None]] = [
    *(Edits.change_number, Edits.change_asserter, Edits.deny, Edits.retract, Edits.dispute, Edits.supersede),
    *(Edits.confirm, Edits.add_up, Edits.change_population, Edits.take_away, Edits.bring_back),
]
IN_ENTITIES: list[Callable[[Edits], None]] = [
    *(Edits.change_series, Edits.change_agreement, Edits.change_side),
]
KINDS = [*IN_DOSSIERS, *IN_ENTITIES]


def lines(workspace: Workspace) -> list[str]:
    """Return the current graph as N-Quads, sorted."""
    dataset = open_current(Layout(workspace.store), workspace.base)
    text = serialize(dataset.quads(), format=RdfFormat.N_QUADS)
    assert text is not None
    return sorted(text.decode().splitlines())


def tables(workspace: Workspace) -> dict[str, list[str]]:
    """Return the rows of all tables beside the store, sorted."""
    files = Layout(workspace.store).current_build()
    assert files is not None
    with duckdb.connect(":memory:") as connection:
        return {
            place.name: sorted(map(str, connection.read_parquet(str(place / "*.parquet")).fetchall()))
            for place in files.iterdir()
            if list(place.glob("*.parquet"))
        }


def check(edits: Edits, kinds: list[Callable[[Edits], None]], steps: int, tmp_path: Path) -> None:
    """Edit, build, and compare with a full build of the same, step by step."""
    workspace = read_workspace(edits.root)
    assert build(workspace, check=False).full
    assessed = set()
    for step in range(steps):
        for kind in edits.random.sample(kinds, 2):
            kind(edits)
        edits.write()
        told = build(workspace, check=False)
        assert not told.full, "the step was no incremental one"
        other = tmp_path / f"once-{step}"
        shutil.copytree(edits.root, other, ignore=shutil.ignore_patterns("store"))
        at_once = read_workspace(other)
        whole = build(at_once, check=False, full=True)
        assert lines(workspace) == lines(at_once)
        assert tables(workspace) == tables(at_once)
        assert told.assessed == whole.assessed
        assert told.problems == whole.problems
        assessed.add(str(whole.assessed))
    assert len(assessed) > 1, "no edit changed any assessment"


@pytest.mark.parametrize("seed", range(2))
def test_step_by_step_is_the_same_as_at_once(seed: int, tmp_path: Path) -> None:
    check(Edits(tmp_path / "steps", seed), KINDS, STEPS, tmp_path)


@pytest.mark.parametrize(("seed", "most"), [(3, 50), (4, 2), (5, 2)])
def test_only_the_parts_that_a_dossier_touches_are_others(
    seed: int, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Tables of a few rows in many parts, and groups that soon have too many positions to relate each two.
    monkeypatch.setattr("repatria.assess.tables._ROWS_OF_A_PART", 1)
    monkeypatch.setattr("repatria.assess.tables._ROWS_TO_PARTS", 1)
    monkeypatch.setattr("repatria.assess.replacing.MOST_POSITIONS", most)
    monkeypatch.setitem(database._SETTINGS, "most", most)
    edits = Edits(tmp_path / "steps", seed)
    check(edits, IN_DOSSIERS, STEPS, tmp_path)
