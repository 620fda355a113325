"""The grammar of a whole document of Turtle or TriG: directives, blocks of triples, graphs."""

from __future__ import annotations

from pyoxigraph import BlankNode, NamedNode

from repatria.rdf.turtle.document import Document, Span
from repatria.rdf.turtle.lexer import AT, END, IRI_TOKEN, NAME_TOKEN, SIGN, WORD
from repatria.rdf.turtle.nesting import State
from repatria.rdf.turtle.refusal import of_rdf12, unmade
from repatria.rdf.turtle.terms import Terms
from repatria.rdf.turtle.triples import Triples

_DIRECTIVES = frozenset(("prefix", "base", "@prefix", "@base"))


class Statements(Triples):
    """Reads a document of Turtle, or of TriG ``with_graphs``, into ``document``."""

    def __init__(self, document: Document, terms: Terms, *, with_graphs: bool) -> None:
        super().__init__(document.text, terms)
        self._document = document
        self._with_graphs = with_graphs
        if with_graphs:
            self.after_subject = self._verb_or_graph

    def read(self) -> None:
        """Read all. Raises :class:`repatria.rdf.turtle.refusal.Stopped`."""
        try:
            while self.next() != END:
                self._statement()
        except ValueError as problem:
            raise unmade(self.start, problem) from None
        self.comments.end(len(self.quads))
        self._document.quads, self._document.comments = self.quads, self.comments.kept

    def _statement(self) -> None:
        name = self._keyword()
        directive = name in _DIRECTIVES
        self.comments.statement_begins(directive)
        self.begun, self.directive = True, directive
        if directive:
            self._directive(name)
        elif name in ("version", "@version"):
            raise of_rdf12(self.start, self.written)
        elif self._with_graphs and name == "graph":
            self._named_graph()
        elif self._with_graphs and self.kind == SIGN and self.written == "{":
            self._graph()
        else:
            self._block()

    def _keyword(self) -> str:
        if self.kind == WORD:
            return self.written.lower()
        return self.written if self.kind == AT else ""

    def _directive(self, name: str) -> None:
        prefix = self._prefix() if name.endswith("prefix") else None
        if self.next() != IRI_TOKEN:
            raise self.refuse("an IRI in angle brackets")
        if prefix is None:
            self.terms.set_base(self.written)
        else:
            self.terms.set_prefix(prefix, self.written)
        if name.startswith("@"):
            self._sign(".")

    def _prefix(self) -> str:
        if self.next() == NAME_TOKEN:
            prefix, _, local = self.written.partition(":")
            if not local:
                return prefix
        raise self.refuse("a prefix with its colon")

    def _sign(self, sign: str) -> None:
        if self.next() != SIGN or self.written != sign:
            raise self.refuse(sign)

    def _block(self) -> None:
        self.block(self.kind)
        sign = self.text[self.start]
        if sign == "{":
            self._graph(self.subject, self.subject_span)
        elif sign != ".":
            raise self.refuse("the end of the block")
        self.subject = self.verb = None

    def _verb_or_graph(self) -> State | None:
        kind = self.next()
        return None if kind == SIGN and self.text[self.start] == "{" else self.read_verb(kind)

    def _named_graph(self) -> None:
        kind, start = self.next(), self.start
        if kind == SIGN and self.written == "[":
            self._sign("]")
            name: NamedNode | BlankNode = self.terms.fresh()
        else:
            name = self.node(kind, "the name of a graph")
        span = Span(start, self.end)
        self._sign("{")
        self._graph(name, span)

    def _graph(self, name: NamedNode | BlankNode | None = None, span: Span | None = None) -> None:
        """Read a graph whose opening brace is the last token."""
        self.graph, self.graph_span = name, span
        self.subject, self.after_subject = None, self.first_verb
        while self.next() != SIGN or self.text[self.start] != "}":
            self.comments.statement_begins(False)
            self.block(self.kind)
            self.subject = self.verb = None
            sign = self.text[self.start]
            if sign == "}":
                break
            if sign != ".":
                raise self.refuse("a dot or the end of the graph")
        self.graph = self.graph_span = None
        self.after_subject = self._verb_or_graph
