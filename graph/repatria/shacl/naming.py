"""Terms and paths for reading: IRIs as CURIEs, literals in short."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from repatria.shacl.report import Term
from repatria.shacl.vocabulary import RDF, SH, SHAPES, XSD

_IRI = re.compile(r"<([^>]*)>")
_LOCAL = re.compile(r"[^\W\d][\w.-]*(?<![.])|[\w-]+|")
# What a terminal would take for an order, and what no XML may hold.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_LONGEST_VALUE = 120


class Names:
    """Writes IRIs as CURIEs where one of the prefixes fits, the longest namespace first."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        known = {"sh": SH, "rdf": RDF, "xsd": XSD, "s": SHAPES, **prefixes}
        self._prefixes = sorted(known.items(), key=lambda pair: (-len(pair[1]), pair[0]))

    def term(self, term: Term) -> str:
        """Return an IRI as CURIE or in angle brackets, a literal as in Turtle, cut where it is long."""
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        if not isinstance(term, Literal):
            return str(term)
        text = term.value if len(term.value) <= _LONGEST_VALUE else term.value[: _LONGEST_VALUE - 1] + "…"
        quoted = harmless(str(Literal(text)))
        if term.language:
            return f"{quoted}@{term.language}"
        plain = term.datatype.value == XSD + "string"
        return quoted if plain else f"{quoted}^^{self.iri(term.datatype.value)}"

    def path(self, text: str) -> str:
        """Return a path with CURIEs."""
        return _IRI.sub(lambda found: self.iri(found[1]), text)

    def iri(self, iri: str) -> str:
        """Return an IRI as CURIE, or in angle brackets."""
        for prefix, namespace in self._prefixes:
            local = iri.removeprefix(namespace)
            if local != iri and _LOCAL.fullmatch(local):
                return f"{prefix}:{local}"
        return f"<{iri}>"


def harmless(text: str) -> str:
    """Return text with a sign in the place of each control character but tab and line feed."""
    return _CONTROL.sub("\ufffd", text)


def on_one_line(text: str) -> str:
    """Return harmless text without line feeds, each sign still at its column."""
    return harmless(text).replace("\n", "\ufffd")


def local_name(iri: str) -> str:
    """Return what stands behind the last ``#``, ``/`` or ``:`` of an IRI, or the whole if that is nothing."""
    return re.split(r"[#/:]", iri.rstrip("#/:"))[-1] or iri
