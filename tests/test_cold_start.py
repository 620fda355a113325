"""What the command line does not import, so that it starts quickly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SLOW = (
    "rdflib", "pyshacl", "rich", "yaml", "pandas", "pyarrow", "jsonschema_rs", "platformdirs", "asyncio",
    "duckdb", "altair", "vl_convert",
)  # fmt: skip
COUNT = "SELECT (COUNT(*) AS ?n) { ?c a rep:Claim }"
SAY = """
import sys
from repatria_cli.main import main
code = main(sys.argv[2:])
names = sys.argv[1].split(",")
print("imported:", *[name for name in names if name in sys.modules], file=sys.stderr)
sys.exit(code)
"""


def imported(folder: Path, names: tuple[str, ...], *args: str) -> list[str]:
    """Return which modules a call of ``repatria`` imports, in a process of its own."""
    places = os.pathsep.join([str(ROOT / "graph"), str(ROOT / "cli")])
    done = subprocess.run(
        [sys.executable, "-c", SAY, ",".join(names), *args],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": places},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()[-1].removeprefix("imported:").split()


@pytest.mark.parametrize(
    "args",
    [
        ("--version",),
        ("--help",),
        ("query", COUNT),
        ("query", COUNT, "--format", "json"),
        ("query", "--list"),
        ("claims", "--by", "medinsky"),
        ("describe", "medinsky"),
        ("export", "--format", "nquads"),
        ("completion", "bash"),
    ],
    ids=" ".join,
)
def test_reading_imports_nothing_slow(args: tuple[str, ...], tmp_path: Path) -> None:
    assert imported(tmp_path, SLOW, *args) == []


@pytest.mark.parametrize(
    "args",
    [
        ("compare",),
        ("compare", "exchange-2025-12-19", "--format", "table"),
        ("tally", "--by", "month"),
        ("fulfilment", "--format", "table"),
        ("timeline", "--format", "json"),
        ("explain", "moscow-times-2025-12-19#s1-03", "--format", "table"),
    ],
    ids=" ".join,
)
def test_assessing_imports_the_database_alone(args: tuple[str, ...], tmp_path: Path) -> None:
    assert imported(tmp_path, SLOW, *args) == ["duckdb"]


@pytest.mark.parametrize("name", ["compare", "tally", "fulfilment", "timeline", "explain", "plot"])
def test_help_imports_no_database(name: str, tmp_path: Path) -> None:
    names = (*SLOW, "pyoxigraph", "repatria.assess")
    assert imported(tmp_path, names, name, "--help") == []


def test_version_imports_no_store(tmp_path: Path) -> None:
    names = ("pyoxigraph", "repatria.opening", "repatria_cli.interrupt", "tempfile", "difflib")
    assert imported(tmp_path, names, "--version") == []


def test_the_test_sees_what_is_imported(tmp_path: Path) -> None:
    assert "pyoxigraph" in imported(tmp_path, ("pyoxigraph",), "query", COUNT)
    assert imported(tmp_path, ("rich",), "query", COUNT, "--format", "table") == ["rich"]


def test_import_repatria_imports_none_of_its_parts(tmp_path: Path) -> None:
    code = (
        "import sys, repatria; print([n for n in sys.modules if n.startswith(('repatria.', 'pyoxigraph'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "graph")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout == "[]\n", done.stderr
