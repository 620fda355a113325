"""How files, folders, workspaces and stores are damaged for the tests of bad input."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.matrix import ARTICLE, CONTENTS, forbid

JUNK = random.Random(2025).randbytes(3000) + b"\0"
DOSSIER = "sources/example-gazette-2025-05-02.yaml"
Damage = Callable[[Path, pytest.MonkeyPatch], object]

_ILL_FORMED = {
    "rdf": '@prefix ex: <http://example.org/> .\nex:a ex:b "no end .\n',
    "sparql": "SELECT ?s\nWHERE { ?s ?p FILTER }\n",
}


def bad_content(condition: str, holds: str) -> bytes | None:
    """Return the bytes of a bad file, or None where the condition makes no bad file of that kind."""
    text = CONTENTS[holds][1]
    if condition == "junk":
        return JUNK
    if condition == "truncated":  # plain text can be cut off inside a character only
        return (
            ARTICLE.encode()[: ARTICLE.encode().index("О".encode()) + 1]
            if holds == "article"
            else text.encode()[:-20]
        )
    if condition == "utf-16":
        return text.encode("utf-16")
    if condition == "windows-1251":
        return text.encode("windows-1251")
    return _ILL_FORMED[holds].encode() if holds in _ILL_FORMED else None


CONTENT_CONDITIONS = ("junk", "truncated", "utf-16", "windows-1251", "ill-formed")
FILE_CONDITIONS = ("missing", "directory", "unreadable", *CONTENT_CONDITIONS)
FOLDER_CONDITIONS = ("missing", "file", "empty", "junk", "windows-1251", "unreadable")


def bad_file(condition: str, holds: str, folder: Path, patch: pytest.MonkeyPatch) -> str:
    """Make a bad file and return its name."""
    name = f"bad{Path(CONTENTS[holds][0]).suffix}"
    path = folder / name
    if condition == "directory":
        path.mkdir()
    elif condition == "unreadable":
        path.write_text(CONTENTS[holds][1], encoding="utf8")
        forbid(patch, path)
    elif condition != "missing":
        path.write_bytes(bad_content(condition, holds) or b"")
    return name


def bad_folder(condition: str, folder: Path, patch: pytest.MonkeyPatch) -> str:
    """Make a bad folder of articles and return its name."""
    path = folder / "bad"
    if condition == "file":
        path.write_text("no folder", encoding="utf8")
    elif condition != "missing":
        path.mkdir()
    if condition in ("junk", "windows-1251"):
        (path / "a.txt").write_bytes(bad_content(condition, "article") or b"")
    if condition == "unreadable":
        (path / "a.txt").write_text(ARTICLE, encoding="utf8")
        forbid(patch, path)
    return path.name


def _replaced(name: str, content: bytes) -> Damage:
    return lambda folder, patch: (folder / name).write_bytes(content)


def _cut(name: str, length: int) -> Damage:
    return lambda folder, patch: (folder / name).write_bytes((folder / name).read_bytes()[:length])


def _as_folder(folder: Path, patch: pytest.MonkeyPatch) -> None:
    (folder / "repatria.toml").unlink()
    (folder / "repatria.toml").mkdir()


def _unreadable(folder: Path, patch: pytest.MonkeyPatch) -> None:
    os.utime(folder / DOSSIER, (0, 0))  # else a build sees that it has not changed, and does not read it
    forbid(patch, folder / DOSSIER)


# What is wrong with repatria.toml or the -w option's folder → how it is made so.
SETTINGS: dict[str, Damage] = {
    "directory instead of file": _as_folder,
    "junk": _replaced("repatria.toml", JUNK),
    "utf-16": _replaced("repatria.toml", 'title = "Заявления"\n'.encode("utf-16")),
    "windows-1251": _replaced("repatria.toml", 'title = "Заявления"\n'.encode("windows-1251")),
    "invalid TOML": _replaced("repatria.toml", b'title = "x"\nbase = http://example.org/\n'),
    "truncated": _replaced("repatria.toml", b'title = "x"\nsources = ["sour'),
    "unknown setting": _replaced("repatria.toml", b'source = ["sources"]\n'),
    "wrong type": _replaced("repatria.toml", b"sources = 3\n"),
    "wrong base": _replaced("repatria.toml", b'base = "example"\n'),
    "unreadable": lambda folder, patch: forbid(patch, folder / "repatria.toml"),
}
# What is wrong with the dossiers → how it is made so.
DOSSIERS: dict[str, Damage] = {
    "missing": lambda folder, patch: shutil.rmtree(folder / "sources"),
    "junk": _replaced(DOSSIER, JUNK),
    "truncated": _cut(DOSSIER, 700),
    "utf-16": _replaced(DOSSIER, "id: заявления\n".encode("utf-16")),
    "windows-1251": _replaced(DOSSIER, "id: заявления\n".encode("windows-1251")),
    "invalid YAML": _replaced(DOSSIER, b"id: [unclosed\n"),
    "not a dossier": _replaced(DOSSIER, b"- 1\n- 2\n"),
    "empty": _replaced(DOSSIER, b""),
    "invalid JSON": lambda folder, patch: (folder / "sources" / "a.json").write_bytes(b'{"id": "a",'),
    "invalid JSON line": lambda folder, patch: (folder / "sources" / "a.jsonl").write_bytes(
        b'{"id": "a",\n{}\n'
    ),
    "unreadable": _unreadable,
}


def current(folder: Path) -> Path:
    """Return the folder of the current build of a workspace."""
    store = folder / ".repatria"
    return store / (store / "current").readlink()


def _other_version(folder: Path, patch: pytest.MonkeyPatch) -> None:
    (current(folder) / "readers").write_text("0", encoding="ascii")
    manifest = current(folder) / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf8"))
    assert content["format"] > 0
    manifest.write_text(json.dumps({**content, "format": 0}), encoding="utf8")


def _halved(pattern: str) -> Damage:
    def damage(folder: Path, patch: pytest.MonkeyPatch) -> None:
        for path in current(folder).rglob(pattern):
            if path.is_file():
                path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return damage


def _gone(folder: Path, patch: pytest.MonkeyPatch) -> None:
    (folder / ".repatria" / "current").unlink()
    (folder / ".repatria" / "current").symlink_to("builds/999999")


def _overwritten(folder: Path, patch: pytest.MonkeyPatch) -> None:
    for path in current(folder).rglob("*.sst"):
        path.write_bytes(bytes(path.stat().st_size))


def _a_file(folder: Path, patch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(folder / ".repatria")
    (folder / ".repatria").write_text("x", encoding="ascii")


# Damage of a store that each command that looks at it notices, and what only one that opens it notices.
STORE: dict[str, Damage] = {
    "another version": _other_version,
    "all files truncated": _halved("*"),
    "current build gone": _gone,
}
GRAPH: dict[str, Damage] = {
    **STORE,
    "tables truncated": _halved("*.sst"),
    "tables overwritten": _overwritten,
    "no CURRENT": lambda folder, patch: (current(folder) / "store" / "CURRENT").unlink(),
    "nothing built": lambda folder, patch: shutil.rmtree(folder / ".repatria"),
    "a file instead of a folder": _a_file,
}
