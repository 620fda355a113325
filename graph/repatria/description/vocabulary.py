"""Terms of the vocabularies that describe datasets, and the names of what a description speaks of."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import NamedNode

from repatria.terms import iri, prefixes, shorten

DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
SPDX = "http://spdx.org/rdf/terms#"
FOAF = "http://xmlns.com/foaf/0.1/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type"
# By the names of formats on the command line: the W3C's own, and the file types of the European Union.
FORMATS = {
    "turtle": "http://www.w3.org/ns/formats/Turtle",
    "trig": "http://www.w3.org/ns/formats/TriG",
    "nquads": "http://www.w3.org/ns/formats/N-Quads",
    "ntriples": "http://www.w3.org/ns/formats/N-Triples",
    "jsonld": "http://www.w3.org/ns/formats/JSON-LD",
    "rdfxml": "http://www.w3.org/ns/formats/RDF_XML",
}
FILE_TYPE_OF = {
    "turtle": "RDF_TURTLE",
    "trig": "RDF_TRIG",
    "nquads": "RDF_N_QUADS",
    "ntriples": "RDF_N_TRIPLES",
    "jsonld": "JSON_LD",
    "rdfxml": "RDF_XML",
    "csv": "CSV",
    "parquet": "PARQUET",
}


def dcat(name: str) -> NamedNode:
    """Return the term ``dcat:name``."""
    return iri(DCAT + name)


def void(name: str) -> NamedNode:
    """Return the term ``void:name``."""
    return iri(VOID + name)


def foaf(name: str) -> NamedNode:
    """Return the term ``foaf:name``."""
    return iri(FOAF + name)


def spdx(name: str) -> NamedNode:
    """Return the term ``spdx:name``."""
    return iri(SPDX + name)


@lru_cache(maxsize=4096)
def below(node: NamedNode, *keys: str) -> NamedNode:
    """Return the node ``node/key/key…``; a key may hold any letters."""
    return NamedNode("/".join((node.value, *(quote(key, safe=":") for key in keys))))


@lru_cache(maxsize=4096)
def key_of(text: str, base: str) -> str:
    """Return a short key of an IRI: as CURIE, the prefix of a namespace, or the whole.

    The prefixes are those of a graph with this ``base``.
    """
    short = shorten(text, prefixes(base))
    return short if short == text else short.removesuffix(":")


def namespace(text: str) -> str:
    """Return the part of an IRI up to its last ``/`` or ``#``, or all of it without one."""
    return text[: max(text.rfind("/"), text.rfind("#")) + 1] or text
