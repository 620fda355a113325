"""Reading YAML, JSON and JSON lines with the place of every value kept findable.

Every YAML scalar is read as a string and typed by the schema; duplicate keys,
anchors, aliases and tags are errors. All errors of a file are collected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from repatria.dossier.jsontext import JsonPlaces, parse_json
from repatria.dossier.typer import Typer
from repatria.dossier.yamltext import EMPTY, YamlPlaces, parse_yaml
from repatria.errors import InputError, Location, RepatriaError
from repatria.textfile import read_text

JsonPath = tuple[str | int, ...]
Report = Callable[[RepatriaError], None]


class Places(Protocol):
    """Finds line and column, from 1, of the value at a path, or of its key."""

    def __call__(self, path: JsonPath, key: bool = False) -> tuple[int, int]: ...


@dataclass(slots=True)
class Document:
    """One dossier or entity file (or one line of a JSON lines file) as read.

    ``data`` is plain (dict, list, str, int, bool); ``find`` gives line and
    column from 1 of a path of keys and indexes into it.
    """

    file: str
    data: Any
    find: Places

    def location(self, path: JsonPath = ()) -> Location:
        """Return the place of the value at ``path``, or of its nearest parent that is there."""
        return Location(self.file, *self.find(path))

    def key_location(self, path: JsonPath) -> Location:
        """Return the place of the key at the end of ``path``."""
        return Location(self.file, *self.find(path, True))


def read_documents(path: Path, typer: Typer, report: Report, name: str = "") -> Iterator[Document]:
    """Yield the documents of a ``.yaml``, ``.json`` or ``.jsonl`` file; errors go to ``report``."""
    name = name or str(path)
    suffix = path.suffix.lower()
    try:
        text = read_text(path, name)
        if not text.strip():
            raise InputError("RP103", "the file is empty", hint=EMPTY, location=Location(name, 1))
        if suffix in (".jsonl", ".ndjson"):
            yield from _json_lines(name, text, report)
        elif suffix == ".json":
            yield Document(name, parse_json(name, text, report), JsonPlaces(text))
        else:
            yield Document(name, parse_yaml(name, text, typer, report), YamlPlaces(text))
    except RepatriaError as error:
        report(error)


def _json_lines(name: str, text: str, report: Report) -> Iterator[Document]:
    for number, line in enumerate(text.split("\n")):
        if not line.strip():
            continue
        try:
            yield Document(name, parse_json(name, line, report, number), JsonPlaces(line, number))
        except InputError as error:
            report(error)
