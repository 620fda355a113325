"""Opening the graph of a workspace, the shipped one, or that in a file."""

from __future__ import annotations

from pathlib import Path

from repatria.errors import InputError
from repatria.resources import folder
from repatria.session import Graph
from repatria.store import Dataset, open_nquads
from repatria.workspace import Workspace, find_workspace, read_workspace


def open(path: str | Path | None = None) -> Graph:
    """Open a graph to read.

    Without ``path``: the graph of the workspace around the working directory,
    or else the shipped dataset. With it: a workspace's folder, or an RDF file
    of any format, which is read into memory. Raises StoreError RP402, RP403,
    InputError RP101, RP301–RP305.
    """
    if path is None:
        return open_workspace(find_workspace(Path.cwd()))
    place = Path(path)
    return open_workspace(read_workspace(place)) if place.is_dir() else open_file(place)


def open_workspace(workspace: Workspace | None) -> Graph:
    """Open the graph of a workspace, or the shipped dataset for None."""
    if workspace is None:
        return Graph(open_nquads(folder("data") / "repatria.nq"))
    from repatria.snapshot import Layout, open_current

    return Graph(open_current(Layout(workspace.store), workspace.base), workspace)


def open_file(path: Path) -> Graph:
    """Read an RDF file into memory. Raises InputError RP301–RP305."""
    from pyoxigraph import Store

    from repatria.rdf import read_quads

    store = Store()
    try:
        store.extend(read_quads(path, name=str(path)))
    except ValueError as error:
        raise InputError("RP303", str(error)) from None
    return Graph(Dataset(store))
