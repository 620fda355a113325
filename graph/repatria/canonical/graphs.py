"""A dataset as tokens, ready to be laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from repatria.canonical.nesting import Block, Blocks, Link
from repatria.canonical.tokens import QuadTokens, small_tag


class Graphs:
    """Quads as tokens, by graph, subject and predicate. The default graph is called by the empty text."""

    def __init__(self) -> None:
        self.blocks: dict[str, Blocks] = {"": {}}
        self.links: list[Link] = []

    def add_sorted(self, lines: Iterable[str], graph: str = "") -> None:
        """Add lines of N-Triples without their ends, sorted, each once, to a graph that has none yet."""
        blocks = self.blocks.setdefault(graph, {})
        block: Block = {}
        objects: list[str] = []
        last = verb = ""
        for line in lines:
            subject, predicate, value = line.split(" ", 2)
            if subject != last:
                last, verb = subject, predicate
                objects = [value]
                block = blocks[subject] = {predicate: objects}
            elif predicate != verb:
                verb = predicate
                objects = block[predicate] = [value]
            else:
                objects.append(value)
            if value[0] == "_":
                self.links.append(Link(graph, subject, predicate, value))

    def add(self, subject: str, predicate: str, value: str, graph: str) -> None:
        """Add one quad, which must not be there yet."""
        blocks = self.blocks.setdefault(graph, {})
        blocks.setdefault(subject, {}).setdefault(predicate, []).append(value)
        if value[0] == "_":
            self.links.append(Link(graph, subject, predicate, value))

    def quads(self) -> Iterator[QuadTokens]:
        """Yield the quads, with language tags in lower case."""
        for graph, blocks in self.blocks.items():
            for subject, block in blocks.items():
                for predicate, objects in block.items():
                    for value in objects:
                        yield subject, predicate, small_tag(value), graph
