"""The order of all that a graph holds: a function of the graph alone, not of its prefixes or labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from repatria.canonical.nesting import Block, Blocks, Nesting
from repatria.canonical.ordering import PredicateOrder
from repatria.canonical.tokens import FIRST, NIL, RDF, REST, TYPE
from repatria.terms import OWL

_ONTOLOGY = f"<{OWL}Ontology>"
_ANNOTATED = (f"<{OWL}annotatedSource>", f"<{RDF}subject>")
SubjectKey = tuple[int, str, int, str]


class Content:
    """Sorts the subjects of a graph, the predicates of a subject, the objects of a predicate.

    ``labels``: blank node → its canonical label, for those that are neither nested nor without a reference.
    """

    def __init__(
        self, blocks: Blocks, nesting: Nesting, labels: dict[str, str], order: PredicateOrder
    ) -> None:
        self.blocks, self.nesting, self.labels = blocks, nesting, labels
        self._order = order.__getitem__
        self._known: dict[str, str] = {}
        self._predicates: dict[tuple[str, ...], list[str]] = {}

    def subjects(self) -> list[str]:
        """Return the subjects that have a statement of their own, in order.

        An ontology comes first, as the header of the file; then IRIs by code points, each followed by the
        anonymous nodes that annotate it; then other anonymous nodes by content, and labelled nodes.
        """
        return sorted((s for s in self.blocks if s not in self.nesting.nested), key=self.subject_key)

    def subject_key(self, subject: str) -> SubjectKey:
        """Return the sort key of a subject."""
        block = self.blocks[subject]
        if subject[0] == "<":
            return (0 if _ONTOLOGY in block.get(TYPE, ()) else 1, subject[1:-1], 0, "")
        if subject in self.labels:
            return (3, self._number(subject), 0, "")
        for predicate in _ANNOTATED:
            about = block.get(predicate, ())
            if len(about) == 1 and about[0][0] == "<":
                return (1, about[0][1:-1], 1, self._content(subject))
        return (2, "", 0, self._content(subject))

    def predicates(self, block: Block) -> Sequence[str]:
        """Return the predicates of a block in a reader's order."""
        # Blocks of one class have the same predicates.
        given = tuple(block)
        known = self._predicates.get(given)
        if known is None:
            known = self._predicates[given] = sorted(block, key=self._order)
        return known

    def objects(self, predicate: str, objects: list[str]) -> list[str]:
        """Return objects in order: IRIs, literals by language or datatype, labelled nodes, nested nodes.

        Of classes, those of the model come first, in its order.
        """
        if len(objects) == 1:
            return objects
        return sorted(objects, key=self._class_key if predicate == TYPE else self._object_key)

    def items(self, cell: str) -> Iterator[tuple[str, str]]:
        """Yield each cell of a well-formed list with its member."""
        while cell != NIL:
            block = self.blocks[cell]
            yield cell, block[FIRST][0]
            cell = block[REST][0]

    def _class_key(self, token: str) -> tuple[int, tuple[int, str, str]]:
        return (self._order(token)[0], self._object_key(token))

    def _object_key(self, token: str) -> tuple[int, str, str]:
        if token[0] == "<":
            return (0, token[1:-1], "")
        if token[0] == '"':
            end = token.rindex('"')
            return (1, token[end + 1 :], token[1:end])
        if token in self.nesting.nested:
            return (3, self._content(token), "")
        return (2, self._number(token), "")

    def _number(self, node: str) -> str:
        return self.labels[node].removeprefix("c14n").zfill(12)

    def _content(self, node: str) -> str:
        """Return what a nested or anonymous node holds, as a text without its label."""
        known = self._known.get(node)
        if known is None:
            if node in self.nesting.lists:
                known = f"({' '.join(self._text(member) for _, member in self.items(node))})"
            else:
                block = self.blocks.get(node, {})
                known = f"[{';'.join(self._pair(predicate, block) for predicate in self.predicates(block))}]"
            self._known[node] = known
        return known

    def _pair(self, predicate: str, block: Block) -> str:
        return f"{predicate} {','.join(map(self._text, self.objects(predicate, block[predicate])))}"

    def _text(self, token: str) -> str:
        if token[0] != "_":
            return token
        return self._content(token) if token in self.nesting.nested else self._number(token)
