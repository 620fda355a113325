"""How to cite a dataset, and a file of it."""

from __future__ import annotations

from repatria.description.about import UNTITLED, About, about_dataset, described
from repatria.settings import LICENCES
from repatria.store import Dataset


def citation(dataset: Dataset) -> str:
    """Return how to cite ``dataset``, in one line: creators, year, title, version, day, licence, IRI.

    What the dataset does not say of itself is left out; one that says nothing has no name, either.
    """
    return cite(about_dataset(dataset)) if described(dataset) else UNTITLED


def cite(about: About, file: tuple[str, str] | None = None) -> str:
    """Return how to cite a dataset, or with ``file`` (name, SHA-256) that file of it."""
    said = about.settings
    names = ", ".join(agent.name for agent in said.creators)
    year = f" ({said.issued.year})" if said.issued else ""
    version = f"version {said.version}" if said.version else ""
    issued = f"issued {said.issued.isoformat()}" if said.issued else ""
    short = {iri: name for name, iri in LICENCES.items()}.get(said.licence, said.licence)
    parts = [
        f"{names}{year}" if names else "",
        about.title or UNTITLED,
        ", ".join(part for part in (version, issued) if part).capitalize(),
        f"Licence {short}" if short else "",
        f"File {file[0]}, SHA-256 {file[1]}" if file else "",
        about.node.value,
    ]
    return ". ".join(part.rstrip(".") for part in parts if part)
