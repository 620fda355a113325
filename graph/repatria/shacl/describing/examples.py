"""Examples of rules: what a rule accepts and what it rejects, and in which lines they differ."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from repatria.errors import InputError, Location
from repatria.resources import folder
from repatria.textfile import read_text

_CASES = ("accept.ttl", "reject.ttl")
_SHIPPED = "examples.json"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence on what the example shows, and the statements of Turtle that make the difference."""

    told: str
    turtle: str


Examples = Mapping[str, tuple[Example | None, Example | None]]
"""Local name of a rule → what it accepts and what it rejects; each may be None."""


def read_examples(place: Path) -> dict[str, tuple[Example | None, Example | None]]:
    """Return the examples of a folder: ``NAME/accept.ttl`` and ``NAME/reject.ttl`` for each rule.

    NAME is the last part of the rule's IRI. A comment in the first line of a file
    says what it shows. Of the statements only those are kept that are not in both.
    Raises :class:`InputError` RP101 (nothing to read there), RP102 (no UTF-8 text).
    """
    try:
        names = sorted(one for one in place.iterdir() if one.is_dir())
    except OSError as error:
        raise _nothing(place, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    found = {one.name: _pair(*(_text(one / case) for case in _CASES)) for one in names}
    found = {name: both for name, both in found.items() if both != (None, None)}
    if not found:
        raise _nothing(place, "holds no examples")
    return found


def _nothing(place: Path, message: str) -> InputError:
    hint = "name a folder that has a folder for each rule, with accept.ttl and reject.ttl"
    return InputError("RP101", message, hint=hint, location=Location(str(place)))


@cache
def shipped_examples() -> Examples:
    """Return the examples of the shipped shapes."""
    text = (folder("shapes") / _SHIPPED).read_text(encoding="utf8")
    return {name: (Example(*accept), Example(*reject)) for name, (accept, reject) in json.loads(text).items()}


def written(examples: Examples) -> str:
    """Return examples as the file that :func:`shipped_examples` reads; only where there are both."""
    found = {
        name: [[one.told, one.turtle] for one in both if one is not None]
        for name, both in sorted(examples.items())
        if None not in both
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _text(path: Path) -> str | None:
    return read_text(path, str(path)) if path.exists() else None


def _pair(accept: str | None, reject: str | None) -> tuple[Example | None, Example | None]:
    blocks = [_statements(text or "") for text in (accept, reject)]
    (mine, theirs), found = blocks, []
    for text, own, other in ((accept, mine, theirs), (reject, theirs, mine)):
        kept = [block for block in own if block not in other]
        found.append(None if text is None else Example(_comment(text), "\n\n".join(kept)))
    return found[0], found[1]


def _comment(text: str) -> str:
    """Return the comment in the first lines."""
    lines = text.splitlines()
    first = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return " ".join(line.lstrip("# ").rstrip() for line in lines[:first])


def _statements(text: str) -> list[str]:
    """Return the parts of a document between empty lines, without prefixes and first comment."""
    blocks = [block.strip("\n") for block in re.split(r"\n\s*\n", text)]
    lines = ([line for line in block.splitlines() if not _is_head(line)] for block in blocks)
    return ["\n".join(block) for block in lines if block]


def _is_head(line: str) -> bool:
    return re.match(r"#|@prefix\b|@base\b|PREFIX\b|BASE\b", line, re.IGNORECASE) is not None
