"""Validating: the graph of a workspace, a file, or quads; against the shipped shapes or others."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, TypeAlias, cast

from pyoxigraph import Quad

from repatria.errors import InputError, Location
from repatria.rdf import from_rdflib, read_quads
from repatria.resources import folder
from repatria.shacl import Report
from repatria.shacl import validate as run_shapes
from repatria.shacl.data import DataGraph
from repatria.shacl.loading import load_lines, over
from repatria.workspace import Workspace

if TYPE_CHECKING:
    import rdflib

    from repatria.session import Graph

Inference = Literal["none", "rdfs"]
# A file or several, an open graph, an rdflib graph, or quads.
Data: TypeAlias = "str | Path | Graph | rdflib.Graph | Iterable[Quad] | Sequence[str | Path]"


def _read(paths: Iterable[str | Path]) -> list[Quad]:
    files = [Path(path) for path in paths]
    several = len(files) > 1  # blank nodes of different files are different
    return [
        quad
        for path in files
        for quad in read_quads(_source(path), name=str(path), rename_blank_nodes=several)
    ]


def _source(path: Path) -> Path | BinaryIO:
    if str(path) != "-":
        return path
    if sys.stdin is None:
        place = Location("-")
        raise InputError("RP301", "standard input is closed", hint="name a file instead", location=place)
    return sys.stdin.buffer


@cache
def shipped_shapes() -> tuple[Quad, ...]:
    """Return the triples of all files in ``shapes/``."""
    return tuple(_read(sorted(folder("shapes").glob("*.ttl"))))


@cache
def _shipped_terms() -> tuple[tuple[Quad, ...], tuple[Quad, ...]]:
    """Return (ontology, concepts): what a file that uses our terms need not repeat."""
    place = folder("ontology")
    return tuple(_read([place / "repatria.ttl"])), tuple(_read([place / "concepts.ttl"]))


def shapes_of(workspace: Workspace | None) -> list[Quad]:
    """Return the shipped shapes and those that ``workspace`` adds.

    Raises InputError for a file of the workspace that cannot be read.
    """
    return [*shipped_shapes(), *_read(workspace.shapes if workspace else ())]


def validate(
    data: Data,
    shapes: Sequence[str | Path] | None = None,
    *,
    ontology: Sequence[str | Path] = (),
    inference: Inference = "none",
) -> Report:
    """Validate data against SHACL shapes and return the :class:`Report`.

    ``data`` is an RDF file (- for standard input; or several, taken together), a :class:`Graph`, an
    rdflib graph, or quads. ``shapes`` are files of shapes; without them the
    shipped ones are used, and the shipped ontology and concepts count as part
    of the data. ``ontology`` are files whose axioms count as well;
    ``inference`` ``rdfs`` adds what follows from them. owl:imports are not
    followed and nothing is fetched. Raises InputError RP301–RP306, RP311, RP312.
    """
    graph = _graph(data)
    axioms = _read(ontology)
    if shapes is not None:
        return run_shapes(graph, _read(shapes), ontology=axioms, inference=inference)
    terms, concepts = _shipped_terms()
    used = shapes_of(_workspace(data))
    return run_shapes(graph, used, more=concepts, ontology=[*terms, *axioms], inference=inference)


def _workspace(data: object) -> Workspace | None:
    found = getattr(data, "workspace", None)
    return found if isinstance(found, Workspace) else None


def _graph(data: Data) -> DataGraph | Iterable[Quad]:
    """Return the data, on a store where there is a way to it that is quicker than by its quads."""
    if isinstance(data, list | tuple) and len(data) == 1 and isinstance(data[0], str | Path):
        data = data[0]
    if isinstance(data, (str, Path)):
        path = Path(data)
        return load_lines(path) or _read([path])
    dataset = getattr(data, "dataset", None)
    if dataset is not None:
        # Drafts do not count: where there are some, not all graphs of the store do.
        return over(dataset.store) if dataset.default_graph() is None else dataset.quads()
    return _quads(data)


def _quads(data: Data) -> list[Quad]:
    if hasattr(data, "namespace_manager"):
        return list(from_rdflib(_union(cast("rdflib.Graph", data))))
    items: list[Any] = list(data)  # type: ignore[arg-type]
    files = [item for item in items if isinstance(item, (str, Path))]
    return _read(files) if files else items


def _union(graph: rdflib.Graph) -> rdflib.Graph:
    """Return the triples of all named graphs where ``graph`` is a Dataset."""
    import rdflib

    if not isinstance(graph, rdflib.Dataset):
        return graph
    union = rdflib.Graph(bind_namespaces="none")
    for subject, predicate, value, _ in graph.quads():
        union.add((subject, predicate, value))
    return union
