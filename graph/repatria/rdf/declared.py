"""The prefixes that files declare, for showing their IRIs as their authors write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from repatria.rdf.formats import ending

# So much of a file is looked through; prefixes stand in its head.
_HEAD = 64 * 1024
_ENDINGS = frozenset(("ttl", "trig", "n3"))
_DECLARATION = re.compile(r"^\s*@?prefix\s+([\w.-]*):\s*<([a-z][a-z0-9+.-]*:[^<>\s\"]*)>", re.I | re.M)


def declared_prefixes(files: Iterable[str | Path]) -> dict[str, str]:
    """Return the prefixes (prefix → namespace) of Turtle and TriG files; of several the first counts.

    The default prefix is left out, and so is what cannot be read: these are names
    for readers, and nothing depends on them.
    """
    found: dict[str, str] = {}
    for file in map(str, files):
        if ending(file) in _ENDINGS and not file.lower().endswith(".gz"):
            for prefix, namespace in _DECLARATION.findall(_head(file)):
                if prefix:
                    found.setdefault(prefix, namespace)
    return found


def _head(file: str) -> str:
    try:
        # A pipe or device would give its content only once.
        if not Path(file).is_file():
            return ""
        with Path(file).open("rb") as stream:
            return stream.read(_HEAD).decode("utf8", errors="ignore")
    except OSError:
        return ""
