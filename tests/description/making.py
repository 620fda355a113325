"""Makes graphs in memory, files that stand for exports of them, and what is said of datasets."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Iterable

from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from repatria.description import About, FileInfo, Statistics
from repatria.export.graphs import write_graph
from repatria.settings import Agent, DatasetSettings
from repatria.store import Dataset
from repatria.terms import BASE, RDF, SCHEMA, SKOS, prefixes

NODE = NamedNode(f"{BASE}dataset")
META = NamedNode(f"{BASE}graph/meta")

_words = st.text(st.characters(categories=["L", "N", "P"], exclude_characters="<>"), min_size=1, max_size=9)
texts = st.lists(_words, min_size=1, max_size=3).map(" ".join)
_iris = st.sampled_from(["https://example.org/one", "https://example.org/two?a=b#c", "http://example.org/"])
_agents = st.builds(Agent, texts, st.just("") | _iris)
settings = st.builds(
    DatasetSettings,
    description=st.just("") | texts,
    language=st.sampled_from(["", "en", "uk", "zh-hant"]),
    version=st.just("") | st.from_regex(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,9}", fullmatch=True),
    issued=st.none() | st.dates(dt.date(1000, 1, 1)),
    licence=st.just("") | _iris,
    creators=st.lists(_agents, max_size=12, unique=True).map(tuple),
    publisher=st.none() | _agents,
    landing_page=st.just("") | _iris,
    keywords=st.lists(texts, max_size=3, unique=True).map(tuple),
)
abouts = st.builds(About, st.just(NODE), st.just("") | texts, settings, st.just("1"), st.just("0.1.0"))

_nodes = st.sampled_from([NamedNode(f"{BASE}id/state/{name}") for name in "abcd"])
_classes = st.sampled_from([NamedNode(f"{SCHEMA}{name}") for name in ("Person", "Country")])
_others = st.sampled_from([NamedNode("http://www.wikidata.org/entity/Q1"), NamedNode("urn:example:x")])
_literals = st.sampled_from([Literal("a"), Literal("b", language="en"), Literal(1)])
quads = st.sets(
    st.builds(Quad, _nodes, st.just(NamedNode(RDF + "type")), _classes, st.just(META))
    | st.builds(Quad, _nodes, st.just(NamedNode(SCHEMA + "sameAs")), _nodes | _others, st.just(META))
    | st.builds(Quad, _nodes, st.just(NamedNode(SKOS + "prefLabel")), _literals, st.just(META)),
    max_size=20,
)


def turtle(statements: Iterable[Quad]) -> bytes:
    """Return the union of statements as an export in Turtle holds it."""
    out = io.BytesIO()
    write_graph(statements, "turtle", out, prefixes())
    return out.getvalue()


def file_of(content: bytes, name: str = "claims.ttl", **more: object) -> FileInfo:
    """Return what is to be said of a file with that content."""
    facts = {"media_type": "text/turtle", "format": "turtle"} | more
    return FileInfo(name=name, size=len(content), sha256=hashlib.sha256(content).hexdigest(), **facts)  # type: ignore[arg-type]


def statistics_of(statements: Iterable[Quad]) -> Statistics:
    """Return the numbers of statements."""
    found = Statistics()
    found.add_all(statements)
    return found


def in_memory(statements: Iterable[Quad]) -> Dataset:
    """Return a dataset of statements."""
    store = Store()
    store.extend(statements)
    return Dataset(store)


def triples(content: bytes, format: RdfFormat) -> set[Triple]:
    """Return the triples of a file."""
    return {quad.triple for quad in parse(content, format=format)}
