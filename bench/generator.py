"""Seeded dossiers of plainly fictional claims: a number and a seed give the same bytes on every machine."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.claimkinds import KINDS, Sentence, add_count
from bench.wording import LANGUAGES, Wording
from bench.world import PAGE, PAPERS, World, exchange

Entry = dict[str, Any]

# Claims of a dossier; the smallest number bounds which keys other dossiers may refer to.
_LEAST, _MOST = 14, 22
_CROSS_REFERENCES = 0.05
_ASPECTS = ("occurrence", "count", "composition", "logistics", "timing")


@dataclass(frozen=True, slots=True)
class Corpus:
    """``claims`` claims in dossiers of about 18; ``seed`` decides everything else."""

    claims: int
    seed: int = 1
    sizes: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        random = Random(f"{self.seed}/sizes")
        sizes, left = [], self.claims
        while left:
            sizes.append(min(left, random.randint(_LEAST, _MOST)))
            left -= sizes[-1]
        object.__setattr__(self, "sizes", tuple(sizes))

    @property
    def world(self) -> World:
        """The entities that the claims speak of; their number grows slowly with the claims."""
        return World(exchanges=6 + self.claims // 1000, bodies=4 + self.claims // 4000)

    def source(self, number: int) -> str:
        """Return the id of a dossier."""
        papers = list(PAPERS)
        return f"{papers[number % len(papers)]}-{number}"

    def entities(self) -> Entry:
        """Return the data of the one entity file."""
        return self.world.entities([self.source(number) for number in range(len(self.sizes))])

    def dossiers(self) -> Iterator[tuple[Entry, str]]:
        """Yield each dossier with the normalised text of its article."""
        for number, size in enumerate(self.sizes):
            yield _Dossier(self, number).make(size)


class _Dossier:
    """One dossier in the making: its claims, and the text of its article as it grows."""

    def __init__(self, corpus: Corpus, number: int) -> None:
        self.corpus, self.number = corpus, number
        self.random = Random(f"{corpus.seed}/{number}")
        self.id = corpus.source(number)
        self.publisher = self.id.rpartition("-")[0]
        self.language = self.random.choice(("en", "en", "uk", "ru"))
        self.exchange = number % corpus.world.exchanges
        self.day = corpus.world.day(self.exchange)
        self.published = self.day + dt.timedelta(days=self.random.randint(0, 4))
        self.text = ""
        self.claims: list[Entry] = []

    @property
    def wording(self) -> Wording:
        return LANGUAGES[self.language]

    def make(self, size: int) -> tuple[Entry, str]:
        headline = f"{PAPERS[self.publisher]}: sample handover"
        self._claim(Sentence("headline", headline, "sample handover", self.publisher, self._headline()), 1)
        for position in range(2, size + 1):
            self._claim(self._sentence(), position)
        hashed = hashlib.sha256(self.text.encode()).hexdigest()
        day = self.published.isoformat()
        dated: Entry = {"published": day}
        if self.random.random() < 0.05:
            dated = {"external": {"published": day, "source": PAGE}}
        head = {"id": self.id, "headline": "Sample handover …", "publisher": self.publisher, **dated}
        text = {"sha256": hashed, "characters": len(self.text), "file": f"{self.id}.txt"}
        return {**head, "language": self.language, "text": text, "claims": self.claims}, self.text

    def _headline(self) -> Entry:
        return {"modality": "actual", "topic": "remains-transfer", "about": exchange(self.exchange)}

    def _sentence(self) -> Sentence:
        make = self.random.choices([kind for kind, _ in KINDS], [weight for _, weight in KINDS])[0]
        return make(self.random, self.wording, self.corpus.world, self.exchange)

    def _claim(self, sentence: Sentence, position: int) -> None:
        entry: Entry = {"key": f"c{position:02}"}
        if position > _LEAST and self.random.random() < 0.3:
            del entry["key"]  # the build makes one from passage, asserter and counts
        entry["asserter"] = sentence.asserter
        if sentence.asserter != self.publisher and self.random.random() < 0.15:
            entry["via"] = [self.publisher, self.random.choice(("example-wire", "sample-wire"))]
        entry |= {"act": sentence.act, **sentence.members}
        self._said(entry)
        self._refer(entry)
        passage = self._passage(sentence)
        for words, fragment, count in sentence.counts:
            add_count(entry, words, fragment, count, passage, sentence.text)
        self.claims.append({**entry, "passage": passage})

    def _passage(self, sentence: Sentence) -> Entry:
        self.text += (" " if self.text else "") + sentence.text
        start = len(self.text) - len(sentence.text)
        hashed = hashlib.sha256(sentence.text.encode()).hexdigest()
        fragment = sentence.fragment
        at = start + sentence.text.index(fragment)
        return {"start": start, "end": len(self.text), "fragment": fragment, "at": at, "sha256": hashed}

    def _said(self, entry: Entry) -> None:
        chance = self.random.random()
        if chance < 0.4:
            entry["said"] = self.wording.weekdays[self.day.weekday()]
        elif chance < 0.5:
            entry["said_on"] = self.day.isoformat()
        elif chance < 0.55:
            entry |= {"said_not_before": self.day.isoformat(), "said_not_after": self.published.isoformat()}

    def _refer(self, entry: Entry) -> None:
        if self.random.random() >= _CROSS_REFERENCES:
            return
        target = self._target()
        if target is not None:
            aspect = self.random.choice(_ASPECTS)
            choices: tuple[Entry, ...] = (
                {"refers_to": target},
                {"alternative_to": target},
                {"disputes": {"claim": target, "aspect": [aspect]}},
                {"confirms": {"claim": target, "aspect": [aspect]}},
            )
            entry |= self.random.choice(choices)

    def _target(self) -> str | None:
        """Return a claim to refer to: an earlier one here, or one of an earlier dossier."""
        here = [claim["key"] for claim in self.claims if "key" in claim]
        if self.number and self.random.random() < 0.5:
            other = self.corpus.source(self.random.randrange(self.number))
            return f"{other}#c{self.random.randint(1, _LEAST):02}"
        return f"#{self.random.choice(here)}" if here else None
