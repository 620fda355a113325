"""A thing as a readable card: what it is, what is said of it, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from repatria.query.cards import SECTIONS, Section
from repatria.query.names import label_of
from repatria.query.rows import Rows, TermRow
from repatria.query.run import Query, run
from repatria.query.tokens import bind
from repatria.query.values import Term, shown
from repatria.store import Dataset


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

    def text(self, prefixes: dict[str, str]) -> str:
        """Return the card as plain text."""
        out = [self.title, f"  {self.kind} <{self.iri}>"]
        width = max((len(line.name) for line in self.lines if not line.section), default=0)
        section = ""
        for line in self.lines:
            if line.section != section:
                section = line.section
                out += ["", f"{section}:"]
            value = shown(line.value, prefixes)
            told = f"{line.text} ({value})" if line.text and isinstance(line.value, NamedNode) else value
            if line.section:
                told = f"{value}  {line.text}" if line.text else value
                out.append(f"  {f'{line.name}  ' if line.name else ''}{told}")
            else:
                out.append(f"  {line.name:<{width}}  {told}")
        return "\n".join(out) + "\n"


def _row(line: Line) -> TermRow:
    return (Literal(line.section), Literal(line.name), line.value, Literal(line.text))


def describe(dataset: Dataset, node: NamedNode) -> Card:
    """Return the card of a thing of the dataset."""
    kind = _kind(dataset, node)
    lines = tuple(line for section in SECTIONS.get(kind, SECTIONS[""]) for line in _lines(dataset, node, section))
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
