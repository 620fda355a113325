"""Tables of what the dossier schema, the ontology and the shapes declare."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import rdflib
from docs.tables import table
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS

from repatria.resources import folder
from repatria.terms import SCHEMES, prefixes, shorten

# ---- The dossier format ---------------------------------------------------------------------------------

_DOSSIER = ("dossier", "claim", "count", "passage", "evidence", "period", "retraction")
_ENTITIES = (
    "entities", "person", "tenure", "organization", "state", "unnamed", "post", "exchange", "happening",
    "agreement", "place", "concept", "externalSource", "identity",
)  # fmt: skip
_SCALARS = (
    "key", "entity", "claimRef", "countRef", "derivation", "date", "partialDate", "offset", "number",
    "sha256", "printed", "text", "url", "wikidata", "status", "labels", "names",
)  # fmt: skip


@cache
def _definitions() -> dict[str, Any]:
    text = (folder("ontology") / "dossier.schema.json").read_text(encoding="utf8")
    definitions: dict[str, Any] = json.loads(text)["$defs"]
    assert set(definitions) == {*_DOSSIER, *_ENTITIES, *_SCALARS}, "a definition has no place in the docs"
    return definitions


def dossier_keys() -> str:
    """The keys of dossiers, from the JSON Schema."""
    return "\n\n".join(map(_keys, _DOSSIER))


def entity_keys() -> str:
    """The keys of entity files, from the JSON Schema."""
    return "\n\n".join(map(_keys, _ENTITIES))


def value_types() -> str:
    """The kinds of values that keys take, from the JSON Schema."""
    rows = ((f"*{_words(name)}*", str(_definitions()[name]["description"])) for name in _SCALARS)
    return table(("Value", "What it is"), rows)


def _keys(name: str) -> str:
    definition = _definitions()[name]
    needed = definition.get("required", ())
    rows = []
    for key, value in definition["properties"].items():
        told = value.get("description", "")
        reference = value.get("$ref") or value.get("items", {}).get("$ref")
        if reference:
            told = told or _definitions()[reference.rpartition("/")[2]].get("description", "")
        rows.append((f"`{key}`", _value(value), "yes" if key in needed else "", told))
    head = f"### {_words(name)}\n\n{definition['description']}\n\n"
    return head + table(("Key", "Value", "Required", "Meaning"), rows)


def _words(name: str) -> str:
    return re.sub(r"([A-Z])", lambda found: " " + found[1].lower(), name).replace(" ref", " reference")


def _value(value: dict[str, Any]) -> str:
    """Return in words what a key takes."""
    if "examples" in value:
        return f"{', '.join(f'`{word}`' for word in value['examples'])}, or another of its scheme"
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        told = _words(name)
        return f"*{told}*" if name in _SCALARS else f"[{told}](#{told.replace(' ', '-')})"
    if "enum" in value:
        return ", ".join(f"`{word}`" for word in value["enum"])
    if "oneOf" in value:
        return f"{_value(value['oneOf'][0])}, one or a list"
    if value["type"] == "array":
        return f"list: {_value(value['items'])}"
    if value["type"] == "object":
        return "; ".join(f"`{key}`: {_value(part)}" for key, part in value["properties"].items())
    return {"string": "text", "integer": "whole number", "boolean": "`true` or `false`"}[value["type"]]


# ---- Ontology, concepts, shapes -------------------------------------------------------------------------


@cache
def _graph(name: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in sorted(folder(name).glob("*.ttl")):
        graph.parse(path)
    return graph


def _short(node: Any) -> str:
    return f"`{shorten(str(node), {**prefixes(), 's': 'https://w3id.org/repatria/shapes#'})}`"


def _named(graph: rdflib.Graph, node: Any) -> Iterator[str]:
    union = graph.value(node, OWL.unionOf)
    items = list(graph.items(union)) if union is not None else [node]
    yield from (_short(item) for item in items)


def _terms(kinds: Iterable[rdflib.URIRef]) -> list[Any]:
    graph = _graph("ontology")
    own = (node for kind in kinds for node in graph.subjects(RDF.type, kind))
    return sorted({node for node in own if str(node).startswith(prefixes()["rep"])})


def classes() -> str:
    """The classes of the ontology."""
    graph = _graph("ontology")
    rows = []
    for node in _terms([OWL.Class]):
        wider = (c for c in graph.objects(node, RDFS.subClassOf) if isinstance(c, rdflib.URIRef))
        told = str(graph.value(node, SKOS.definition))
        rows.append((_short(node), ", ".join(sorted(map(_short, wider))), told))
    return table(("Class", "Subclass of", "What it is"), rows)


def properties() -> str:
    """The properties of the ontology."""
    graph = _graph("ontology")
    rows = [
        (
            _short(node),
            ", ".join(n for d in graph.objects(node, RDFS.domain) for n in _named(graph, d)),
            ", ".join(n for r in graph.objects(node, RDFS.range) for n in _named(graph, r)),
            str(graph.value(node, SKOS.definition)),
        )
        for node in _terms([OWL.ObjectProperty, OWL.DatatypeProperty])
    ]
    return table(("Property", "Of", "Value", "Meaning"), rows)


def schemes() -> str:
    """The concept schemes and their concepts."""
    graph = _graph("ontology")
    start = prefixes()["act"].removesuffix("act/")
    rows = []
    for key in SCHEMES:
        scheme = rdflib.URIRef(start + key)
        found = [str(graph.value(c, SKOS.notation)) for c in graph.subjects(SKOS.inScheme, scheme)]
        told = f"{graph.value(scheme, DCTERMS.title)}: {graph.value(scheme, SKOS.definition)}"
        rows.append((f"`{key}:`", told, ", ".join(f"`{word}`" for word in sorted(set(found)))))
    return table(("Prefix", "Scheme", "Concepts"), rows)


def rules() -> str:
    """The rules of the shapes: each with its severity and its message."""
    graph = _graph("shapes")
    rows = {
        (_rule(node), str(graph.value(node, SH.severity) or SH.Violation).rpartition("#")[2], str(message))
        for node, message in graph.subject_objects(SH.message)
    }
    return table(("Rule", "Severity", "Message"), sorted(rows))


def _rule(node: Any) -> str:
    """The name of a rule, with an anchor that reports name as the rule's page."""
    return f'<a id="{str(node).rpartition("#")[2]}"></a>{_short(node)}'


def prefix_table() -> str:
    """The prefixes supplied to queries."""
    rows = [(f"`{name}:`", f"`{space}`") for name, space in sorted(prefixes().items())]
    return table(("Prefix", "Namespace"), rows)
