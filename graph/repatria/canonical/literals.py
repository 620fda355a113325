"""Literals as Turtle writes them: short where that keeps every character, never another lexical form."""

from __future__ import annotations

import re

from repatria.canonical.names import Names

_XSD = "http://www.w3.org/2001/XMLSchema#"
_BARE = {
    f"<{_XSD}integer>": re.compile(r"[+-]?[0-9]+"),
    f"<{_XSD}decimal>": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"<{_XSD}double>": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    f"<{_XSD}boolean>": re.compile("true|false"),
}
_ESCAPE = re.compile(r"\\(u[0-9A-F]{4}|.)")
_PLAIN = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
# Editors strip white space before a line end, and with it would change the text.
_FRAGILE = re.compile(r"[ \t](?:\n|\Z)")
# A quotation mark before two others, or at the end.
_ENDING = re.compile(r'"(?=""|\Z)')


def written(token: str, names: Names) -> str:
    """Return a literal, given as N-Triples, as Turtle."""
    end = token.rindex('"')
    suffix = token[end + 1 :]
    if suffix.startswith("^^"):
        datatype = suffix[2:]
        bare = _BARE.get(datatype)
        if bare is not None and bare.fullmatch(token, 1, end):
            return token[1:end]
        suffix = f"^^{names(datatype)}"
    # In N-Triples a backslash stands before the n of a line end.
    if "\\n" in token and (text := _long(token[1:end])) is not None:
        return text + suffix
    return token[: end + 1] + suffix


def _long(escaped: str) -> str | None:
    """Return a text with line ends between three quotation marks; None if it is safer escaped."""
    if any(kind not in _PLAIN for kind in _ESCAPE.findall(escaped)):
        return None
    value = _ESCAPE.sub(lambda found: _PLAIN[found[1]], escaped)
    if "\n" not in value or _FRAGILE.search(value):
        return None
    return '"""' + _ENDING.sub(r'\\"', value.replace("\\", "\\\\")) + '"""'
