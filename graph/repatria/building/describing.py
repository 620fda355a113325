"""The step of a build that counts what changed and lets the graph describe itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from pyoxigraph import NamedNode, Store

from repatria import __version__
from repatria.building.library import RULES
from repatria.description import About, Statistics, describe_itself, in_several_graphs
from repatria.terms import RDF, Names, iri
from repatria.workspace import Workspace

_TYPE = iri(RDF + "type")


def about(workspace: Workspace) -> About:
    """Return what the settings of a workspace say of its dataset."""
    node = NamedNode(f"{workspace.base}dataset")
    return About(node, workspace.title, workspace.dataset, RULES, __version__)


def description_digest(workspace: Workspace) -> str:
    """Return a digest of all that the description of the graph says but the numbers."""
    return hashlib.sha256(repr(about(workspace)).encode()).hexdigest()


def count_parts(store: Store, names: Names, sources: Iterable[str], entities: bool) -> Statistics:
    """Count the statements that dossiers, and with ``entities`` the entity files, have in a store."""
    found, external = Statistics(names.base, per_graph=True), names.graph("external")
    for graph in (names.graph("source", source) for source in sources):
        found.add_store(store, f"GRAPH {graph} {{ ?s ?p ?o }}")
        if not entities:
            typed = store.quads_for_pattern(None, _TYPE, None, graph)
            for subject in {quad.subject for quad in typed}:
                found.add_all(store.quads_for_pattern(subject, None, None, external))
    for part in ("entities", "concepts", "external") if entities else ():
        found.add_store(store, f"GRAPH {names.graph(part)} {{ ?s ?p ?o }}")
    return found


def describe_store(store: Store, workspace: Workspace, data: Statistics) -> None:
    """Let the graph ``meta`` of a store say what the store holds; ``data`` counts all other graphs, each."""
    graph = Names(workspace.base).graph("meta")
    store.remove_graph(graph)
    data = data - in_several_graphs(store, workspace.base)
    store.extend(describe_itself(graph, about(workspace), data))


def stored_numbers(numbers: Statistics) -> dict[str, Any]:
    """Return numbers as a manifest holds them."""
    links = [[*key, number] for key, number in numbers.links.items()]
    return {
        "triples": numbers.triples,
        "properties": numbers.properties,
        "classes": numbers.classes,
        "links": links,
    }


def restored_numbers(data: dict[str, Any], base: str) -> Statistics:
    """Return the numbers that a manifest holds."""
    found = Statistics(base, data["triples"], per_graph=True)
    found.properties.update(data["properties"])
    found.classes.update(data["classes"])
    found.links.update({(predicate, space): number for predicate, space, number in data["links"]})
    return found
