"""The files of the matrix: exports of the dataset, the vocabularies, graphs that are hard to write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat
from tests.interop.foreign import Servers
from tests.interop.hard import PREFIXES, TOPICS
from tests.interop.parsers import PARSERS, SUFFIXES, WITH_GRAPHS, Reading

from repatria.export import write_graph
from repatria.store import open_nquads
from repatria.terms import BASE, prefixes
from repatria_cli.main import main

ROOT = Path(__file__).resolve().parents[2]
VOCABULARIES = sorted([*(ROOT / "ontology").glob("*.ttl"), *(ROOT / "shapes").glob("*.ttl")])
# Name → the options of `repatria export`.
EXPORTS: dict[str, tuple[str, ...]] = {
    "dataset": (),
    "assessed": ("--with-assessments",),
    "exchange": ("--exchange", "exchange-2025-12-19", "--with-assessments"),
}
ASSESSMENTS = f"{BASE}graph/assessment/"


def formats_of(name: str) -> list[str]:
    """Return the formats in which a sample can be written at all: XML has no place for control characters."""
    if name == "graphs":
        return sorted(WITH_GRAPHS)
    return [
        form for form in SUFFIXES if form != "rdfxml" or name not in ("control characters", "noncharacters")
    ]


def export(target: Path, format: str, *options: str) -> Path:
    """Run ``repatria export`` on the shipped dataset."""
    assert main(["export", "--format", format, "-o", str(target), *options]) == 0
    return target


@cache
def assessed() -> tuple[Quad, ...]:
    """Return the quads of the shipped dataset with its assessments, as committed."""
    return tuple(open_nquads(ROOT / "data" / "repatria.nq").quads())


@cache
def dataset() -> tuple[Quad, ...]:
    """Return the quads of the shipped dataset, which `export` gives when nothing else is said."""
    return tuple(quad for quad in assessed() if f"<{ASSESSMENTS}" not in str(quad.graph_name))


@cache
def vocabulary(file: Path) -> tuple[Quad, ...]:
    """Return what a file of ontology/ or shapes/ says."""
    return tuple(pyoxigraph.parse(path=file, format=RdfFormat.TURTLE))


def union(quads: Iterable[Quad]) -> list[Quad]:
    """Return the same triples without their graphs."""
    return list(dict.fromkeys(Quad(quad.subject, quad.predicate, quad.object) for quad in quads))


def write(target: Path, quads: Iterable[Quad], name: str, format: str) -> Path:
    """Write quads as an export does."""
    with target.open("wb") as out:
        write_graph(quads, format, out, PREFIXES if name in TOPICS else prefixes(BASE))
    return target


@dataclass(slots=True)
class Samples:
    """Files in a folder, each made when it is first asked for and read once by each parser."""

    folder: Path
    servers: Servers
    readings: dict[tuple[Path, str], Reading] = field(default_factory=dict)

    def file(self, name: str, format: str, *, packed: bool = False) -> Path:
        """Return the file of a sample."""
        target = self.folder / f"{name}.{SUFFIXES[format]}{'.gz' if packed else ''}"
        if target.exists():
            return target
        if name in EXPORTS:
            return export(target, format, *EXPORTS[name], *(["--gzip"] if packed else []))
        return write(target, self.meant(name, format), name, format)

    def meant(self, name: str, format: str) -> list[Quad]:
        """Return what the file of a sample must say; of a part of the dataset, what its N-Quads say."""
        if name in TOPICS:
            return TOPICS[name]
        if name == "vocabularies":
            return union(quad for file in VOCABULARIES for quad in vocabulary(file))
        whole = {"dataset": dataset, "assessed": assessed}
        found = whole[name]() if name in whole else pyoxigraph.parse(path=self.file(name, "nquads"))
        return list(found) if format in WITH_GRAPHS else union(found)

    def read(self, file: Path, format: str, parser: str) -> Reading:
        """Return what a parser made of a file."""
        key = file, parser
        if key not in self.readings:
            folder = self.folder / f"{file.name} by {parser}"
            folder.mkdir(exist_ok=True)
            self.readings[key] = PARSERS[parser][1](self.servers, file, format, folder)
        return self.readings[key]

    def rewritten(self, file: Path, name: str, format: str) -> bytes:
        """Return a file of others, read and written as an export does."""
        return write(self.folder / "again", pyoxigraph.parse(path=file), name, format).read_bytes()
