"""Reads anybody's RDF file into quads, with the literals exactly as written, and never over a network.

Nothing passes through a store here, because a store rewrites literals
(``"01"^^xsd:integer`` becomes ``1``). Remote JSON-LD contexts, XML external
entities and external DTDs are refused, never fetched.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import IO, BinaryIO

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from repatria.errors import InputError, Location
from repatria.rdf.diagnosis import explain, not_text
from repatria.rdf.formats import FORMATS, NAMES, ending, format_of_name, guess_format
from repatria.rdf.xml_entities import refuse_entities

_HEAD = 65536
# Resolves what is relative in JSON-LD, which drops such IRIs without a word when there is no base.
_NO_BASE_SCHEME = "x-repatria-no-base:"
_NO_BASE = f"{_NO_BASE_SCHEME}//none/"


def read_quads(
    source: Path | BinaryIO,
    *,
    name: str,
    format: str | None = None,
    base_iri: str | None = None,
    rename_blank_nodes: bool = False,
) -> Iterator[Quad]:
    """Yield the quads of an RDF document, literals as written, blank nodes with the labels of the document.

    ``source`` is a path or an open binary stream, ``name`` what messages call it
    (``-`` for standard input). ``format`` is one of :data:`FORMATS`; without it the
    ending of the name decides (``.gz`` is unpacked), and where a name has no ending,
    the content. ``base_iri`` resolves relative IRIs. ``rename_blank_nodes`` gives
    fresh labels, for documents that are read into one graph.

    Reading starts with the first quad. Raises :class:`InputError`: RP301 cannot be
    read, RP302 not text or not UTF-8, RP303 syntax (with line and column; a parser
    stops at the first), RP304 unknown format, RP305 remote JSON-LD context.
    """
    asked = _asked_format(format, name)
    with _reading_errors(name), _opened(source, name) as stream:
        reader, head = _with_head(stream)
        if wrong := not_text(head, name):
            raise wrong
        chosen = asked or guess_format(head)
        if chosen == RdfFormat.RDF_XML:
            reader = _checked_xml(reader, name)
        base = base_iri or (_NO_BASE if chosen == RdfFormat.JSON_LD else None)
        try:
            for quad in parse(reader, chosen, base_iri=base, rename_blank_nodes=rename_blank_nodes):
                if base is _NO_BASE:
                    _refuse_relative(quad, name)
                yield quad
        except SyntaxError as problem:
            raise explain(problem, name, head) from None
        except ValueError as problem:
            raise InputError("RP303", str(problem), location=Location(name)) from None


def _asked_format(given: str | None, name: str) -> RdfFormat | None:
    """Return the format that was asked for or that the name says; None to guess it. Raises RP304."""
    known = f"known formats: {', '.join(NAMES)}"
    if given is not None:
        if (found := FORMATS.get(given.lower())) is None:
            raise InputError("RP304", f"unknown RDF format {given!r}", hint=known, location=Location(name))
        return found
    if (found := format_of_name(name)) is None and ending(name):
        message = f"the ending .{ending(name)} says no RDF format"
        raise InputError("RP304", message, hint=f"name the format; {known}", location=Location(name))
    return found


@contextmanager
def _reading_errors(name: str) -> Iterator[None]:
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as problem:
        hint = "unpack it by hand to see how much of it is whole"
        message = f"damaged gzip file: {problem}"
        raise InputError("RP301", message, hint=hint, location=Location(name)) from None
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        hint = "give an RDF file, or - for standard input" if problem.strerror else ""
        raise InputError("RP301", f"cannot be read: {reason}", hint=hint, location=Location(name)) from None


@contextmanager
def _opened(source: Path | BinaryIO, name: str) -> Iterator[IO[bytes]]:
    """Open a path or use a stream, unpacking what is named ``.gz``; a stream of the caller stays open."""
    packed = name.lower().endswith(".gz")
    if isinstance(source, Path):
        with source.open("rb") as raw:
            if packed:
                with gzip.open(raw) as unpacked:
                    yield unpacked  # type: ignore[misc]  # typeshed: GzipFile is an IO[bytes] in all but name
            else:
                yield raw
    elif packed:
        with gzip.open(source) as unpacked:
            yield unpacked  # type: ignore[misc]
    else:
        yield source


def _with_head(stream: IO[bytes]) -> tuple[IO[bytes], bytes]:
    """Return a stream of the whole document without a byte order mark, and its first bytes."""
    head = b""
    while len(head) < _HEAD and (more := stream.read(_HEAD - len(head))):
        head += more
    head = head.removeprefix(b"\xef\xbb\xbf")
    return BufferedReader(_Joined(BytesIO(head), stream)), head


class _Joined(RawIOBase):
    """The beginning that was looked at, then the rest of the stream."""

    def __init__(self, head: BytesIO, rest: IO[bytes]) -> None:
        super().__init__()
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _checked_xml(stream: IO[bytes], name: str) -> IO[bytes]:
    # Read whole: a declaration may stand anywhere before the first element.
    document = stream.read()
    if not document.strip():
        hint = "the file may be cut off"
        raise InputError("RP303", "an empty document is no RDF/XML", hint=hint, location=Location(name))
    refuse_entities(document, name)
    return BytesIO(document)


def _refuse_relative(quad: Quad, name: str) -> None:
    for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
        if isinstance(term, Triple) or not isinstance(term, NamedNode):
            continue
        if term.value.startswith(_NO_BASE_SCHEME):
            written = term.value.removeprefix(_NO_BASE)
            hint = 'give a base IRI, or put "@base" into the "@context"'
            message = f"relative IRI <{written}> without a base"
            raise InputError("RP303", message, hint=hint, location=Location(name))
