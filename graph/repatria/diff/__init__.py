"""What changed between two graphs: claims, counts and things in words, all else by subject.

>>> from repatria.diff import differences, to_text
>>> print(to_text(differences("old.nq", "new.ttl")))
"""

from repatria.diff.jsontext import to_json
from repatria.diff.markdown import to_markdown
from repatria.diff.model import Change, CountChange, Diff, Item, Move, Section, Tally, Value
from repatria.diff.patch import to_patch
from repatria.diff.revisions import at_revision, in_working_tree
from repatria.diff.sides import Side, side_of
from repatria.diff.story import PARTS, differences
from repatria.diff.text import to_text

__all__ = [
    "PARTS",
    "Change",
    "CountChange",
    "Diff",
    "Item",
    "Move",
    "Section",
    "Side",
    "Tally",
    "Value",
    "at_revision",
    "differences",
    "in_working_tree",
    "side_of",
    "to_json",
    "to_markdown",
    "to_patch",
    "to_text",
]
