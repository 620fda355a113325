"""Where the comments of a document stand, and what each belongs to."""

from __future__ import annotations

from typing import Protocol

from pyoxigraph import BlankNode, NamedNode

from repatria.rdf.turtle.document import Comment, LocatedQuad, Place


class Standing(Protocol):
    """How far a parser is when it meets a comment."""

    quads: list[LocatedQuad]
    subject: NamedNode | BlankNode | None
    verb: NamedNode | None
    graph: NamedNode | BlankNode | None
    begun: bool  # something other than comments has been read
    directive: bool  # in a prefix or base, or no statement since
    closed: tuple[int, int]  # where the last bracket closed, and the quad whose object it is


class Comments:
    """Collects the comments of ``text``: ``kept``, in the order of the text."""

    def __init__(self, text: str) -> None:
        self.kept: list[Comment] = []
        self._text = text
        self._waiting: list[Comment] = []

    def add(self, text: str, start: int, last: int, standing: Standing) -> None:
        """Keep a comment; ``last`` is the end of the token before it."""
        own_line = not self._text[_line_start(self._text, start) : start].strip(" \t\ufeff")
        place = _place(own_line, standing)
        after = None if own_line or place == "directive" else self._after(start, last, standing)
        comment = Comment(text, start, own_line, place, len(standing.quads), after)
        comment.subject, comment.graph = standing.subject, standing.graph
        comment.verb = standing.subject is not None and standing.verb is not None
        self.kept.append(comment)
        if own_line and place == "between":
            self._waiting.append(comment)

    def statement_begins(self, directive: bool) -> None:
        """Say that what was met since the last statement stands before a directive, or does not."""
        if directive:
            for comment in self._waiting:
                comment.place = "directive"
        self._waiting.clear()

    def trail(self, first: int, quad: int) -> None:
        """Say that the comments from ``first`` on stand in the midst of the object of ``quad``."""
        for comment in self.kept[first:]:
            comment.before, comment.after = quad + 1, None if comment.own_line else quad

    def end(self, quads: int) -> None:
        """Say that the text ends after so many quads."""
        for comment in self._waiting:
            comment.place = "tail"
        for comment in reversed(self.kept):
            if comment.before != quads:
                break
            comment.before = None

    def _after(self, start: int, last: int, standing: Standing) -> int | None:
        quads = standing.quads
        if not quads:
            return None
        end, index = quads[-1].object.end, len(quads) - 1
        if standing.closed[0] >= end:
            end, index = standing.closed
        if standing.subject is None:  # between statements, on the line of the last one's end
            return index if self._text[last - 1] in ".}" else None
        return index if _line_start(self._text, start) <= end else None


def _place(own_line: bool, standing: Standing) -> Place:
    if not standing.begun:
        return "head"
    if standing.subject is not None:
        return "inside"
    return "directive" if standing.directive and not own_line else "between"


def _line_start(text: str, offset: int) -> int:
    start = text.rfind("\n", 0, offset) + 1
    return max(start, text.rfind("\r", start, offset) + 1)
