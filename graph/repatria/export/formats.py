"""The formats of exports: what each is called, and by which ending and media type it is known."""

from __future__ import annotations

from dataclasses import dataclass

from repatria.rdf.formats import ending


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the ending of file names without its dot, and the media type."""

    ending: str
    media_type: str


EXPORT_FORMATS = {
    "turtle": Format("ttl", "text/turtle"),
    "trig": Format("trig", "application/trig"),
    "nquads": Format("nq", "application/n-quads"),
    "ntriples": Format("nt", "application/n-triples"),
    "jsonld": Format("jsonld", "application/ld+json"),
    "rdfxml": Format("rdf", "application/rdf+xml"),
    "csv": Format("csv", "text/csv"),
    "parquet": Format("parquet", "application/vnd.apache.parquet"),
}


def format_of(name: str) -> str:
    """Return the format that the ending of a file name says, a last ``.gz`` aside; else turtle."""
    found = ending(name)
    return next((format for format, known in EXPORT_FORMATS.items() if known.ending == found), "turtle")
