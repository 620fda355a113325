"""The order of predicates, objects and subjects: a reader's, and a function of the terms alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

from repatria.canonical.tokens import RDF
from repatria.resources import folder
from repatria.terms import DCTERMS, OWL, RDFS, SKOS

_SH = "http://www.w3.org/ns/shacl#"
# The vocabularies of all files, as a reader takes them in: what it is, what it is called, what it means,
# what it is of, what holds of it. The project's own terms follow in the order of its JSON-LD context.
_COMMON = (
    (RDF, "type"),
    (OWL, "annotatedSource annotatedProperty annotatedTarget"),
    (RDF, "subject predicate object first rest"),
    (RDFS, "label"),
    (SKOS, "prefLabel altLabel hiddenLabel"),
    (DCTERMS, "title description"),
    (SKOS, "notation definition scopeNote note example"),
    (RDFS, "comment"),
    (RDFS, "subClassOf subPropertyOf domain range"),
    (OWL, "inverseOf onProperty"),
    (_SH, "prefix namespace targetClass targetNode targetSubjectsOf targetObjectsOf target"),
    (_SH, "path name description"),
    (_SH, "order group minCount maxCount class datatype nodeKind in hasValue languageIn uniqueLang"),
    (_SH, "minLength maxLength pattern flags minInclusive minExclusive maxInclusive maxExclusive"),
    (_SH, "equals disjoint lessThan lessThanOrEquals not and or xone node"),
    (_SH, "qualifiedValueShape qualifiedMinCount qualifiedMaxCount qualifiedValueShapesDisjoint"),
    (
        _SH,
        "closed ignoredProperties deactivated severity message property sparql declare prefixes select ask",
    ),
)


class PredicateOrder(dict[str, tuple[int, str]]):
    """Predicate, as ``<…>`` → its sort key: its place in the reader's order, the rest by code points."""

    def __init__(self) -> None:
        super().__init__({f"<{iri}>": (place, "") for place, iri in enumerate(_reading_order())})
        self._rest = len(self)

    def __missing__(self, token: str) -> tuple[int, str]:
        key = self[token] = (self._rest, token[1:-1])
        return key


@cache
def _reading_order() -> tuple[str, ...]:
    common = (namespace + name for namespace, names in _COMMON for name in names.split())
    return tuple(dict.fromkeys((*common, *_model_order())))


def _model_order() -> Iterator[str]:
    """Yield the IRIs of the terms in the order of ontology/context.jsonld."""
    text = (folder("ontology") / "context.jsonld").read_text(encoding="utf8")
    context = json.loads(text)["@context"]
    for term in context.values():
        prefix, _, local = str(term["@id"] if isinstance(term, dict) else term).partition(":")
        if local and isinstance(namespace := context.get(prefix), str):
            yield namespace + local
