"""Reads the vocabulary files for their tests."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY = ROOT / "ontology"
CONCEPT = "https://w3id.org/repatria/concept/"


@cache
def load(name: str) -> Graph:
    return Graph().parse(ONTOLOGY / name)


def schema(path: str) -> Any:
    node = json.loads((ONTOLOGY / "dossier.schema.json").read_text("utf-8"))["$defs"]
    for step in path.split("/"):
        node = node[step]
    return node


def schemes() -> list[URIRef]:
    found = load("concepts.ttl").subjects(RDF.type, SKOS.ConceptScheme)
    return sorted(s for s in found if isinstance(s, URIRef))


def lang(node: Node) -> str | None:
    return node.language if isinstance(node, Literal) else None
