"""Questions to an endpoint about many things at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import BlankNode

from repatria.shacl.paths import Path, path_text
from repatria.shacl.prebinding import NEVER, in_each_group
from repatria.shacl.report import Term
from repatria.shacl.sparql_text import tokens, words

Item = tuple[Term, ...]
"""What one answer is about: the terms of the variables of a question."""
_BATCH = 250
_MENTION = re.compile(rf"OPTIONAL \{{ \[\] {re.escape(NEVER)} \?\w+ \}} ?")
# What looks at all solutions together.
_OF_THE_WHOLE = frozenset(("LIMIT", "OFFSET"))


@dataclass(frozen=True, slots=True)
class Question:
    """A SELECT that answers for each item of a batch; ``names`` are the variables of an item.

    ``text`` has its VALUES put into each of its groups: each then sees the
    items, as it sees what is bound beforehand (SHACL appendix A).
    """

    text: str
    names: tuple[str, ...]

    def batches(self, items: Iterable[Item]) -> Iterator[list[Item]]:
        """Yield the items as they may be asked for together."""
        rest = iter(items)
        size = 1 if words(self.text) & _OF_THE_WHOLE else _BATCH
        while batch := list(islice(rest, size)):
            yield batch

    def written(self, batch: Iterable[Item]) -> str:
        """Return the query for a batch."""
        if not self.names:
            return self.text
        rows = " ".join(f"({' '.join(map(str, item))})" for item in batch)
        listed = f"VALUES ({' '.join(f'?{name}' for name in self.names)}) {{ {rows} }} "
        return in_each_group(self.text, listed)


def of_path(path: Path) -> Question:
    """Return the question for the nodes that a path reaches."""
    return Question(f"SELECT DISTINCT ?node ?found {{ ?node {path_text(path)} ?found }}", ("node",))


def of_inverse(path: Path) -> Question:
    """Return the question for the nodes from which a path reaches a node."""
    return Question(f"SELECT DISTINCT ?node ?found {{ ?found {path_text(path)} ?node }}", ("node",))


OF_NODE = Question("SELECT DISTINCT ?node ?property ?found { ?node ?property ?found }", ("node",))
"""The question for all that is said of a node."""
PRESENT = Question(
    "SELECT DISTINCT ?subject ?property ?value { ?subject ?property ?value }",
    ("subject", "property", "value"),
)
"""The question whether triples are there."""


def of_query(text: str, terms: Mapping[str, Term]) -> tuple[Question, Item]:
    """Return a SELECT or ASK of a shape as a question, and its bound variables as an item."""
    names = tuple(sorted(terms))
    return Question(_selecting(_MENTION.sub("", text), names), names), tuple(terms[name] for name in names)


def _selecting(text: str, names: tuple[str, ...]) -> str:
    """Return an ASK as the SELECT of the items for which it is true; a SELECT as it is."""
    ask = next((one for one in tokens(text) if one.text.upper() in ("ASK", "SELECT")), None)
    if ask is None or ask.text.upper() == "SELECT":
        return text
    projected = " ".join(f"?{name}" for name in names)
    return f"{text[: ask.end - len(ask.text)]}SELECT DISTINCT {projected} {text[ask.end :]}"


def blank(item: Item) -> bool:
    """Return whether an item has a blank node, about which nothing can be asked."""
    return any(isinstance(term, BlankNode) for term in item)
