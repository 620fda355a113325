"""The statements that describe a dataset: what is said of it, and its numbers."""

from __future__ import annotations

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from repatria.description.about import CLAIMS, UNTITLED, About
from repatria.description.citing import cite
from repatria.description.statistics import Statistics
from repatria.description.vocabulary import below, dcat, foaf, key_of, namespace, void
from repatria.dossier.emit import date, integer, url
from repatria.settings import Agent
from repatria.terms import BASE, DCTERMS, NS, OWL, PROV, RDF, iri, rep

_TYPE = iri(RDF + "type")


class Describer:
    """Collects statements of one graph."""

    def __init__(self, graph: NamedNode | DefaultGraph) -> None:
        self.graph = graph
        self.quads: list[Quad] = []

    def add(self, subject: NamedNode, predicate: NamedNode, *values: NamedNode | Literal) -> None:
        """Add one statement for each value."""
        self.quads += [Quad(subject, predicate, value, self.graph) for value in values]

    def type(self, subject: NamedNode, *classes: NamedNode) -> None:
        """Say what a thing is."""
        self.add(subject, _TYPE, *classes)


def describe_dataset(out: Describer, about: About, numbers: Statistics | None) -> None:
    """Describe a dataset; without ``numbers`` only what is said of it."""
    node, said = about.node, about.settings
    out.type(node, dcat("Dataset"), void("Dataset"), iri(PROV + "Entity"))
    for name, own, usual in (("title", about.title, UNTITLED), ("description", said.description, CLAIMS)):
        out.add(node, iri(DCTERMS + name), text(own, said.language) if own else Literal(usual, language="en"))
    say_common(out, node, about)
    out.add(node, iri(DCTERMS + "identifier"), url(node.value))
    out.add(node, iri(DCTERMS + "bibliographicCitation"), Literal(cite(about)))
    standard = iri(NS.rstrip("#"))
    out.add(node, iri(DCTERMS + "conformsTo"), standard)
    out.type(standard, iri(DCTERMS + "Standard"))
    _say_version(out, about)
    _say_origin(out, about)
    if numbers is not None:
        describe_numbers(out, node, numbers)


def text(value: str, language: str) -> Literal:
    """Return words in a language, or without one where it is empty."""
    return Literal(value, language=language) if language else Literal(value)


def say_common(out: Describer, node: NamedNode, about: About) -> None:
    """Say what holds for a dataset and its parts: version, day, licence, who made it, where it is."""
    said = about.settings
    out.add(node, dcat("keyword"), *(text(word, said.language) for word in said.keywords))
    if said.version:
        out.add(node, dcat("version"), Literal(said.version))
    if said.issued:
        out.add(node, iri(DCTERMS + "issued"), date(said.issued))
    if said.licence:
        say_licence(out, node, said.licence)
    if said.landing_page:
        page = NamedNode(said.landing_page)
        out.add(node, dcat("landingPage"), page)
        out.type(page, foaf("Document"))
    agents = [(DCTERMS + "creator", f"creator/{n}", who) for n, who in enumerate(said.creators, 1)]
    if said.publisher:
        same = said.creators.index(said.publisher) + 1 if said.publisher in said.creators else 0
        agents.append((DCTERMS + "publisher", f"creator/{same}" if same else "publisher", said.publisher))
    for predicate, key, who in agents:
        agent = NamedNode(f"{about.node.value}/{key}")
        out.add(node, iri(predicate), agent)
        _say_agent(out, agent, who)


def say_licence(out: Describer, node: NamedNode, licence: str) -> None:
    """Say under which licence a dataset or file is."""
    out.add(node, iri(DCTERMS + "license"), NamedNode(licence))
    out.type(NamedNode(licence), iri(DCTERMS + "LicenseDocument"))


def _say_agent(out: Describer, agent: NamedNode, who: Agent) -> None:
    out.type(agent, foaf("Agent"), iri(PROV + "Agent"))
    out.add(agent, foaf("name"), Literal(who.name))
    if who.iri:
        out.add(agent, iri(DCTERMS + "identifier"), url(who.iri))


def _say_version(out: Describer, about: About) -> None:
    """Give this version a name of its own, so that what comes from it can say so."""
    version = about.version
    if version != about.node:
        out.type(version, iri(PROV + "Entity"))
        out.add(version, iri(PROV + "specializationOf"), about.node)
        out.add(version, dcat("isVersionOf"), about.node)
        out.add(version, dcat("version"), Literal(about.settings.version))
        if about.settings.issued:
            out.add(version, iri(DCTERMS + "issued"), date(about.settings.issued))
        out.add(about.node, dcat("hasCurrentVersion"), version)


def _say_origin(out: Describer, about: About) -> None:
    if about.rules:
        out.add(about.node, rep("rulesVersion"), Literal(about.rules))
    if about.software:
        say_activity(out, about.node, below(about.node, "build"), about.software)


def say_activity(out: Describer, made: NamedNode, activity: NamedNode, software: str) -> None:
    """Say by which activity of which version of the program something was made."""
    agent = NamedNode(f"{BASE}software/{software}")
    out.add(made, iri(PROV + "wasGeneratedBy"), activity)
    out.type(activity, iri(PROV + "Activity"))
    out.add(activity, iri(PROV + "wasAssociatedWith"), agent)
    out.type(agent, iri(PROV + "SoftwareAgent"), iri(PROV + "Agent"))
    out.add(agent, iri(DCTERMS + "title"), Literal(f"Repatria {software}"))
    out.add(agent, iri(OWL + "versionInfo"), Literal(software))


def describe_numbers(out: Describer, node: NamedNode, numbers: Statistics) -> None:
    """Say how many statements there are, by class, by property and by what they link to."""
    if node.value.startswith(numbers.base):
        out.add(node, void("uriSpace"), Literal(f"{numbers.base}id/"))
    out.add(node, void("triples"), integer(numbers.triples))
    out.add(node, void("classes"), integer(len(numbers.classes)))
    out.add(node, void("properties"), integer(len(numbers.properties)))
    names = {namespace(term) for term in (*numbers.classes, *numbers.properties)}
    out.add(node, void("vocabulary"), *map(NamedNode, sorted(names)))
    for kind, found in (("class", numbers.classes), ("property", numbers.properties)):
        for term, number in found.items():
            part = below(node, kind, key_of(term, numbers.base))
            out.add(node, void(f"{kind}Partition"), part)
            out.add(part, void(kind), NamedNode(term))
            out.add(part, void("entities" if kind == "class" else "triples"), integer(number))
    for (predicate, target), number in numbers.links.items():
        _say_links(out, node, (predicate, target, number), numbers.base)


def _say_links(out: Describer, node: NamedNode, link: tuple[str, str, int], base: str) -> None:
    predicate, space, number = link
    target = below(node, "target", key_of(space, base))
    part = below(node, "linkset", key_of(predicate, base), key_of(space, base))
    out.add(node, void("subset"), part)
    out.type(part, void("Linkset"), void("Dataset"))
    out.add(part, void("linkPredicate"), NamedNode(predicate))
    out.add(part, void("subjectsTarget"), node)
    out.add(part, void("objectsTarget"), target)
    out.add(part, void("triples"), integer(number))
    out.type(target, void("Dataset"))
    out.add(target, void("uriSpace"), Literal(space))


def describe_itself(graph: NamedNode, about: About, data: Statistics) -> list[Quad]:
    """Return the description of a graph that holds ``data`` and this description, both counted.

    Numbers change no number of statements, so the second or third attempt fits.
    """
    total = data
    while True:
        out = Describer(graph)
        describe_dataset(out, about, total)
        quads = list(dict.fromkeys(out.quads))
        own = Statistics(data.base, per_graph=data.per_graph)
        own.add_all(quads)
        if data + own == total:
            return quads
        total = data + own
