"""Blank nodes as a reader sees them: nested below what leads to them, lists in parentheses."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pyoxigraph import BlankNode, NamedNode, Quad

from repatria.diff.nodes import Term
from repatria.terms import RDF

_FIRST, _REST, _NIL, _TYPE = (NamedNode(RDF + name) for name in ("first", "rest", "nil", "type"))
# So deep and so many are shown; what is left out is told by an ellipsis.
_DEPTH, _MEMBERS, _TOLD = 4, 12, 2


class Tree:
    """Statements around blank nodes of one side; ``word`` says how IRIs and literals are shown."""

    def __init__(self, quads: Iterable[Quad], word: Callable[[Term], str]) -> None:
        self.below: dict[Term, list[Quad]] = {}
        self.above: dict[Term, list[Quad]] = {}
        self.word = word
        self._heads: dict[Term, Term] = {}
        self._tops: dict[Term, Term] = {}
        for quad in sorted(quads, key=str):
            self.below.setdefault(quad.subject, []).append(quad)
            if isinstance(quad.object, BlankNode):
                self.above.setdefault(quad.object, []).append(quad)

    def show(self, term: Term, depth: int = _DEPTH) -> str:
        """Return a term in words; a blank node with what is said of it."""
        if not isinstance(term, BlankNode):
            return self.word(term)
        if self.is_cell(term):
            return self._list(term, depth)
        said = self.below.get(term, ())
        if depth == 0 or not said:
            return "[ … ]" if said else "[]"
        inner = [self._said(quad, depth - 1) for quad in sorted(said, key=_type_first)[:_MEMBERS]]
        return f"[ {' ; '.join([*inner, *(['…'] if len(said) > _MEMBERS else [])])} ]"

    def is_cell(self, term: Term) -> bool:
        """Say whether a node is a cell of a list and nothing else."""
        return sorted(quad.predicate.value for quad in self.below.get(term, ())) == [
            _FIRST.value,
            _REST.value,
        ]

    def _said(self, quad: Quad, depth: int) -> str:
        name = "a" if quad.predicate == _TYPE else self.word(quad.predicate)
        return f"{name} {self.show(quad.object, depth)}"

    def _list(self, cell: Term, depth: int) -> str:
        if depth == 0:
            return "( … )"
        members = self.members(cell)
        shown = [self.show(term, depth - 1) for term in members[:_MEMBERS]]
        return f"( {' '.join([*shown, *(['…'] if len(members) > _MEMBERS else [])])} )"

    def members(self, cell: Term) -> list[Term]:
        """Return the members of the list that begins with a cell."""
        found: list[Term] = []
        met: set[Term] = set()
        while cell != _NIL and cell not in met:
            met.add(cell)
            quads = self.below.get(cell, ())
            found += [quad.object for quad in quads if quad.predicate == _FIRST]
            cell = next((quad.object for quad in quads if quad.predicate == _REST), _NIL)
        return found

    def head(self, cell: Term) -> Term:
        """Return the first cell of the list that a cell is in."""
        return self._up(cell, self._heads, only=_REST)

    def top(self, node: Term) -> Term:
        """Return the IRI from which one gets to a blank node, or a blank node where there is none."""
        return self._up(node, self._tops)

    def _up(self, node: Term, known: dict[Term, Term], only: NamedNode | None = None) -> Term:
        way: list[Term] = []
        met: set[Term] = set()
        while node not in known:
            met.add(node)
            link = self._link(node, met, only)
            if link is None:
                break
            way.append(node)
            node = link.subject
        found = known.get(node, node)
        known.update(dict.fromkeys(way, found))
        return found

    def _link(self, node: Term, met: set[Term], only: NamedNode | None = None) -> Quad | None:
        """Return the statement that leads to a node, one of an IRI before others."""
        links = [quad for quad in self.above.get(node, ()) if quad.subject not in met]
        links = [quad for quad in links if only in (None, quad.predicate)]
        return next((quad for quad in links if isinstance(quad.subject, NamedNode)), next(iter(links), None))

    def path(self, node: Term) -> str:
        """Return how one gets down to a blank node from the IRI above it; empty where there is none."""
        steps: list[str] = []
        met = {node}
        while link := self._link(node, met):
            steps.append(self._step(link))
            node = link.subject
            met.add(node)
        return " / ".join(step for step in reversed(steps) if step)

    def _step(self, link: Quad) -> str:
        if link.predicate == _REST:
            return ""
        return "item" if link.predicate == _FIRST else self.word(link.predicate)

    def told(self, node: Term, but: set[Quad]) -> str:
        """Return by what a reader may know a blank node: a few statements that are not among ``but``."""
        said = [q for q in self.below.get(node, ()) if q not in but and not isinstance(q.object, BlankNode)]
        inner = " ; ".join(self._said(quad, 0) for quad in sorted(said, key=_type_first)[:_TOLD])
        return f"[ {inner} … ]" if inner else ""


def _type_first(quad: Quad) -> tuple[bool, str]:
    return quad.predicate != _TYPE, str(quad)
