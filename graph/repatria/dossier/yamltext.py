"""YAML as dossiers use it: plain data with places, scalars typed by the schema.

The data are made from the parser's events, so that nesting too deep, anchors,
aliases and tags are refused before anything unfolds. Places are asked for only
when something is wrong, and a second walk over the text finds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from repatria.dossier.typer import ANY, Typer
from repatria.errors import InputError, Location, RepatriaError

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
# Without libyaml's C parser the same files are read, only slower.
_LOADER: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEPTH = 50
EMPTY = "write a dossier, or remove the file"

Report = Callable[[RepatriaError], None]


def parse_yaml(name: str, text: str, typer: Typer, report: Report) -> Any:
    """Return the plain data of the one YAML document in ``text``.

    Raises InputError RP103 (syntax), RP105 (an anchor, alias or tag, after
    the others went to ``report``); duplicate keys (RP104) go to ``report``.
    """
    try:
        return _Reader(name, text, report).document(typer)
    except yaml.YAMLError as error:
        raise _syntax(name, text, error) from None


def _syntax(name: str, text: str, error: yaml.YAMLError) -> InputError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None and mark.line <= text.count("\n"):
        place = Location(name, mark.line + 1, mark.column + 1)
    elif mark is not None:  # the end of a text whose last line has no end
        place = Location(name, text.count("\n") + 1, len(text) - text.rfind("\n"))
    else:
        found = _UNPRINTABLE.search(text)
        before = text[: found.start() if found else 0]
        place = Location(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return InputError(
        "RP103",
        f"YAML cannot be read: {problem}",
        hint="mind the indentation, and quote words that hold a colon or a hash sign",
        location=place,
    )


# What YAML allows nowhere, not even in quotation marks.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Reader:
    def __init__(self, name: str, text: str, report: Report) -> None:
        self.name = name
        self.report = report
        self.next: Callable[[], Any] = _LOADER(text).get_event
        self.refused: list[InputError] = []

    def document(self, typer: Typer) -> Any:
        self.next()  # the stream's start
        if type(self.next()) is yaml.StreamEndEvent:
            raise InputError("RP103", "the file is empty", hint=EMPTY, location=Location(self.name, 1))
        data = self.value(self.next(), typer, 0)
        self.next()  # the document's end
        after = self.next()
        if type(after) is not yaml.StreamEndEvent:
            raise self.error(after, "RP103", "the file holds more than one document", "one dossier, one file")
        for error in self.refused[:-1]:
            self.report(error)
        if self.refused:
            raise self.refused[-1]
        return data

    def error(self, event: Any, code: str, message: str, hint: str = "") -> InputError:
        place = Location(self.name, event.start_mark.line + 1, event.start_mark.column + 1)
        return InputError(code, message, hint=hint, location=place)

    def value(self, event: Any, typer: Typer, depth: int) -> Any:
        kind = type(event)
        if kind is yaml.AliasEvent:
            return self.refuse(event, "an alias (*)")
        if event.anchor is not None:
            self.refuse(event, "an anchor (&)")
        if event.tag is not None:
            self.refuse(event, "a tag (!)")
        if kind is yaml.ScalarEvent:
            return event.value if typer.scalar == "string" else _scalar(event.value, typer.scalar)
        if depth > _DEPTH:
            raise self.error(event, "RP103", "YAML is nested too deeply", "mind the brackets")
        if kind is yaml.SequenceStartEvent:
            return self.sequence(typer.items or ANY, depth + 1)
        return self.mapping(typer, depth + 1)

    def refuse(self, event: Any, what: str) -> str:
        hint = "write the value out, in quotation marks where it begins with &, * or !"
        self.refused.append(self.error(event, "RP105", f"{what} is not used in dossiers", hint))
        return ""

    def sequence(self, items: Typer, depth: int) -> list[Any]:
        found = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            found.append(self.value(event, items, depth))
        return found

    def mapping(self, typer: Typer, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        members, others, following = typer.members, typer.others or ANY, self.next
        while type(event := following()) is not yaml.MappingEndEvent:
            key = self.value(event, ANY, depth)
            if type(key) is not str:
                raise self.error(event, "RP103", "a key must be text", "write `key: value`")
            value = self.value(following(), members.get(key) or others, depth)
            if key in result:
                hint = "keep one of them"
                self.report(self.error(event, "RP104", f"the key “{key}” stands twice", hint))
                continue
            result[key] = value
        return result


def _scalar(value: str, kind: str) -> Any:
    if kind == "integer" and _INTEGER.fullmatch(value):
        return int(value)
    if kind == "boolean" and value in ("true", "false"):
        return value == "true"
    return value


class YamlPlaces:
    """Finds the place of a value, or of its key, in YAML that was read without an error."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root: Any = None

    def __call__(self, path: tuple[str | int, ...], key: bool = False) -> tuple[int, int]:
        """Return line and column, from 1, of the value at ``path`` or of its nearest parent that is there."""
        if self._root is None:
            self._root = yaml.compose(self._text, Loader=_LOADER)
        node = self._root
        for number, step in enumerate(path, 1):
            inside = _member(node, step)
            if inside is None:
                break
            node = inside[0] if key and number == len(path) else inside[1]
        return node.start_mark.line + 1, node.start_mark.column + 1


def _member(node: Any, step: str | int) -> tuple[Any, Any] | None:
    """Return the nodes of key and value of a member; of an item of a list its own twice."""
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if pair[0].value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None
