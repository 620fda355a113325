"""What a dataset says of itself: from settings, or read from the graph that says it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Store

from repatria.description.vocabulary import below, dcat, foaf, void
from repatria.settings import Agent, DatasetSettings
from repatria.store import Dataset
from repatria.terms import DCTERMS, OWL, PROV, RDF, iri, rep

UNTITLED = "Untitled dataset"
CLAIMS = "Claims, each with who asserted it, the source in which it stands and the place in that source."
_TYPE = iri(RDF + "type")


@dataclass(frozen=True, slots=True)
class About:
    """A dataset and what is said of it.

    ``node`` is its IRI; ``title`` may be empty; ``rules`` is the version of
    the rules, ``software`` that of the program by which it was built, both
    empty if not known.
    """

    node: NamedNode
    title: str = ""
    settings: DatasetSettings = field(default_factory=DatasetSettings)
    rules: str = ""
    software: str = ""

    @property
    def version(self) -> NamedNode:
        """The IRI of this version of the dataset, or of the dataset where no version is given."""
        return below(self.node, "version", self.settings.version) if self.settings.version else self.node


def about_dataset(dataset: Dataset) -> About:
    """Return what a dataset says of itself; nothing but a name where it says nothing."""
    return read_about(dataset.store, described(dataset) or NamedNode(f"{dataset.base}dataset"))


def described(dataset: Dataset) -> NamedNode | None:
    """Return the IRI of the dataset that the graph describes as itself, or None."""
    store = dataset.store
    for quad in store.quads_for_pattern(None, _TYPE, void("Dataset"), None):
        node = quad.subject
        ruled = store.quads_for_pattern(node, rep("rulesVersion"), None, None)
        if isinstance(node, NamedNode) and next(ruled, None) is not None:
            return node
    return None


def read_about(store: Store, node: NamedNode) -> About:
    """Return what ``store`` says of the dataset ``node``."""
    read = _Reader(store)
    title, description = read.literal(node, DCTERMS + "title"), read.literal(node, DCTERMS + "description")
    own = [text for text in (title, description) if text and text.value not in (UNTITLED, CLAIMS)]
    keywords = read.literals(node, dcat("keyword").value)
    publisher = read.node(node, DCTERMS + "publisher")
    settings = DatasetSettings(
        description=description.value if description is not None and description in own else "",
        language=next((text.language for text in (*own, *keywords) if text.language), ""),
        version=read.text(node, dcat("version").value),
        issued=_day(read.literal(node, DCTERMS + "issued")),
        licence=read.iri(node, DCTERMS + "license"),
        creators=tuple(read.agent(agent) for agent in read.nodes(node, DCTERMS + "creator")),
        publisher=read.agent(publisher) if publisher else None,
        landing_page=read.iri(node, dcat("landingPage").value),
        keywords=tuple(sorted(text.value for text in keywords)),
    )
    made = read.node(node, PROV + "wasGeneratedBy")
    software = read.node(made, PROV + "wasAssociatedWith") if made else None
    return About(
        node,
        title.value if title is not None and title in own else "",
        settings,
        read.text(node, rep("rulesVersion").value),
        read.text(software, OWL + "versionInfo") if software else "",
    )


def _day(found: Literal | None) -> dt.date | None:
    """Return the day that a literal says, None where it says none: the graph may be anybody's."""
    try:
        return dt.date.fromisoformat(found.value) if found else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Reader:
    store: Store

    def nodes(self, subject: NamedNode, predicate: str) -> list[NamedNode]:
        """Return the things that ``subject`` is linked to, in the order of their IRIs, shorter ones first."""
        quads = self.store.quads_for_pattern(subject, iri(predicate), None, None)
        found = {quad.object for quad in quads if isinstance(quad.object, NamedNode)}
        return sorted(found, key=lambda node: (len(node.value), node.value))

    def literals(self, subject: NamedNode, predicate: str) -> list[Literal]:
        quads = self.store.quads_for_pattern(subject, iri(predicate), None, None)
        return sorted({q.object for q in quads if isinstance(q.object, Literal)}, key=str)

    def node(self, subject: NamedNode, predicate: str) -> NamedNode | None:
        return next(iter(self.nodes(subject, predicate)), None)

    def iri(self, subject: NamedNode, predicate: str) -> str:
        found = self.node(subject, predicate)
        return found.value if found else ""

    def literal(self, subject: NamedNode, predicate: str) -> Literal | None:
        return next(iter(self.literals(subject, predicate)), None)

    def text(self, subject: NamedNode, predicate: str) -> str:
        found = self.literal(subject, predicate)
        return found.value if found else ""

    def agent(self, node: NamedNode) -> Agent:
        return Agent(self.text(node, foaf("name").value), self.text(node, DCTERMS + "identifier"))
