"""Number words and what they bound: ``read_words`` reads them, ``bounds`` gives least and greatest number."""

from repatria.quantity.bounds import Bounds, bounds, tolerance
from repatria.quantity.reading import Reading, read_words

__all__ = ["Bounds", "Reading", "bounds", "read_words", "tolerance"]
