"""Validating: the graph of a workspace, a file, or quads; against the shipped shapes or others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pyoxigraph import Quad

from repatria.rdf import from_rdflib, read_quads
from repatria.resources import folder
from repatria.shacl import Report
from repatria.shacl import validate as run_shapes
from repatria.workspace import Workspace

if TYPE_CHECKING:
    import rdflib

    from repatria.session import Graph

Inference = Literal["none", "rdfs"]


def _read(paths: Iterable[str | Path]) -> list[Quad]:
    files = list(paths)
    return [quad for path in files for quad in read_quads(Path(path), name=str(path), rename_blank_nodes=len(files) > 1)]


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
    data: str | Path | Graph | rdflib.Graph | Iterable[Quad] | Sequence[str | Path],
    shapes: Sequence[str | Path] | None = None,
    *,
    ontology: Sequence[str | Path] = (),
    inference: Inference = "none",
) -> Report:
    """Validate data against SHACL shapes and return the :class:`Report`.

    ``data`` is an RDF file (or several, taken together), a :class:`Graph`, an
    rdflib graph, or quads. ``shapes`` are files of shapes; without them the
    shipped ones are used, and the shipped ontology and concepts count as part
    of the data. ``ontology`` are files whose axioms count as well;
    ``inference`` ``rdfs`` adds what follows from them. owl:imports are not
    followed and nothing is fetched. Raises InputError RP301–RP306, RP311, RP312.
    """
    quads = _quads(data)
    axioms = _read(ontology)
    if shapes is not None:
        return run_shapes(quads, _read(shapes), ontology=axioms, inference=inference)
    terms, concepts = _shipped_terms()
    return run_shapes([*quads, *concepts], shapes_of(_workspace(data)), ontology=[*terms, *axioms], inference=inference)


def _workspace(data: object) -> Workspace | None:
    found = getattr(data, "workspace", None)
    return found if isinstance(found, Workspace) else None


def _quads(data: str | Path | Graph | rdflib.Graph | Iterable[Quad] | Sequence[str | Path]) -> list[Quad]:
    if isinstance(data, (str, Path)):
        return _read([data])
    dataset = getattr(data, "dataset", None)
    if dataset is not None:
        return list(dataset.quads())
    if hasattr(data, "quads") or hasattr(data, "namespace_manager"):
        return list(from_rdflib(data))  # type: ignore[arg-type]
    items = list(data)
    files = [item for item in items if isinstance(item, (str, Path))]
    return _read(files) if files else items  # type: ignore[return-value]
