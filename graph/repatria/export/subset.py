"""A part of a graph that stands by itself: claims, and all that they rest on or refer to.

From the claims that were selected every link is followed, but for those below,
so that each thing that is named is described as well. Other claims come along,
whole, where one that is in the part confirms, disputes, refers back to,
replaces or is replaced by them, or is an alternative to them, and where an
exchange or a tenure is known from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, NamedNode, Quad

from repatria.export.lines import in_graph
from repatria.query.run import ask_all, texts
from repatria.store import Dataset
from repatria.terms import ORG, RDF, SKOS, Names, iri, rep

_Node = NamedNode | BlankNode
# Links that lead to all that others say or contain. They are kept where both ends are in the part.
_NOT_FOLLOWED = frozenset(
    (rep("confirmedBy"), rep("disputedBy"), rep("hasStage"), iri(SKOS + "hasTopConcept"))
)
_CONCERNED = """
SELECT ?found WHERE {
  VALUES ?count { %s }
  { ?position rep:member ?count . ?found rep:position ?position }
  UNION { ?position rep:member ?count . ?found rep:inAssessment/rep:position ?position }
  UNION { ?found rep:commitment ?count ; a rep:Fulfilment }
}"""


def quads_of(dataset: Dataset, claims: Iterable[str], *, with_assessments: bool = False) -> Iterator[Quad]:
    """Yield the quads of the part of a graph that holds ``claims`` (IRIs).

    ``with_assessments`` adds the assessments of which their counts are members.
    """
    part = _Part(dataset)
    chosen = [NamedNode(claim) for claim in sorted(claims)]
    part.follow(chosen)
    if with_assessments:
        counts = " ".join(str(count) for claim in chosen for count in part.objects(claim, rep("hasCount")))
        found = {name for (name,) in ask_all(dataset, _CONCERNED % counts, texts)}
        part.with_assessments()
        part.follow([NamedNode(name) for name in sorted(found)])
    return part.quads()


def assessments_of(dataset: Dataset) -> str:
    """Return what the names of the graphs of assessments begin with."""
    return f"{Names(dataset.base).graph('assessment').value}/"


class _Part:
    """The things that were reached, each with its quads."""

    def __init__(self, dataset: Dataset) -> None:
        self._store = dataset.store
        self._found: dict[_Node, list[Quad]] = {}
        self._unwanted: tuple[str, ...] = (Names(dataset.base).drafts, assessments_of(dataset))

    def with_assessments(self) -> None:
        """Take statements from the graphs of assessments as well, from now on."""
        self._unwanted = self._unwanted[:1]

    def follow(self, start: Iterable[_Node]) -> None:
        """Reach all that is linked from ``start``."""
        waiting = list(start)
        while waiting:
            node = waiting.pop()
            if node not in self._found:
                described = self._wanted(node, None, None)
                self._found[node] = described
                waiting += self._links(node, described)

    def objects(self, node: _Node, predicate: NamedNode) -> Iterator[NamedNode]:
        """Yield what is linked from something that was reached."""
        for quad in self._found[node]:
            if quad.predicate == predicate and isinstance(quad.object, NamedNode):
                yield quad.object

    def quads(self) -> Iterator[Quad]:
        """Yield the quads; of the links that are not followed those that lead to what was reached."""
        for described in self._found.values():
            for quad in described:
                if quad.predicate not in _NOT_FOLLOWED or self._found.get(quad.object):  # type: ignore[arg-type]
                    yield quad

    def _wanted(self, subject: _Node | None, predicate: NamedNode | None, value: _Node | None) -> list[Quad]:
        quads = self._store.quads_for_pattern(subject, predicate, value, None)
        return [quad for quad in quads if not in_graph(quad, self._unwanted)]

    def _links(self, node: _Node, described: list[Quad]) -> Iterator[_Node]:
        for quad in described:
            if not isinstance(quad.object, (NamedNode, BlankNode)) or quad.predicate in _NOT_FOLLOWED:
                continue
            yield quad.object
            if quad.predicate == rep("multiplicand"):  # the quantity of another count, which it does not name
                yield from self._subjects(rep("quantity"), quad.object)
            elif quad.predicate == iri(RDF + "type") and quad.object == rep("Official"):
                yield from self._subjects(iri(ORG + "member"), node)  # who is one by a tenure

    def _subjects(self, predicate: NamedNode, value: _Node) -> Iterator[_Node]:
        for quad in self._wanted(None, predicate, value):
            if isinstance(quad.subject, (NamedNode, BlankNode)):
                yield quad.subject
