"""The published JSON Schema, compiled: checks dossiers and entity files and types YAML scalars."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable
from functools import cache
from typing import Any

from repatria.dossier.documents import Document, JsonPath
from repatria.dossier.typer import Typer, compile_typer
from repatria.errors import InputError, RepatriaError
from repatria.resources import folder

_PLAIN = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of keys",
}


@cache
def _root() -> dict[str, Any]:
    text = (folder("ontology") / "dossier.schema.json").read_text(encoding="utf8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def typer(kind: str) -> Typer:
    """Return the scalar types of ``dossier`` or ``entities`` files."""
    return compile_typer({"$ref": f"#/$defs/{kind}"}, _root())


@cache
def _validator(kind: str) -> Any:
    import jsonschema_rs

    schema = {"$ref": f"#/$defs/{kind}", "$defs": _root()["$defs"]}
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def check(document: Document, kind: str, report: Callable[[RepatriaError], None]) -> bool:
    """Say whether ``document`` satisfies the schema of its ``kind``; each error goes to ``report``.

    What is wrong below a claim whose status is draft is passed over.
    """
    validator = _validator(kind)
    if validator.is_valid(document.data):
        return True
    valid = True
    for error in validator.iter_errors(document.data):
        path = tuple(error.instance_path)
        if kind == "dossier" and _in_draft(document.data, path):
            continue
        valid = False
        for found in _explain(document, path, list(error.schema_path), error.message):
            report(found)
    return valid


def _in_draft(data: Any, path: JsonPath) -> bool:
    if len(path) < 2 or path[0] != "claims":
        return False
    claim = data["claims"][path[1]]
    return isinstance(claim, dict) and claim.get("status") == "draft"


def _at(data: Any, path: JsonPath) -> Any:
    for step in path:
        data = data[step]
    return data


def _definition(schema_path: list[str | int]) -> dict[str, Any]:
    """Return the schema that holds the keyword at the end of ``schema_path``."""
    found: Any = _root()
    for step in schema_path[:-1]:
        if "$ref" in found and step not in found:
            found = _root()["$defs"][found["$ref"].rpartition("/")[2]]
        found = found[step] if step != "$ref" else found
    return found if isinstance(found, dict) else {}


def _explain(document: Document, path: JsonPath, schema_path: list[str | int], message: str) -> list[InputError]:
    keyword = schema_path[-1]
    value = _at(document.data, path)
    definition = _definition(schema_path)
    where = document.location(path)
    key = next((f"“{step}”" for step in reversed(path) if isinstance(step, str)), "the file")
    if keyword == "additionalProperties":
        known = list(definition.get("properties", {}))
        return [_unknown_key(document, path, name, known) for name in value if name not in known]
    if keyword == "required":
        missing = [name for name in definition.get("required", ()) if name not in value]
        told = next((name for name in missing if f'"{name}"' in message), "")
        hint = _describe(definition, told)
        return [InputError("RP111", f"{_named(path)} has no “{told}”", hint=hint, location=where)]
    if keyword == "format":
        return [InputError("RP136", f"{key}: there is no such date as {value}", location=where)]
    if keyword == "type":
        wanted = _PLAIN.get(str(definition.get("type")), str(definition.get("type")))
        return [InputError("RP112", f"{key} must be {wanted}", hint=_hint(definition), location=where)]
    if keyword == "enum":
        return [_not_listed(key, value, definition, document, path)]
    if keyword == "oneOf":
        return [InputError("RP112", f"{key} must be text or a list of texts, each as described", location=where)]
    return [InputError("RP112", f"{key}: {message}", hint=_hint(definition), location=where)]


def _unknown_key(document: Document, path: JsonPath, name: str, known: list[str]) -> InputError:
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean “{close[0]}”?" if close else f"known here: {', '.join(known)}"
    place = document.location((*path, name))
    return InputError("RP110", f"{_named(path)} has no key “{name}”", hint=hint, location=place)


def _not_listed(key: str, value: Any, definition: dict[str, Any], document: Document, path: JsonPath) -> InputError:
    known = [str(item) for item in definition["enum"]]
    close = difflib.get_close_matches(str(value), known, n=1)
    hint = f"did you mean “{close[0]}”?" if close else f"one of: {', '.join(known)}"
    return InputError("RP112", f"{key}: “{value}” is not known here", hint=hint, location=document.location(path))


def _named(path: JsonPath) -> str:
    for position, step in enumerate(path):
        if isinstance(step, int):
            name = str(path[position - 1])
            return f"{name.rstrip('s')} {step + 1}" if len(path) <= 2 else f"{name.rstrip('s')} {step + 1}, {path[-1]},"
    return f"“{path[-1]}”" if path else "the file"


def _hint(definition: dict[str, Any]) -> str:
    return str(definition.get("description", ""))


def _describe(definition: dict[str, Any], name: str) -> str:
    member = definition.get("properties", {}).get(name, {})
    if "description" not in member and "$ref" in member:
        member = _root()["$defs"].get(member["$ref"].rpartition("/")[2], {})
    return _hint(member)
