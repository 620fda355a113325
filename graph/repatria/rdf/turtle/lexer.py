r"""The tokens of Turtle and TriG as one regular expression.

A literal is one token with its language tag or datatype where nothing stands between them. A prefixed name
does not end in a dot, and a sign of RDF 1.2 is a token of its own, to be refused by name.
"""

from __future__ import annotations

import re
from typing import Final

from repatria.rdf.turtle.terminals import (
    IRI_REFERENCE,
    LABEL,
    LANGUAGE,
    NAME,
    NUMBER_TEXT,
    PREFIXED,
    STRING_TEXT,
)

NAME_TOKEN: Final = 1
IRI_TOKEN: Final = 2
SIGN: Final = 3
STRING: Final = 4
QUOTED, LANGUAGE_TAG, DATATYPE = 5, 6, 7  # the parts of STRING
LABEL_TOKEN: Final = 8
NUMBER: Final = 9
WORD: Final = 10
COMMENT: Final = 11
AT: Final = 12
CARETS: Final = 13
NEWER: Final = 14
END: Final = 15

TOKEN = re.compile(
    r"[ \t\r\n]*+(?:"
    rf"({PREFIXED})"
    rf"|({IRI_REFERENCE})"
    r"|(\{(?!\|)|\.(?![0-9])|[;,\[\]()}])"
    rf"|(({STRING_TEXT})(?:({LANGUAGE})|\^\^({IRI_REFERENCE}|{PREFIXED}))?+)"
    rf"|({LABEL})"
    rf"|({NUMBER_TEXT})"
    rf"|([A-Za-z][{NAME}]*+)"
    r"|(#[^\r\n]*+)"
    rf"|({LANGUAGE})"
    r"|(\^\^)"
    r"|(<<|>>|\{\||\|\}|~|--[a-z]++)"
    r"|(\Z)"
    r")",
    re.DOTALL,
)
"""White space, then one token; ``lastindex`` is its kind, one of the numbers above."""

_SKIPPED = r"(?:[ \t\r\n]++|#[^\r\n]*+)*+"

SKIPPED = re.compile(_SKIPPED)
"""White space and comments."""

EMPTY_LIST = re.compile(rf"\({_SKIPPED}\)")

SUFFIX_APART = re.compile(rf"{_SKIPPED}(?:@|\^\^)")
"""A language tag or datatype that does not follow its string at once."""
