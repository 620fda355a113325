"""The published JSON Schema, compiled: checks dossiers and entity files and types YAML scalars."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from repatria.dossier.documents import Document, JsonPath
from repatria.dossier.typer import Typer, compile_typer
from repatria.errors import InputError, Location, RepatriaError
from repatria.resources import folder

_PLAIN = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of keys",
}
_PROBLEMS = {
    "pattern": "“{value}” is not of the form that is described",
    "minLength": "is empty",
    "maxLength": "is longer than {limit} characters",
    "minimum": "is less than {limit}",
    "maximum": "is more than {limit}",
    "minItems": "is an empty list",
    "minProperties": "is empty",
    "uniqueItems": "holds something twice",
}
_DEPTH = 50
_LANGUAGES = "language tags such as en, uk, ru"


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
    try:
        found_errors = list(validator.iter_errors(document.data))
    except ValueError:  # beyond the depth that the checker goes to
        place = document.location(_deep(document.data))
        report(InputError("RP103", "it is nested too deeply", hint="mind the brackets", location=place))
        return False
    valid = True
    for error in found_errors:
        path = tuple(error.instance_path)
        if kind == "dossier" and _in_draft(document.data, path):
            continue
        valid = False
        schema_path = list(error.schema_path)
        if schema_path[-1] == "required":
            report(_missing(document, path, schema_path, error.message))
            continue
        for found in _explain(document, path, schema_path):
            report(found)
    return valid


def _deep(data: Any) -> JsonPath:
    """Return the path of the first value that is nested deeper than any dossier is."""
    waiting: list[tuple[JsonPath, Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if len(path) > _DEPTH:
            return path
        members = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        waiting.extend(((*path, key), member) for key, member in members)
    return ()


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


def _explain(document: Document, path: JsonPath, schema_path: list[str | int]) -> list[InputError]:
    keyword = schema_path[-1]
    value = _at(document.data, path)
    definition = _definition(schema_path)
    where = document.location(path)
    key = next((f"“{step}”" for step in reversed(path) if isinstance(step, str)), "the file")
    if keyword == "additionalProperties":
        unknown = [name for name in value if not _is_known(name, definition)]
        return [_unknown_key(document, path, name, definition) for name in unknown]
    if keyword == "enum":
        return [_not_listed(key, value, definition, where)]
    if keyword == "format":
        if re.fullmatch(definition.get("pattern", ".*"), value) is None:
            return []  # told by the pattern
        message = f"{key}: there is no such date as {value}"
        return [InputError("RP136", message, hint=_hint(definition), location=where)]
    if keyword == "type":
        wanted = _PLAIN.get(str(definition.get("type")), str(definition.get("type")))
        problem = f"must be {wanted}"
    elif keyword == "oneOf":
        problem = "must be text or a list of texts, none empty, none twice"
    else:
        problem = _PROBLEMS[str(keyword)].format(value=_short(value), limit=definition.get(str(keyword)))
    return [InputError("RP112", f"{key} {problem}", hint=_hint(definition), location=where)]


def _missing(document: Document, path: JsonPath, schema_path: list[str | int], message: str) -> InputError:
    definition = _definition(schema_path)
    name = next((name for name in definition["required"] if message.startswith(f'"{name}"')), "")
    hint = _describe(definition, name)
    return InputError("RP111", f"{_named(path)} has no “{name}”", hint=hint, location=document.location(path))


def _is_known(name: str, definition: dict[str, Any]) -> bool:
    return name in definition.get("properties", {}) or any(
        re.search(pattern, name) for pattern in definition.get("patternProperties", ())
    )


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:60] + "…"


def _unknown_key(document: Document, path: JsonPath, name: str, definition: dict[str, Any]) -> InputError:
    known = list(definition.get("properties", ()))
    close = difflib.get_close_matches(name, known, n=1)
    some = _LANGUAGES if "patternProperties" in definition else ", ".join(known)
    hint = f"did you mean “{close[0]}”?" if close else f"known here: {some}"
    place = document.key_location((*path, name))
    return InputError("RP110", f"{_named(path)} has no key “{_short(name)}”", hint=hint, location=place)


def _not_listed(key: str, value: Any, definition: dict[str, Any], where: Location) -> InputError:
    known = [str(item) for item in definition["enum"]]
    close = difflib.get_close_matches(str(value), known, n=1)
    hint = f"did you mean “{close[0]}”?" if close else f"one of: {', '.join(known)}"
    return InputError("RP112", f"{key}: “{_short(value)}” is not known here", hint=hint, location=where)


def _named(path: JsonPath) -> str:
    """Return the path in words: ``claim 2, count 1``."""
    parts: list[str] = []
    for step in path:
        if isinstance(step, int) and parts:
            parts[-1] = f"{parts[-1].removesuffix('s')} {step + 1}"
        else:
            parts.append(str(step))
    return ", ".join(parts) or "the file"


def _hint(definition: dict[str, Any]) -> str:
    return str(definition.get("description", ""))


def _describe(definition: dict[str, Any], name: str) -> str:
    member = definition.get("properties", {}).get(name, {})
    if "description" not in member and "$ref" in member:
        member = _root()["$defs"].get(member["$ref"].rpartition("/")[2], {})
    return _hint(member)
