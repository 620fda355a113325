"""The kinds of generated claims: what is said, by whom, with which counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.wording import Wording
from bench.world import AGREEMENT, SERIES, STATES, UNNAMED, World, body, body_label, exchange

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the claim it makes.

    ``members`` are those of the claim beside key, asserter, act and passage;
    ``counts`` are (words, fragment of its own or "", other members).
    """

    act: str
    text: str
    fragment: str
    asserter: str
    members: Entry
    counts: list[tuple[str, str, Entry]] = field(default_factory=list)


Kind = Callable[[Random, Wording, World, int], Sentence]


def add_count(entry: Entry, words: str, fragment: str, members: Entry, passage: Entry, text: str) -> None:
    """Add a count to a claim, with evidence of its own where the claim's fragment does not hold its words."""
    count = {"words": words, **members}
    if fragment:
        count["evidence"] = {"fragment": fragment, "at": passage["start"] + text.index(fragment)}
    entry.setdefault("counts", []).append(count)


def _speaker(random: Random, world: World) -> tuple[str, str]:
    """Return (reference, name): a body by key or by name, or an unnamed source."""
    if random.random() < 0.15:
        key = random.choice(list(UNNAMED))
        return key, key.replace("-", " ").capitalize()
    state, number = random.choice(STATES), random.randrange(world.bodies)
    name = body_label(state, number)
    return (name if random.random() < 0.1 else body(state, number)), name


def _sides(random: Random) -> tuple[str, str]:
    return STATES if random.random() < 0.5 else (STATES[1], STATES[0])


def _transfer(measure: str, giver: str, taker: str, aggregation: str) -> Entry:
    count = {"measure": measure, "from": giver, "to": taker, "population": f"of-{taker}"}
    return {**count, "aggregation": aggregation}


def _fill(template: str, words: str, **names: str) -> tuple[str, str]:
    """Return the sentence and its fragment: the number words and the two words after them."""
    text = template.format(words=words, **names)
    at = text.index(words)
    after = text[at + len(words) :].split()[:2]
    return text, " ".join([words, *after]).rstrip(",.")


def _handed_over(random: Random, wording: Wording, world: World, about: int) -> Sentence:
    asserter, name = _speaker(random, world)
    giver, taker = _sides(random)
    words = wording.words(random)
    text, fragment = _fill(wording.handed_over, words, who=name, to=taker.capitalize())
    measure = random.choice(("remains-transferred", "remains-transferred", "prisoners-exchanged"))
    counts = [(words, "", _transfer(measure, giver, taker, "single-event"))]
    if random.random() < 0.1:
        back = wording.words(random)
        returned = wording.returned.format(words=back)
        text = f"{text[:-1]}, {returned}."
        counts.append((back, returned, _transfer(measure, taker, giver, "single-event")))
    members: Entry = {"modality": "actual", "about": exchange(about)}
    if random.random() < 0.2:
        members["channel"] = random.choice(("telegram", "website", "press-statement"))
    act = random.choice(("announce", "state", "report", "confirm"))
    return Sentence(act, text, fragment, asserter, members, counts)


def _since(random: Random, wording: Wording, world: World, about: int) -> Sentence:
    asserter, name = _speaker(random, world)
    giver, taker = _sides(random)
    words = wording.words(random)
    text, fragment = _fill(wording.since, words, who=name, to=taker.capitalize())
    end = world.day(about).isoformat()[:7]
    count = _transfer("remains-transferred", giver, taker, "cumulative-total")
    count["period"] = {"start": "2020-01", "end": end}
    members = {"modality": "actual", "about": SERIES}
    return Sentence("state", text, fragment, asserter, members, [(words, "", count)])


def _held(random: Random, wording: Wording, world: World, about: int) -> Sentence:
    asserter, name = _speaker(random, world)
    words = wording.words(random)
    text, fragment = _fill(wording.held, words, who=name)
    count = {"measure": "remains-held", "population": "unspecified", "aggregation": "stock"}
    count["unit"] = "sample parcel"
    members = {"modality": "ongoing", "form": "narrator"}
    return Sentence("describe", text, fragment, asserter, members, [(words, "", count)])


def _agreed(random: Random, wording: Wording, world: World, about: int) -> Sentence:
    asserter, name = _speaker(random, world)
    giver, taker = _sides(random)
    words = wording.words(random)
    text, fragment = _fill(wording.agreed, words, who=name, to=taker.capitalize())
    count = _transfer("remains-transferred", giver, taker, "agreed-total")
    members = {"modality": "agreed", "about": AGREEMENT, "obligor": giver}
    members["reciprocity"] = "one-sided-as-reported"
    return Sentence("commit", text, fragment, asserter, members, [(words, "", count)])


def _first_words(text: str) -> str:
    return " ".join(text.rstrip(".").split()[:-1])


def _accused(random: Random, wording: Wording, world: World, about: int) -> Sentence:
    asserter, name = _speaker(random, world)
    target = random.choice(STATES)
    text = wording.accused.format(who=name, body=target.capitalize())
    members = {"modality": "actual", "topic": "timing-dispute", "about": exchange(about), "target": target}
    return Sentence("accuse", text, _first_words(text), asserter, members)


def _supposed(random: Random, wording: Wording, world: World, about: int) -> Sentence:
    asserter, name = _speaker(random, world)
    text = wording.hedged.format(who=name)
    members = {"modality": "conjectured", "hedge": wording.hedge, "topic": ["motive", "logistics"]}
    members["about"] = exchange(about)
    return Sentence("speculate", text, text.rpartition(",")[0], asserter, members)


def _confirmed(random: Random, wording: Wording, world: World, about: int) -> Sentence:
    asserter, name = _speaker(random, world)
    text = wording.confirmed.format(who=name)
    members = {"modality": "actual", "topic": "remains-transfer", "about": [exchange(about), SERIES]}
    return Sentence("confirm", text, _first_words(text), asserter, members)


def _denied(random: Random, wording: Wording, world: World, about: int) -> Sentence:
    asserter, name = _speaker(random, world)
    text = wording.denied.format(who=name)
    members = {"modality": "actual", "polarity": False, "topic": "logistics", "about": exchange(about)}
    return Sentence("deny", text, _first_words(text), asserter, members)


def _described(random: Random, wording: Wording, world: World, about: int) -> Sentence:
    asserter, name = _speaker(random, world)
    text = wording.told.format(who=name)
    post = f"spokesperson-{random.choice(STATES)}"
    members = {"modality": "actual", "topic": "logistics", "about": exchange(about), "states_post": post}
    return Sentence("describe", text, _first_words(text), asserter, {**members, "note": "A generated claim."})


# Kind → its share of the claims, in percent: a third states a number, as in the shipped dataset.
KINDS: tuple[tuple[Kind, int], ...] = (
    (_handed_over, 24),
    (_since, 3),
    (_held, 3),
    (_agreed, 4),
    (_accused, 8),
    (_supposed, 6),
    (_confirmed, 14),
    (_denied, 6),
    (_described, 32),
)
