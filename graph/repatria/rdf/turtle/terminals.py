r"""The terminals of Turtle as regular expressions, after section 6.5 of RDF 1.1 Turtle.

Every repetition is possessive (``*+``), so that matching takes time in proportion to the text.
"""

from __future__ import annotations

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
STRING_TEXT = "|".join(
    (
        r'"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"""',
        r"'''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+'''",
        SHORT_STRING,
        r"'(?!'')[^'\\\r\n]*+(?:\\.[^'\\\r\n]*+)*+'",
    )
)
_EXPONENT = r"[eE][+-]?[0-9]++"
NUMBER_TEXT = rf"[+-]?(?:[0-9]++(?:\.[0-9]*+{_EXPONENT}|\.[0-9]++|{_EXPONENT})?+|\.[0-9]++(?:{_EXPONENT})?+)"
