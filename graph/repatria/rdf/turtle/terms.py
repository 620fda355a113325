"""From tokens to terms: prefixes and base, IRIs, literals as written, labels for what has none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from repatria.rdf.turtle.escapes import unescaped, unescaped_local
from repatria.terms import RDF, XSD

_NO_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FRESH = "anon"
_LONG_QUOTES = ('"""', "'''")
_INTEGER, _DECIMAL, _DOUBLE, _BOOLEAN = (
    NamedNode(XSD + name) for name in ("integer", "decimal", "double", "boolean")
)
_DATATYPES_OF_TAGS = (RDF + "langString", RDF + "dirLangString")
_DIGITS = frozenset("+-0123456789")


class Undeclared(ValueError):
    """A prefix or a base is wanted that the document has not declared; ``hint`` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Terms:
    """Makes the terms of one document; each IRI as written is made once.

    Attributes: ``base`` (the IRI in force, or None) and ``prefixes`` (prefix → namespace, in the order of
    the last declarations). Methods raise ValueError with what is wrong, :class:`Undeclared` among them.
    """

    def __init__(self, text: str, base: str | None) -> None:
        self.base = base if base is None else NamedNode(base).value
        self.prefixes: dict[str, str] = {}
        self.known: dict[str, NamedNode] = {}
        self._datatypes: dict[str, NamedNode] = {}
        self._fresh = fresh_labels(text)

    def set_base(self, reference: str) -> None:
        """Take ``reference`` (with its angle brackets) as the base from here on."""
        self.base = self.iri(reference).value
        self._forget()

    def set_prefix(self, prefix: str, reference: str) -> None:
        """Take ``prefix`` (without its colon) for a namespace from here on."""
        namespace = self.iri(reference).value
        self.prefixes.pop(prefix, None)
        self.prefixes[prefix] = namespace
        self._forget()

    def _forget(self) -> None:
        self.known.clear()
        self._datatypes.clear()

    def iri(self, written: str) -> NamedNode:
        """Return the node of ``<…>`` or ``prefix:local``; ``known`` keeps it by what is written."""
        if (node := self.known.get(written)) is None:
            node = self._reference(written) if written[0] == "<" else self._prefixed(written)
            self.known[written] = node
        return node

    def _reference(self, written: str) -> NamedNode:
        reference = unescaped(written[1:-1])
        if found := _NO_IRI.search(reference):
            raise ValueError(f"an IRI cannot hold {found.group()!r}")
        if _SCHEME.match(reference):
            return NamedNode(reference)
        if self.base is None:
            hint = "declare a base in the document, give a base IRI, or write the whole IRI"
            raise Undeclared(f"relative IRI <{reference}> without a base", hint)
        return parsed("", f"<{reference}>", self.base)

    def _prefixed(self, written: str) -> NamedNode:
        prefix, _, local = written.partition(":")
        if prefix not in self.prefixes:
            raise Undeclared(f"the prefix {prefix}: is not declared", "declare it before it is used")
        namespace = self.prefixes[prefix]
        try:
            return NamedNode(namespace + unescaped_local(local))
        except ValueError:  # its parser lets local names have more characters than the class does
            return parsed(f"PREFIX {prefix}:<{namespace}> ", written, None)

    def literal(self, quoted: str, tag: str | None, datatype: str | None) -> Literal:
        """Return the literal of a string with its quotes, and perhaps ``@tag`` or the IRI of a datatype."""
        edge = 3 if len(quoted) > 5 and quoted[:3] in _LONG_QUOTES else 1
        value = quoted[edge:-edge]
        if "\\" in value:
            value = unescaped(value)
        if tag is not None:
            return Literal(value, language=tag[1:])
        if datatype is None:
            return Literal(value)
        return Literal(value, datatype=self._datatypes.get(datatype) or self._datatype(datatype))

    def _datatype(self, written: str) -> NamedNode:
        node = self.iri(written)
        if node.value in _DATATYPES_OF_TAGS:
            raise ValueError(f"a literal of {node} needs a language tag")
        self._datatypes[written] = node
        return node

    def fresh(self) -> BlankNode:
        """Return a blank node whose label the document does not use."""
        return BlankNode(next(self._fresh))


def number(written: str) -> Literal:
    """Return the literal of a number in its short form."""
    if _DIGITS.issuperset(written):
        return Literal(written, datatype=_INTEGER)
    return Literal(written, datatype=_DOUBLE if "e" in written or "E" in written else _DECIMAL)


def boolean(written: str) -> Literal:
    """Return the literal of ``true`` or ``false``."""
    return Literal(written, datatype=_BOOLEAN)


def parsed(prologue: str, written: str, base: str | None) -> NamedNode:
    """Return the IRI that pyoxigraph reads where ``written`` stands behind ``prologue``.

    So relative IRIs are resolved (RFC 3986, section 5.2) as it does: urllib's ``urljoin`` joins nothing
    below schemes that it does not know, such as ``urn:``. Raises ValueError if it reads no IRI.
    """
    try:
        quad = next(parse(f"{prologue}{written} <x:> <x:> .", RdfFormat.TURTLE, base_iri=base))
    except SyntaxError as problem:
        raise ValueError(f"{written} is no IRI: {problem.msg.rpartition(': ')[2]}") from None
    assert isinstance(quad.subject, NamedNode)
    return quad.subject


def fresh_labels(text: str) -> Iterator[str]:
    """Yield labels of blank nodes that stand nowhere in ``text``, the same for the same text."""
    used = re.findall(rf"_:{_FRESH}(_*+)", text)
    stem = _FRESH + "_" * (1 + max(map(len, used)) if used else 0)
    return (f"{stem}{number}" for number in count())
