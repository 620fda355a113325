"""Reading YAML, JSON and JSON lines with the place of every value kept findable.

Every YAML scalar is read as a string and typed by the schema; duplicate keys,
anchors, aliases and tags are errors. All errors of a file are collected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from repatria.dossier.jsontext import parse_json, position_in_json
from repatria.dossier.typer import Typer
from repatria.dossier.yamltext import parse_yaml
from repatria.errors import InputError, Location, RepatriaError

JsonPath = tuple[str | int, ...]
SUFFIXES = (".yaml", ".yml", ".json", ".jsonl", ".ndjson")


@dataclass(slots=True)
class Document:
    """One dossier or entity file (or one line of a JSON lines file) as read.

    ``data`` is plain (dict, list, str, int, bool); ``find`` gives line and
    column from 1 of a path of keys and indexes into it.
    """

    file: str
    data: Any
    find: Callable[[JsonPath], tuple[int, int]]

    def location(self, path: JsonPath = ()) -> Location:
        """Return the place of the value at ``path``, or of its nearest parent that is there."""
        return Location(self.file, *self.find(path))


def read_text(path: Path, name: str) -> str:
    """Return the text of a UTF-8 file.

    Raises InputError RP101 (cannot be read), RP102 (not UTF-8 text).
    """
    try:
        raw = path.read_bytes()
    except IsADirectoryError:
        raise InputError("RP101", "is a directory, not a file", location=Location(name)) from None
    except OSError as error:
        raise InputError("RP101", f"cannot be read: {error.strerror}", location=Location(name)) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(
            "RP102", "is not UTF-8 text", hint="save the file as UTF-8", location=Location(name, line)
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError("RP102", "is binary, not text", location=Location(name, line))
    return text


def read_documents(
    path: Path, typer: Typer, report: Callable[[RepatriaError], None], name: str = ""
) -> Iterator[Document]:
    """Yield the documents of a ``.yaml``, ``.json`` or ``.jsonl`` file; errors go to ``report``."""
    name = name or str(path)
    try:
        text = read_text(path, name)
        if path.suffix in (".jsonl", ".ndjson"):
            yield from _json_lines(name, text, report)
        elif path.suffix == ".json":
            yield _json(name, text, 0)
        else:
            yield _yaml(name, text, typer, report)
    except RepatriaError as error:
        report(error)


def _yaml(name: str, text: str, typer: Typer, report: Callable[[RepatriaError], None]) -> Document:
    data, find = parse_yaml(name, text, typer, report)
    return Document(name, data, find)


def _json(name: str, text: str, offset: int) -> Document:
    data = parse_json(name, text, offset)
    return Document(name, data, lambda path: position_in_json(text, path, offset))


def _json_lines(name: str, text: str, report: Callable[[RepatriaError], None]) -> Iterator[Document]:
    for number, line in enumerate(text.split("\n")):
        if not line.strip():
            continue
        try:
            yield _json(name, line, number)
        except InputError as error:
            report(error)
