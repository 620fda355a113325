"""Which comment of a document belongs to what: the beginning, a section, a subject, a line, an object.

A comment at the end of a line belongs to the object there; one on lines of its own to what follows it, or,
if nothing follows before the bracket or full stop, to the end of what it stands in. One between two
statements with an empty line after it is a heading: it opens a section, and statements stay in theirs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from repatria.canonical.notes import Notes, ObjectPlace
from repatria.canonical.tokens import NIL, REST
from repatria.errors import InputError, Location
from repatria.rdf.turtle import Comment, Document, Span

_EMPTY_LINE = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]*(?:[\r\n]|\Z)|\s*\Z")
_NEXT_LINE = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]*\Z")
_SKIPPED = r"(?:\s|#[^\r\n]*)*"
_PREFIX_NEXT = re.compile(rf"{_SKIPPED}@?prefix\s+([^\s:]*)\s*:", re.IGNORECASE)
_DIRECTIVE_NEXT = re.compile(rf"{_SKIPPED}(?:@prefix|@base|prefix\s|base\s)", re.IGNORECASE)
_PREFIX_BEFORE = re.compile(r"@?prefix\s+([^\s:]*)\s*:\s*<[^<>]*>\s*\.?\s*\Z", re.IGNORECASE)
_CLOSES_GRAPH = re.compile(rf"{_SKIPPED}\}}")


def attach(document: Document, quads: list[ObjectPlace], name: str) -> Notes:
    """Return the places of the comments of a document; ``quads``: its quads as tokens, the graph first.

    Raises :class:`InputError` RP308 for a comment in a graph that holds nothing else.
    """
    attaching = _Attaching(document, quads)
    graphs = {place[0] for place in quads}
    for comment in document.comments:
        if comment.graph is not None and str(comment.graph) not in graphs:
            message = (
                "this comment stands in a graph without statements, which the formatted file does not have"
            )
            place = Location(name, *document.location(comment.start))
            raise InputError("RP308", message, hint="move it out of the graph", location=place)
    for group in _groups(document):
        attaching.add(group)
    attaching.number_sections()
    notes = attaching.notes
    if not notes.head and document.prefixes and (first := min(document.prefixes)) in notes.prefix_above:
        # Above the first line of a file, it belongs to the file.
        notes.head.append(notes.prefix_above.pop(first))
    return notes


def _groups(document: Document) -> Iterator[list[Comment]]:
    """Yield comments that stand below one another between statements together, all others alone."""
    group: list[Comment] = []
    for comment in document.comments:
        if group:
            last = group[-1]
            alike = comment.own_line and last.own_line and comment.place == last.place != "inside"
            follows = _NEXT_LINE.match(document.text, last.end, comment.start)
            if not (alike and follows):
                yield group
                group = []
        group.append(comment)
    if group:
        yield group


class _Attaching:
    def __init__(self, document: Document, quads: list[ObjectPlace]) -> None:
        self.notes = Notes()
        self._document, self._text, self._quads = document, document.text, quads
        # By graph: where each section begins (index of its first quad).
        self._starts: dict[str, list[int]] = {}

    def add(self, group: list[Comment]) -> None:
        """Give comments that stand together their place."""
        first = group[0]
        if first.place == "inside":
            self._inside(first)
        elif not first.own_line:
            self._behind(first)
        elif first.place == "directive":
            self._before_directive(group)
        else:
            self._between(group)

    def number_sections(self) -> None:
        """Put each subject and each graph into the section in which it comes first."""
        for index, (graph, subject, *_) in enumerate(self._quads):
            if starts := self._starts.get(graph):
                self.notes.sections.setdefault(graph, {}).setdefault(subject, bisect_right(starts, index))
            if graph and (starts := self._starts.get("")):
                self.notes.graph_sections.setdefault(graph, bisect_right(starts, index))

    def _inside(self, comment: Comment) -> None:
        notes, subject = self.notes, str(comment.subject)
        graph = str(comment.graph) if comment.graph is not None else ""
        if comment.after is not None and self._quads[comment.after][1] == subject:
            self._after(comment, self._quads[comment.after])
            return
        if comment.before is None or not self._continues(comment, comment.before, (graph, subject)):
            notes.last.setdefault((graph, subject), []).append(comment)
            return
        place, located = self._quads[comment.before], self._document.quads[comment.before]
        if place[2] == REST and not _is_written(located.predicate):
            self._in_list(comment, comment.before)
        else:
            notes.above.setdefault(place if comment.verb else place[:3], []).append(comment)

    def _continues(self, comment: Comment, index: int, place: tuple[str, str]) -> bool:
        """Say whether a quad goes on with the statement or node that a comment stands in."""
        located = self._document.quads[index]
        begins = _is_written(located.predicate) and located.subject.start > comment.start
        return self._quads[index][:2] == place and not begins

    def _in_list(self, comment: Comment, index: int) -> None:
        """Place a comment before a further member of a list, or before its end."""
        graph, cell, _, following = self._quads[index]
        if following == NIL:
            self.notes.last.setdefault((graph, cell), []).append(comment)
        else:
            self.notes.above.setdefault(self._quads[index + 1], []).append(comment)

    def _after(self, comment: Comment, place: tuple[str, ...]) -> None:
        # A triple that is stated twice may have two, and a line has room for one.
        table = self.notes.above if place in self.notes.after else self.notes.after
        table.setdefault(place, []).append(comment)

    def _behind(self, comment: Comment) -> None:
        """Place a comment at the end of a line that is not inside a statement."""
        if comment.place == "directive":
            declared = _PREFIX_BEFORE.search(self._text[: comment.start])
            if declared and declared[1] in self._document.prefixes:
                table = self.notes.prefix_after
                if declared[1] in table:
                    table = self.notes.prefix_above
                table.setdefault(declared[1], []).append(comment)
            else:
                self.notes.head.append([comment])
        elif comment.after is not None:
            place = self._quads[comment.after]
            closes_graph = place[0] and self._last_before(comment.start) == "}"
            self._after(comment, place[:1] if closes_graph else place)
        elif comment.graph is not None:
            self.notes.above.setdefault((str(comment.graph),), []).append(comment)
        else:
            self._between([comment])

    def _last_before(self, offset: int) -> str:
        """Return the last character before an offset that is no white space."""
        while self._text[offset - 1].isspace():
            offset -= 1
        return self._text[offset - 1]

    def _before_directive(self, group: list[Comment]) -> None:
        empty_line = _EMPTY_LINE.match(self._text, group[-1].end)
        declared = _PREFIX_NEXT.match(self._text, group[-1].end)
        if empty_line and group[0].before:
            self._heading(group, "", group[0].before)
        elif declared and declared[1] in self._document.prefixes:
            self.notes.prefix_above.setdefault(declared[1], []).extend(group)
        else:
            self.notes.head.append(group)

    def _between(self, group: list[Comment]) -> None:
        first, last = group[0], group[-1]
        graph = str(first.graph) if first.graph is not None else ""
        empty_line = _EMPTY_LINE.match(self._text, last.end)
        directive = first.place == "head" and _DIRECTIVE_NEXT.match(self._text, last.end)
        if first.place == "head" and (empty_line or (directive and not self.notes.head)):
            self.notes.head.append(group)
        elif directive:
            self._before_directive(group)
        elif graph and _CLOSES_GRAPH.match(self._text, last.end):
            self.notes.graph_tails.setdefault(graph, []).append(group)
        elif first.before is None:
            self.notes.tail.append(group)
        elif empty_line:
            self._heading(group, graph, first.before)
        else:
            found = self._quads[first.before]
            key = found[:2] if found[0] == graph else found[:1]
            self.notes.above.setdefault(key, []).extend(group)

    def _heading(self, group: list[Comment], graph: str, before: int) -> None:
        starts = self._starts.setdefault(graph, [])
        if before not in starts:
            starts.append(before)
        self.notes.headings.setdefault((graph, len(starts)), []).append(group)


def _is_written(span: Span) -> bool:
    return span.start < span.end
