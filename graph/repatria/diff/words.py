"""Terms, properties, numbers and claims in the words of a reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode

from repatria.assess.results import Interval
from repatria.diff.nodes import Term
from repatria.terms import DCTERMS, NS, OA, ORG, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, XSD, shorten

_OWN = (NS, PROV, SCHEMA, ORG, DCTERMS, SKOS, RDFS)
_SAID = {
    RDF + "type": "type",
    SKOS + "prefLabel": "label",
    SKOS + "altLabel": "also called",
    SCHEMA + "inLanguage": "language",
    OWL + "versionInfo": "version",
    NS + "textSha256": "SHA-256 of the text",
    NS + "sha256": "SHA-256",
    OA + "exact": "words",
}
# What Turtle writes without quotation marks.
_BARE = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
    XSD + "boolean": re.compile("true|false"),
}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CLAIM = re.compile(r".*/id/claim/([^/]+)/([^/]+)")
_COUNT = re.compile(r".*/id/claim/([^/]+)/([^/]+)/count/([^/]+)")
_SPAN = re.compile(r".*/id/(?:passage|evidence)/[^/]+/(\d+)-(\d+)")

# A thing as a whole: subject → property → values.
Described = Mapping[str, Mapping[str, list[Term]]]


class Words:
    """Tells terms: ``labels`` are those of IRIs, ``prefixes`` what shortens IRIs without one."""

    def __init__(self, labels: Mapping[str, str], prefixes: dict[str, str], vocabulary: bool) -> None:
        self.labels, self.prefixes, self.vocabulary = labels, prefixes, vocabulary

    def curie(self, iri: str) -> str:
        """Return an IRI shortened, or whole in angle brackets."""
        short = shorten(iri, self.prefixes)
        return short if short != iri else f"<{iri}>"

    def key(self, iri: str) -> str:
        """Return how a thing is named on the command line: ``source#key`` for a claim, else a CURIE."""
        if self.vocabulary:
            if found := _CLAIM.fullmatch(iri):
                return f"{found[1]}#{found[2]}"
            if found := _COUNT.fullmatch(iri):
                return f"{found[1]}#{found[2]}/{found[3]}"
        return self.curie(iri)

    def property(self, iri: str) -> str:
        """Return a property in words where it is of the vocabulary of claims, else as CURIE."""
        if not self.vocabulary or (not iri.startswith(_OWN) and iri not in _SAID):
            return "a" if iri == RDF + "type" else self.curie(iri)
        local = re.split("[#/]", iri)[-1]
        return _SAID.get(iri) or _CAMEL.sub(" ", local).lower()

    def name(self, iri: str) -> str:
        """Return the label of a thing, or its key."""
        if self.vocabulary:
            if words := self.labels.get(f"{iri}/quote"):
                return f"“{words}”"
            if found := _SPAN.fullmatch(iri):
                return f"{found[1]}–{found[2]}"
        return self.labels.get(iri) or self.key(iri)

    def value(self, term: Term) -> str:
        """Return a value in words: a label, a number, a text in quotation marks with its language."""
        if isinstance(term, NamedNode):
            return self.name(term.value) if self.vocabulary else self.curie(term.value)
        if isinstance(term, BlankNode):
            return "[ … ]"
        if not isinstance(term, Literal):
            return str(term)
        return self._literal(term)

    def _literal(self, term: Literal) -> str:
        text = f"“{' '.join(term.value.split(chr(10)))}”"
        if term.language:
            direction = f"--{term.direction}" if getattr(term, "direction", None) else ""
            return f"{text}@{term.language}{direction}"
        kind = term.datatype.value
        if kind == XSD + "string":
            return text
        if kind in _BARE and _BARE[kind].fullmatch(term.value):
            return term.value
        if self.vocabulary and kind in (XSD + "date", XSD + "anyURI"):
            return term.value
        return f"{text}^^{self.curie(term.datatype.value)}"


def first(things: Described, subject: str, name: str) -> str:
    """Return the first value of a property of a thing, or an empty string."""
    return next(iter(all_of(things, subject, name)), "")


def all_of(things: Described, subject: str, name: str) -> list[str]:
    """Return the values of a property of a thing, in order."""
    values = things.get(subject, {}).get(name, [])
    return sorted(value.value for value in values if isinstance(value, (NamedNode, Literal)))


def listed(names: Iterable[str]) -> str:
    """Return names as one phrase."""
    found = list(names)
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)


def number(things: Described, quantity: str) -> str:
    """Return a quantity in its words as printed, with the bounds where these are more than the words say."""
    said = first(things, quantity, NS + "statedText")
    low, high = (first(things, quantity, NS + name) for name in ("min", "max"))
    if not low.isdecimal() or not (high.isdecimal() or not high):
        return f"“{said}”"
    bounds = str(Interval(int(low), int(high) if high else None))
    if bounds.replace(",", "") == said.replace(",", ""):
        return said
    return f"“{said}” ({bounds})" if said else bounds
