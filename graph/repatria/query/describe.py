"""A thing as a readable card: what it is, what is said of it, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import Literal, NamedNode

from repatria.query.cards import SECTIONS, Section
from repatria.query.names import label_of
from repatria.query.rows import Rows, TermRow
from repatria.query.run import Query, run
from repatria.query.tokens import bind
from repatria.query.values import Term, shown
from repatria.query.wrapping import wrapped
from repatria.store import Dataset

# A column of text narrower than this is harder to read than lines of its own.
_TEXT_WIDTH = 44


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card: what it tells, the value (a term), and its label or details in words."""

    section: str
    name: str
    value: Term
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A thing described: its IRI, its kind (segment of the IRI), its label and the lines."""

    iri: str
    kind: str
    title: str
    lines: tuple[Line, ...]

    def rows(self) -> Rows:
        """Return the lines as rows: section, name, value, text."""
        columns = ("section", "name", "value", "text")
        return Rows(columns, (_row(line) for line in self.lines))

    def text(self, prefixes: dict[str, str], width: int | None = None) -> str:
        """Return the card as plain text: lines of at most ``width`` characters, or as long as they are."""
        out = [self.title, f"  {self.kind} <{self.iri}>"]
        for section, lines in groupby(self.lines, lambda line: line.section):
            rows = [_cells(line, prefixes) for line in lines]
            if section:
                out += ["", f"{section}:", *_columns(rows, width)]
            else:
                out += _fields(rows, width)
        return "\n".join(out) + "\n"


Cells = tuple[str, str, str]


def _cells(line: Line, prefixes: dict[str, str]) -> Cells:
    value = shown(line.value, prefixes)
    if line.section or not isinstance(line.value, NamedNode):
        return line.name, value, line.text.strip()
    return line.name, f"{line.text} ({value})" if line.text else value, ""


def _fields(rows: list[Cells], width: int | None) -> Iterator[str]:
    """Yield ``name  value`` lines; a name with several values stands once."""
    indent = 4 + max((len(name) for name, _, _ in rows), default=0)
    before = ""
    for name, value, _ in rows:
        start = f"  {name if name != before else '':<{indent - 4}}  "
        before = name
        yield from wrapped(start, value, indent, width)


def _columns(rows: list[Cells], width: int | None) -> Iterator[str]:
    """Yield ``name  value  text`` lines; a text that has too little room has lines of its own."""
    names, values = (max(len(row[column]) for row in rows) for column in (0, 1))
    indent = 2 + (names + 2 if names else 0) + values + 2
    beside = width is None or width - indent >= _TEXT_WIDTH
    for name, value, text in rows:
        start = f"  {name:<{names}}  " if names else "  "
        if beside:
            yield from wrapped(f"{start}{value:<{values}}  ", text, indent, width)
        else:
            yield f"{start}{value}"
            if text:
                yield from wrapped("      ", text, 6, width)


def _row(line: Line) -> TermRow:
    return (Literal(line.section), Literal(line.name), line.value, Literal(line.text))


def describe(dataset: Dataset, node: NamedNode) -> Card:
    """Return the card of a thing of the dataset."""
    kind = _kind(dataset, node)
    lines = tuple(
        line for section in SECTIONS.get(kind, SECTIONS[""]) for line in _lines(dataset, node, section)
    )
    return Card(node.value, kind, _title(dataset, node, kind), lines)


def _kind(dataset: Dataset, node: NamedNode) -> str:
    rest = node.value.removeprefix(f"{dataset.base}id/")
    return rest.partition("/")[0] if rest != node.value else "concept"


def _title(dataset: Dataset, node: NamedNode, kind: str) -> str:
    if kind == "claim":
        source, _, key = node.value.removeprefix(f"{dataset.base}id/claim/").partition("/")
        return f"Claim {source}#{key}"
    return label_of(dataset, node) or shown(node, dataset.prefixes)


def _lines(dataset: Dataset, node: NamedNode, section: Section) -> Iterator[Line]:
    """Yield the lines of a section, whose query selects ?name, ?value and optionally ?text."""
    found = run(dataset, Query(bind(section.query, {"this": str(node)}), section.title))
    assert isinstance(found, Rows)
    for row in found.stream():
        terms = dict(zip(found.columns, row, strict=True))
        name, value, text = terms["name"], terms["value"], terms.get("text")
        if value is None:
            continue
        told = text.value if isinstance(text, Literal) else ""
        if not told and isinstance(value, NamedNode):
            told = label_of(dataset, value)
        yield Line(section.title, name.value if isinstance(name, Literal) else "", value, told)
