"""The step of a build that assesses the counts, and where in the files its problems are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Store

from repatria.assess.problems import Problem
from repatria.building.changes import Changes
from repatria.dossier.documents import Document, read_documents
from repatria.dossier.schema import typer
from repatria.errors import Location
from repatria.store import Dataset, Origin, open_disk
from repatria.terms import Names


@dataclass(frozen=True, slots=True)
class Previous:
    """The folder of the build before, and the ids of its sources that were read again or are gone."""

    build: Path
    sources: list[str]


def assess_build(
    store: Store, build: Path, names: Names, inputs: tuple[Changes, Changes], previous: Previous | None
) -> tuple[dict[str, int], list[Problem]]:
    """Add the assessments to the ``store`` of a new build, and its tables to the folder ``build``.

    ``inputs`` are entity files and dossiers; with ``previous`` only what
    changed since is assessed anew. Returns how many groups have which status,
    and what could not be assessed, with its place.
    """
    from repatria.assess.incremental import reassess
    from repatria.assess.materialise import materialise
    from repatria.assess.quads import graph_of

    entities, dossiers = inputs
    # As on disk, so that its many graphs are listed once: nobody adds a draft meanwhile.
    dataset = Dataset(store, names.base, Origin("disk", str(build / "store")))
    outcome = None
    if previous is not None:
        ids = {*previous.sources, *(s for name in dossiers.changed for s in dossiers.inputs[name].sources)}
        changed = {names.entity("source", source) for source in ids}
        before = open_disk(previous.build / "store", names.base)
        outcome = reassess(before, dataset, previous.build, build, changed)
    if outcome is None:
        store.remove_graph(NamedNode(graph_of(names)))
        outcome = materialise(dataset, build)
    return outcome.statuses, list(_located(outcome.problems, names, entities, dossiers))


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
    problems: Iterable[Problem], names: Names, entities: Changes, dossiers: Changes
) -> Iterator[Problem]:
    owners = {source: name for name, item in dossiers.inputs.items() for source in item.sources}
    for problem in problems:
        place = _in_dossier(problem.subject, names, owners, dossiers)
        if problem.subject.startswith(names.entity("event", "")):
            place = _in_entities(problem.subject.rpartition("/")[2], entities)
        yield replace(problem, location=place)


def _in_dossier(subject: str, names: Names, owners: dict[str, str], dossiers: Changes) -> Location | None:
    """Return the place of a claim or count in its dossier, which is read again."""
    source, _, rest = subject.removeprefix(names.entity("claim", "")).partition("/")
    if source not in owners:
        return None
    key, _, number = rest.partition("/count/")
    name = owners[source]
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
