"""The shapes that a graph is validated against: the shipped ones and a workspace's own."""

from __future__ import annotations

from functools import cache

from pyoxigraph import Quad

from repatria.rdf import read_quads
from repatria.resources import folder
from repatria.workspace import Workspace


@cache
def shipped_shapes() -> tuple[Quad, ...]:
    """Return the triples of all files in ``shapes/``."""
    files = sorted(folder("shapes").glob("*.ttl"))
    return tuple(quad for path in files for quad in read_quads(path, name=path.name))


def shapes_of(workspace: Workspace | None) -> list[Quad]:
    """Return the shipped shapes and those that ``workspace`` adds.

    Raises InputError for a file of the workspace that cannot be read.
    """
    quads = list(shipped_shapes())
    for path in workspace.shapes if workspace else ():
        quads += read_quads(path, name=str(path))
    return quads
