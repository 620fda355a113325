"""The shapes as readable documentation: what must hold, for whom, and an example of each case."""

from repatria.shacl.describing.chapters import Chapter, Rule, chapters
from repatria.shacl.describing.examples import Example, Examples, read_examples, shipped_examples
from repatria.shacl.describing.pages import FORMATS, write_shapes

__all__ = [
    "FORMATS",
    "Chapter",
    "Example",
    "Examples",
    "Rule",
    "chapters",
    "read_examples",
    "shipped_examples",
    "write_shapes",
]
