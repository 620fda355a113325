r"""The escapes of Turtle: ``\n``, ``\u00E9``, ``\U0001F600`` in strings and IRIs, ``\~`` in local names."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CHARACTERS = {
    "t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\",
}  # fmt: skip
_LOCAL_ESCAPE = re.compile(r"\\(.)")


def unescaped(text: str) -> str:
    """Return the content of a string or IRI with its escapes read. Raises ValueError for one that is none."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def unescaped_local(text: str) -> str:
    """Return a local name without its backslashes; ``%20`` stays, as the grammar wants it."""
    return _LOCAL_ESCAPE.sub(r"\1", text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    short, long, plain = found.groups()
    if plain is not None:
        if plain not in _CHARACTERS:
            raise ValueError(f"\\{plain} is no escape")
        return _CHARACTERS[plain]
    number = int(short or long, 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        raise ValueError(f"{found.group()} is no character")
    return chr(number)
