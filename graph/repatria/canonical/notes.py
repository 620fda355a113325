"""Comments of a document and where in its canonical form they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from repatria.rdf.turtle import Comment

SubjectPlace = tuple[str, str]
"""Graph, subject."""
PredicatePlace = tuple[str, str, str]
ObjectPlace = tuple[str, str, str, str]
Table = dict[tuple[str, ...], "list[Comment]"]


@dataclass(slots=True)
class Notes:
    """Comments by what they belong to: a graph, a subject, a predicate or an object, each a tuple of tokens.

    ``above``: on lines of their own before it; ``after``: at the end of its line; ``last``: before what
    closes it. ``head`` and ``tail``: at the beginning and end of the file, in groups that empty lines part;
    ``graph_tails``: the same at the end of a graph.
    ``prefix_above`` and ``prefix_after``: at the declaration of a prefix. ``headings``: what opens each
    section but the first, by (graph, number of the section); ``sections``: graph → subject → its number;
    ``graph_sections``: graph → its number among those of the default graph.
    """

    head: list[list[Comment]] = field(default_factory=list)
    tail: list[list[Comment]] = field(default_factory=list)
    graph_tails: dict[str, list[list[Comment]]] = field(default_factory=dict)
    prefix_above: dict[str, list[Comment]] = field(default_factory=dict)
    prefix_after: dict[str, list[Comment]] = field(default_factory=dict)
    above: Table = field(default_factory=dict)
    after: Table = field(default_factory=dict)
    last: Table = field(default_factory=dict)
    headings: dict[tuple[str, int], list[list[Comment]]] = field(default_factory=dict)
    sections: dict[str, dict[str, int]] = field(default_factory=dict)
    graph_sections: dict[str, int] = field(default_factory=dict)

    def subjects(self) -> dict[str, set[str]]:
        """Return graph → the subjects in whose statements there are comments."""
        found: dict[str, set[str]] = {}
        for table in (self.above, self.after, self.last):
            for graph, *more in table:
                if more:
                    found.setdefault(graph, set()).add(more[0])
        return found
