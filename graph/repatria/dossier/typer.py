"""Which type the schema gives to each scalar of a YAML file, compiled once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Typer:
    """The types that one place of a document may have: members, items, a scalar's type."""

    members: dict[str, Typer] = field(default_factory=dict)
    others: Typer | None = None
    items: Typer | None = None
    scalar: str = "string"


ANY = Typer()


def compile_typer(schema: dict[str, Any], root: dict[str, Any]) -> Typer:
    """Compile a (sub)schema of the JSON Schema ``root``; its ``$ref`` are local."""
    return _compile(schema, root, {})


def _compile(schema: dict[str, Any], root: dict[str, Any], made: dict[str, Typer]) -> Typer:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in made:
            made[name] = Typer()
            _fill(made[name], root["$defs"][name], root, made)
        return made[name]
    typer = Typer()
    _fill(typer, schema, root, made)
    return typer


def _fill(typer: Typer, schema: dict[str, Any], root: dict[str, Any], made: dict[str, Typer]) -> None:
    for choice in schema.get("oneOf", ()):
        part = _compile(choice, root, made)
        typer.members.update(part.members)
        typer.items = typer.items or part.items
        typer.scalar = part.scalar if part.scalar != "string" else typer.scalar
    for name, member in schema.get("properties", {}).items():
        typer.members[name] = _compile(member, root, made)
    for member in schema.get("patternProperties", {}).values():
        typer.others = _compile(member, root, made)
    if "items" in schema:
        typer.items = _compile(schema["items"], root, made)
    if schema.get("type") in ("integer", "boolean"):
        typer.scalar = schema["type"]
