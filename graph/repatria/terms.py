"""Namespaces, the prefixes supplied to every query, and the IRIs of the data.

Vocabulary IRIs are fixed; data IRIs have a base that a workspace may set.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode

BASE = "https://w3id.org/repatria/"
NS = BASE + "ns#"
SHAPES = BASE + "shapes#"
CONCEPT = BASE + "concept/"

SCHEMES = (
    "act", "modality", "form", "measure", "population", "aggregation", "qualifier", "rule",
    "aspect", "reciprocity", "topic", "channel", "level", "identity", "relation", "status", "independence",
    "fulfilment", "sum",
)  # fmt: skip
KINDS = (
    "source", "claim", "passage", "evidence", "person", "org", "state", "unnamed", "post", "tenure",
    "event", "agreement", "place", "external", "assessment", "fulfilment",
)  # fmt: skip

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
ORG = "http://www.w3.org/ns/org#"
SCHEMA = "https://schema.org/"
OA = "http://www.w3.org/ns/oa#"
DCTERMS = "http://purl.org/dc/terms/"

_COMMON = {
    "rep": NS, "rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD, "skos": SKOS, "prov": PROV, "org": ORG,
    "schema": SCHEMA, "oa": OA, "dcterms": DCTERMS, "sh": "http://www.w3.org/ns/shacl#",
    "foaf": "http://xmlns.com/foaf/0.1/", "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "time": "http://www.w3.org/2006/time#", "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#", "wd": "http://www.wikidata.org/entity/",
}  # fmt: skip

# org: is the W3C ORG ontology's, fulfilment: a scheme; what is below id/ takes another prefix.
_KIND_PREFIX = {"org": "organization", "fulfilment": "fulfilment-check"}


@cache
def iri(text: str) -> NamedNode:
    """Return the node of an IRI of the vocabulary or of an entity; kept, so for few IRIs only.

    Raises ValueError if ``text`` is not an absolute IRI.
    """
    return NamedNode(text)


def rep(name: str) -> NamedNode:
    """Return the term ``rep:name`` of the ontology."""
    return iri(NS + name)


@cache
def concept(scheme: str, key: str) -> NamedNode:
    """Return the concept ``concept/{scheme}/{key}`` of the shipped schemes."""
    return iri(f"{CONCEPT}{scheme}/{key}")


def prefixes(base: str = BASE) -> dict[str, str]:
    """Return the prefixes supplied to every query: prefix (str) to namespace IRI (str).

    ``base`` is the base of the data IRIs; the concept schemes always have the shipped one.
    """
    table = dict(_COMMON)
    table.update({scheme: f"{CONCEPT}{scheme}/" for scheme in SCHEMES})
    table.update({_KIND_PREFIX.get(kind, kind): f"{base}id/{kind}/" for kind in KINDS})
    table["graph"] = f"{base}graph/"
    return table


def shorten(text: str, table: dict[str, str]) -> str:
    """Return ``text`` (an IRI) as a CURIE by the longest fitting namespace, or as it is.

    >>> shorten("https://w3id.org/repatria/ns#min", prefixes())
    'rep:min'
    """
    best = ""
    for prefix, namespace in table.items():
        if text.startswith(namespace) and len(namespace) > len(table.get(best, "")):
            best = prefix
    return f"{best}:{text[len(table[best]) :]}" if best else text


@dataclass(frozen=True, slots=True)
class Names:
    """Makes the IRIs of the data below a base, as text.

    The forms are documented in docs/model.md and never change for the same keys.
    """

    base: str = BASE

    def entity(self, kind: str, key: str) -> str:
        """IRI of a thing of one of :data:`KINDS`."""
        return f"{self.base}id/{kind}/{key}"

    def concept(self, scheme: str, key: str) -> str:
        """IRI of a concept of the workspace's own."""
        return f"{self.base}concept/{scheme}/{key}"

    def claim(self, source: str, key: str) -> str:
        """IRI of the claim ``source#key``."""
        return f"{self.base}id/claim/{source}/{key}"

    def count(self, source: str, key: str, number: int | str) -> str:
        """IRI of the count ``source#key/number``."""
        return f"{self.base}id/claim/{source}/{key}/count/{number}"

    def span(self, kind: str, source: str, start: int, end: int) -> str:
        """IRI of a ``passage`` or ``evidence`` by its offsets in code points."""
        return f"{self.base}id/{kind}/{source}/{start}-{end}"

    def graph(self, *parts: str) -> NamedNode:
        """Name of a graph: ``source``/id, ``entities``, ``concepts``, ``external``, ``meta``.

        ``assessment``/version is that of the rules by which the assessments in it were computed.
        """
        return NamedNode(f"{self.base}graph/{'/'.join(parts)}")

    @property
    def drafts(self) -> str:
        """What the names of draft graphs start with; they are never part of the default graph."""
        return f"{self.base}graph/draft/"
