"""Why a document could not be read as RDF: one error with a place and a hint, out of what the parser says."""

from __future__ import annotations

import json
import re

from repatria.errors import InputError, Location

_PLACE = re.compile(
    r"^Parser error (?:at line (?P<line>\d+) "
    r"(?:column (?P<column>\d+)|between columns (?P<first>\d+) and \d+)"
    r"|between line (?P<from>\d+) column (?P<start>\d+) and line \d+ column \d+): "
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def not_text(head: bytes, name: str) -> InputError | None:
    """Return the error RP302 if the first bytes are no UTF-8 text, otherwise None."""
    place = Location(name)
    if head.startswith(_UTF16):
        return InputError("RP302", "is UTF-16, not UTF-8", hint="save it as UTF-8", location=place)
    if head.startswith(b"\x1f\x8b"):
        hint = "a packed file needs a name that ends in .gz"
        return InputError("RP302", "is a gzip file, not text", hint=hint, location=place)
    return None


def explain(problem: SyntaxError, name: str, head: bytes) -> InputError:
    """Return the error for a parser's complaint: RP302, RP303 or RP305."""
    if _BINARY.search(head):
        # Control characters may stand in a literal; in what cannot be parsed they tell that it is no text.
        hint = "give an RDF file"
        return InputError("RP302", "is binary data, not text", hint=hint, location=Location(name))
    message = problem.msg or str(problem)
    place = _place(message, name, problem)
    if "remote context" in message:
        return _remote_context(name, head)
    if "utf-8" in message.lower():
        return InputError("RP302", "is not UTF-8 text", hint="save it as UTF-8", location=place)
    text = "".join(c if c.isprintable() else f"\\x{ord(c):02X}" for c in _PLACE.sub("", message))
    return InputError("RP303", text[:1].lower() + text[1:], hint=_hint(text), location=place)


def _place(message: str, name: str, problem: SyntaxError) -> Location:
    if found := _PLACE.match(message):
        line = found["line"] or found["from"]
        column = found["column"] or found["first"] or found["start"]
        return Location(name, int(line), int(column))
    return Location(name, problem.lineno or 0, problem.offset or 0)


def _remote_context(name: str, head: bytes) -> InputError:
    iri = _context_iri(head)
    start = head.find(json.dumps(iri, ensure_ascii=False).encode()) if iri else -1
    line = head.count(b"\n", 0, start) + 1 if start >= 0 else 0
    column = start - head.rfind(b"\n", 0, start) if start >= 0 else 0
    hint = "put the context itself into the document: nothing is fetched"
    message = f"the JSON-LD context{f' <{iri}>' if iri else ''} is remote"
    return InputError("RP305", message, hint=hint, location=Location(name, line, column))


def _context_iri(document: bytes) -> str | None:
    """Return the first reference to a remote context; None if the document is cut off."""
    try:
        waiting: list[object] = [json.loads(document)]
    except (ValueError, RecursionError):
        return None
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, dict):
            contexts = node.get("@context", [])
            for one in [node.get("@import"), *(contexts if isinstance(contexts, list) else [contexts])]:
                if isinstance(one, str):
                    return one
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
    return None


def _hint(message: str) -> str:
    if "No scheme found" in message:
        return "a relative IRI needs a base: declare one in the document or give a base IRI"
    if "Unexpected end of file" in message:
        return "the file may be cut off"
    if "ENTITY" in message or "entity" in message:
        return "declare the entity in the document or write the text itself; nothing is fetched"
    return "the parser stopped here; check the lines just before, or name another format"
