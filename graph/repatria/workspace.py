"""A workspace: a folder with ``repatria.toml`` that says where dossiers, store and shapes are."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from repatria.errors import InputError, Location, StoreError, UsageError
from repatria.resources import folder
from repatria.settings import DatasetSettings, SettingError, dataset_settings, is_web_iri
from repatria.terms import BASE

CONFIG = "repatria.toml"
_SUFFIXES = frozenset({".yaml", ".yml", ".json", ".jsonl", ".ndjson"})
_KEYS: dict[str, type] = {
    "base": str,
    "title": str,
    "entities": list,
    "sources": list,
    "store": str,
    "shapes": list,
    "queries": list,
    "dataset": dict,
}
_KINDS: dict[type, tuple[str, str]] = {
    str: ("text", '"…"'),
    list: ("a list of paths", '["…"]'),
    dict: ("a table", "{…}"),
}


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where the inputs of a graph are and where its store is; paths are absolute.

    ``base`` is the base IRI of the data; ``shapes`` are SHACL files that the
    build checks besides the shipped ones; ``queries`` folders of saved
    queries besides the shipped ones; ``title`` and ``dataset`` are what the
    graph says of itself, where they are not empty.
    """

    root: Path
    store: Path
    base: str = BASE
    title: str = ""
    entities: tuple[Path, ...] = ()
    sources: tuple[Path, ...] = ()
    shapes: tuple[Path, ...] = ()
    queries: tuple[Path, ...] = ()
    dataset: DatasetSettings = field(default_factory=DatasetSettings)

    def entity_files(self) -> Iterator[Path]:
        """Yield the entity files in a fixed order."""
        return _files(self.entities)

    def source_files(self) -> Iterator[Path]:
        """Yield the files of dossiers in a fixed order."""
        return _files(self.sources)

    def shown(self, path: Path) -> str:
        """Return ``path`` as messages name it: relative to the workspace where it is inside."""
        return str(path).removeprefix(os.path.join(self.root, ""))  # noqa: PTH118 - quick, for many files


def _files(places: tuple[Path, ...]) -> Iterator[Path]:
    seen: set[Path] = set()
    for place in places:
        if not place.exists():
            hint = "mend the path in repatria.toml, or make it"
            location = Location(str(place))
            raise InputError("RP101", "there is no such file or folder", hint=hint, location=location)
        found = sorted(_inputs(place)) if place.is_dir() else [place]
        for path in found:
            if path not in seen:
                seen.add(path)
                yield path


def _inputs(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            if path.suffix.lower() in _SUFFIXES and path.is_file():
                yield path


def find_workspace(start: Path) -> Workspace | None:
    """Return the workspace of the nearest folder, ``start`` or above, with a ``repatria.toml``.

    Raises InputError RP106–RP108 if the file is wrong.
    """
    start = start.absolute()
    for candidate in (start, *start.parents):
        if (candidate / CONFIG).is_file():
            return read_workspace(candidate)
    return None


def read_workspace(root: Path) -> Workspace:
    """Return the workspace of a folder.

    Raises UsageError RP206 (no ``repatria.toml`` there), InputError RP101, RP102, RP106–RP108.
    """
    path = root / CONFIG
    name = str(path)
    try:
        text = path.read_text(encoding="utf8")
    except (FileNotFoundError, NotADirectoryError):
        hint = "`repatria init DIR` makes a workspace"
        raise UsageError("RP206", f"{root} has no {CONFIG}", hint=hint) from None
    except UnicodeDecodeError:
        hint = "save the file as UTF-8"
        raise InputError("RP102", "is not UTF-8 text", hint=hint, location=Location(name)) from None
    except OSError as error:
        hint = "it must be a file that you may read"
        told = f"cannot be read: {error.strerror}"
        raise InputError("RP101", told, hint=hint, location=Location(name)) from None
    try:
        return _configured(root.resolve(), tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        end = text.count("\n") + 1
        place = Location(name, *(map(int, found.groups()) if found else (end, 0)))
        hint = 'a line is `key = "value"`, with quotation marks around text'
        raise InputError("RP106", f"TOML cannot be read: {error}", hint=hint, location=place) from None
    except SettingError as error:
        place = Location(name, *_line(text, error))
        raise InputError(error.code, str(error), hint=error.hint, location=place) from None


def _line(text: str, error: SettingError) -> tuple[int, int]:
    """Return line and column of the setting that is wrong, or else of its table; (0, 0) if not found."""
    top = rf"^[ \t]*[\[\"']*{re.escape(error.table or error.key)}\b"
    found = re.search(top, text, re.MULTILINE)
    if found and error.table:
        inside = rf"(?:^|[\s.{{,\"']){re.escape(error.key)}[\"']?[ \t]*="
        found = re.compile(inside, re.MULTILINE).search(text, found.start()) or found
    return (text.count("\n", 0, found.end()) + 1, 1) if found else (0, 0)


def _configured(root: Path, data: dict[str, Any]) -> Workspace:
    for key, value in data.items():
        if key not in _KEYS:
            raise SettingError(key, f"there is no setting “{key}”", f"known: {', '.join(_KEYS)}")
        kind = _KEYS[key]
        parts = value if isinstance(value, list) else [value]
        if not isinstance(value, kind) or (
            kind is not dict and not all(isinstance(part, str) and part for part in parts)
        ):
            wanted, example = _KINDS[kind]
            raise SettingError(key, f"“{key}” must be {wanted}", f"{key} = {example}")
    base = data.get("base", BASE)
    if not (is_web_iri(base) and base.endswith(("/", "#"))):
        hint = "such as http://example.org/claims/"
        raise SettingError(
            "base", f"“base” must be an http(s) IRI that ends with a slash, not “{base}”", hint
        )

    def paths(key: str, default: list[str]) -> tuple[Path, ...]:
        return tuple(root / str(part) for part in data.get(key, default))

    return Workspace(
        root=root,
        store=root / data.get("store", ".repatria"),
        base=base,
        title=" ".join(data.get("title", "").split()),
        entities=paths("entities", ["data/entities"]),
        sources=paths("sources", ["data/sources"]),
        shapes=paths("shapes", []),
        queries=paths("queries", []),
        dataset=dataset_settings(data.get("dataset", {})),
    )


def shipped_workspace() -> Workspace:
    """Return the shipped dataset as a workspace whose store is in the user's cache folder.

    Raises StoreError RP404 if the system names no cache folder.
    """
    import platformdirs

    try:
        cache = Path(platformdirs.user_cache_dir("repatria", appauthor=False))
    except RuntimeError as error:
        raise StoreError("RP404", f"no cache folder: {error}", hint="set HOME or XDG_CACHE_HOME") from None
    # Its settings lie beside the folder data, in the checkout as in the installed package.
    return replace(read_workspace(folder("data").parent), store=cache / "shipped")
