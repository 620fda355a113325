"""The parsers of the matrix: the formats that each reads, and how it is asked."""

from __future__ import annotations

import contextlib
import gzip
import logging
import subprocess
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import rdflib
from pyoxigraph import Quad, RdfFormat
from tests.interop.foreign import Servers, rapper

from repatria.rdf import FORMATS

WITH_GRAPHS = frozenset({"trig", "nquads"})
SUFFIXES = {
    "turtle": "ttl", "trig": "trig", "nquads": "nq", "ntriples": "nt", "jsonld": "jsonld", "rdfxml": "rdf",
}  # fmt: skip
ALL = tuple(SUFFIXES)
WRITTEN = frozenset(
    (format, parser)
    for format in ("turtle", "trig")
    for parser in ("rdflib", "pyoxigraph", "Raptor", "N3.js", "Jena")
    if (format, parser) != ("trig", "Raptor")
)
"""Format and parser where the parser writes the format as well."""
_RDFLIB = {"jsonld": "json-ld", "rdfxml": "xml", "ntriples": "nt"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a parser made of a file: its number of statements, what it complained of, what it wrote anew.

    ``quads`` is the file with what it read as N-Quads; ``pretty`` the same in
    the format that was read, as it writes that; None if it does not.
    """

    count: int
    messages: list[str]
    quads: Path
    pretty: Path | None = None

    def statements(self) -> list[Quad]:
        """Return what was read."""
        return list(pyoxigraph.parse(path=self.quads, format=RdfFormat.N_QUADS))


Read = Callable[[Servers, Path, str, Path], Reading]


def _written(folder: Path, parser: str, format: str) -> tuple[Path, Path | None]:
    """Return where a parser writes what it read: as N-Quads, and in the format itself where it can."""
    pretty = folder / f"{parser}.{SUFFIXES[format]}" if (format, parser) in WRITTEN else None
    return folder / f"{parser}.nq", pretty


def _opened(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


@contextlib.contextmanager
def _overheard() -> Iterator[list[str]]:
    """Give a list of all that is warned of or logged."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    listener, logger = Listener(), logging.getLogger("rdflib")
    logger.addHandler(listener)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            # rdflib calls what it has deprecated itself, whatever it reads.
            warnings.simplefilter("ignore", DeprecationWarning)
            yield heard
        heard.extend(str(warning.message) for warning in caught)
    finally:
        logger.removeHandler(listener)


def _rdflib(_: Servers, file: Path, format: str, folder: Path) -> Reading:
    graphs = format in WITH_GRAPHS
    graph: rdflib.Graph = rdflib.Dataset() if graphs else rdflib.Graph()
    with _overheard() as messages:
        graph.parse(data=_opened(file), format=_RDFLIB.get(format, format), publicID=file.as_uri())
        quads, pretty = _written(folder, "rdflib", format)
        graph.serialize(quads, format="nquads" if graphs else "nt", encoding="utf-8")
        if pretty:
            graph.serialize(pretty, format=format, encoding="utf-8")
        count = sum(1 for _ in (graph.quads() if isinstance(graph, rdflib.Dataset) else graph))
    return Reading(count, messages, quads, pretty)


def _pyoxigraph(_: Servers, file: Path, format: str, folder: Path) -> Reading:
    found = list(pyoxigraph.parse(_opened(file), format=FORMATS[format], base_iri=file.as_uri()))
    quads, pretty = _written(folder, "pyoxigraph", format)
    pyoxigraph.serialize(found, quads, format=RdfFormat.N_QUADS)
    if pretty:
        pyoxigraph.serialize(found, pretty, format=FORMATS[format])
    return Reading(len(found), [], quads, pretty)


def _raptor(_: Servers, file: Path, format: str, folder: Path) -> Reading:
    quads, pretty = _written(folder, "Raptor", format)
    messages: list[str] = []
    for out, path in (("nquads", quads), ("turtle", pretty)):
        if path is None:
            continue
        command = [rapper(), "-q", "-w", "-i", format, "-o", out, "-I", file.as_uri(), "-"]
        ended = subprocess.run(command, input=_opened(file), capture_output=True, check=False)
        path.write_bytes(ended.stdout)
        messages += ended.stderr.decode().splitlines()
        messages += [f"exit code {ended.returncode}"] if ended.returncode else []
    return Reading(quads.read_bytes().count(b"\n"), messages, quads, pretty)


def _served(server: str, name: str) -> Read:
    def read(servers: Servers, file: Path, format: str, folder: Path) -> Reading:
        quads, pretty = _written(folder, name, format)
        more = {"pretty": pretty} if pretty else {}
        told = servers[server].ask("read", file=file, format=format, quads=quads, **more)
        return Reading(told["count"], told["messages"], quads, pretty)

    return read


PARSERS: dict[str, tuple[tuple[str, ...], Read]] = {
    "rdflib": (ALL, _rdflib),
    "pyoxigraph": (ALL, _pyoxigraph),
    "Raptor": (("turtle", "trig", "nquads", "ntriples", "rdfxml"), _raptor),
    "N3.js": (("turtle", "trig", "nquads", "ntriples"), _served("javascript", "N3.js")),
    "jsonld.js": (("jsonld",), _served("javascript", "jsonld.js")),
    "Jena": (ALL, _served("jena", "Jena")),
}
"""Name → the formats that it reads, and how. Jena opens ``.gz`` itself; the others get it unpacked."""
