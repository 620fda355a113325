"""The quads of a workspace without a store, for other formats."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad, Store

from repatria.building.changes import scan
from repatria.building.describing import describe_store
from repatria.building.references import check_references
from repatria.building.write import write_all
from repatria.description import Statistics
from repatria.dossier.library import load_library
from repatria.errors import Problems, RepatriaError
from repatria.store import Dataset
from repatria.workspace import Workspace


def all_quads(workspace: Workspace, *, compare: bool = True) -> Iterator[Quad]:
    """Return all quads of the dossiers and entities of ``workspace``, each once, and their description.

    With ``compare`` also the assessments of the counts. Raises Problems with every error of the inputs.
    """
    from repatria.assess.materialise import materialise

    errors: list[RepatriaError] = []
    library = load_library(workspace, errors.append)
    dossiers = scan(workspace, workspace.source_files(), {})
    store = Store()
    numbers = Statistics(workspace.base, per_graph=True)
    write_all(store, library, dossiers, library.judge(errors.append), numbers)
    check_references(store, library, dossiers, errors.append)
    if errors:
        raise Problems(errors)
    describe_store(store, workspace, numbers)
    if compare:
        materialise(Dataset(store, workspace.base))
    return iter(store)
