"""Statements of Turtle: what stands on one line, and what on lines of its own.

pyoxigraph's own writer escapes the terms here, but the layout is done by hand: it writes a subject on one
line however long that is, in the order given, and nests no blank node.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from repatria.canonical.content import Content
from repatria.canonical.literals import written
from repatria.canonical.names import Names
from repatria.canonical.notes import Notes, ObjectPlace
from repatria.canonical.tokens import FIRST, NIL, REST, TYPE, refuse_nested_blank

if TYPE_CHECKING:
    from repatria.rdf.turtle import Comment

WIDTH = 110
"""Columns that a line keeps to if its terms allow it."""
STEP = 4


class Layout:
    """Writes the statements of one graph, which is called ``graph`` in the notes.

    ``noted``: the subjects in whose statements there are comments.
    """

    def __init__(
        self, content: Content, names: Names, notes: Notes, graph: str, noted: AbstractSet[str]
    ) -> None:
        self._content, self._names, self._notes, self._graph = content, names, notes, graph
        self._nested, self._lists = content.nesting.nested, content.nesting.lists
        self._terms = {NIL: "()"}
        self._verbs = {TYPE: "a"}
        self._flat: dict[str, str | None] = {}
        self._noted = noted

    def statement(self, subject: str, indent: int = 0) -> str:
        """Return the statement about a subject, its first line indented by ``indent`` columns."""
        block = self._content.blocks[subject]
        predicates = self._content.predicates(block)
        lines = self._pairs(subject, predicates, indent + STEP, " .")
        start = " " * indent + self._subject(subject)
        joined = f"{start} {lines[0].lstrip(' ')}"
        # What it is belongs to its name; so does a single thing that is said of it.
        short = predicates[0] == TYPE or len(predicates) == 1
        if short and not lines[0].lstrip().startswith("#") and len(joined.partition("\n")[0]) <= WIDTH:
            lines[0] = joined
        else:
            lines.insert(0, start)
        return "\n".join((*self._above(indent, (self._graph, subject)), *lines, ""))

    def _subject(self, token: str) -> str:
        if token[0] == "<":
            return self._names(token)
        return f"_:{self._content.labels[token]}" if token in self._content.labels else "[]"

    def _pairs(self, subject: str, predicates: Sequence[str], indent: int, end: str) -> list[str]:
        """Return the lines of predicates and objects; ``end`` closes the last."""
        last = self._notes.last.get((self._graph, subject), ())
        block = self._content.blocks.get(subject, {})
        ends = [*[" ;"] * (len(predicates) - 1), "" if last else end]
        noted, nested, terms, verbs = subject in self._noted, self._nested, self._terms, self._verbs
        lines: list[str] = []
        pad = " " * indent
        for predicate, closing in zip(predicates, ends, strict=False):
            objects = block[predicate]
            if len(objects) > 1 or noted or (value := objects[0]) in nested:
                lines += self._pair(subject, predicate, indent, closing)
            else:
                verb = verbs.get(predicate) or self._verb(predicate)
                lines.append(f"{pad}{verb} {terms.get(value) or self._term(value)}{closing}")
        lines += comment_lines(last, indent)
        if last and end:
            lines.append(pad + end.strip())
        return lines

    def _pair(self, subject: str, predicate: str, indent: int, end: str) -> list[str]:
        """Return the lines of one predicate and its objects."""
        objects = self._content.blocks[subject][predicate]
        start = f"{' ' * indent}{self._verb(predicate)}"
        if subject in self._noted:
            return self._noted_pair(subject, predicate, indent, end)
        if len(objects) == 1:
            return self._object((self._graph, subject, predicate, objects[0]), f"{start} ", indent, end)
        objects = self._content.objects(predicate, objects)
        if line := self._one_line(start, objects, end):
            return [line]
        return [start, *self._objects(subject, predicate, objects, indent + STEP, end)]

    def _noted_pair(self, subject: str, predicate: str, indent: int, end: str) -> list[str]:
        objects = self._content.objects(predicate, self._content.blocks[subject][predicate])
        start = f"{' ' * indent}{self._verb(predicate)}"
        above = self._above(indent, (self._graph, subject, predicate))
        places = [(self._graph, subject, predicate, value) for value in objects]
        if not any(place in self._notes.above for place in places):
            if len(objects) == 1:
                return [*above, *self._object(places[0], f"{start} ", indent, end)]
            behind = [place for place in places if place in self._notes.after]
            if behind in ([], places[-1:]) and (line := self._one_line(start, objects, end)):
                return [*above, line + comments_behind(self._notes.after.get(places[-1], ()))]
        return [*above, start, *self._objects(subject, predicate, objects, indent + STEP, end)]

    def _objects(
        self, subject: str, predicate: str, objects: Sequence[str], indent: int, end: str
    ) -> Iterator[str]:
        """Yield the lines of several objects, each on its own."""
        for value in objects:
            place = (self._graph, subject, predicate, value)
            yield from self._above(indent, place)
            yield from self._object(place, " " * indent, indent, end if value is objects[-1] else ",")

    def _one_line(self, start: str, objects: list[str], end: str) -> str | None:
        """Return names on one line, if they are names and find room there."""
        if any(value[0] != "<" for value in objects):
            return None
        line = f"{start} {', '.join(map(self._term, objects))}{end}"
        return line if len(line) <= WIDTH else None

    def _object(self, place: ObjectPlace, start: str, indent: int, end: str) -> list[str]:
        """Return the lines of one object, the first one after ``start``."""
        token = place[3]
        if token not in self._nested:
            lines = [f"{start}{self._term(token)}{end}"]
        elif (text := self._inline(token)) and len(start) + len(text) + len(end) <= WIDTH:
            lines = [f"{start}{text}{end}"]
        elif token in self._lists:
            lines = [f"{start}(", *self._members(token, indent + STEP), f"{' ' * indent}){end}"]
        else:
            predicates = self._content.predicates(self._content.blocks.get(token, {}))
            inner = self._pairs(token, predicates, indent + STEP, "")
            above = self._above(indent + STEP, (self._graph, token))
            lines = [f"{start}[", *above, *inner, f"{' ' * indent}]{end}"]
        lines[-1] += comments_behind(self._notes.after.get(place, ()))
        return lines

    def _members(self, head: str, indent: int) -> list[str]:
        lines: list[str] = []
        for cell, member in self._content.items(head):
            place = (self._graph, cell, FIRST, member)
            lines += self._above(indent, place[:2], place[:3], place)
            lines += self._object(place, " " * indent, indent, "")
            if cell in self._noted:
                # Where a list was written cell by cell, the rest of a cell may have comments, too.
                rest = (self._graph, cell, REST, self._content.blocks[cell][REST][0])
                lines += self._above(indent, rest[:3], rest)
                lines += comment_lines(self._notes.after.get(rest, ()), indent)
                lines += comment_lines(self._notes.last.get(place[:2], ()), indent)
        return lines

    def _above(self, indent: int, *places: tuple[str, ...]) -> Iterator[str]:
        for place in places:
            yield from comment_lines(self._notes.above.get(place, ()), indent)

    def _verb(self, predicate: str) -> str:
        return self._verbs.get(predicate) or self._verbs.setdefault(predicate, self._names(predicate))

    def _term(self, token: str) -> str:
        known = self._terms.get(token)
        if known is None:
            if token[0] == '"':
                return written(token, self._names)
            if token[0] == "_":
                return f"_:{self._content.labels[token]}"
            if token.startswith("<<"):
                refuse_nested_blank(token)
                return token
            known = self._terms[token] = self._names(token)
        return known

    def _inline(self, node: str) -> str | None:
        """Return a nested node as one line; None if that is too long, or a comment or line end is in it."""
        if node not in self._flat:
            parts = self._inline_members(node) if node in self._lists else self._inline_pairs(node)
            text = None
            if parts is not None:
                text = f"( {' '.join(parts)} )" if node in self._lists else f"[ {' ; '.join(parts)} ]"
            self._flat[node] = "[]" if text == "[  ]" else text
        return self._flat[node]

    def _inline_members(self, head: str) -> list[str] | None:
        texts: list[str] = []
        for cell, member in self._content.items(head):
            text = None if cell in self._noted else self._inline_object(member)
            if text is None or len(texts) > WIDTH:
                return None
            texts.append(text)
        return texts

    def _inline_pairs(self, node: str) -> list[str] | None:
        if node in self._noted:
            return None
        block = self._content.blocks.get(node, {})
        pairs = []
        for predicate in self._content.predicates(block):
            texts = [
                self._inline_object(value) for value in self._content.objects(predicate, block[predicate])
            ]
            if None in texts:
                return None
            pairs.append(f"{self._verb(predicate)} {', '.join(map(str, texts))}")
        return pairs

    def _inline_object(self, token: str) -> str | None:
        text = self._inline(token) if token in self._nested else self._term(token)
        return None if text is None or len(text) > WIDTH or "\n" in text else text


def comment_lines(comments: Iterable[Comment], indent: int) -> list[str]:
    """Return comments as lines of their own."""
    return [" " * indent + comment.text.rstrip() for comment in comments]


def comments_behind(comments: Iterable[Comment]) -> str:
    """Return comments as the end of a line."""
    return "".join(f"  {comment.text.rstrip()}" for comment in comments)
