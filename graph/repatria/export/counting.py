"""The numbers of N-Quads or N-Triples lines, counted without reading each of them as a statement."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from repatria.terms import RDF

if TYPE_CHECKING:
    from repatria.description import Statistics

_TYPE = f"<{RDF}type>".encode()


def count_lines(lines: list[bytes], statistics: Statistics) -> None:
    """Add lines to ``statistics``.

    Of most lines only the property matters, of types also the class; links to
    other datasets, and what may be said twice, are read as statements.
    """
    from repatria.description.statistics import LINKS, symmetric

    whole = {f"<{name}>".encode() for name in (*LINKS, *symmetric())}
    parts = [line.split(b" ", 3) for line in lines]
    properties = Counter(part[1] for part in parts)
    for name, number in properties.items():
        if name not in whole:
            statistics.properties[name[1:-1].decode()] += number
            statistics.triples += number
    classes = Counter(part[2] for part in parts if part[1] == _TYPE and part[2].startswith(b"<"))
    for name, number in classes.items():
        statistics.classes[name[1:-1].decode()] += number
    if not whole.isdisjoint(properties):
        told = [line for line, part in zip(lines, parts, strict=True) if part[1] in whole]
        statistics.add_all(parse(b"".join(told), RdfFormat.N_QUADS))
