"""Verifying all dossiers of a workspace against a folder of articles."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from repatria.dossier.archive import read_archive
from repatria.dossier.documents import Document, read_documents
from repatria.dossier.schema import check, typer
from repatria.dossier.verify import verify_dossier
from repatria.errors import InputError, Problems, RepatriaError
from repatria.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked: numbers of sources, passages and fragments, and the mismatches in order of place."""

    sources: int
    passages: int
    fragments: int
    mismatches: tuple[InputError, ...]


def verify_workspace(workspace: Workspace, articles: Path) -> Verification:
    """Check the evidence of each dossier that is no draft.

    Raises InputError RP101, RP102 (articles), Problems (dossiers that cannot be read).
    """
    archive = read_archive(articles)
    errors: list[RepatriaError] = []
    mismatches: list[InputError] = []
    sources = passages = fragments = 0
    for path in workspace.source_files():
        for document in read_documents(path, typer("dossier"), errors.append, workspace.shown(path)):
            if _is_draft(document) or not check(document, "dossier", errors.append):
                continue
            mismatches += verify_dossier(document, archive)
            found = _pieces(document)
            sources += 1
            passages += found[0]
            fragments += found[1]
    if errors:
        raise Problems(errors)
    return Verification(sources, passages, fragments, tuple(mismatches))


def _is_draft(document: Document) -> bool:
    return isinstance(document.data, dict) and document.data.get("status") == "draft"


def _pieces(document: Document) -> tuple[int, int]:
    claims = [claim for claim in document.data["claims"] if claim.get("status") != "draft"]
    passages = sum("passage" in claim for claim in claims)
    own = sum("evidence" in count for claim in claims for count in claim.get("counts", ()))
    return passages, passages + own
