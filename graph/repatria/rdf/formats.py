"""The RDF formats that can be read, their names, and a modest guess from a file's name or beginning."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pyoxigraph import RdfFormat, parse

_ALIASES: dict[str, tuple[RdfFormat, tuple[str, ...]]] = {
    "turtle": (RdfFormat.TURTLE, ("ttl", "text/turtle")),
    "trig": (RdfFormat.TRIG, ("application/trig",)),
    "ntriples": (RdfFormat.N_TRIPLES, ("nt", "n-triples", "application/n-triples")),
    "nquads": (RdfFormat.N_QUADS, ("nq", "n-quads", "application/n-quads")),
    "jsonld": (RdfFormat.JSON_LD, ("json-ld", "json", "application/ld+json")),
    "rdfxml": (RdfFormat.RDF_XML, ("rdf", "xml", "rdf/xml", "rdf-xml", "owl", "application/rdf+xml")),
    "n3": (RdfFormat.N3, ("text/n3",)),
}

NAMES: tuple[str, ...] = tuple(_ALIASES)
"""The names of the formats, as the command line prints them."""

FORMATS: Mapping[str, RdfFormat] = MappingProxyType(
    {name: rdf for key, (rdf, aliases) in _ALIASES.items() for name in (key, *aliases)}
)
"""Name, alias, file ending (without its dot) or media type, in lower case → the format of pyoxigraph."""


def format_of_name(name: str) -> RdfFormat | None:
    """Return the format that the ending of a file name says, a last ``.gz`` aside, or None."""
    return FORMATS.get(ending(name))


def ending(name: str) -> str:
    """Return the ending of a file name in lower case without its dot, a last ``.gz`` aside; may be empty."""
    base = name.replace("\\", "/").rpartition("/")[2].lower().removesuffix(".gz")
    stem, dot, last = base.rpartition(".")
    return last if dot and stem else ""


def guess_format(head: bytes) -> RdfFormat:
    """Guess the format from the first bytes of a document.

    ``{`` is JSON-LD, ``[`` too unless it opens a Turtle blank node; an XML
    declaration or ``rdf:RDF`` is RDF/XML; whole lines that read as N-Quads are
    that; all else is TriG, which reads Turtle and N-Triples too.
    """
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"<?xml", b"<rdf:RDF", b"<!DOCTYPE", b"<!--")):
        return RdfFormat.RDF_XML
    if text.startswith(b"{") and text[1:].lstrip()[:1] in (b'"', b"}"):
        return RdfFormat.JSON_LD
    if text.startswith(b"[") and text[1:].lstrip()[:1] in (b"{", b"]", b'"') and b'"' in text:
        return RdfFormat.JSON_LD
    return RdfFormat.N_QUADS if _reads_as_nquads(text) else RdfFormat.TRIG


def _reads_as_nquads(text: bytes) -> bool:
    # The last line may be cut in two.
    lines = text.splitlines()
    whole = lines[:-1] if len(lines) > 1 else lines
    try:
        return sum(1 for _ in parse(b"\n".join(whole), RdfFormat.N_QUADS)) > 0
    except SyntaxError:
        return False
