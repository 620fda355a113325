"""Why a token, or what is none, cannot stand where it does."""

from __future__ import annotations

from repatria.rdf.turtle.lexer import END, NEWER, SKIPPED
from repatria.rdf.turtle.refusal import CHECK, Stopped, of_rdf12

_OPENINGS = {
    '"': ("the string that begins here does not end", "close it; one of more than a line needs three marks"),
    "<": ("what begins here is no IRI", "an IRI ends in > and holds no space, quotation mark or brace"),
    "_": ("a blank node without a label", "write _:label, or [] for a node without one"),
    "@": ("what begins here is no language tag", "a tag is @ and letters, then - and letters or digits"),
}  # fmt: skip
_OPENINGS["'"] = _OPENINGS['"']


def unexpected(text: str, kind: int | None, start: int, end: int, expected: str) -> Stopped:
    """Return the refusal of the token at ``start``, where ``expected`` (in words) should stand."""
    if kind == NEWER:
        return of_rdf12(start, text[start:end])
    if kind == END:
        return Stopped(start, f"the text ends where {expected} should stand", "the file may be cut off")
    return Stopped(start, f"{_shown(text[start:end])} where {expected} should stand", CHECK)


def no_token(text: str, offset: int) -> Stopped:
    """Return the refusal of what stands, after white space, at ``offset`` and is no token."""
    found = SKIPPED.match(text, offset)
    start = found.end() if found else offset
    message, hint = _OPENINGS.get(text[start], (f"unexpected character {text[start]!r}", CHECK))
    return Stopped(start, message, hint)


def _shown(written: str, longest: int = 40) -> str:
    return written if len(written) <= longest else f"{written[: longest - 1]}…"
