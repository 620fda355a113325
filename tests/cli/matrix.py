"""The commands and their parameters as the tests of bad input see them: what is right, what can be wrong."""

from __future__ import annotations

import io
import pathlib
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Result

from repatria_cli.main import COMMANDS, cli
from repatria_cli.parameters import (
    Assignment,
    ConceptName,
    Day,
    ExplainedName,
    GraphName,
    InputFile,
    InputFolder,
    Name,
    OutputFile,
    OutputFolder,
    QueryText,
    Text,
    ThingName,
)

ERRORS = Path(__file__).parents[2] / "docs" / "errors.md"
TURTLE = '@prefix ex: <http://example.org/> .\nex:a ex:b ex:c .\nex:d ex:e "Обмен" .\n'
SPARQL = "SELECT ?s ?o # Обмен\nWHERE { ?s skos:prefLabel ?o }\n"
ARTICLE = "Exampleland says «Обмен» to Samplestan.\n"
CONTENTS = {"rdf": ("valid.ttl", TURTLE), "sparql": ("valid.rq", SPARQL), "article": ("valid.txt", ARTICLE)}
_OF_EXIT_CODE = {"1": 3, "2": 2, "3": 3, "4": 4, "9": 4}

Params = dict[str, str]


def command(name: str) -> click.Command:
    """Return a command by its name."""
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


def parts(name: str) -> frozenset[str]:
    """Return what a command reads of the workspace."""
    return frozenset(getattr(command(name).callback, "reads", ()))


def right_code(name: str) -> int:
    """Return the exit code of :func:`arguments`: what is compared there differs."""
    return 1 if name == "diff" else 0


def writes_store(name: str) -> bool:
    """Say whether a command writes the store."""
    return bool(getattr(command(name).callback, "writes_store", False))


def pairs(kind: type | tuple[type, ...]) -> Iterator[tuple[str, click.Parameter]]:
    """Yield each command with each of its parameters of a type."""
    for name in COMMANDS:
        for parameter in command(name).params:
            if isinstance(parameter.type, kind):
                yield name, parameter


def valid(kind: object) -> str | None:
    """Return a value that is right for a type in the scaffolded workspace, or None where any would do."""
    if isinstance(kind, InputFile):
        return CONTENTS[kind.holds][0]
    if isinstance(kind, click.Choice):
        return str(kind.choices[0])
    values: list[tuple[type, str]] = [
        (InputFolder, "articles"), (OutputFolder, "new"),
        (ExplainedName, "example-gazette-2025-05-02#c01"), (ThingName, "handover-2025-05-02"),
        (ConceptName, "parcels-handed-over"), (GraphName, "entities"), (QueryText, SPARQL),
        (Day, "2025-05-02"), (Assignment, "name=value"), (OutputFile, "out"), (Text, "some words"),
        (click.IntRange, "3"), (click.FloatRange, "30"),
    ]  # fmt: skip
    return next((value for type_, value in values if isinstance(kind, type_)), None)


def arguments(name: str, tested: click.Parameter | None = None, value: str | None = None) -> list[str]:
    """Return arguments that are right in the scaffolded workspace, but for ``value`` of ``tested``.

    What is required is given, and a query, since a command that takes one has nothing to do without.
    """
    given: list[str] = []
    for parameter in command(name).params:
        if parameter is tested:
            assert value is not None
            given += written(parameter, value)
        elif (parameter.required or isinstance(parameter.type, QueryText)) and not _instead(
            parameter, tested
        ):
            right = valid(parameter.type)
            assert right is not None, f"no valid value is known for {parameter.type}"
            given += written(parameter, right)
    beside = getattr(getattr(tested, "type", None), "beside", "")
    if beside:
        other = next(p for p in command(name).params if beside in p.opts)
        given += written(other, valid(other.type) or "")
    return [name, *given]


def written(parameter: click.Parameter, value: str) -> list[str]:
    """Return a parameter with a value as it is typed."""
    return [parameter.opts[-1], value] if isinstance(parameter, click.Option) else [value]


def _instead(parameter: click.Parameter, tested: click.Parameter | None) -> bool:
    """Say whether ``tested`` stands for ``parameter``: a file with a query for a query."""
    kind = getattr(tested, "type", None)
    return isinstance(parameter.type, QueryText) and isinstance(kind, InputFile) and kind.holds == "sparql"


def known_type(kind: object) -> bool:
    """Say whether these tests know what can be wrong with a value of a type."""
    known = (InputFile, InputFolder, OutputFile, OutputFolder, Name, Day, Assignment, Text, click.Choice)
    return isinstance(kind, (*known, click.IntRange, click.FloatRange, type(click.BOOL)))


def prepare(folder: Path) -> None:
    """Write the valid files that :func:`arguments` names."""
    for name, text in CONTENTS.values():
        (folder / name).write_text(text, encoding="utf8")


def codes(result: Result) -> list[str]:
    """Return the error codes told on stderr."""
    return re.findall(r"^(?:.+: )?error\[(RP\d{3})\]: .", result.err, re.MULTILINE)


def refused(result: Result, code: int) -> list[str]:
    """Assert that a call failed as cli.md promises; return the codes it told."""
    found = codes(result)
    assert found, f"no error line: {result.err!r}"
    assert result.code == code, result.err
    assert "Traceback" not in result.err
    assert "RP900" not in found, result.err
    assert result.out == b""
    for single in found:
        assert _OF_EXIT_CODE[single[2]] == code, result.err
        assert not ERRORS.exists() or f"\n## {single}\n" in ERRORS.read_text(encoding="utf8")
    lines = result.err.splitlines()
    assert sum(line.startswith("  hint: ") for line in lines) == len(found), f"without hint: {result.err}"
    return found


def forbid(patch: pytest.MonkeyPatch, target: Path) -> None:
    """Let nothing at or below ``target`` be opened, as without permission."""
    real = io.open

    def opened(file: object, *args: object, **more: object) -> object:
        if isinstance(file, (str, Path)) and Path(file).absolute().is_relative_to(target):
            raise PermissionError(13, "Permission denied", str(file))
        return real(file, *args, **more)  # type: ignore[call-overload]

    patch.setattr(pathlib.io, "open", opened)  # type: ignore[attr-defined]
