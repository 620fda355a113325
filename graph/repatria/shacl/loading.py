"""Makes data graphs: of quads, of a file, of a store that exists already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from repatria.errors import InputError
from repatria.shacl.data import DataGraph, Subject
from repatria.shacl.datatypes import is_text, rewritten, well_formed

_CHUNK = 50_000
_WINDOW = 8 << 20
# A literal with a datatype: white space before it tells its beginning from an escaped quotation mark within.
_TYPED = re.compile(rb'"(?<=[ \t]")([^"\\\n]*)"\^\^<([^>\\\n]*)>')
# Expressions, since these search faster than `in` does for two bytes.
_TYPES, _TRIPLE_TERM, _LABEL = (re.compile(text) for text in (rb"\^\^", rb"<<", rb"_:"))
# A language with a base direction.
_DIRECTED = re.compile(rb'"@[a-zA-Z0-9-]*--')
_LINES = {".nq": RdfFormat.N_QUADS, ".nt": RdfFormat.N_TRIPLES}
_KINDS = """SELECT DISTINCT ?p ?o { ?s ?p ?o FILTER(isLITERAL(?o) && DATATYPE(?o) NOT IN (
  <http://www.w3.org/2001/XMLSchema#string>, <http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>)) }"""


def load(quads: Iterable[Quad]) -> DataGraph:
    """Return the data graph of the union of all graphs of some quads. Raises InputError RP306."""
    graph = DataGraph(Store(), union=False, owned=True)
    extend(graph, quads)
    return graph


def extend(graph: DataGraph, quads: Iterable[Quad]) -> None:
    """Add triples to a data graph that is nobody else's. Raises InputError RP306."""
    judged: dict[Literal, tuple[bool, bool]] = {}
    source = iter(quads)
    while chunk := list(islice(source, _CHUNK)):
        graph.store.bulk_extend(_stored(graph, chunk, judged))


def _stored(graph: DataGraph, chunk: list[Quad], judged: dict[Literal, tuple[bool, bool]]) -> Iterator[Quad]:
    """Yield what goes into the store, and keep the rest beside it.

    ``judged`` says of literals whether a store keeps them as written, and
    whether they are well-formed.
    """
    values = [quad.object for quad in chunk]
    new = {one for one in values if isinstance(one, Literal) and not is_text(one)}.difference(judged)
    changed = rewritten(new)
    judged.update((one, (one not in changed, well_formed(one))) for one in new)
    for quad, value in zip(chunk, values, strict=True):
        if isinstance(value, Literal):
            kept, sound = judged.get(value, (True, True))
            if not sound:
                graph.odd.add(quad.predicate)
            if not kept:
                graph.keep(cast("Subject", quad.subject), quad.predicate, value)
                continue
            if value.direction is not None:
                raise _refused(value)
        elif isinstance(value, Triple):
            raise _refused(value)
        yield Quad(quad.subject, quad.predicate, value)


def _refused(term: Literal | Triple) -> InputError:
    what = f"a triple term or base direction of RDF 1.2: {term}"
    return InputError("RP306", what, hint="write it in RDF 1.1")


def load_lines(path: Path) -> DataGraph | None:
    """Return the data graph of a file of N-Quads or N-Triples as the store reads it, which is quick.

    None if that would not show what the document says (it has literals that a
    store rewrites, or terms of RDF 1.2), or if it cannot be read so.
    """
    format = _LINES.get(path.suffix.lower())
    if format is None or not path.is_file():
        return None
    store, typed = Store(), set[tuple[bytes, bytes]]()
    try:
        for part in _parts(path):
            found = _typed(part)
            if found is None:
                return None
            typed |= found
            _fill(store, part, format)
        literals = {Literal(text.decode(), datatype=NamedNode(kind.decode())) for text, kind in typed}
    except (OSError, ValueError, SyntaxError):
        # The reader of quads says what is wrong and where.
        return None
    if rewritten(literals):
        return None
    graph = DataGraph(store, union=True, owned=True)
    for literal in literals:
        if not well_formed(literal):
            graph.odd.update(quad.predicate for quad in graph.matching(None, None, literal))
    return graph


def _parts(path: Path) -> Iterator[bytes]:
    """Yield a file in parts of whole lines."""
    with path.open("rb") as file:
        while part := file.read(_WINDOW):
            yield part + file.readline()


def _typed(lines: bytes) -> set[tuple[bytes, bytes]] | None:
    """Return the literals with a datatype, and these; None where they cannot be told at sight, or where a
    store would not keep a term."""
    if _TRIPLE_TERM.search(lines) or _DIRECTED.search(lines):
        return None
    found = _TYPED.findall(lines)
    # One that is written otherwise, as with an escape, was not found.
    return set(found) if len(found) == len(_TYPES.findall(lines)) else None


def _fill(store: Store, lines: bytes, format: RdfFormat) -> None:
    """Add lines to a store."""
    if _LABEL.search(lines):
        # The store would give blank nodes other labels.
        labelled = [line for line in BytesIO(lines) if b"_:" in line]
        store.bulk_extend(parse(b"".join(labelled), format=format))
        lines = b"".join(line for line in BytesIO(lines) if b"_:" not in line)
    store.load(lines, format=format)


def over(store: Store) -> DataGraph:
    """Return the data graph of all graphs of a store that exists. Nothing is written to it."""
    graph = DataGraph(store, union=True, owned=False)
    for predicate, value in graph.select(_KINDS):
        if isinstance(value, Literal) and not well_formed(value):
            graph.odd.add(cast("NamedNode", predicate))
    return graph
