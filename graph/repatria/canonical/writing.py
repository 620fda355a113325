"""Canonical Turtle and TriG: the same bytes for the same graph and prefixes, whatever order it comes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from pyoxigraph import Quad, Triple

from repatria.canonical.content import Content
from repatria.canonical.graphs import Graphs
from repatria.canonical.labels import label_tokens
from repatria.canonical.layout import STEP, Layout, comment_lines, comments_behind
from repatria.canonical.names import Names
from repatria.canonical.nesting import nest
from repatria.canonical.notes import Notes
from repatria.canonical.ordering import PredicateOrder
from repatria.canonical.tokens import quad_lines, split_quad, triple_lines
from repatria.rdf.collector import collector_at_rest

_CHUNK = 500


def write_turtle(quads: Iterable[Quad | Triple], out: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Write the union of the graphs of ``quads`` as canonical Turtle to a binary stream.

    ``prefixes``: prefix → namespace; those that are used are declared. Raises :class:`InputError` RP307
    (too many blank nodes that look alike), RP309 (a triple term of RDF 1.2 with a blank node).
    """
    with collector_at_rest():
        graphs = Graphs()
        graphs.add_sorted(triple_lines(quads))
        write_graphs(graphs, out, prefixes)


def write_trig(quads: Iterable[Quad | Triple], out: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Write ``quads`` as canonical TriG to a binary stream, the default graph first; see write_turtle."""
    with collector_at_rest():
        triples: dict[str, list[str]] = {}
        for line in quad_lines(quads):
            graph = split_quad(line)[3]
            triples.setdefault(graph, []).append(line[: -len(graph) - 1] if graph else line)
        graphs = Graphs()
        for graph, lines in triples.items():
            graphs.add_sorted(lines, graph)
        write_graphs(graphs, out, prefixes)


def write_graphs(
    graphs: Graphs, out: IO[bytes], prefixes: Mapping[str, str], notes: Notes | None = None
) -> None:
    """Write a dataset. With ``notes`` all ``prefixes`` are declared, without them those that are used.

    Raises InputError RP307, RP309.
    """
    told = notes or Notes()
    writer = _Writer(graphs, prefixes, told)
    # The prefixes that are used are known when everything has been laid out.
    body = list(_chunks(writer.pieces()))
    declared = prefixes if notes is not None else {p: prefixes[p] for p in writer.names.used}
    head = "\n".join(_head(declared, told))
    out.write((head + "\n" if head and body else head).encode())
    for chunk in body:
        out.write(chunk)
    tail = "\n".join("\n".join((*comment_lines(group, 0), "")) for group in told.tail)
    out.write(("\n" + tail if tail and (head or body) else tail).encode())


def _chunks(pieces: Iterator[str]) -> Iterator[bytes]:
    waiting: list[str] = []
    for piece in pieces:
        waiting.append(piece)
        if len(waiting) == _CHUNK:
            yield "".join(waiting).encode()
            waiting = []
    if waiting:
        yield "".join(waiting).encode()


def _head(prefixes: Mapping[str, str], notes: Notes) -> Iterator[str]:
    """Yield the groups of lines at the beginning of a document, each with its end."""
    for group in notes.head:
        yield "\n".join((*comment_lines(group, 0), ""))
    lines = []
    for prefix in sorted(prefixes):
        lines += comment_lines(notes.prefix_above.get(prefix, ()), 0)
        after = comments_behind(notes.prefix_after.get(prefix, ()))
        lines.append(f"@prefix {prefix}: <{prefixes[prefix]}> .{after}")
    if lines:
        yield "\n".join((*lines, ""))


class _Writer:
    def __init__(self, graphs: Graphs, prefixes: Mapping[str, str], notes: Notes) -> None:
        self._graphs, self._notes, self._noted = graphs, notes, notes.subjects()
        self.names = Names(prefixes)
        self._nesting = nest(graphs.blocks, graphs.links)
        labels = label_tokens(set(graphs.quads())) if self._nesting.labelled else {}
        self.labels = {node: label for node, label in labels.items() if node in self._nesting.labelled}
        self._order = PredicateOrder()
        self._headed = dict(sorted(notes.headings))

    def pieces(self) -> Iterator[str]:
        """Yield the text of the statements, with the empty lines between them."""
        names = sorted(self._graphs.blocks.keys() - {""}, key=self._graph_key)
        named = _by_section(names, self._notes.graph_sections)
        layout, sections = self._layout("")
        first = True
        for number in range(self._sections("")):
            for piece in self._headings("", number, 0):
                yield piece if first else f"\n{piece}"
                first = False
            for subject in sections.get(number, ()):
                yield layout.statement(subject) if first else f"\n{layout.statement(subject)}"
                first = False
            for graph in named.get(number, ()):
                yield from self._graph(graph, "" if first else "\n")
                first = False

    def _graph(self, graph: str, before: str) -> Iterator[str]:
        """Yield the text of a named graph."""
        layout, sections = self._layout(graph)
        above = comment_lines(self._notes.above.get((graph,), ()), 0)
        yield before + "\n".join((*above, f"{self._graph_name(graph)} {{\n"))
        first = True
        for number in range(self._sections(graph)):
            texts = (layout.statement(subject, STEP) for subject in sections.get(number, ()))
            for piece in (*self._headings(graph, number, STEP), *texts):
                yield piece if first else f"\n{piece}"
                first = False
        for group in self._notes.graph_tails.get(graph, ()):
            yield "\n".join(("", *comment_lines(group, STEP), ""))
        after = comments_behind(self._notes.after.get((graph,), ()))
        yield f"}}{after}\n"

    def _layout(self, graph: str) -> tuple[Layout, dict[int, list[str]]]:
        content = Content(self._graphs.blocks[graph], self._nesting, self.labels, self._order)
        layout = Layout(content, self.names, self._notes, graph, self._noted.get(graph, frozenset()))
        return layout, _by_section(content.subjects(), self._notes.sections.get(graph, {}))

    def _sections(self, graph: str) -> int:
        return 1 + self._headed.get(graph, 0)

    def _headings(self, graph: str, number: int, indent: int) -> list[str]:
        groups = self._notes.headings.get((graph, number), ())
        return ["\n".join((*comment_lines(group, indent), "")) for group in groups]

    def _graph_name(self, graph: str) -> str:
        return self.names(graph) if graph[0] == "<" else f"_:{self.labels[graph]}"

    def _graph_key(self, graph: str) -> tuple[bool, str]:
        return (False, graph[1:-1]) if graph[0] == "<" else (True, self.labels[graph].zfill(16))


def _by_section(items: list[str], numbers: Mapping[str, int]) -> dict[int, list[str]]:
    sections: dict[int, list[str]] = {}
    for item in items:
        sections.setdefault(numbers.get(item, 0), []).append(item)
    return sections
