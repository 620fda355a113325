"""The grammar of a block of triples: subject, verbs, objects, ``[ … ]`` and ``( … )``."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.rdf.turtle.document import Span
from repatria.rdf.turtle.lexer import (
    AT,
    DATATYPE,
    EMPTY_LIST,
    IRI_TOKEN,
    LABEL_TOKEN,
    LANGUAGE_TAG,
    NAME_TOKEN,
    NUMBER,
    QUOTED,
    SIGN,
    STRING,
    SUFFIX_APART,
    WORD,
)
from repatria.rdf.turtle.nesting import FIRST, NIL, REST, TYPE, Nesting, State
from repatria.rdf.turtle.terms import Terms, boolean, number


class Triples(Nesting):
    """Reads blocks of triples; ``after_subject`` is what reads on behind a subject that may name a graph."""

    def __init__(self, text: str, terms: Terms) -> None:
        super().__init__(text, terms)
        self.after: State = self._after_object
        self.after_subject: State = self.first_verb

    def block(self, kind: int) -> None:
        """Read the block that begins with the last token, to the sign that ends it."""
        state: State | None
        if kind == SIGN and self.text[self.start] in "[(":
            state = self._open(None)
        else:
            self.subject, self.subject_span = self.node(kind, "a subject"), self.span
            state = self.after_subject
        while state is not None:
            state = state()

    def node(self, kind: int, expected: str) -> NamedNode | BlankNode:
        """Return the node that the last token names; ``expected`` (in words) should stand there."""
        if kind in (NAME_TOKEN, IRI_TOKEN):
            return self.terms.iri(self.written)
        if kind == LABEL_TOKEN:
            return BlankNode(self.written[2:])
        raise self.refuse(expected)

    def read_verb(self, kind: int) -> State:
        """Take the last token as a verb."""
        if kind in (NAME_TOKEN, IRI_TOKEN):
            written = self.text[self.start : self.end]
            self.verb = self.terms.known.get(written) or self.terms.iri(written)
        elif kind == WORD and self.written == "a":
            self.verb = TYPE
        else:
            raise self.refuse("a predicate")
        self.verb_span = Span(self.start, self.end)
        return self._object

    def first_verb(self) -> State:
        """Read the verb that must follow a subject."""
        return self.read_verb(self.next())

    def _next_verb(self) -> State | None:
        kind = self.next()
        if kind != SIGN:
            return self.read_verb(kind)
        return self._next_verb if self.text[self.start] == ";" else self._end()

    def _object(self) -> State:
        return self._read_object(self.next())

    def _read_object(self, kind: int) -> State:
        if kind in (NAME_TOKEN, IRI_TOKEN):
            written = self.text[self.start : self.end]
            self.emit(self.terms.known.get(written) or self.terms.iri(written), Span(self.start, self.end))
        elif kind == STRING:
            start = self.start
            self.emit(self._literal(), Span(start, self.end))
        elif kind == NUMBER:
            self.emit(number(self.written), self.span)
        elif kind == SIGN and self.text[self.start] in "[(":
            return self._open(len(self.quads))
        elif kind == WORD and self.written in ("true", "false"):
            self.emit(boolean(self.written), self.span)
        else:
            self.emit(self.node(kind, "an object"), self.span)
        return self.after

    def _literal(self) -> Literal:
        quoted, tag, datatype = self.token.group(QUOTED, LANGUAGE_TAG, DATATYPE)
        if tag is None and datatype is None and SUFFIX_APART.match(self.text, self.end):
            tag, datatype = self._suffix()
        return self.terms.literal(quoted, tag, datatype)

    def _suffix(self) -> tuple[str | None, str | None]:
        """Return the language tag or datatype that white space or a comment parts from its string."""
        comments = len(self.comments.kept)
        tag = datatype = None
        if self.next() == AT:
            tag = self.written
        else:  # ^^
            if self.next() not in (NAME_TOKEN, IRI_TOKEN):
                raise self.refuse("the IRI of a datatype")
            datatype = self.written
        self.comments.trail(comments, len(self.quads))
        return tag, datatype

    def _after_object(self) -> State | None:
        if self.next() != SIGN:
            raise self.refuse(self._ending)
        sign = self.text[self.start]
        if sign == ";":
            self.verb = None
            return self._next_verb
        return self._object if sign == "," else self._end()

    def _end(self) -> State | None:
        sign = self.text[self.start]
        if self.inner is None and sign in ".}":
            return None
        if self.inner is not None and sign == "]":
            return self._close_node()
        raise self.refuse(self._ending)

    @property
    def _ending(self) -> str:
        return "; or , or the end of the block" if self.inner is None else "; or , or ]"

    def _open(self, outer: int | None) -> State:
        """Open the bracket that is the last token: the object of the quad ``outer``, or a subject."""
        is_list = self.text[self.start] == "("
        if is_list and EMPTY_LIST.match(self.text, self.start):
            return self._empty_list(outer)
        node = self.terms.fresh()
        if outer is not None:
            self.emit(node, self.span)
        if not is_list:
            self.enter(node, outer, self._after_object)
            return self._after_opening
        self.enter(node, outer, self._next_item)
        self.verb = FIRST
        return self._first_item

    def _after_opening(self) -> State:
        kind = self.next()
        if kind == SIGN and self.text[self.start] == "]":
            return self.after if self.leave() else self.after_subject
        return self.read_verb(kind)

    def _close_node(self) -> State:
        self.end_nodes()
        return self.after if self.leave() else self._after_node

    def _after_node(self) -> State | None:
        """Read on behind a subject ``[ … ]`` that holds something: nothing need follow."""
        kind = self.next()
        return None if kind == SIGN and self.text[self.start] in ".}" else self.read_verb(kind)

    def _empty_list(self, outer: int | None) -> State:
        start = self.start
        if outer is not None:
            self.emit(NIL, self.span)
        self.next()
        span = Span(start, self.end)
        if outer is None:
            self.subject, self.subject_span = NIL, span
            return self.first_verb
        self.quads[outer].object = span
        return self.after

    def _first_item(self) -> State:
        return self._read_item(self.next())

    def _next_item(self) -> State:
        kind = self.next()
        if kind == SIGN and self.text[self.start] == ")":
            self.emit_unwritten(REST, NIL)
            self.end_cells()
            return self.after if self.leave() else self.first_verb
        cell = self.terms.fresh()
        self.emit_unwritten(REST, cell)
        self.subject, self.subject_span = cell, self.span
        return self._read_item(kind)

    def _read_item(self, kind: int) -> State:
        self.verb, self.verb_span = FIRST, Span(self.start, self.start)
        return self._read_object(kind)
