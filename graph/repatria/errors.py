"""One tree of errors: a code, what is wrong, where, and a hint how to mend it.

Each code has a heading in docs/errors.md. The command line prints an error as
``file:line:column: error[RP123]: what is wrong`` and one line of hint, and
leaves with the exit code of its class (docs/exit-codes.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in an input: file as the user named it, line and column from 1 (0 = not known)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class RepatriaError(Exception):
    """Base of all errors that Repatria raises on purpose.

    Attributes: ``code`` such as ``RP101`` (str), ``message`` (one line), ``hint``
    (one line or empty), ``location`` (:class:`Location` or None), ``excerpt``
    (the line of a query and a caret below the place, or empty).
    """

    exit_code: int = 4

    def __init__(
        self, code: str, message: str, *, hint: str = "", location: Location | None = None, excerpt: str = ""
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = " ".join(message.split())
        self.hint = " ".join(hint.split())
        self.location = location
        self.excerpt = excerpt

    def __reduce__(self) -> tuple[object, ...]:
        # Errors go from one process to another; their classes are not all made of the same arguments.
        return _remade, (type(self), self.args), self.__dict__

    def __str__(self) -> str:
        place = f"{self.location}: " if self.location else ""
        return f"{place}error[{self.code}]: {self.message}"


def _remade(kind: type[RepatriaError], arguments: tuple[object, ...]) -> RepatriaError:
    return kind.__new__(kind, *arguments)


class UsageError(RepatriaError):
    """The call is wrong: an unknown name, an ambiguous one, a bad option (exit code 2)."""

    exit_code = 2


class InputError(RepatriaError):
    """An input cannot be read or is ill-formed (exit code 3)."""

    exit_code = 3


class StoreError(RepatriaError):
    """The store, an output, an endpoint or a time limit failed (exit code 4)."""

    exit_code = 4


class QueryTimeout(StoreError):
    """A query did not end within its time limit in seconds (exit code 4)."""


class MissingExtra(UsageError):
    """An optional package is not installed (exit code 2)."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            "RP204",
            f"this needs the package {package}, which is not installed",
            hint=f"pip install 'repatria[{extra}]'",
        )


class Problems(InputError):
    """All errors found in the inputs, in order of place; never empty.

    ``errors`` is the tuple of the single errors; the exit code is the highest of theirs.
    """

    def __init__(self, errors: Iterable[RepatriaError]) -> None:
        self.errors = tuple(sorted(errors, key=_place))
        first = self.errors[0]
        message = f"{len(self.errors)} errors, the first: {first}" if len(self.errors) > 1 else first.message
        super().__init__(first.code, message, hint=first.hint, location=first.location)
        self.exit_code = max(error.exit_code for error in self.errors)


def _place(error: RepatriaError) -> tuple[str, int, int, str]:
    where = error.location or Location("")
    return (where.file, where.line, where.column, error.code)
