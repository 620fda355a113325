"""Terms as the text of canonical N-Triples, which is what the canonical forms are made of.

pyoxigraph writes them, an order faster than Python could: its N-Triples escape just what the canonical
form of RDFC-1.0 escapes (tested), and keep every literal as it was read. A blank node is ``_:`` and its
label, an IRI ``<…>``, a literal ``"…"`` with its ``@tag`` or ``^^<…>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from repatria.errors import InputError

TripleTokens = tuple[str, str, str]
QuadTokens = tuple[str, str, str, str]
"""Subject, predicate, object, graph; the default graph is the empty text."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TYPE, FIRST, REST, NIL = f"<{RDF}type>", f"<{RDF}first>", f"<{RDF}rest>", f"<{RDF}nil>"
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def triple_lines(quads: Iterable[Quad | Triple]) -> list[str]:
    """Return the triples of all graphs as lines of N-Triples without their end, sorted, each once."""
    triples = (item.triple if isinstance(item, Quad) else item for item in quads)
    return _lines(serialize(triples, format=RdfFormat.N_TRIPLES))


def quad_lines(quads: Iterable[Quad | Triple]) -> list[str]:
    """Return quads as lines of N-Quads without their end, sorted, each once.

    Triples are of the default graph.
    """
    items = (q if isinstance(q, Quad) else Quad(q.subject, q.predicate, q.object) for q in quads)
    return _lines(serialize(items, format=RdfFormat.N_QUADS))


def _lines(document: bytes | None) -> list[str]:
    assert document is not None, "it was not written to a stream"
    # Not splitlines(): U+0085, U+2028 and the like stand in literals as they are.
    lines = dict.fromkeys(document.decode().split(" .\n"))
    lines.pop("", None)
    return sorted(lines)


def split_quad(line: str) -> QuadTokens:
    """Return the four tokens of a line of N-Quads without its end."""
    subject, predicate, rest = line.split(" ", 2)
    value, space, graph = rest.rpartition(" ")
    # The name of a graph holds no quotation mark; the last word of a literal always does.
    if space and graph[0] in "<_" and '"' not in graph:
        return subject, predicate, value, graph
    return subject, predicate, rest, ""


def small_tag(token: str) -> str:
    """Return a term, a language tag in lower case: RDF takes tags that differ in case only for one."""
    if token[0] != '"':
        return token
    end = token.rindex('"') + 1
    return token[:end] + token[end:].lower() if token.startswith("@", end) else token


def refuse_nested_blank(token: str) -> None:
    """Raise InputError RP309 if a triple term of RDF 1.2 holds a blank node."""
    if "_:" in _STRING.sub("", token):
        message = "a triple term of RDF 1.2 holds a blank node, for which there is no canonical form"
        raise InputError("RP309", message, hint="name the node by an IRI")
