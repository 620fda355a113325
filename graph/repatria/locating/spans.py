"""From a path into a dossier or an entity file to the part of the text that it names."""

from __future__ import annotations

import re
from typing import Any, Protocol

import yaml

from repatria.dossier.documents import JsonPath
from repatria.locating.json_tree import Value, read_tree

_LOADER: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_YAML_LINE_END = re.compile("\r\n?|[\n\x85\u2028\u2029]")


class Spans(Protocol):
    """Finds the offsets of the value at a path, or of the key, or of the nearest that is there."""

    def __call__(self, path: JsonPath, key: bool = False) -> tuple[int, int]: ...


class YamlSpans:
    """Of a text of YAML that was read without an error."""

    def __init__(self, text: str) -> None:
        self._root: Any = yaml.compose(text, Loader=_LOADER)
        self._starts = [0, *(end.end() for end in _YAML_LINE_END.finditer(text))]

    def __call__(self, path: JsonPath, key: bool = False) -> tuple[int, int]:
        """Return where it starts and ends; a list or group of keys only where it starts, as empty."""
        node = self._root
        for number, step in enumerate(path, 1):
            pair = _yaml_member(node, step)
            if pair is None:
                break
            node = pair[0] if key and number == len(path) else pair[1]
        start = self._offset(node.start_mark)
        return start, self._offset(node.end_mark) if isinstance(node, yaml.ScalarNode) else start

    def _offset(self, mark: Any) -> int:
        return int(self._starts[mark.line] + mark.column)


def _yaml_member(node: Any, step: str | int) -> tuple[Any, Any] | None:
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if pair[0].value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


class JsonSpans:
    """Of JSON that was read without an error; ``start`` is the offset of the text in the file."""

    def __init__(self, text: str, start: int = 0) -> None:
        self._root = read_tree(text)
        self._start = start

    def __call__(self, path: JsonPath, key: bool = False) -> tuple[int, int]:
        """Return where it starts and ends; a list or object only where it starts, as empty."""
        value = self._root
        for number, step in enumerate(path, 1):
            if value.items is not None and isinstance(step, int) and step < len(value.items):
                value = value.items[step]
                continue
            member = next((one for one in value.members or () if one.key == step), None)
            if member is None:
                break
            if key and number == len(path):
                return self._start + member.start, self._start + member.end
            value = member.value
        return self._start + value.start, self._start + _end(value)


def _end(value: Value) -> int:
    return value.end if value.items is None and value.members is None else value.start
