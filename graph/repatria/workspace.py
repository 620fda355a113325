"""A workspace: a folder with ``repatria.toml`` that says where dossiers, store and shapes are."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from repatria.errors import InputError, Location, StoreError, UsageError
from repatria.resources import folder
from repatria.terms import BASE

CONFIG = "repatria.toml"
_SUFFIXES = frozenset({".yaml", ".yml", ".json", ".jsonl", ".ndjson"})
_KEYS: dict[str, type] = {
    "base": str, "title": str, "entities": list, "sources": list, "store": str, "shapes": list, "queries": list,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where the inputs of a graph are and where its store is; paths are absolute.

    ``base`` is the base IRI of the data; ``shapes`` are SHACL files that the
    build checks besides the shipped ones; ``queries`` folders of saved
    queries besides the shipped ones.
    """

    root: Path
    store: Path
    base: str = BASE
    title: str = "Repatria"
    entities: tuple[Path, ...] = ()
    sources: tuple[Path, ...] = ()
    shapes: tuple[Path, ...] = ()
    queries: tuple[Path, ...] = field(default=())

    def entity_files(self) -> Iterator[Path]:
        """Yield the entity files in a fixed order."""
        return _files(self.entities)

    def source_files(self) -> Iterator[Path]:
        """Yield the files of dossiers in a fixed order."""
        return _files(self.sources)

    def shown(self, path: Path) -> str:
        """Return ``path`` as messages name it: relative to the workspace where it is inside."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)


def _files(places: tuple[Path, ...]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from sorted(p for p in place.rglob("*") if p.suffix in _SUFFIXES and p.is_file())
        elif place.exists():
            yield place
        else:
            raise InputError("RP101", "there is no such file or folder", location=Location(str(place)))


def find_workspace(start: Path) -> Workspace | None:
    """Return the workspace of the nearest folder, ``start`` or above, with a ``repatria.toml``.

    Raises InputError RP106 if the file is wrong.
    """
    for candidate in (start, *start.parents):
        if (candidate / CONFIG).is_file():
            return read_workspace(candidate)
    return None


def read_workspace(root: Path) -> Workspace:
    """Return the workspace of a folder.

    Raises UsageError RP206 (no ``repatria.toml`` there), InputError RP101, RP102 or RP106.
    """
    path = root / CONFIG
    name = str(path)
    try:
        data = tomllib.loads(path.read_text(encoding="utf8"))
    except (FileNotFoundError, NotADirectoryError):
        hint = "`repatria init DIR` makes a workspace"
        raise UsageError("RP206", f"{root} has no {CONFIG}", hint=hint) from None
    except UnicodeDecodeError:
        raise InputError("RP102", "is not UTF-8 text", location=Location(name)) from None
    except OSError as error:
        raise InputError("RP101", f"cannot be read: {error.strerror}", location=Location(name)) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError("RP106", f"TOML cannot be read: {error}", location=Location(name)) from None
    return _configured(root.resolve(), name, data)


def _configured(root: Path, name: str, data: dict[str, Any]) -> Workspace:
    for key, value in data.items():
        if key not in _KEYS:
            hint = f"known: {', '.join(_KEYS)}"
            raise InputError("RP106", f"there is no setting “{key}”", hint=hint, location=Location(name))
        if not isinstance(value, _KEYS[key]):
            wanted = "text" if _KEYS[key] is str else "a list of paths"
            raise InputError("RP106", f"“{key}” must be {wanted}", location=Location(name))
    base = data.get("base", BASE)
    if not base.startswith(("http://", "https://")) or not base.endswith(("/", "#")) or " " in base:
        message = f"“base” must be an http(s) IRI that ends with a slash, not “{base}”"
        raise InputError("RP106", message, location=Location(name))

    def paths(key: str, default: list[str]) -> tuple[Path, ...]:
        return tuple(root / str(part) for part in data.get(key, default))

    return Workspace(
        root=root,
        store=root / data.get("store", ".repatria"),
        base=base,
        title=data.get("title", "Repatria"),
        entities=paths("entities", ["data/entities"]),
        sources=paths("sources", ["data/sources"]),
        shapes=paths("shapes", []),
        queries=paths("queries", []),
    )


def shipped_workspace() -> Workspace:
    """Return the shipped dataset as a workspace whose store is in the user's cache folder.

    Raises StoreError RP404 if the system names no cache folder.
    """
    import platformdirs

    data = folder("data")
    try:
        cache = Path(platformdirs.user_cache_dir("repatria", appauthor=False))
    except RuntimeError as error:
        raise StoreError("RP404", f"no cache folder: {error}", hint="set HOME or XDG_CACHE_HOME") from None
    return Workspace(
        root=data.parent,
        store=cache / "shipped",
        entities=(data / "entities",),
        sources=(data / "sources",),
    )
