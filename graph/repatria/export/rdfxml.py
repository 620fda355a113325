"""RDF/XML: one element for each thing, the same bytes each time; what XML cannot hold is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import count, groupby
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from repatria.errors import UsageError
from repatria.export.triples import Object, Subject, labelled, sorted_triples
from repatria.terms import RDF, XSD

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
# Namespaces in XML 1.0, production NCName.
_FIRST = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = re.compile(rf"[{_FIRST}][{_FIRST}.0-9\xB7\u0300-\u036F\u203F-\u2040-]*")
# XML 1.0, production Char: these cannot be written, not even by number.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# RDF/XML, section 7.2.4: names that are no properties.
_RESERVED = frozenset(
    RDF + name
    for name in (
        "RDF", "ID", "about", "bagID", "parseType", "resource", "nodeID", "datatype", "li", "Description",
        "aboutEach", "aboutEachPrefix",
    )
)  # fmt: skip


def write_rdfxml(triples: Iterable[Triple], out: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Write triples as RDF/XML (UTF-8), sorted.

    Raises UsageError RP213 for a property whose IRI does not end like a name
    of XML and for characters that XML does not have, InputError RP306 for what
    only RDF 1.2 has, RP307, RP309 for blank nodes.
    """
    ordered = sorted_triples(labelled(triples))
    names = _Names({t.predicate.value for t in ordered}, prefixes)
    pieces = [_HEAD + names.declarations() + ">\n"]
    for subject, described in groupby(ordered, key=lambda triple: triple.subject):
        assert isinstance(subject, (NamedNode, BlankNode))
        pieces.append(f"  <rdf:Description {_reference(subject, 'rdf:about')}>\n")
        pieces += [_property(names.of[t.predicate.value], t) for t in described]
        pieces.append("  </rdf:Description>\n")
    # Nothing is written of what cannot be written as a whole.
    out.write("".join((*pieces, "</rdf:RDF>\n")).encode())


def _property(name: str, triple: Triple) -> str:
    value = triple.object
    assert isinstance(value, (NamedNode, BlankNode, Literal))
    if not isinstance(value, Literal):
        return f"    <{name} {_reference(value, 'rdf:resource')}/>\n"
    if found := _FORBIDDEN.search(value.value):
        message = f"XML has no character U+{ord(found[0]):04X}, which stands in a value of {triple.subject}"
        raise UsageError("RP213", message, hint="choose another format, such as turtle")
    attribute = ""
    if value.language:
        attribute = f" xml:lang={quoteattr(value.language)}"
    elif value.datatype.value != XSD + "string":
        attribute = f" rdf:datatype={quoteattr(value.datatype.value)}"
    text = escape(value.value).replace("\r", "&#13;")  # else read as a line feed
    return f"    <{name}{attribute}>{text}</{name}>\n"


def _reference(node: Subject | Object, attribute: str) -> str:
    if isinstance(node, BlankNode):
        return f'rdf:nodeID="{node.value}"'
    return f"{attribute}={quoteattr(node.value)}"


class _Names:
    """The qualified names of properties: ``of`` maps IRIs to them."""

    def __init__(self, properties: set[str], prefixes: Mapping[str, str]) -> None:
        known = {space: prefix for prefix, space in sorted(prefixes.items(), reverse=True) if _usable(prefix)}
        known[RDF] = "rdf"
        split = {iri: _split(iri) for iri in sorted(properties)}
        made = (name for number in count(1) if (name := f"ns{number}") not in prefixes)
        self._spaces = {RDF: "rdf"}
        for space in sorted({space for space, _ in split.values()}):
            self._spaces[space] = known.get(space) or next(made)
        self.of = {iri: f"{self._spaces[space]}:{name}" for iri, (space, name) in split.items()}

    def declarations(self) -> str:
        """Return the declarations of the namespaces, by prefix."""
        pairs = sorted((prefix, space) for space, prefix in self._spaces.items())
        return "".join(f"\n  xmlns:{prefix}={quoteattr(space)}" for prefix, space in pairs)


def _usable(prefix: str) -> bool:
    return bool(_NAME.fullmatch(prefix)) and prefix != "rdf" and not prefix.lower().startswith("xml")


def _split(iri: str) -> tuple[str, str]:
    """Return namespace and name of a property: after its last / or #, or else the longest name at its end."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    start = next((start for start in range(cut, len(iri)) if _NAME.fullmatch(iri, start)), None)
    if start is None or iri in _RESERVED:
        hint = "choose another format, such as turtle"
        raise UsageError("RP213", f"RDF/XML cannot name the property <{iri}>", hint=hint)
    return iri[:start], iri[start:]
