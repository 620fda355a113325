"""Emitting quads, and what is open: ``[ … ]`` and ``( … )`` on a stack of their own, to any depth."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from repatria.rdf.turtle.cursor import Cursor
from repatria.rdf.turtle.document import LocatedQuad, Span
from repatria.rdf.turtle.terms import Terms
from repatria.terms import RDF

State: TypeAlias = "Callable[[], State | None]"
"""Reads on from one point of the grammar and returns what takes over; None at the end of a block."""

TYPE, FIRST, REST, NIL = (NamedNode(RDF + name) for name in ("type", "first", "rest", "nil"))


class _Frame(NamedTuple):
    """An open bracket: its node, the index of the quad whose object it is, and what it stands in."""

    node: NamedNode | BlankNode
    start: int
    outer: int | None
    subject: NamedNode | BlankNode | None
    subject_span: Span
    verb: NamedNode | None
    verb_span: Span
    inner: list[LocatedQuad] | None
    after: State


class Nesting(Cursor):
    """The subject, verb and graph at hand, and the brackets around them.

    ``inner`` holds the quads about the innermost open bracket, whose spans end where it closes, or is None
    outside of brackets; ``after`` is what reads on behind an object.
    """

    after: State

    def __init__(self, text: str, terms: Terms) -> None:
        super().__init__(text)
        self.terms = terms
        self.subject_span = self.verb_span = Span(0, 0)
        self.graph_span: Span | None = None
        self.inner: list[LocatedQuad] | None = None
        self._stack: list[_Frame] = []

    def emit(self, value: NamedNode | BlankNode | Literal, span: Span) -> None:
        """Add the quad of the subject and verb at hand with this object."""
        assert self.subject is not None
        assert self.verb is not None
        # pyoxigraph takes half as long again when the default graph is named.
        if self.graph is None:
            quad = Quad(self.subject, self.verb, value)
        else:
            quad = Quad(self.subject, self.verb, value, self.graph)
        located = LocatedQuad(quad, self.subject_span, self.verb_span, span, self.graph_span)
        self.quads.append(located)
        if self.inner is not None:
            self.inner.append(located)

    def emit_unwritten(self, verb: NamedNode, value: NamedNode | BlankNode) -> None:
        """Add a quad of a list at the last token, which writes its object but not its verb."""
        self.verb, self.verb_span = verb, Span(self.start, self.start)
        self.emit(value, self.span)

    def enter(self, node: BlankNode, outer: int | None, after: State) -> None:
        """Open the bracket that is the last token: ``node`` is the subject of what it holds."""
        frame = _Frame(
            node, self.start, outer, self.subject, self.subject_span, self.verb, self.verb_span,
            self.inner, self.after,
        )  # fmt: skip
        self._stack.append(frame)
        self.subject, self.subject_span, self.verb = node, self.span, None
        self.inner, self.after = [], after

    def leave(self) -> bool:
        """Close the innermost bracket at the last token; tell whether it is an object."""
        frame = self._stack.pop()
        span = Span(frame.start, self.end)
        self.inner, self.after = frame.inner, frame.after
        if frame.outer is None:
            self.subject, self.subject_span, self.verb = frame.node, span, None
            return False
        self.quads[frame.outer].object = span
        self.closed = (self.end, frame.outer)
        self.subject, self.subject_span = frame.subject, frame.subject_span
        self.verb, self.verb_span = frame.verb, frame.verb_span
        return True

    def end_nodes(self) -> None:
        """Let the spans of a ``[ … ]`` end at the last token, which closes it."""
        span = Span(self._stack[-1].start, self.end)
        for located in self.inner or ():
            located.subject = span

    def end_cells(self) -> None:
        """Let the spans of the cells of a list end at the last token, which closes it."""
        inner = self.inner or []
        before: LocatedQuad | None = None
        for first, rest in zip(inner[::2], inner[1::2], strict=True):
            cell = Span(first.subject.start, self.end)
            first.subject = rest.subject = cell
            if before is not None:
                before.object = cell
            before = rest
