"""Reads a document of the Turtle family with the place of every term and comment."""

from __future__ import annotations

from typing import Literal

from repatria.errors import InputError, Location
from repatria.rdf.collector import collector_at_rest
from repatria.rdf.turtle.document import Document
from repatria.rdf.turtle.lines import read_lines
from repatria.rdf.turtle.refusal import Stopped
from repatria.rdf.turtle.terms import Terms

Format = Literal["turtle", "trig", "ntriples", "nquads"]


def read_document(text: str, name: str, *, format: Format, base_iri: str | None = None) -> Document:
    """Return what ``text`` holds, as written.

    ``name`` is what messages call it. ``base_iri`` resolves relative IRIs until the document declares a
    base of its own; N-Triples and N-Quads have none. Blank nodes keep the labels of the document, and
    anonymous ones get labels that it does not use, the same on each run. A language tag is in lower case,
    as pyoxigraph has it. Raises InputError with line and column: RP303 for what cannot be read, RP306 for
    what only RDF 1.2 has. To be sure that a document is valid, let :func:`repatria.rdf.read_quads`
    read it too.
    """
    lines = format in ("ntriples", "nquads")
    try:
        terms = Terms(text, None if lines else base_iri)
    except ValueError as problem:
        message = f"the base IRI {base_iri}: {problem}"
        raise InputError("RP303", message, hint="give an absolute IRI", location=Location(name)) from None
    document = Document(text)
    try:
        with collector_at_rest():
            if lines:
                read_lines(document, terms, with_graphs=format == "nquads")
            else:
                # Lines need none of its regular expressions, which take 40 ms to compile.
                from repatria.rdf.turtle.statements import Statements

                Statements(document, terms, with_graphs=format == "trig").read()
    except Stopped as stopped:
        place = Location(name, *document.location(stopped.offset))
        raise InputError(stopped.code, stopped.message, hint=stopped.hint, location=place) from None
    document.base, document.prefixes = terms.base, terms.prefixes
    return document
