"""The quads of a workspace without a store, for other formats."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad, Store

from repatria.building.changes import scan
from repatria.building.library import load_library
from repatria.building.references import check_references
from repatria.building.write import write_all
from repatria.errors import Problems, RepatriaError
from repatria.workspace import Workspace


def all_quads(workspace: Workspace) -> Iterator[Quad]:
    """Return all quads of the dossiers and entities of ``workspace``, each once.

    Raises Problems with every error of the inputs.
    """
    errors: list[RepatriaError] = []
    library = load_library(workspace, errors.append)
    dossiers = scan(workspace, workspace.source_files(), {})
    store = Store()
    write_all(store, library, dossiers, library.judge(errors.append))
    check_references(store, library, dossiers, errors.append)
    if errors:
        raise Problems(errors)
    return iter(store)
