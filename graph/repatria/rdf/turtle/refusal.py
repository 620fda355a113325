"""Why a document cannot be read on: a message and a hint for the place where reading stopped."""

from __future__ import annotations

from repatria.rdf.turtle.terms import Undeclared


class Stopped(Exception):
    """Reading stopped at ``offset``: what is wrong, a hint, and a code of docs/errors.md."""

    def __init__(self, offset: int, message: str, hint: str, code: str = "RP303") -> None:
        super().__init__(message)
        self.offset, self.message, self.hint, self.code = offset, message, hint, code


CHECK = "the reader stopped here; the mistake is here or just before"


def of_rdf12(start: int, written: str) -> Stopped:
    """Return the refusal of what RDF 1.1 does not have."""
    return Stopped(start, f"{written} is of RDF 1.2", "write it in RDF 1.1", "RP306")


def unmade(offset: int, problem: ValueError) -> Stopped:
    """Return the refusal of a token at ``offset`` of which no term can be made."""
    return Stopped(offset, str(problem), problem.hint if isinstance(problem, Undeclared) else CHECK)
