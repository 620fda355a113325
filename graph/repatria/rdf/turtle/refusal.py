"""Why a document cannot be read on: a message and a hint for the place where reading stopped."""

from __future__ import annotations

from repatria.rdf.turtle.lexer import END, NEWER, SKIPPED
from repatria.rdf.turtle.terms import Undeclared


class Stopped(Exception):
    """Reading stopped at ``offset``: what is wrong, a hint, and a code of docs/errors.md."""

    def __init__(self, offset: int, message: str, hint: str, code: str = "RP303") -> None:
        super().__init__(message)
        self.offset, self.message, self.hint, self.code = offset, message, hint, code


_CHECK = "the reader stopped here; the mistake is here or just before"
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
    return Stopped(start, f"{_shown(text[start:end])} where {expected} should stand", _CHECK)


def no_token(text: str, offset: int) -> Stopped:
    """Return the refusal of what stands, after white space, at ``offset`` and is no token."""
    found = SKIPPED.match(text, offset)
    start = found.end() if found else offset
    message, hint = _OPENINGS.get(text[start], (f"unexpected character {text[start]!r}", _CHECK))
    return Stopped(start, message, hint)


def of_rdf12(start: int, written: str) -> Stopped:
    """Return the refusal of what RDF 1.1 does not have."""
    return Stopped(start, f"{written} is of RDF 1.2", "write it in RDF 1.1", "RP306")


def unmade(offset: int, problem: ValueError) -> Stopped:
    """Return the refusal of a token at ``offset`` of which no term can be made."""
    return Stopped(offset, str(problem), problem.hint if isinstance(problem, Undeclared) else _CHECK)


def _shown(written: str, longest: int = 40) -> str:
    return written if len(written) <= longest else f"{written[: longest - 1]}…"
