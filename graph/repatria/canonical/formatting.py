"""Anybody's Turtle, TriG, N-Triples or N-Quads in canonical form, with its comments."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from pyoxigraph import Literal, Quad

from repatria.canonical.attaching import attach
from repatria.canonical.checking import same
from repatria.canonical.graphs import Graphs
from repatria.canonical.labels import label_tokens
from repatria.canonical.notes import ObjectPlace
from repatria.canonical.nquads import joined
from repatria.canonical.tokens import QuadTokens, quad_lines, small_tag, split_quad
from repatria.canonical.writing import write_graphs
from repatria.errors import InputError, Location, RepatriaError
from repatria.rdf import FORMATS, read_quads
from repatria.rdf.formats import format_of_name
from repatria.rdf.turtle import Document, Format, LocatedQuad, read_document
from repatria.textfile import decode

FORMATTED: tuple[Format, ...] = ("turtle", "trig", "ntriples", "nquads")
_NAMES = {FORMATS[name]: name for name in FORMATTED}


def format_bytes(raw: bytes, name: str, format: str | None = None, *, base_iri: str | None = None) -> bytes:
    """Return a document in canonical form, in UTF-8.

    ``name`` is what messages call it; its ending says the format, or ``format`` does (one of
    :data:`FORMATTED`, or another name of one). ``base_iri`` resolves relative IRIs. The new text is read
    again before it is returned: it holds the same dataset and the same comments. Raises :class:`InputError`
    with the place: RP302 no text, RP303 syntax or a relative IRI without base, RP304 no format that can be
    written, RP306 RDF 1.2, RP307 too many blank nodes that look alike, RP308 comments that cannot be kept.
    """
    chosen = _format(name, format)
    before = list(read_quads(BytesIO(raw), name=name, format=chosen, base_iri=base_iri))
    document = read_document(_text(raw, name), name, format=chosen, base_iri=base_iri)
    places = _tokens(document)
    try:
        if chosen in ("turtle", "trig"):
            written = _turtle(document, places, name)
        else:
            written = _lines(document, places, name)
        _check(before, document, written, name, chosen)
    except InputError as error:
        error.location = error.location or Location(name)
        raise
    return written


def read_bytes(path: Path, name: str) -> bytes:
    """Return the content of a file, which messages call ``name``. Raises InputError RP301."""
    try:
        return path.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        hint = "give an RDF file, or - for standard input"
        place = Location(name)
        raise InputError("RP301", f"cannot be read: {reason}", hint=hint, location=place) from None


def _format(name: str, given: str | None) -> Format:
    if name.lower().endswith(".gz"):
        hint = "unpack it first"
        raise InputError("RP304", "a packed file cannot be formatted", hint=hint, location=Location(name))
    if given is None and (found := format_of_name(name)) is not None:
        given = _NAMES.get(found, "")
    chosen = _NAMES.get(FORMATS[given.lower()]) if given and given.lower() in FORMATS else None
    if chosen is None:
        message = f"this command formats {', '.join(FORMATTED[:-1])} and {FORMATTED[-1]} only"
        hint = "name the format of the text, or give the file one of the endings .ttl .trig .nt .nq"
        raise InputError("RP304", message, hint=hint, location=Location(name))
    return chosen


def _text(raw: bytes, name: str) -> str:
    try:
        # NUL may stand in a literal, unlike in other text files.
        return raw.decode("utf8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return decode(raw, name)  # which tells the place


def _turtle(document: Document, places: list[ObjectPlace], name: str) -> bytes:
    graphs = Graphs()
    for graph, subject, predicate, value in dict.fromkeys(places):
        graphs.add(subject, predicate, value, graph)
    out = BytesIO()
    write_graphs(graphs, out, document.prefixes, attach(document, places, name))
    return out.getvalue()


def _lines(document: Document, places: list[ObjectPlace], name: str) -> bytes:
    if document.comments:
        first = document.comments[0]
        message = "canonical N-Triples and N-Quads have no comments, so this one would be lost"
        place = Location(name, *document.location(first.start))
        raise InputError(
            "RP308", message, hint="remove the comments, or keep the file as Turtle", location=place
        )
    quads = {(subject, predicate, value, graph) for graph, subject, predicate, value in places}
    compared = {(subject, predicate, small_tag(value), graph) for subject, predicate, value, graph in quads}
    labels = {node: f"_:{label}" for node, label in label_tokens(compared).items()}
    return "".join(f"{line} .\n" for line in sorted(joined(quad, labels) for quad in quads)).encode()


def _tokens(document: Document) -> list[ObjectPlace]:
    """Return the quads as tokens, the graph first, with language tags as they are written."""
    found = []
    for located in document.quads:
        quad = located.quad
        # A graph of the default graph has no name.
        graph = "" if located.graph is None else str(quad.graph_name)
        found.append((graph, str(quad.subject), str(quad.predicate), _object(located, document.text)))
    return found


def _object(located: LocatedQuad, text: str) -> str:
    value = located.quad.object
    token = str(value)
    if isinstance(value, Literal) and value.language:
        # The parser writes tags in lower case.
        size = len(value.language)
        tag = text[located.object.end - size : located.object.end]
        if tag.lower() == value.language:
            return token[:-size] + tag
    return token


def _check(before: list[Quad], document: Document, written: bytes, name: str, format: Format) -> None:
    """Raise RepatriaError RP900 if the new text does not hold what the old one held."""
    after = read_quads(BytesIO(written), name=name, format=format)
    kept = same(_split(before), _split(after))
    if kept and document.comments:
        again = read_document(written.decode(), name, format=format)
        kept = _comments(document) == _comments(again)
    if not kept:
        message = "the formatted text would not hold the same statements and comments"
        hint = "the file is left as it is; please report this fault with the file"
        raise RepatriaError("RP900", message, hint=hint, location=Location(name))


def _split(quads: Iterable[Quad]) -> set[QuadTokens]:
    return {split_quad(line) for line in quad_lines(quads)}


def _comments(document: Document) -> list[str]:
    return sorted(comment.text.rstrip() for comment in document.comments)
