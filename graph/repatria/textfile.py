"""Reading a text: UTF-8, not binary, and told with its place where it is not."""

from __future__ import annotations

from pathlib import Path

from repatria.errors import InputError, Location


def read_text(path: Path, name: str) -> str:
    """Return the text of a UTF-8 file, which messages call ``name``.

    Raises InputError RP101 (cannot be read), RP102 (not UTF-8 text).
    """
    try:
        raw = path.read_bytes()
    except IsADirectoryError:
        hint = "name the file itself"
        raise InputError("RP101", "is a directory, not a file", hint=hint, location=Location(name)) from None
    except OSError as error:
        told = f"cannot be read: {(error.strerror or str(error)).lower()}"
        hint = "check the path, and that you may read the file"
        raise InputError("RP101", told, hint=hint, location=Location(name)) from None
    return decode(raw, name)


def decode(raw: bytes, name: str) -> str:
    """Return bytes as text, without a byte order mark. Raises InputError RP102 with line and column."""
    try:
        text = raw.decode("utf8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf8").removeprefix("\ufeff")
        raise _no_text(name, before, "is not UTF-8 text", "save the file as UTF-8") from None
    if "\0" in text:
        raise _no_text(name, text[: text.index("\0")], "is binary, not text", "name a text file")
    return text


def _no_text(name: str, before: str, message: str, hint: str) -> InputError:
    place = Location(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return InputError("RP102", message, hint=hint, location=place)
