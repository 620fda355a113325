"""Graphs to export: the shipped one, and one of words that are hard to write."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from repatria.export.columns import COLUMNS
from repatria.export.flat import flat_rows
from repatria.store import Dataset
from repatria.terms import BASE, NS, XSD, Names

EX = "http://example.org/"
# What separates, quotes or ends a line somewhere; letters of three scripts; what begins a formula.
HARD = 'a "b", <c> & d|e\\f\tg\r\nh; i\u2028j\u0085k\x7f _:l <http://example.org/m> . Обмін'
FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
NAMES = [column.name for column in COLUMNS]
COUNT = f"{BASE}id/claim/moscow-times-2025-12-19/s1-03/count/0"
CLAIM = NamedNode(COUNT.removesuffix("/count/0"))
QUANTITY = NamedNode(f"{COUNT}/quantity")
LARGE = 10**18


def node(name: str) -> NamedNode:
    return NamedNode(EX + name)


@pytest.fixture
def hard() -> list[Quad]:
    """Quads with what is hard to write, in two graphs and the default one; one triple in two graphs."""
    p, g, h = node("p"), node("graph/g"), node("graph/h")
    integer = NamedNode(XSD + "integer")
    values: list[Literal | NamedNode] = [
        Literal(HARD),
        Literal(HARD, language="uk"),
        Literal(" "),
        Literal(""),
        Literal("1000000000000000000", datatype=integer),
        Literal("2025-07-17", datatype=NamedNode(XSD + "date")),
        Literal("<x", datatype=node("type")),
        Literal('"<y>', datatype=node("type")),
        node("обмін"),
    ]
    quads = [Quad(node("s"), p, value, g) for value in values]
    return [*quads, Quad(node("s"), p, node("o"), g), Quad(node("s"), p, node("o"), h), Quad(node("s"), p, g)]


@pytest.fixture
def blank(hard: list[Quad]) -> list[Quad]:
    """The same with blank nodes, one of them in a list."""
    b, c = BlankNode("x"), BlankNode("y")
    return [*hard, Quad(node("s"), node("q"), b), Quad(b, node("p"), c), Quad(c, node("p"), Literal("end"))]


def held(quads: list[Quad], seed: int = 0) -> Dataset:
    """Return quads in a store of their own, inserted in an order by ``seed``."""
    shuffled = sorted(quads, key=str)
    random.Random(seed).shuffle(shuffled)
    store = Store()
    store.extend(shuffled)
    return Dataset(store, EX)


def draft() -> NamedNode:
    return NamedNode(Names(EX).drafts + "one")


def renamed(triples: Iterable[Triple]) -> list[Triple]:
    """Return triples with other labels for their blank nodes."""

    def other(term: Any) -> Any:
        return BlankNode(f"other{term.value}") if isinstance(term, BlankNode) else term

    return [Triple(other(t.subject), t.predicate, other(t.object)) for t in triples]


def rows_of(dataset: Dataset) -> list[dict[str, Any]]:
    return [dict(zip(NAMES, values, strict=True)) for values in flat_rows(dataset)]


def row(dataset: Dataset, count: str = COUNT) -> dict[str, Any]:
    return next(cells for cells in rows_of(dataset) if cells["count_iri"] == count)


def change(dataset: Dataset, subject: NamedNode, name: str, *values: NamedNode | Literal) -> None:
    """Put other values in the place of those of a property."""
    predicate = NamedNode(name if ":" in name else NS + name)
    (old, *_) = [*dataset.store.quads_for_pattern(subject, predicate, None, None), None]
    graph = old.graph_name if old else NamedNode(f"{BASE}graph/source/moscow-times-2025-12-19")
    for quad in list(dataset.store.quads_for_pattern(subject, predicate, None, None)):
        dataset.store.remove(quad)
    for value in values:
        dataset.store.add(Quad(subject, predicate, value, graph))


def integer(value: int | str) -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + "integer"))


@pytest.fixture
def hard_table(copied: Dataset) -> Dataset:
    """The shipped graph with numbers of 10^18, no upper bound, and words that are hard to write."""
    change(copied, QUANTITY, "min", integer(LARGE))
    change(copied, QUANTITY, "max")
    change(copied, QUANTITY, "statedText", Literal(HARD))
    change(copied, CLAIM, "hedge", Literal("=SUM(A1)"))
    return copied
