"""YAML as dossiers use it: plain data with line marks, scalars typed by the schema."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from repatria.dossier.typer import ANY, Typer
from repatria.errors import InputError, Location, RepatriaError

_INTEGER = re.compile(r"-?[0-9]{1,18}")
# Without libyaml's C parser the same files are read, only slower.
_LOADER: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MARKERS = re.compile(r"(?:^|[\s\[{,:-])[&*!]\S", re.MULTILINE)
_DEPTH = 50

Report = Callable[[RepatriaError], None]


def parse_yaml(
    name: str, text: str, typer: Typer, report: Report
) -> tuple[Any, Callable[[tuple[str | int, ...]], tuple[int, int]]]:
    """Return the plain data of one YAML document and a function from a path to line and column.

    Raises InputError RP103 (syntax); duplicate keys (RP104), anchors, aliases
    and tags (RP105) go to ``report``.
    """
    try:
        if _MARKERS.search(text):
            _refuse_markers(name, text, report)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise _syntax(name, text, error) from None
    except RecursionError:
        raise InputError("RP103", "YAML is nested too deeply", location=Location(name, 1)) from None
    if root is None:
        raise InputError("RP103", "the file is empty", location=Location(name, 1))
    return _Reader(name, report).plain(root, typer, 0), lambda path: _position(root, path)


def _syntax(name: str, text: str, error: yaml.YAMLError) -> InputError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        place = Location(name, mark.line + 1, mark.column + 1)
    else:
        place = Location(name, text.count("\n", 0, getattr(error, "position", 0)) + 1)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return InputError(
        "RP103",
        f"YAML cannot be read: {problem}",
        hint="mind the indentation, and quote words that hold a colon or a hash sign",
        location=place,
    )


def _refuse_markers(name: str, text: str, report: Report) -> None:
    """Refuse anchors, aliases and tags; called only where the text may hold one.

    The file is read no further: aliases could unfold without end.
    """
    refused: list[InputError] = []
    for event in yaml.parse(text, Loader=_LOADER):
        found = ""
        if isinstance(event, yaml.AliasEvent):
            found = "an alias (*)"
        elif getattr(event, "anchor", None):
            found = "an anchor (&)"
        elif isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None) not in (None, "!"):
            found = "a tag (!)"
        if found:
            mark = event.start_mark
            place = Location(name, mark.line + 1, mark.column + 1)
            refused.append(
                InputError(
                    "RP105",
                    f"{found} is not used in dossiers",
                    hint="write the value out, in quotation marks where it begins with &, * or !",
                    location=place,
                )
            )
    for error in refused[:-1]:
        report(error)
    if refused:
        raise refused[-1]


class _Reader:
    def __init__(self, name: str, report: Report) -> None:
        self.name = name
        self.report = report

    def plain(self, node: Any, typer: Typer, depth: int) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node.value, typer.scalar) if typer.scalar != "string" else node.value
        if depth > _DEPTH:
            place = Location(self.name, node.start_mark.line + 1, node.start_mark.column + 1)
            raise InputError("RP103", "YAML is nested too deeply", location=place)
        if isinstance(node, yaml.SequenceNode):
            items = typer.items or ANY
            return [self.plain(child, items, depth + 1) for child in node.value]
        return self.mapping(node, typer, depth)

    def mapping(self, node: Any, typer: Typer, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            if key in result:
                place = Location(self.name, key_node.start_mark.line + 1, key_node.start_mark.column + 1)
                self.report(InputError("RP104", f"the key “{key}” stands twice", location=place))
                continue
            member = typer.members.get(key) or typer.others or ANY
            result[key] = self.plain(value_node, member, depth + 1)
        return result


def _scalar(value: str, kind: str) -> Any:
    if kind == "integer" and _INTEGER.fullmatch(value):
        return int(value)
    if kind == "boolean" and value in ("true", "false"):
        return value == "true"
    return value


def _position(root: Any, path: tuple[str | int, ...]) -> tuple[int, int]:
    node = root
    for step in path:
        inside = _member(node, step)
        if inside is None:
            break
        node = inside
    return node.start_mark.line + 1, node.start_mark.column + 1


def _member(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None
