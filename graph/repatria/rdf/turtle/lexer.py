r"""The tokens of Turtle and TriG as one regular expression, after section 6.5 of RDF 1.1 Turtle.

Every repetition is possessive (``*+``), so that matching takes time in proportion to the text. A literal is
one token with its language tag or datatype where nothing stands between them. A prefixed name does not end
in a dot, and what looks like one of RDF 1.2's signs is a token of its own, to be refused by name.
"""

from __future__ import annotations

import re
from typing import Final

NAME_START = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME = NAME_START + "0-9_\\-\u00b7\u0300-\u036f\u203f\u2040"
"""PN_CHARS_BASE and PN_CHARS, to stand between the brackets of a set."""

_HEX = "[0-9A-Fa-f]"
_IRI_CHARACTERS = r"""[^\x00-\x20<>"{}|^`\\]*+"""
_ESCAPED = rf"(?:%{_HEX}{{2}}|\\[_~.\-!$&'()*+,;=/?#@%])"

IRI_REFERENCE = rf"<{_IRI_CHARACTERS}(?:\\(?:u{_HEX}{{4}}|U{_HEX}{{8}}){_IRI_CHARACTERS})*+>"
_NAMESPACE = rf"(?:[{NAME_START}][{NAME}]*+(?:\.++[{NAME}]++)*+)?:"
_LOCAL = rf"(?:[{NAME}:]|{_ESCAPED})"
PREFIXED = (
    rf"{_NAMESPACE}(?:(?:[{NAME_START}_0-9:]|{_ESCAPED})[:{NAME}]*+"
    rf"(?:(?:{_ESCAPED}|\.++(?={_LOCAL}))[:{NAME}]*+)*+)?+"
)
LABEL = rf"_:[{NAME_START}_0-9][{NAME}]*+(?:\.++[{NAME}]++)*+"
LANGUAGE = r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*+"
# Three quotation marks open a long string only: where it does not end, no short one begins either.
SHORT_STRING = r'"(?!"")[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*+"'
_STRING = "|".join(
    (
        r'"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"""',
        r"'''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+'''",
        SHORT_STRING,
        r"'(?!'')[^'\\\r\n]*+(?:\\.[^'\\\r\n]*+)*+'",
    )
)
_EXPONENT = r"[eE][+-]?[0-9]++"
_NUMBER = rf"[+-]?(?:[0-9]++(?:\.[0-9]*+{_EXPONENT}|\.[0-9]++|{_EXPONENT})?+|\.[0-9]++(?:{_EXPONENT})?+)"

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
    rf"|(({_STRING})(?:({LANGUAGE})|\^\^({IRI_REFERENCE}|{PREFIXED}))?+)"
    rf"|({LABEL})"
    rf"|({_NUMBER})"
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
