"""What the shapes say of a rule beside its constraints: name, description, page."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.shacl.paths import Node
from repatria.shacl.report import Result
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.vocabulary import RDFS, SHAPES, sh

_NAMES = (sh("name"), NamedNode(RDFS + "label"))
_DESCRIPTIONS = (sh("description"), NamedNode(RDFS + "comment"))
_PAGE = NamedNode(RDFS + "seeAlso")
_OWN_PAGE = "docs/rules.md"
REQUIREMENT = "does not meet sh:"
"""How a message begins that the engine makes where the shapes have none (:meth:`ShapesGraph.requirement`)."""


@dataclass(frozen=True, slots=True)
class RuleText:
    """Name and description in English where there is one, and the page; each may be empty."""

    name: str = ""
    description: str = ""
    page: str = ""


class RuleTexts:
    """The texts of the rules of a shapes graph; a rule without a text has that of what holds it."""

    def __init__(self, shapes: ShapesGraph | None) -> None:
        self._shapes = shapes
        self._known: dict[tuple[object, ...], RuleText] = {}

    def of_result(self, result: Result) -> RuleText:
        """Return the texts of the constraint, shape or rule that a result names, the nearest first."""
        nodes = (result.source_constraint, result.source_shape, result.rule)
        if nodes not in self._known:
            self._known[nodes] = self._of(nodes)
        return self._known[nodes]

    def of(self, node: Node) -> RuleText:
        """Return the texts of one node of the shapes graph."""
        return self._of((node,))

    def _of(self, nodes: tuple[Node | None, ...]) -> RuleText:
        named = [node for node in nodes if isinstance(node, NamedNode | BlankNode)]
        page = next((page for node in named if (page := self._page(node))), "")
        return RuleText(self._text(named, _NAMES), self._text(named, _DESCRIPTIONS), page)

    def _text(self, nodes: list[NamedNode | BlankNode], predicates: tuple[NamedNode, ...]) -> str:
        for node in nodes:
            for predicate in predicates:
                values = self._shapes.objects(node, predicate) if self._shapes else []
                if texts := [value for value in values if isinstance(value, Literal)]:
                    return " ".join(english(texts).split())
        return ""

    def _page(self, node: NamedNode | BlankNode) -> str:
        values = self._shapes.objects(node, _PAGE) if self._shapes else []
        pages = sorted(value.value for value in values if isinstance(value, NamedNode | Literal))
        if pages:
            return pages[0]
        # Our own rules with a message are listed there.
        listed = self._shapes is not None and bool(self._shapes.objects(node, sh("message")))
        own = isinstance(node, NamedNode) and node.value.startswith(SHAPES)
        return f"{_OWN_PAGE}#{node.value.removeprefix(SHAPES)}" if own and listed else ""


def english(texts: list[Literal]) -> str:
    """Return the first text in English, else without language, else the first."""

    def rank(text: Literal) -> tuple[int, str]:
        language = (text.language or "").lower().split("-")[0]
        return ("en", "").index(language) if language in ("en", "") else 2, str(text)

    return min(texts, key=rank).value


def declared_prefixes(shapes: ShapesGraph | None) -> dict[str, str]:
    """Return the prefixes that a shapes graph declares for its queries (SHACL §5.2.1), prefix → namespace."""
    if shapes is None:
        return {}
    found: dict[str, str] = {}
    for subject in shapes.subjects(sh("declare")):
        for node in shapes.objects(subject, sh("declare")):
            if isinstance(node, NamedNode | BlankNode):
                names, spaces = (shapes.objects(node, sh(name)) for name in ("prefix", "namespace"))
                for name, space in zip(names, spaces, strict=False):
                    if isinstance(name, Literal) and isinstance(space, Literal):
                        found[name.value] = space.value
    return found
