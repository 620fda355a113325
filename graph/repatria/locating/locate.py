"""Gives results their places: the files that data came from are read again, with the place of everything."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Protocol

from pyoxigraph import RdfFormat

from repatria.errors import InputError
from repatria.locating.sources import Source
from repatria.locating.spots import Edge, Spot, has_steps, path_of, spots
from repatria.locating.steps import Ways
from repatria.rdf.collector import collector_at_rest
from repatria.rdf.formats import format_of_name, guess_format
from repatria.shacl.report import Place, Report, Result
from repatria.shacl.shapes_graph import ShapesGraph

MOST = 100_000
"""So many results get a place, the gravest first: beyond that nobody reads them one by one."""

_HEAD = 65536
# Bytes a second that are surely read with places where that may take a limited time only.
_PACE = 2_000_000


class Reading(Protocol):
    """A file, or several, read with the places of everything."""

    def triples(self) -> Iterator[Edge]:
        """Yield the triples as the data have them."""

    def places(self, spots: Collection[Spot]) -> dict[Spot, Place]:
        """Return where those of the spots are that are written there."""


class Readable(Protocol):
    """What data came from and can be read again."""

    def reading(self) -> Reading | None:
        """Return it with its places, or None if it is not what it was or has none that can be told."""


def locate(report: Report, sources: Sequence[Source | Readable], *, seconds: float | None = None) -> Report:
    """Return the report with the place of each result, of :data:`MOST` at the most.

    A place is that of the value, where a value is wrong and a triple leads to it (by the last step of a
    path of several); of the property where that is what is wrong (sh:closed); otherwise that of the
    subject, where it begins. Of several files it is the one with the triple. There is no place in what
    changed since it was read, nor where it is not certain, nor in a file too large to be read again in
    ``seconds``.
    """
    if not report.results or not sources:
        return report
    until = None if seconds is None else time.monotonic() + seconds
    readings = (_reading(source, until) for source in sources)
    with collector_at_rest():
        found = _Places(report, (one for one in readings if one is not None))
    results = iter(report.results)
    located = (found.located(one) for one in islice(results, MOST))
    return report.with_results(_chained(located, results))


def _chained(*parts: Iterable[Result]) -> Iterator[Result]:
    for part in parts:
        yield from part


class _Places:
    """The places of the results of a report in some files."""

    def __init__(self, report: Report, readings: Iterable[Reading]) -> None:
        self._shapes: ShapesGraph | None = report.shapes
        self._ways: Ways | None = None
        wanted, steps = set[Spot](), False
        for one in _every(report):
            steps = steps or has_steps(one)
            wanted.update(self._spots(one))
        if steps:
            readings = list(readings)
            self._ways = Ways(edge for reading in readings for edge in reading.triples())
            wanted.update(spot for one in _every(report) if has_steps(one) for spot in self._spots(one))
        self._places: dict[Spot, Place] = {}
        for reading in readings:
            self._places = reading.places(frozenset(wanted)) | self._places

    def located(self, result: Result) -> Result:
        """Return a result with its place and those of its details."""
        place = next((self._places[spot] for spot in self._spots(result) if spot in self._places), None)
        return replace(result, place=place, details=tuple(map(self.located, result.details)))

    def _spots(self, result: Result) -> Iterator[Spot]:
        return spots(result, self._shapes, self._last(result))

    def _last(self, result: Result) -> Edge | None:
        if self._ways is None or result.value is None or not has_steps(result):
            return None
        path = path_of(result.path or "")
        return None if path is None else self._ways.last(path, result.focus_node, result.value)


def _every(report: Report) -> Iterator[Result]:
    return (one for result in islice(report.results, MOST) for one in _with_details(result))


def _with_details(result: Result) -> Iterator[Result]:
    yield result
    for detail in result.details:
        yield from _with_details(detail)


def _reading(source: Source | Readable, until: float | None) -> Reading | None:
    if not isinstance(source, Source):
        return source.reading()
    content = source.text()
    if content is None or (until is not None and len(content) > _PACE * (until - time.monotonic())):
        return None
    from repatria.locating.turtle import FORMATS, TurtleFile

    format = format_of_name(source.name) or guess_format(content[:_HEAD])
    if format in FORMATS:
        return TurtleFile(source, format, content)
    if format != RdfFormat.JSON_LD:
        return None
    from repatria.locating.jsonld import JsonFile

    try:
        return JsonFile(source, content)
    except (ValueError, InputError):
        return None
