"""Reading RDF of anybody: quads with literals as written, located errors, no network."""

from repatria.rdf.formats import FORMATS
from repatria.rdf.graphs import from_rdflib, to_rdflib
from repatria.rdf.reading import read_quads

__all__ = ["FORMATS", "from_rdflib", "read_quads", "to_rdflib"]
