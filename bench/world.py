"""The entities of a generated workspace: plainly fictional states, bodies, papers and exchanges."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

Entry = dict[str, Any]

STATES = ("exampleland", "samplestan")
PAPERS = {
    "example-gazette": "Example Gazette",
    "sample-herald": "Sample Herald",
    "specimen-times": "Specimen Times",
    "placeholder-post": "Placeholder Post",
    "fixture-tribune": "Fixture Tribune",
    "mockup-monitor": "Mockup Monitor",
}
AGENCIES = {"example-wire": "Example Wire", "sample-wire": "Sample Wire"}
UNNAMED = {"sources-in-exampleland": STATES[0], "sources-in-samplestan": STATES[1]}
SERIES, AGREEMENT = "series-of-examples", "agreement-of-examples"
TALKS, PAGE = "talks-of-examples", "page-of-examples"
_NAMES = {
    "exampleland": ("Exampleland", "Прикладія", "Примерия"),
    "samplestan": ("Samplestan", "Зразкостан", "Образцестан"),
}
_FIRST_DAY = dt.date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class World:
    """How many exchanges, and bodies of each state, the claims speak of."""

    exchanges: int
    bodies: int

    def day(self, number: int) -> dt.date:
        """Return the day of an exchange."""
        return _FIRST_DAY + dt.timedelta(days=number)

    def entities(self, sources: list[str]) -> Entry:
        """Return the entity file; each exchange is derived from the first claim of one of ``sources``."""
        return {
            "states": [{"key": state, "labels": _labels(*_NAMES[state])} for state in STATES],
            "organizations": [*_papers(), *self._bodies()],
            "unnamed": [
                {"key": key, "labels": {"en": f"“{key.replace('-', ' ')}”"}, "side": side}
                for key, side in UNNAMED.items()
            ],
            "posts": [_post(state) for state in STATES],
            "places": [{"key": "sampletown", "labels": {"en": "Sampletown"}}],
            "external": [{"key": PAGE, "url": "https://example.org/list", "publisher": "Example List"}],
            "happenings": [
                _happening(TALKS, "Talks of examples", sources[0], type="negotiation", place="sampletown")
            ],
            "agreements": [_happening(AGREEMENT, "Agreement of examples", sources[0], reached_at=TALKS)],
            "exchanges": [
                _happening(SERIES, "Series of examples", sources[0], type="exchange-series"),
                *(self._exchange(number, sources[number % len(sources)]) for number in range(self.exchanges)),
            ],
            "concepts": [_population(state) for state in STATES],
        }

    def _bodies(self) -> list[Entry]:
        return [
            {
                "key": body(state, number),
                "labels": _labels(
                    body_label(state, number),
                    f"Установа {number}, {_NAMES[state][1]}",
                    f"Ведомство {number}, {_NAMES[state][2]}",
                ),
                "side": state,
            }
            for state in STATES
            for number in range(self.bodies)
        ]

    def _exchange(self, number: int, source: str) -> Entry:
        day = self.day(number).isoformat()
        labels = _labels(f"Exchange of {day}", f"Обмін {day}", f"Обмен {day}")
        members = {"type": "remains-exchange", "labels": labels, "not_before": day, "not_after": day}
        return _happening(exchange(number), "", source, **members, series=SERIES, under=AGREEMENT)


def body(state: str, number: int) -> str:
    """Return the key of a body of a state."""
    return f"{state}-office-{number}"


def body_label(state: str, number: int) -> str:
    """Return its English name."""
    return f"{_NAMES[state][0]} Office {number}"


def exchange(number: int) -> str:
    """Return the key of an exchange."""
    return f"exchange-{number}"


def _labels(en: str, uk: str, ru: str) -> Entry:
    return {"en": en, "uk": uk, "ru": ru}


def _papers() -> list[Entry]:
    return [{"key": key, "labels": {"en": name}} for key, name in {**PAPERS, **AGENCIES}.items()]


def _post(state: str) -> Entry:
    return {
        "key": f"spokesperson-{state}",
        "labels": {"en": f"Spokesperson of {_NAMES[state][0]}"},
        "in": state,
    }


def _happening(key: str, label: str, source: str, **members: Any) -> Entry:
    entry = {"key": key, "labels": {"en": label}, "not_before": _FIRST_DAY.isoformat()}
    return {**entry, "parties": list(STATES), **members, "derived_from": [f"{source}#c01"]}


def _population(state: str) -> Entry:
    name = _NAMES[state][0]
    entry = {"key": f"of-{state}", "scheme": "population", "labels": {"en": f"of {name}"}}
    return {**entry, "definition": f"Sample remains that the claim calls those of {name}."}
