"""What only a real process shows: closed pipes, a full disk behind stdout, Ctrl-C at any moment."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Runner
from tests.cli.damage import current
from tests.cli.matrix import arguments, prepare
from tests.cli.process import ended, start

from repatria_cli.main import COMMANDS

# Would run for days, in compiled code that never looks at signals.
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(9)) + " }"


@pytest.fixture
def prepared(workspace: Path) -> Path:
    prepare(workspace)
    return workspace


def until(condition: Callable[[], object], seconds: float = 20) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


@pytest.mark.parametrize("name", COMMANDS)
def test_closed_pipe_ends_quietly(name: str, prepared: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = start(*arguments(name), stdout=writer)
    os.close(writer)
    code, _, err = ended(process)
    assert code == 0, err
    assert "rror" not in err
    assert "Exception" not in err


def test_pipe_closed_in_the_middle(prepared: Path) -> None:
    for args in (
        ("export",),
        ("query", "SELECT * { ?s ?p ?o }"),
        ("query", "SELECT * { ?s ?p ?o }", "--format", "table"),
    ):
        process = start(*args)
        assert process.stdout is not None
        assert len(process.stdout.read(1)) == 1
        process.stdout.close()
        assert process.stderr is not None
        assert (process.wait(30), process.stderr.read()) == (0, b"")
        process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "args", [("export",), ("query", "--list"), ("completion", "bash"), ("--help",), ("--version",)]
)
def test_full_disk_behind_stdout(args: tuple[str, ...], prepared: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        code, _, err = ended(start(*args, stdout=full))
    assert code == 4, err
    assert err.startswith("error[RP405]: ")
    assert "Exception" not in err


@pytest.mark.parametrize("options", [(), ("--timeout", "100")], ids=["here", "in a process of its own"])
def test_interrupt_in_the_middle_of_a_query(options: tuple[str, ...], prepared: Path) -> None:
    (prepared / "out.csv").write_bytes(b"old")
    before = sorted(prepared.iterdir())
    process = start("query", ENDLESS, "-o", "out.csv", *options)
    time.sleep(1.5)
    assert process.poll() is None, "the query is still at work"
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    code, out, err = ended(process)
    assert (code, out, err) == (130, b"", "interrupted\n")
    assert time.monotonic() - began < 5
    assert sorted(prepared.iterdir()) == before
    assert (prepared / "out.csv").read_bytes() == b"old"


_READY = """
import pathlib, time
import repatria.building.run as run
def wait(*args, **more):
    pathlib.Path("ready").touch()
    {what}
run.{where} = wait
"""
_IN_PYTHON = "time.sleep(100)"
_COMPILED = f"import repatria; list(repatria.open().query({ENDLESS!r}))"


@pytest.mark.parametrize("where", ["load_library", "write_all", "validate_store", "write_manifest"])
@pytest.mark.parametrize("what", [_IN_PYTHON, _COMPILED], ids=["in Python", "in compiled code"])
def test_interrupt_in_the_middle_of_a_build(where: str, what: str, run: Runner, prepared: Path) -> None:
    before, build = run("export").out, current(prepared)
    process = start("build", "--full", code=_READY.format(where=where, what=what))
    until((prepared / "ready").exists)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    code, out, err = ended(process)
    assert (code, out, err) == (130, b"", "interrupted\n")
    assert run("export").out == before
    assert list((prepared / ".repatria" / "builds").iterdir()) == [build]
    assert run("build", "--full").code == 0
    assert run("export").out == before


def test_interrupt_stays_ignored_where_it_is(prepared: Path) -> None:
    process = start("export", code="import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)")
    process.send_signal(signal.SIGINT)
    assert ended(process)[0] in (0, -signal.SIGINT)  # the latter if it came before it was ignored


def test_query_that_takes_too_long_is_ended(prepared: Path) -> None:
    began = time.monotonic()
    code, out, err = ended(start("query", ENDLESS, "--timeout", "1"))
    assert (code, out) == (4, b"")
    assert err.startswith("error[RP406]: the query did not end within 1 s\n  hint: ")
    assert time.monotonic() - began < 10


def test_locale_does_not_matter(prepared: Path) -> None:
    arguments_ = ("query", 'SELECT ("Обмен…" AS ?x) {}')
    expected = "x\nОбмен…\n".encode()
    assert ended(start(*arguments_, LC_ALL="C", PYTHONIOENCODING="ascii"))[:2] == (0, expected)
    code, _, err = ended(start("describe", "Обмен", LC_ALL="C", PYTHONIOENCODING="ascii"))
    assert code == 2
    assert "“Обмен”" in err


def test_debug_shows_the_traceback_and_keeps_the_code(prepared: Path) -> None:
    code, out, err = ended(start("--debug", "describe", "no-such-thing"))
    assert (code, out) == (2, b"")
    assert err.startswith("Traceback (most recent call last):")
    assert "\nerror[RP201]: " in err
