"""Going through the tokens of a document one by one, past its comments."""

from __future__ import annotations

import re

from pyoxigraph import BlankNode, NamedNode

from repatria.rdf.turtle.comments import Comments
from repatria.rdf.turtle.document import LocatedQuad, Span
from repatria.rdf.turtle.lexer import COMMENT, TOKEN
from repatria.rdf.turtle.refusal import Stopped
from repatria.rdf.turtle.unexpected import no_token, unexpected

_NOTHING = next(re.finditer("", ""))


class Cursor:
    """The last token (``token``, a match; ``kind``, ``start``, ``end``), and what has been read before it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.comments = Comments(text)
        self.kind = 0
        self.start = self.end = int(text.startswith("\ufeff"))
        self.token: re.Match[str] = _NOTHING
        self.quads: list[LocatedQuad] = []
        self.subject: NamedNode | BlankNode | None = None
        self.verb: NamedNode | None = None
        self.graph: NamedNode | BlankNode | None = None
        self.begun = False
        self.directive = False
        self.closed = (-1, -1)

    def next(self) -> int:
        """Go to the next token that is no comment and return its kind. Raises Stopped where there is none."""
        while (token := TOKEN.match(self.text, self.end)) is not None:
            kind = token.lastindex or 0
            if kind != COMMENT:
                self.token, self.kind = token, kind
                self.start, self.end = token.span(kind)
                return kind
            self.comments.add(token[kind], token.start(kind), self.end, self)
            self.end = token.end()
        raise no_token(self.text, self.end)

    @property
    def written(self) -> str:
        """The last token as it stands in the text."""
        return self.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where the last token stands."""
        return Span(self.start, self.end)

    def refuse(self, expected: str) -> Stopped:
        """Return what to raise where ``expected`` should stand and the last token does not fit."""
        return unexpected(self.text, self.kind, self.start, self.end, expected)
