"""Texts in which the places that a test expects are marked: ⟦as far as they go⟧, or ⟦⟧ where they begin."""

from __future__ import annotations

import re

from repatria.shacl import Report

Found = tuple[int, int, int]


def marked(text: str) -> tuple[str, list[Found]]:
    """Return the text without marks, and line, column and length of what stood between them."""
    plain, opened, found = "", (0, 0, 0), []
    for piece in re.split("([⟦⟧])", text):
        if piece == "⟦":
            opened = (plain.count("\n") + 1, len(plain) - plain.rfind("\n"), len(plain))
        elif piece == "⟧":
            found.append((*opened[:2], len(plain) - opened[2]))
        else:
            plain += piece
    return plain, found


def places(report: Report) -> list[Found | None]:
    """Return line, column and length of the places of all results, in their order in the file."""
    found = [
        (one.place.location.line, one.place.location.column, one.place.length) if one.place else None
        for one in report.results
    ]
    return sorted(found, key=lambda place: place or (0, 0, 0))
