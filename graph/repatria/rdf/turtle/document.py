"""A document of the Turtle family as it is written: quads, comments and where each of them stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from pyoxigraph import BlankNode, NamedNode, Quad

_LINE_END = re.compile(r"\r\n?|\n")


class Span(NamedTuple):
    """A part of the text: offsets in code points, the end exclusive; empty where nothing is written."""

    start: int
    end: int


@dataclass(slots=True)
class LocatedQuad:
    """A quad and where its terms are written.

    A ``[ … ]`` or ``( … )`` spans its brackets, wherever it is subject or object. Of a list, the first
    cell spans the brackets, and each further one what is left from its item to the closing bracket; the
    verbs rdf:first and rdf:rest are written nowhere (an empty span at the item), and the last rdf:nil is
    the closing bracket. A literal spans its language tag or datatype too. ``graph`` is where the name of
    the graph stands, None in the default graph.
    """

    quad: Quad
    subject: Span
    predicate: Span
    object: Span
    graph: Span | None = None


Place = Literal["head", "directive", "between", "inside", "tail"]


@dataclass(slots=True)
class Comment:
    """A comment, ``#`` included and without the end of its line, and what it belongs to.

    ``place`` is ``head`` (only comments and white space stand before it), ``directive`` (in, on the line
    of, or on a line of its own before a prefix or base), ``between`` statements, ``inside`` a statement,
    or ``tail`` (between statements and no statement follows).

    ``before`` is the index of the first quad whose object starts after the comment, ``after`` that of
    the quad whose object, or its closing bracket, is the last thing of a quad before the comment on its
    line; each is None if there is none. Inside a statement ``subject`` is the innermost one: that of
    the block, or the blank node of the ``[ … ]`` or the list cell. ``verb`` tells whether it stands
    behind a predicate or among its objects. ``graph`` is the graph between whose braces the comment stands.
    """

    text: str
    start: int
    own_line: bool
    place: Place
    before: int | None = None
    after: int | None = None
    subject: NamedNode | BlankNode | None = None
    verb: bool = False
    graph: NamedNode | BlankNode | None = None

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


@dataclass
class Document:
    """What a text holds.

    ``quads`` are in the order in which their objects start in ``text``, so that what is nested follows what
    it is nested in; doubles are kept. ``base`` and ``prefixes`` are those in force at the end.
    """

    text: str
    base: str | None = None
    prefixes: dict[str, str] = field(default_factory=dict)
    quads: list[LocatedQuad] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)

    def location(self, offset: int) -> tuple[int, int]:
        """Return (line, column) of an offset in code points, both from 1; a line ends as for pyoxigraph."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(end.end() for end in _LINE_END.finditer(self.text))]
