"""What a workspace says of its dataset for those who take it over: the table [dataset] of repatria.toml."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

# SPDX identifiers of licences for data, and what stands for each in a description.
LICENCES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
}
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_AGENT = re.compile(r"([^<>]*[^<>\s])(?:\s+<([^<>\s]+)>)?")


class SettingError(Exception):
    """A setting is wrong: its key, its table (empty for none), the code, and a hint."""

    def __init__(self, key: str, message: str, hint: str, code: str = "RP106", table: str = "") -> None:
        super().__init__(message)
        self.key, self.hint, self.code, self.table = key, hint, code, table


@dataclass(frozen=True, slots=True)
class Agent:
    """Who made or publishes a dataset: a name, and an IRI such as an ORCID (empty for none)."""

    name: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class DatasetSettings:
    """The table [dataset]; what is empty is not said.

    ``language`` is the tag of title, description and keywords; ``issued`` the
    day of this version; ``licence`` and ``landing_page`` are IRIs, the latter
    of the page where the dataset can be had.
    """

    description: str = ""
    language: str = ""
    version: str = ""
    issued: dt.date | None = None
    licence: str = ""
    creators: tuple[Agent, ...] = ()
    publisher: Agent | None = None
    landing_page: str = ""
    keywords: tuple[str, ...] = ()


def dataset_settings(table: dict[str, Any]) -> DatasetSettings:
    """Return the settings in the table [dataset] of a workspace.

    Raises SettingError RP106 (unknown, or of the wrong type), RP107 (version,
    date or language of the wrong form), RP108 (no IRI, licence or agent).
    """
    found: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _READERS:
            hint = f"known: {', '.join(_READERS)}; other settings stand above [dataset]"
            raise _wrong(key, f"there is no setting “{key}” of the dataset", hint)
        found[key] = _READERS[key](key, value)
    return DatasetSettings(**found)


def _wrong(key: str, message: str, hint: str, code: str = "RP106") -> SettingError:
    return SettingError(key, message, hint, code, "dataset")


def _is_text(value: Any) -> bool:
    """Say whether a value is text with something in it, and without control characters: XML has none."""
    return isinstance(value, str) and bool(value.strip()) and not _CONTROL.search(" ".join(value.split()))


def _text(key: str, value: Any) -> str:
    if not _is_text(value):
        raise _wrong(key, f"“{key}” must be text", f'{key} = "…", without control characters')
    return " ".join(value.split())


def _texts(key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(map(_is_text, value)):
        hint = f'{key} = ["…"], without control characters'
        raise _wrong(key, f"“{key}” must be a list of texts", hint)
    return tuple(dict.fromkeys(" ".join(part.split()) for part in value))


def _keywords(key: str, value: Any) -> tuple[str, ...]:
    return tuple(sorted(_texts(key, value)))


def _version(key: str, value: Any) -> str:
    text = _text(key, value)
    if not _VERSION.fullmatch(text):
        hint = "letters, digits and . + - _, such as 1.2.0 or 2026-11-22"
        raise _wrong(key, f"“{text}” is no version", hint, "RP107")
    return text


def _language(key: str, value: Any) -> str:
    text = _text(key, value)
    if not _LANGUAGE.fullmatch(text):
        raise _wrong(key, f"“{text}” is no language tag", "such as en, uk or ru", "RP107")
    return text.lower()


def _day(key: str, value: Any) -> dt.date:
    hint = "one day, such as 2026-11-22, without a time"
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError as error:
            raise _wrong(key, f"“{value}” is no day: {error}", hint, "RP107") from None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise _wrong(key, f"“{key}” must be a day", hint, "RP107")


def _iri(key: str, value: Any) -> str:
    text = _text(key, value)
    if not is_web_iri(text):
        raise _wrong(key, f"“{key}” must be an http(s) IRI, not “{text}”", 'such as "https://…"', "RP108")
    return text


def _licence(key: str, value: Any) -> str:
    text = _text(key, value)
    found = LICENCES.get(text, text)
    if not is_web_iri(found):
        hint = f"its IRI, or one of {', '.join(LICENCES)}"
        raise _wrong(key, f"“{text}” is no licence that is known here", hint, "RP108")
    return found


def _agent(key: str, value: Any) -> Agent:
    text = _text(key, value)
    found = _AGENT.fullmatch(text)
    if found is None or (found[2] is not None and not is_web_iri(found[2])):
        hint = "a name, or a name and an IRI: Name <https://…>"
        raise _wrong(key, f"“{text}” is no name of who made or publishes something", hint, "RP108")
    return Agent(found[1], found[2] or "")


def _agents(key: str, value: Any) -> tuple[Agent, ...]:
    return tuple(_agent(key, text) for text in _texts(key, value))


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "description": _text,
    "language": _language,
    "version": _version,
    "issued": _day,
    "licence": _licence,
    "creators": _agents,
    "publisher": _agent,
    "landing_page": _iri,
    "keywords": _keywords,
}


def is_web_iri(text: str) -> bool:
    """Say whether ``text`` is an absolute IRI of the web."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return bool(re.match(r"https?://[^/]", text))
