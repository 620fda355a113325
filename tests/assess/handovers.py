"""Many small worlds as dossiers, each between two states of its own, and their counts for the oracle.

Series within series, an agreement, totals beside their parts, plans beside facts: what totals and fulfilment
must tell apart. One build reads them all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, product
from pathlib import Path
from random import Random
from string import ascii_lowercase
from typing import Any

from tests.assess.counted import CONCEPT, Agent, Count, Referent
from tests.assess.saying import say

BASE = "https://example.org/"
MEASURE = "remains-transferred"
WORDS = ("5", "12", "at least 4", "up to 9", "around 20", "3 to 5", "more than 2", "20", "nearly 20", "1")
OUTLETS = ("example-gazette", "sample-herald")
CLASSES = {"actual": "fact", "planned": "plan", "agreed": "commitment"}
# Stage → its series; every world has these.
SERIES = {"all": None, "june": "all", "first": "june", "second": "june", "third": "all", "fourth": None}


@dataclass
class Handovers:
    """Entities and dossiers to write, and what stands in them for the oracle."""

    entities: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    dossiers: list[dict[str, Any]] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    referents: dict[str, Referent] = field(default_factory=dict)

    def add(self, kind: str, key: str, **more: object) -> None:
        """Add an entity whose label is its key."""
        self.entities.setdefault(kind, []).append({"key": key, "labels": {"en": key}, **more})

    def write(self, folder: Path) -> None:
        """Write a workspace."""
        for name in ("entities", "sources"):
            (folder / name).mkdir(parents=True)
        text = f'base = "{BASE}"\nentities = ["entities"]\nsources = ["sources"]\nstore = "store"\n'
        (folder / "repatria.toml").write_text(text, encoding="utf8")
        (folder / "entities" / "all.json").write_text(json.dumps(self.entities), encoding="utf8")
        lines = "".join(json.dumps(dossier) + "\n" for dossier in self.dossiers)
        (folder / "sources" / "all.jsonl").write_text(lines, encoding="utf8")


def many(random: Random, number: int) -> Handovers:
    """Return so many worlds."""
    made = Handovers()
    for key in (*OUTLETS, "sample-watch"):
        made.add("organizations", key)
    # Letters: a label that held a digit would be a number on a referent.
    for letters in islice(product(ascii_lowercase, repeat=3), number):
        _World(made, random, "".join(letters)).fill()
    return made


def iri(kind: str, key: str) -> str:
    """Return the IRI of an entity."""
    return f"{BASE}id/{kind}/{key}"


class _World:
    def __init__(self, made: Handovers, random: Random, name: str) -> None:
        self.made, self.random, self.name = made, random, name
        self.states = (f"state-a-{name}", f"state-b-{name}")
        self.claims: dict[str, list[dict[str, Any]]] = {f"{outlet}-{name}": [] for outlet in OUTLETS}
        self.stated: list[tuple[str, list[Count]]] = []
        self.agents = self._agents()

    def _agents(self) -> dict[str, Agent]:
        name, add = self.name, self.made.add
        sides = [iri("state", key) for key in self.states]
        for key in self.states:
            add("states", key)
        ministry, desk, office, minister = (
            f"{what}-{name}" for what in ("ministry", "desk", "office", "minister")
        )
        add("organizations", ministry, side=self.states[0])
        add("organizations", desk, part_of=ministry)
        add("organizations", office, side=self.states[1])
        known = [f"{OUTLETS[0]}-{name}#c0"]
        add("posts", f"post-{name}", **{"in": ministry})
        tenure = {
            "key": f"tenure-{name}",
            "post": f"post-{name}",
            "start": "2020-01-01",
            "derived_from": known,
        }
        add("people", minister, tenures=[tenure])
        found = {key: Agent(iri("org", key), sides[0]) for key in (ministry, desk)}
        found[minister] = Agent(iri("person", minister), sides[0])
        found[office] = Agent(iri("org", office), sides[1])
        found |= {self.states[n]: Agent(iri("state", self.states[n]), sides[n]) for n in (0, 1)}
        return found | {"sample-watch": Agent(iri("org", "sample-watch"))}

    def fill(self) -> None:
        """Add what was agreed, what was handed over, and who confirms it."""
        self._referents()
        for number in range(self.random.randint(5, 11)):
            if self.stated and self.random.random() < 0.12:
                self._confirm(f"c{number}")
            else:
                self._claim(f"c{number}")
        for source, claims in self.claims.items():
            head = {"id": source, "publisher": source.removesuffix(f"-{self.name}"), "language": "en"}
            head |= {"published": "2025-08-01", "evidence": "cited", "url": f"{BASE}{source}"}
            if claims:
                self.made.dossiers.append({**head, "claims": claims})

    def _referents(self) -> None:
        known = {"parties": list(self.states), "derived_from": [f"{OUTLETS[0]}-{self.name}#c0"]}
        accord = f"accord-{self.name}"
        self.made.add("agreements", accord, **known)
        parties = frozenset(iri("state", key) for key in self.states)
        self.made.referents[iri("agreement", accord)] = Referent(iri("agreement", accord), parties=parties)
        for stage, series in SERIES.items():
            kind = "exchange-series" if stage in SERIES.values() else "remains-exchange"
            more: dict[str, Any] = {"type": kind, "not_before": "2025-06-01", "not_after": "2025-06-30"}
            under = self.random.random() < 0.5
            more |= {"under": accord} if under else {}
            more |= {"series": f"{series}-{self.name}"} if series else {}
            self.made.add("exchanges", f"{stage}-{self.name}", **known, **more)
            self.made.referents[iri("event", f"{stage}-{self.name}")] = Referent(
                iri("event", f"{stage}-{self.name}"),
                iri("event", f"{series}-{self.name}") if series else None,
                frozenset({iri("agreement", accord)} if under else ()),
                parties,
            )

    def _voice(self, outlet: str) -> tuple[list[str], frozenset[Agent]]:
        if self.random.random() < 0.15:
            return [outlet], frozenset({Agent(iri("org", outlet))})
        keys = self.random.sample(sorted(self.agents), 2 if self.random.random() < 0.08 else 1)
        return keys, frozenset(self.agents[key] for key in keys)

    def _begin(self, key: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
        """Return source and keys of a claim, and what its counts have in common."""
        # The first claim is what the entities are known from.
        outlet = OUTLETS[0] if key == "c0" else self.random.choice(OUTLETS)
        source = f"{outlet}-{self.name}"
        keys, asserters = self._voice(outlet)
        claim = {"key": key, "asserter": keys, "act": "announce"}
        common = {
            "claim": iri("claim", f"{source}/{key}"),
            "asserters": asserters,
            "narrator": keys == [outlet],
        }
        return source, claim, common

    def _claim(self, key: str) -> None:
        source, claim, common = self._begin(key)
        kind, about, aggregation, modality = self._what()
        counted = []
        for number, ends in enumerate(self._directions(aggregation)):
            parties = dict(zip(("from", "to"), ends, strict=True)) if ends else {}
            words = self.random.choice(WORDS)
            said: dict[str, Any] = {
                "words": words,
                "measure": MEASURE,
                "population": "unspecified",
                **parties,
            }
            if aggregation == "cumulative-total":
                said["period"] = {"start": "2025-06-01", "end": "2025-06-30"}
            claim.setdefault("counts", []).append({**said, "aggregation": aggregation})
            count = say(
                words,
                **common,
                name=f"{common['claim']}/count/{number}",
                referent=iri(kind, about),
                measure=f"{CONCEPT}measure/{MEASURE}",
                direction=tuple(iri("state", end) for end in ends) if ends else (None, None),
                aggregation=aggregation,
                modality=CLASSES[modality],
                parties=frozenset(iri("state", end) for end in self.states),
            )
            counted.append(count)
        bound = {"obligor": list(self.states)} if modality == "agreed" else {}
        self.claims[source].append({**claim, **bound, "modality": modality, "about": about})
        self.stated.append((f"{source}#{key}", counted))
        self.made.counts += counted

    def _what(self) -> tuple[str, str, str, str]:
        """Return the kind and the key of what is counted, the aggregation, and the modality."""
        chance = self.random.random()
        if chance < 0.2:
            return "agreement", f"accord-{self.name}", "agreed-total", "agreed"
        stage = self.random.choice(list(SERIES))
        about = f"{stage}-{self.name}"
        if stage not in SERIES.values():
            aggregation = "two-way-total" if chance < 0.3 else "single-event"
        else:
            aggregation = "cumulative-total" if chance < 0.4 else "series-total"
        return "event", about, aggregation, "planned" if chance > 0.93 else "actual"

    def _directions(self, aggregation: str) -> Sequence[tuple[str, str] | None]:
        if aggregation == "two-way-total":
            return [None]
        there, back = self.states, (self.states[1], self.states[0])
        return self.random.choice(([there], [there], [back], [there, back]))

    def _confirm(self, key: str) -> None:
        source, claim, common = self._begin(key)
        target, counted = self.random.choice(self.stated)
        self.claims[source].append(
            {
                **claim,
                "act": "confirm",
                "modality": "actual",
                "confirms": {"claim": target, "aspect": ["count"]},
            }
        )
        self.made.counts += [replace(count, **common) for count in counted]
