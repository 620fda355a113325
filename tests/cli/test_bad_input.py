"""Every command × every bad input: one clear line, the documented exit code, nothing on stdout, no traceback.

The cases come from the list of commands and the types of their parameters, so
that a new command is tested as soon as it is there.
"""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from tests.cli.conftest import Runner
from tests.cli.damage import (
    CONTENT_CONDITIONS,
    DOSSIERS,
    FILE_CONDITIONS,
    FOLDER_CONDITIONS,
    GRAPH,
    SETTINGS,
    STORE,
    bad_content,
    bad_file,
    bad_folder,
)
from tests.cli.matrix import arguments, command, known_type, pairs, parts, prepare, refused, right_code

import repatria_cli
from repatria_cli.main import COMMANDS
from repatria_cli.parameters import Assignment, Day, InputFile, InputFolder, Name, QueryText


def _input(parameter: click.Parameter) -> InputFile:
    assert isinstance(parameter.type, InputFile)
    return parameter.type


FILES = [
    pytest.param(name, parameter, condition, id=f"{name}-{parameter.name}-{condition}")
    for name, parameter in pairs(InputFile)
    for condition in FILE_CONDITIONS
    if condition not in CONTENT_CONDITIONS or bad_content(condition, _input(parameter).holds) is not None
]
STDIN = [
    pytest.param(name, parameter, condition, id=f"{name}-{parameter.name}-{condition}")
    for name, parameter in pairs(InputFile)
    if _input(parameter).stdin
    for condition in ("closed", *CONTENT_CONDITIONS)
]
FOLDERS = [
    pytest.param(name, parameter, condition, id=f"{name}-{parameter.name}-{condition}")
    for name, parameter in pairs(InputFolder)
    for condition in FOLDER_CONDITIONS
]
WORKSPACE = [(name, condition) for name in COMMANDS if parts(name) for condition in SETTINGS]
INPUTS = [(name, condition) for name in COMMANDS if "dossiers" in parts(name) for condition in DOSSIERS]
STORES = [
    (name, condition)
    for name in COMMANDS
    for condition in (GRAPH if "graph" in parts(name) else STORE if "store" in parts(name) else ())
]
WRONG_VALUES = {
    Name: "no-such-thing", Day: "yesterday", Assignment: "no-equals-sign", click.Choice: "no-such-choice",
    click.IntRange: "many", click.FloatRange: "long",
}  # fmt: skip
VALUES = [
    pytest.param(name, parameter, value, id=f"{name}-{parameter.name}-{value}")
    for kind, value in WRONG_VALUES.items()
    for name, parameter in pairs(kind)
]


@pytest.fixture
def prepared(workspace: Path) -> Path:
    prepare(workspace)
    return workspace


def test_every_kind_of_parameter_is_known_here() -> None:
    for name in COMMANDS:
        for parameter in command(name).params:
            assert known_type(parameter.type), f"{name} {parameter.name}: give it a type of parameters.py"


def test_every_command_is_among_the_cases() -> None:
    package = Path(repatria_cli.__file__).parent
    modules = {path.stem: path.read_text(encoding="utf8") for path in package.glob("*.py")}
    commands = {name for name, text in modules.items() if "@click.command(" in text}
    assert commands == set(COMMANDS.values())
    for name, module in COMMANDS.items():
        opens = "graph = graph_of(context)" in modules[module].split("\ndef ", 2)[1]
        assert ("graph" in parts(name)) >= opens, f"{name}: mark it with @reads"
        assert bool(parts(name)) >= ("import reads" in modules[module])
    assert {name for name, _ in WORKSPACE} == {name for name in COMMANDS if parts(name)}
    assert len({name for name, _ in WORKSPACE}) >= 8
    assert len(FILES) >= 34
    assert len(STORES) >= 46


@pytest.mark.parametrize("name", COMMANDS)
def test_right_arguments_are_right(name: str, run: Runner, prepared: Path) -> None:
    result = run(*arguments(name))
    assert result.code == right_code(name), result.err


@pytest.mark.parametrize(("name", "parameter", "condition"), FILES)
def test_bad_file(
    name: str,
    parameter: click.Parameter,
    condition: str,
    run: Runner,
    prepared: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = bad_file(condition, _input(parameter).holds, prepared, monkeypatch)
    result = run(*arguments(name, parameter, file))
    refused(result, 3)
    assert result.err.startswith(file), "the message names the file first"
    if condition == "ill-formed":
        assert result.err.startswith(f"{file}:2:"), "with the line"


@pytest.mark.parametrize(("name", "parameter", "condition"), STDIN)
def test_bad_stdin(
    name: str, parameter: click.Parameter, condition: str, run: Runner, prepared: Path
) -> None:
    content = None if condition == "closed" else bad_content(condition, _input(parameter).holds)
    result = run(*arguments(name, parameter, "-"), stdin=content)
    refused(result, 3)
    assert result.err.startswith("-:")


@pytest.mark.parametrize(("name", "parameter", "condition"), FOLDERS)
def test_bad_folder(
    name: str,
    parameter: click.Parameter,
    condition: str,
    run: Runner,
    prepared: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = bad_folder(condition, prepared, monkeypatch)
    result = run(*arguments(name, parameter, folder))
    refused(result, 3)
    assert result.err.startswith(folder)


@pytest.mark.parametrize(("name", "condition"), WORKSPACE)
def test_bad_settings(
    name: str, condition: str, run: Runner, prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SETTINGS[condition](prepared, monkeypatch)
    if condition == "directory instead of file":  # else a folder of that name is passed over
        refused(run("-w", ".", *arguments(name)), 3)
        return
    codes = refused(run(*arguments(name)), 3)
    assert codes == refused(run("-w", str(prepared), *arguments(name)), 3)


@pytest.mark.parametrize("name", [name for name in COMMANDS if parts(name)])
def test_no_workspace_where_one_is_named(name: str, run: Runner, prepared: Path) -> None:
    for place in ("nowhere", "valid.ttl", "sources"):
        assert refused(run("-w", place, *arguments(name)), 2) == ["RP206"]


@pytest.mark.parametrize(("name", "condition"), INPUTS)
def test_bad_dossiers(
    name: str, condition: str, run: Runner, prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    DOSSIERS[condition](prepared, monkeypatch)
    result = run(*arguments(name))
    refused(result, 3)
    assert "sources" in result.err.split("error[")[0], "the message names the file first"


@pytest.mark.parametrize(("name", "condition"), STORES)
def test_bad_store(
    name: str, condition: str, run: Runner, prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    GRAPH[condition](prepared, monkeypatch)
    result = run(*arguments(name))
    unbuilt = condition in ("nothing built", "a file instead of a folder")
    assert refused(result, 4) == ["RP403" if unbuilt else "RP402"]
    assert "`repatria build" in result.err, "the hint names the way out"


@pytest.mark.parametrize("condition", [name for name in GRAPH if name != "a file instead of a folder"])
def test_a_full_build_mends_every_store(
    condition: str, run: Runner, prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run("export").out
    GRAPH[condition](prepared, monkeypatch)
    assert run("build", "--full", "--no-validate").code == 0
    assert run("export").out == before


@pytest.mark.parametrize(("name", "parameter", "value"), VALUES)
def test_wrong_value(name: str, parameter: click.Parameter, value: str, run: Runner, prepared: Path) -> None:
    codes = refused(run(*arguments(name, parameter, value)), 2)
    if isinstance(parameter.type, Name):
        assert codes == ["RP205" if isinstance(parameter.type, QueryText) else "RP201"]


@pytest.mark.parametrize(("name", "parameter"), list(pairs(Name)))
def test_a_name_that_is_no_text(name: str, parameter: click.Parameter, run: Runner, prepared: Path) -> None:
    result = run(*arguments(name, parameter, "\udcff\udcfe"))
    refused(result, 3 if result.code == 3 else 2)


@pytest.mark.parametrize("name", COMMANDS)
def test_wrong_usage(name: str, run: Runner, prepared: Path) -> None:
    assert refused(run(name, "--no-such-option"), 2) == ["RP200"]
    arguments_ = [p for p in command(name).params if isinstance(p, click.Argument)]
    if all(argument.nargs == 1 for argument in arguments_):
        refused(run(*arguments(name), *["too", "many", "arguments"]), 2)
    if any(parameter.required for parameter in command(name).params):
        assert refused(run(name), 2) == ["RP200"]


def test_unknown_commands(run: Runner) -> None:
    result = run("clams")
    assert refused(result, 2) == ["RP200"]
    assert "“claims”" in result.err
    assert refused(run("no-such-command"), 2) == ["RP200"]
    assert refused(run("--no-such-option"), 2) == ["RP200"]
    assert refused(run("-w"), 2) == ["RP200"]


def test_no_command_shows_the_help(run: Runner) -> None:
    result = run()
    assert result.code == 2
    assert all(f"  {name} " in result.err for name in COMMANDS)
