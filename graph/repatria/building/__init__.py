"""From dossiers and entity files to a graph: read, check, write, validate, publish."""

from repatria.building.run import Summary, build
from repatria.building.stream import all_quads

__all__ = ["Summary", "all_quads", "build"]
