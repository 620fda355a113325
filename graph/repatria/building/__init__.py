"""From dossiers and entity files to a graph: read, check, write, validate, publish."""

from repatria.building.checking import changed_report
from repatria.building.run import Summary, build, files_report
from repatria.building.stream import all_quads

__all__ = ["Summary", "all_quads", "build", "changed_report", "files_report"]
