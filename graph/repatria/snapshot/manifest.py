"""What a build was made from: its inputs with size, time and hash, and what they use."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from repatria.errors import Location, StoreError

FORMAT = 4
_PARTS = ("entities", "dossiers")


@dataclass(slots=True)
class Input:
    """One file: size in bytes, modification time in nanoseconds, SHA-256 of its bytes.

    ``sources`` maps the ids of its sources to [claims, counts]; ``uses``
    are pairs of a reference to an entity or concept, as Index.resolve takes
    it, and the IRI that it was resolved to.
    """

    size: int
    mtime_ns: int
    sha256: str
    sources: dict[str, list[int]] = field(default_factory=dict)
    uses: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Manifest:
    """What a build was made from.

    ``builder`` is a digest of all that is not input: rules, ontology, schema,
    base; ``shapes`` one of the shapes it was validated against; ``conforms``
    is None where it was not validated; ``assessed`` is how many groups of
    counts have which status, None where they were not assessed, and
    ``problems`` what could not be: code, message, hint, IRI, file, line, column;
    ``description`` is a digest of what the graph says of itself, ``statistics``
    are the numbers in that, but for those of the description itself.
    """

    builder: str
    entities: dict[str, Input] = field(default_factory=dict)
    dossiers: dict[str, Input] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    conforms: bool | None = None
    warnings: int = 0
    shapes: str = ""
    assessed: dict[str, int] | None = None
    problems: list[list[Any]] = field(default_factory=list)
    description: str = ""
    statistics: dict[str, Any] = field(default_factory=dict)
    format: int = FORMAT

    def totals(self) -> dict[str, int]:
        """Return how many sources, claims, counts, exchanges and officials there are."""
        pairs = [pair for item in self.dossiers.values() for pair in item.sources.values()]
        return {
            "sources": len(pairs),
            "claims": sum(pair[0] for pair in pairs),
            "counts": sum(pair[1] for pair in pairs),
            "exchanges": self.kinds.get("exchanges", 0),
            "officials": self.kinds.get("people", 0),
        }


def write_manifest(build: Path, manifest: Manifest) -> None:
    """Write the manifest into the folder of a build."""
    text = json.dumps(_plain(manifest), separators=(",", ":"))
    with (build / "manifest.json").open("w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())  # whole on the disk before it is published


def read_manifest(build: Path) -> Manifest:
    """Return the manifest of a build.

    Raises StoreError RP402 if it is missing, damaged or of another version.
    """
    path = build / "manifest.json"
    hint = "`repatria build --full` makes the store anew from the dossiers"
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf8"))
        found = data.get("format")
        if found == FORMAT:
            return _from(data)
    except (OSError, ValueError, TypeError, AttributeError, LookupError) as error:
        message = f"the store's manifest is damaged: {error}"
        raise StoreError("RP402", message, hint=hint, location=Location(str(path))) from None
    message = f"the store is of another version ({found}, not {FORMAT})"
    raise StoreError("RP402", message, hint=hint, location=Location(str(path)))


def _plain(manifest: Manifest) -> dict[str, Any]:
    """Return the manifest as plain data: each use once, in a table, and its number where it is used."""
    data: dict[str, Any] = {field.name: getattr(manifest, field.name) for field in fields(manifest)}
    numbers: dict[tuple[str, str], int] = {}
    for part in _PARTS:
        data[part] = {name: _plain_input(item, numbers) for name, item in data[part].items()}
    return data | {"uses": list(numbers)}


def _plain_input(item: Input, numbers: dict[tuple[str, str], int]) -> list[Any]:
    uses = [numbers.setdefault(use, len(numbers)) for use in item.uses]
    return [item.size, item.mtime_ns, item.sha256, item.sources, uses]


def _from(data: dict[str, Any]) -> Manifest:
    table = [(use, node) for use, node in data.pop("uses")]
    for part in _PARTS:
        data[part] = {name: _input(table, *item) for name, item in data[part].items()}
    return Manifest(**data)


def _input(
    table: list[tuple[str, str]],
    size: int,
    mtime_ns: int,
    sha256: str,
    sources: dict[str, list[int]],
    uses: list[int],
) -> Input:
    return Input(size, mtime_ns, sha256, sources, tuple([table[number] for number in uses]))
