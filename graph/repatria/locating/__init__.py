"""Where in the files that data came from the results of a validation have their cause.

What reads files with their places is imported when there is something to find.
"""

from repatria.locating.locate import Readable, Reading, locate
from repatria.locating.sources import Source, blank_nodes, stamp_of

__all__ = ["Readable", "Reading", "Source", "blank_nodes", "locate", "stamp_of"]
