"""``repatria validate FILE`` with dossiers, and with places."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data" / "assess" / "contradiction"
DOSSIER = "sources/example-gazette-2025-08.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of a workspace of fictional bodies."""
    return Path(shutil.copytree(DATA, tmp_path / "workspace"))


def run(*args: str, here: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    command = [sys.executable, "-m", "repatria_cli", *args]
    return subprocess.run(command, cwd=here, capture_output=True, text=True, timeout=60, check=False)


def test_a_dossier_that_conforms(workspace: Path, tmp_path: Path) -> None:
    assert run("validate", DOSSIER, here=workspace).returncode == 0
    beside = run("validate", f"workspace/{DOSSIER}", "workspace/entities/entities.yaml", here=tmp_path)
    assert (beside.returncode, beside.stderr) == (0, "")


def test_a_dossier_that_does_not(workspace: Path, tmp_path: Path) -> None:
    path = workspace / DOSSIER
    path.write_text(
        path.read_text(encoding="utf8").replace("act: announce", "act: accuse", 1), encoding="utf8"
    )
    line = path.read_text(encoding="utf8").split("\n").index("  - key: rounded") + 1
    for options in ([], ["--timeout", "60"]):
        done = run("validate", DOSSIER, *options, here=workspace)
        assert done.returncode == 1, done.stderr
        assert f"{DOSSIER}:{line}:5: violation: An accusation must say who is accused" in done.stdout
    # Elsewhere than in a workspace, one has to be named: those bodies are not of the shipped one.
    elsewhere = Path(shutil.copy(path, tmp_path))
    assert run("validate", str(elsewhere), here=tmp_path).returncode == 3
    named = run("--workspace", str(workspace), "validate", elsewhere.name, "--format", "json", here=tmp_path)
    (result,) = json.loads(named.stdout)["results"]
    assert (result["file"], result["line"], result["column"]) == (elsewhere.name, line, 5)


def test_what_the_reader_of_dossiers_finds_is_an_error(workspace: Path) -> None:
    path = workspace / DOSSIER
    text = path.read_text(encoding="utf8")
    path.write_text(
        text.replace("act: announce", "act: shout").replace("modality", "modal", 1), encoding="utf8"
    )
    done = run("validate", DOSSIER, here=workspace)
    assert (done.returncode, done.stdout) == (3, "")
    lines = [line for line in done.stderr.splitlines() if "error[" in line]
    assert len(lines) == 6
    assert all(line.startswith(f"{DOSSIER}:") for line in lines)
    assert {line.partition("error[")[2][:5] for line in lines} == {"RP110", "RP111", "RP112"}


def test_a_draft_and_a_file_that_is_not_there(workspace: Path) -> None:
    path = workspace / DOSSIER
    path.write_text(f"status: draft\n{path.read_text(encoding='utf8')}", encoding="utf8")
    assert run("validate", DOSSIER, here=workspace).returncode == 0
    done = run("validate", "nothing.yaml", here=workspace)
    assert done.returncode == 3
    assert "nothing.yaml: error[RP101]" in done.stderr
