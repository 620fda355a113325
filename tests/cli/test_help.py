"""Help texts with examples that work on the shipped dataset; completion of commands and names."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Runner
from tests.cli.matrix import command, pairs
from tests.cli.process import COMMAND, environment

from repatria.building.scaffold import make_workspace
from repatria_cli.main import COMMANDS, cli
from repatria_cli.parameters import InputFolder

EXAMPLE = re.compile(r"^  Examples?:\n((?:    .+\n)+)", re.MULTILINE)
FILES = {
    "article.txt": "In an example, bodies of 1,000 Ukrainian soldiers were spoken of.\n",
    "my.rq": "# param: who entity\nSELECT ?claim { ?claim rep:asserter ?who }\n",
    "old.nq": "<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n",
    "new.nq": "<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n",
    "mine.ttl": "@prefix ex: <http://example.org/> .\nex:a ex:b ex:c .\n",
    "my-shapes.ttl": "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<http://example.org/s> a sh:NodeShape .\n",
}


def help_of(run: Runner, *args: str) -> str:
    result = run(*args, "--help")
    assert (result.code, result.err) == (0, "")
    return result.text


def examples(run: Runner, *args: str) -> list[str]:
    found = EXAMPLE.search(help_of(run, *args))
    assert found, "each help text has examples"
    return [line.strip() for line in found[1].splitlines()]


@pytest.fixture
def reader(outside: Path) -> Path:
    """A reader's folder outside any workspace, with ``repatria`` to call."""
    for name, text in FILES.items():
        (outside / name).write_text(text, encoding="utf8")
    place = outside / "bin"
    place.mkdir()
    (place / "repatria").write_text(f'#!/bin/sh\nexec {" ".join(COMMAND)} "$@"\n', encoding="utf8")
    (place / "repatria").chmod(0o755)
    (outside.parent / ".config" / "fish" / "completions").mkdir(parents=True)
    return outside


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_examples_work(name: str, run: Runner, reader: Path) -> None:
    place = reader
    if name in {
        owner for owner, _ in pairs(InputFolder)
    }:  # the articles of the shipped dataset are not shipped
        place = reader / "with-articles"
        make_workspace(place, "http://example.org/")
    path = f"{reader / 'bin'}{os.pathsep}{os.environ['PATH']}"
    for example in examples(run, *([name] if name else [])):
        if "my.rq" in example:
            example += " --param who=medinsky"
        done = subprocess.run(
            ["bash", "-c", example], cwd=place, env=environment(PATH=path), capture_output=True, timeout=60
        )
        assert done.returncode == 0, f"{example}: {done.stderr.decode()}"
        shutil.rmtree(reader / "my-claims", ignore_errors=True)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_parameter_is_told(name: str, run: Runner) -> None:
    shown = help_of(run, name)
    for parameter in command(name).params:
        if isinstance(parameter, click.Option):
            assert all(option in shown for option in parameter.opts)
        else:
            assert parameter.make_metavar(click.Context(cli)) in shown


def test_each_command_is_told_in_one_line(run: Runner) -> None:
    shown = help_of(run).split("Commands:\n")[1].splitlines()
    assert [line.split()[0] for line in shown] == list(COMMANDS)
    assert all(line.endswith(".") and not line.endswith("...") for line in shown)


def complete(shell: str, line: str, **more: str) -> list[str]:
    """Return what the program offers a shell for the last word of a command line."""
    words = line.split(" ")
    count = words[-1] if shell == "fish" else str(len(words) - 1)
    env = environment(_REPATRIA_COMPLETE=f"{shell}_complete", COMP_WORDS=line, COMP_CWORD=count, **more)
    done = subprocess.run(COMMAND, env=env, capture_output=True, timeout=60)
    assert done.stderr == b""
    lines = [line for line in done.stdout.decode().splitlines() if line]
    if shell == "zsh":
        return lines[1::3]
    return [
        re.split(r"[,\t]", line)[1 if line.startswith(("plain,", "file,", "dir,")) else 0] for line in lines
    ]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    assert complete(shell, "repatria cl") == ["claims"]
    assert "claims-by" in complete(shell, "repatria query cla")
    assert complete(shell, "repatria describe vladimir") == ["vladimir-medinsky"]
    assert complete(shell, "repatria describe exchange-2025-07") == ["exchange-2025-07-17"]


def test_completion_of_each_kind_of_name() -> None:
    assert complete("bash", "repatria claims --by vla") == ["vladimir-medinsky"]
    assert complete("bash", "repatria claims --by exchange-2025-07") == [], "exchanges assert nothing"
    assert complete("bash", "repatria claims --measure prisoners-") == [
        "prisoners-exchanged",
        "prisoners-held",
    ]
    assert complete("bash", "repatria claims --act acc") == ["accuse"]
    assert complete("bash", "repatria query x --graph ent") == ["entities"]
    assert complete("bash", "repatria compare istanbul-agr") == ["istanbul-agreement-2025-06"]
    assert complete("bash", "repatria timeline --exchange exchange-2025-07") == ["exchange-2025-07-17"]
    assert complete("bash", "repatria compare --fail-on con") == ["contested"]
    assert complete("bash", "repatria tally --by as") == ["asserter"]
    assert complete("bash", "repatria explain moscow-times-2025-12") == ["moscow-times-2025-12-19#"]
    assert complete("bash", "repatria export --format tu") == ["turtle"]
    for name in ("describe", "explain"):
        offered = complete("bash", f"repatria {name} moscow-times-2025-12-19#s1-0")
        assert "moscow-times-2025-12-19#s1-03" in offered
        assert all(key.startswith("moscow-times-2025-12-19#s1-0") for key in offered)


def test_completion_with_a_damaged_store_offers_nothing(workspace: Path) -> None:
    shutil.rmtree(workspace / ".repatria")
    assert complete("bash", "repatria describe vla") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_read_by_their_shell(shell: str, run: Runner, outside: Path) -> None:
    script = run("completion", shell).text
    assert "_REPATRIA_COMPLETE" in script
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed here")
    (outside / "script").write_text(script, encoding="utf8")
    done = subprocess.run([program, "-n", "script"], capture_output=True, timeout=20)
    assert (done.returncode, done.stderr) == (0, b"")


def test_version(run: Runner) -> None:
    import repatria

    assert run("--version").text == f"repatria, version {repatria.__version__}\n"
    assert sys.version_info >= (3, 11)
