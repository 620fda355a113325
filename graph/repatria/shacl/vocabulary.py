"""The terms of SHACL and RDF that validation reads and writes, as pyoxigraph nodes."""

from __future__ import annotations

from pyoxigraph import NamedNode

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SHAPES = "https://w3id.org/repatria/shapes#"

TYPE = NamedNode(RDF + "type")
FIRST = NamedNode(RDF + "first")
REST = NamedNode(RDF + "rest")
NIL = NamedNode(RDF + "nil")
SUB_CLASS_OF = NamedNode(RDFS + "subClassOf")
ONTOLOGY = NamedNode(OWL + "Ontology")
XSD_STRING = NamedNode(XSD + "string")
XSD_INTEGER = NamedNode(XSD + "integer")
XSD_BOOLEAN = NamedNode(XSD + "boolean")


def sh(name: str) -> NamedNode:
    """Return the node of the SHACL namespace with this local name."""
    return NamedNode(SH + name)


SHAPE_TYPES = frozenset((sh("NodeShape"), sh("PropertyShape")))
TARGETS = tuple(map(sh, ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")))
