"""A validation as an order that can be carried out here or sent to another process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from pyoxigraph import Quad

from repatria.resources import folder
from repatria.shacl.engine import find
from repatria.shacl.limits import Findings, Options, Progress
from repatria.validating.inputs import Input, read_files
from repatria.validating.origins import Origins, Traced


@dataclass(frozen=True, slots=True)
class Job:
    """What to validate against which shapes.

    ``shapes`` are files; None means the shipped shapes with those of
    ``added``, and then the shipped ontology and concepts count as data too,
    unless the data have all that is needed.
    ``ontology`` are files whose axioms count as well. ``locate``: results get their places.
    """

    data: Input
    options: Options
    shapes: tuple[str, ...] | None = None
    added: tuple[str, ...] = ()
    ontology: tuple[str, ...] = ()
    locate: bool = True

    def begin(self, progress: Progress) -> Findings:
        """Read everything and begin to validate. Raises InputError RP301–RP306, RP311–RP313."""
        progress("reading", 0, 0)
        shapes = self._shapes()
        terms, concepts = shipped_terms() if self._completed else ((), ())
        axioms = [*terms, *read_files(self.ontology)]
        data = self.data.open()
        findings = find(data, shapes, self.options, more=concepts, ontology=axioms, progress=progress)
        findings.counted = tuple(self._counted(data))
        return findings

    @property
    def _completed(self) -> bool:
        return self.shapes is None and not self.data.complete

    def _shapes(self) -> Iterable[Quad]:
        if self.shapes is not None:
            return read_files(self.shapes)
        return [*shipped_shapes(), *read_files(self.added)]

    def origins(self) -> Origins:
        """Return where the data are from, once the job has begun."""
        return self.data.origins() if isinstance(self.data, Traced) else Origins()

    def portable(self) -> Job:
        """Return the same job for another process."""
        return replace(self, data=self.data.portable())

    def _counted(self, data: object) -> Iterator[str]:
        """Yield in words what counts as data."""
        yield self.data.told(data)
        if self._completed:
            yield "the shipped ontology (its classes, properties and axioms) and the shipped concepts"
        yield from (f"the classes, properties and axioms of {path}" for path in self.ontology)
        yield "what follows by RDFS" if self.options.inference == "rdfs" else "no inference"


@cache
def shipped_shapes() -> tuple[Quad, ...]:
    """Return the triples of all files in ``shapes/``."""
    return tuple(read_files(sorted(folder("shapes").glob("*.ttl"))))


@cache
def shipped_terms() -> tuple[tuple[Quad, ...], tuple[Quad, ...]]:
    """Return (ontology, concepts): what a file that uses our terms need not repeat."""
    place = folder("ontology")
    return tuple(read_files([place / "repatria.ttl"])), tuple(read_files([place / "concepts.ttl"]))
