"""Writes a generated corpus as the folder of a workspace, with dossiers in YAML or JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from bench.generator import Corpus

Form = Literal["yaml", "jsonl"]
Entry = dict[str, Any]

# Dossiers in one folder (YAML) or one file (JSON lines).
_TOGETHER = 200
_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]*")
_SETTINGS = """\
title = "Generated claims"
base = "https://example.org/claims/"
entities = ["entities"]
sources = ["sources"]
"""


def write_workspace(folder: Path, corpus: Corpus, form: Form = "yaml", *, articles: bool = False) -> None:
    """Write settings, entities and dossiers below ``folder``; with ``articles`` the texts as well."""
    (folder / "entities").mkdir(parents=True)
    (folder / "repatria.toml").write_text(_SETTINGS, encoding="utf8")
    (folder / "entities" / "entities.yaml").write_text(yaml_text(corpus.entities()), encoding="utf8")
    for number, group in enumerate(_groups(corpus)):
        if form == "yaml":
            _write_yaml(folder / "sources" / f"{number:04}", group)
        else:
            _write_lines(folder / "sources" / f"{number:04}.jsonl", group)
        if articles:
            _write_articles(folder / "articles", group)


def _groups(corpus: Corpus) -> Iterator[list[tuple[Entry, str]]]:
    group: list[tuple[Entry, str]] = []
    for item in corpus.dossiers():
        group.append(item)
        if len(group) == _TOGETHER:
            yield group
            group = []
    if group:
        yield group


def _write_yaml(folder: Path, group: list[tuple[Entry, str]]) -> None:
    folder.mkdir(parents=True)
    for dossier, _ in group:
        (folder / f"{dossier['id']}.yaml").write_text(yaml_text(dossier), encoding="utf8")


def _write_lines(path: Path, group: list[tuple[Entry, str]]) -> None:
    path.parent.mkdir(exist_ok=True)
    lines = (json.dumps(dossier, ensure_ascii=False) + "\n" for dossier, _ in group)
    path.write_text("".join(lines), encoding="utf8")


def _write_articles(folder: Path, group: list[tuple[Entry, str]]) -> None:
    folder.mkdir(exist_ok=True)
    for dossier, text in group:
        (folder / dossier["text"]["file"]).write_text(text + "\n", encoding="utf8")


def yaml_text(data: Entry) -> str:
    """Return ``data`` as YAML in the style of the shipped dossiers: entries in blocks, the rest in a line."""
    lines: list[str] = []
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines.append(f"{key}:")
            lines += [line for entry in value for line in _block(entry)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _block(entry: Entry) -> Iterator[str]:
    start = "  - "
    for key, value in entry.items():
        if isinstance(value, list) and isinstance(value[0], dict):
            yield f"{start}{key}:"
            yield from (f"      - {_flow(item)}" for item in value)
        else:
            yield f"{start}{key}: {_flow(value)}"
        start = "    "


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, (bool, int)):
        return json.dumps(value)
    # A JSON string is a double-quoted YAML scalar.
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
