"""Refuses the entity declarations of RDF/XML that reach outside a document or swell it beyond measure."""

from __future__ import annotations

import re

from repatria.errors import InputError, Location

LONGEST_ENTITY = 1000
"""Bytes an entity may stand for. Entities of RDF/XML abbreviate IRIs; longer ones swell a document."""

_DECLARATION = re.compile(
    rb"<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>[^\s>\"']+)\s+"
    rb"(?:(?P<external>SYSTEM|PUBLIC)\b|\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')"
)
_REFERENCE = re.compile(rb"[&%](?!#|amp;|lt;|gt;|quot;|apos;)[^\s;&%]+;")


def refuse_entities(document: bytes, name: str) -> None:
    """Raise :class:`InputError` RP303 for an external, nested or overlong entity of an XML document.

    Nested entities (each ten times the one before) make gigabytes out of a
    kilobyte; external ones would read other files or a network.
    """
    for found in _DECLARATION.finditer(document):
        entity = found["name"].decode("utf-8", "replace")
        value = found["double"] or found["single"] or b""
        if found["external"]:
            reason = f"the external XML entity {entity} is not read"
        elif found["parameter"] or _REFERENCE.search(value):
            reason = f"the XML entity {entity} refers to another one"
        elif len(value) > LONGEST_ENTITY:
            reason = f"the XML entity {entity} is longer than {LONGEST_ENTITY} bytes"
        else:
            continue
        line = document.count(b"\n", 0, found.start()) + 1
        column = found.start() - document.rfind(b"\n", 0, found.start())
        hint = "write the text itself in place of the entity"
        raise InputError("RP303", reason, hint=hint, location=Location(name, line, column))
