"""The step of a build that assesses the counts, and where in the files its problems are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Store

from repatria.assess.problems import Problem
from repatria.building.changes import Changes
from repatria.dossier.documents import Document, read_documents
from repatria.dossier.schema import typer
from repatria.errors import Location
from repatria.store import Dataset, Origin, open_disk
from repatria.terms import Names

if TYPE_CHECKING:
    from repatria.assess.extraction import Gathering

Replaced = tuple[set[str], set[str]]


@dataclass(frozen=True, slots=True)
class Previous:
    """The folder of the build before, the ids of its sources that were read again or are gone, its problems.

    Its entities are those of the new build.
    """

    build: Path
    sources: list[str]
    problems: tuple[Problem, ...]


def gathering(build: Path, base: str) -> Gathering:
    """Return what gathers the counts of the dossiers of a build while they are read."""
    from repatria.assess.extraction import Gathering

    return Gathering(build / "gathered", base)


def assess_build(
    store: Store,
    build: Path,
    names: Names,
    inputs: tuple[Changes, Changes],
    previous: Previous | None,
    gathered: Gathering | None,
) -> tuple[dict[str, int], list[Problem], Replaced | None]:
    """Add the assessments to the ``store`` of a new build, and its tables to the folder ``build``.

    ``inputs`` are entity files and dossiers; with ``previous`` only what
    changed since is assessed anew; what was ``gathered`` while all dossiers
    were read is not asked of the store. Returns how many groups have which
    status, what could not be assessed, with its place, and the triples that
    were removed and added, without their ends (None where all are new).
    """
    from repatria.assess.incremental import reassess
    from repatria.assess.materialise import materialise
    from repatria.assess.quads import graph_of

    dossiers = inputs[1]
    dataset = Dataset(store, names.base, Origin("disk", str(build / "store")), built=True)
    outcome = None
    if previous is not None:
        ids = {*previous.sources, *(s for name in dossiers.changed for s in dossiers.inputs[name].sources)}
        changed = {names.entity("source", source) for source in ids}
        before = open_disk(previous.build / "store", names.base, built=True)
        outcome = reassess(before, dataset, previous.build, build, changed)
    if outcome is None:
        store.remove_graph(NamedNode(graph_of(names)))
        outcome = materialise(dataset, build, gathered)
    known = previous.problems if previous else ()
    return outcome.statuses, list(_located(outcome.problems, known, names, inputs)), outcome.replaced


def stored(problems: Iterable[Problem]) -> list[list[Any]]:
    """Return problems as a manifest holds them."""
    return [
        [
            p.code,
            p.message,
            p.hint,
            p.subject,
            *((p.location.file, p.location.line, p.location.column) if p.location else ()),
        ]
        for p in problems
    ]


def restored(rows: Iterable[list[Any]]) -> tuple[Problem, ...]:
    """Return the problems that a manifest holds."""
    return tuple(_restored(*row) for row in rows)


def _restored(code: str, message: str, hint: str, subject: str, *place: Any) -> Problem:
    return Problem(code, message, hint, subject, Location(*place) if place else None)


def _located(
    problems: Iterable[Problem], known: Iterable[Problem], names: Names, inputs: tuple[Changes, Changes]
) -> Iterator[Problem]:
    """Yield problems with their places; ``known`` are those of files that may not have changed since."""
    entities, dossiers = inputs
    owners = {source: name for name, item in dossiers.inputs.items() for source in item.sources}
    changed, places = set(dossiers.changed), {problem.subject: problem.location for problem in known}
    for problem in problems:
        subject = problem.subject
        source, _, rest = subject.removeprefix(names.entity("claim", "")).partition("/")
        place = places.get(subject)
        if subject.startswith(names.entity("event", "")):
            place = place or _in_entities(subject.rpartition("/")[2], entities)
        elif source in owners and (place is None or owners[source] in changed):
            place = _in_dossier(source, rest, owners[source], dossiers)
        yield replace(problem, location=place)


def _in_dossier(source: str, rest: str, name: str, dossiers: Changes) -> Location | None:
    """Return the place of a claim or count, ``rest`` of its IRI, in its dossier, which is read again."""
    key, _, number = rest.partition("/count/")
    for document in read_documents(dossiers.paths[name], typer("dossier"), lambda _: None, name):
        if isinstance(document.data, dict) and document.data.get("id") == source:
            return _place(document, key, number)
    return None


def _in_entities(key: str, entities: Changes) -> Location | None:
    """Return the place of an exchange or other happening in its entity file, which is read again."""
    for name, path in entities.paths.items():
        for document in read_documents(path, typer("entities"), lambda _: None, name):
            for kind in ("exchanges", "happenings"):
                for position, entry in enumerate(document.data.get(kind, [])):
                    if entry.get("key") == key:
                        return document.location((kind, position))
    return None


def _place(document: Document, key: str, number: str) -> Location:
    for position, claim in enumerate(document.data.get("claims", [])):
        if claim.get("key") == key:
            return document.location(("claims", position, *(("counts", int(number)) if number else ())))
    return document.location(("claims",))
