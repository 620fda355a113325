"""What decides the quads of a build beside its dossiers."""

from __future__ import annotations

import hashlib
from functools import cache

from repatria import __version__
from repatria.assess import RULES as ASSESSMENT_RULES
from repatria.dossier.sources import Built
from repatria.errors import InputError
from repatria.resources import folder
from repatria.workspace import Workspace

# Raised whenever the same dossier gives other quads than before.
RULES = "2026-11-22"


def duplicate_source(built: Built, elsewhere: str) -> InputError:
    """Return the error of a source id that two dossiers use."""
    message = f"the source id “{built.source}” is used by another dossier"
    place = built.document.location(("id",))
    return InputError("RP139", message, hint=f"the other one is in {elsewhere}", location=place)


@cache
def _resources_digest() -> str:
    digest = hashlib.sha256()
    for name in ("repatria.ttl", "dossier.schema.json"):
        digest.update((folder("ontology") / name).read_bytes())
    return digest.hexdigest()


def builder_digest(workspace: Workspace) -> str:
    """Return a digest of all that decides the quads of a dossier but is no input of the workspace."""
    parts = (__version__, RULES, ASSESSMENT_RULES, workspace.base, _resources_digest())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def shapes_digest(workspace: Workspace) -> str:
    """Return a digest of the shapes, shipped and of the workspace; one that is missing counts as empty."""
    digest = hashlib.sha256()
    for path in (*sorted(folder("shapes").glob("*.ttl")), *workspace.shapes):
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def concepts_digest() -> str:
    """Return a digest of the shipped concepts, which the graph concepts is made from."""
    return hashlib.sha256((folder("ontology") / "concepts.ttl").read_bytes()).hexdigest()
