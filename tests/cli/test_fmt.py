"""``repatria fmt``: what goes to stdout, what is written, what is named, and what is left alone."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path

import pytest
from tests.cli.conftest import Runner
from tests.cli.hooks import Hooked
from tests.cli.matrix import codes, refused

ROOT = Path(__file__).resolve().parents[2]
LOOSE = "@prefix ex: <http://example.org/> .\nex:b ex:p 2,1 . # kept\nex:a a ex:C .\n"
NEAT = "@prefix ex: <http://example.org/> .\n\nex:a a ex:C .\n\nex:b ex:p\n        1,  # kept\n        2 .\n"
BROKEN = "@prefix ex: <http://example.org/> .\nex:a ex:b\n"


@pytest.fixture
def loose(outside: Path) -> Path:
    path = outside / "loose.ttl"
    path.write_text(LOOSE, encoding="utf8")
    return path


@pytest.fixture
def neat(outside: Path) -> Path:
    path = outside / "neat.ttl"
    path.write_text(NEAT, encoding="utf8")
    return path


def test_the_canonical_form_goes_to_stdout(run: Runner, loose: Path) -> None:
    result = run("fmt", "loose.ttl")
    assert (result.code, result.text, result.err) == (0, NEAT, "")
    assert loose.read_text("utf8") == LOOSE


def test_several_files_follow_one_another(run: Runner, loose: Path, neat: Path) -> None:
    assert run("fmt", "loose.ttl", "neat.ttl").text == NEAT + NEAT


def test_stdin_needs_a_format(run: Runner) -> None:
    assert run("fmt", "-", "--format", "turtle", stdin=LOOSE.encode()).text == NEAT
    assert refused(run("fmt", "-", stdin=LOOSE.encode()), 3) == ["RP304"]


def test_a_format_overrules_the_ending(run: Runner, outside: Path) -> None:
    (outside / "data.txt").write_text(LOOSE, encoding="utf8")
    assert run("fmt", "data.txt", "--format", "trig").text == NEAT
    assert refused(run("fmt", "data.txt"), 3) == ["RP304"]


def test_check_names_the_files_that_would_change(run: Runner, loose: Path, neat: Path) -> None:
    result = run("fmt", "--check", "loose.ttl", "neat.ttl")
    assert (result.code, result.text, result.err) == (1, "loose.ttl\n", "")
    assert loose.read_text("utf8") == LOOSE
    result = run("fmt", "--check", "neat.ttl")
    assert (result.code, result.text, result.err) == (0, "", "")
    assert run("fmt", "--check", "-", "--format", "turtle", stdin=LOOSE.encode()).text == "-\n"


def test_in_place_writes_what_changes_and_keeps_the_mode(run: Runner, loose: Path, neat: Path) -> None:
    loose.chmod(0o640)
    os.utime(neat, (1, 1))
    result = run("fmt", "--in-place", "loose.ttl", "neat.ttl")
    assert (result.code, result.text, result.err) == (0, "", "")
    assert loose.read_text("utf8") == NEAT
    assert stat.S_IMODE(loose.stat().st_mode) == 0o640
    assert neat.stat().st_mtime == 1, "a file that does not change is not touched"
    assert sorted(path.name for path in loose.parent.iterdir()) == ["loose.ttl", "neat.ttl"]


def test_a_link_stays_a_link(run: Runner, loose: Path, outside: Path) -> None:
    (outside / "link.ttl").symlink_to("loose.ttl")
    assert run("fmt", "--in-place", "link.ttl").code == 0
    assert (outside / "link.ttl").is_symlink()
    assert loose.read_text("utf8") == NEAT


@pytest.mark.parametrize("flag", ["--check", "--in-place"])
def test_bad_files_are_all_told_and_the_others_done(
    flag: str, run: Runner, loose: Path, outside: Path
) -> None:
    (outside / "broken.ttl").write_text(BROKEN, encoding="utf8")
    (outside / "lines.nt").write_text("<urn:s> <urn:p> <urn:o> . # why\n", encoding="utf8")
    (outside / "relative.ttl").write_text("<s> <urn:p> 1 .\n", encoding="utf8")
    before = {name: (outside / name).read_bytes() for name in ("broken.ttl", "lines.nt", "relative.ttl")}
    result = run("fmt", flag, "broken.ttl", "missing.ttl", "lines.nt", "loose.ttl", "relative.ttl")
    assert result.code == 3
    assert codes(result) == ["RP303", "RP308", "RP301", "RP303"]
    assert [line.split(" ")[0] for line in result.err.splitlines() if "error[" in line] == [
        "broken.ttl:3:1:", "lines.nt:1:27:", "missing.ttl:", "relative.ttl:1:1:"
    ]  # fmt: skip
    assert loose.read_text("utf8") == (LOOSE if flag == "--check" else NEAT)
    assert result.text == ("loose.ttl\n" if flag == "--check" else "")
    assert {name: (outside / name).read_bytes() for name in before} == before


@pytest.mark.parametrize(
    "arguments", [("--check", "--in-place", "loose.ttl"), ("--in-place", "-", "--format", "turtle"), ()]
)
def test_wrong_calls_are_refused(arguments: tuple[str, ...], run: Runner, loose: Path) -> None:
    assert refused(run("fmt", *arguments, stdin=LOOSE.encode()), 2) == ["RP200"]
    assert loose.read_text("utf8") == LOOSE


@pytest.mark.parametrize(
    ("problem", "code"), [(errno.ENOSPC, "RP405"), (errno.EACCES, "RP404"), (errno.EROFS, "RP404")]
)
def test_a_file_that_cannot_be_written_is_untouched(
    problem: int, code: str, run: Runner, loose: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (outside / "second.ttl").write_text(LOOSE, encoding="utf8")

    def fail(handle: int) -> None:
        raise OSError(problem, os.strerror(problem))

    monkeypatch.setattr(os, "fsync", fail)
    result = run("fmt", "--in-place", "loose.ttl", "second.ttl")
    assert refused(result, 4) == [code, code]
    assert loose.read_text("utf8") == LOOSE
    assert sorted(path.name for path in outside.iterdir()) == ["loose.ttl", "second.ttl"]


def test_stdout_that_is_closed_is_told(run: Runner, loose: Path) -> None:
    assert refused(run("fmt", "loose.ttl", closed=True), 4) == ["RP404"]


# ---- The hook ---------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
@pytest.mark.parametrize("hook", ["repatria-fmt", "repatria-fmt-check"])
def test_the_hooks_run_in_pre_commit(hook: str, tmp_path: Path) -> None:
    pytest.importorskip("pre_commit", reason="there is no pre-commit")
    repository = Hooked(tmp_path, hook, {"loose.ttl": LOOSE, "note.txt": "no RDF\n"})
    loose = repository.place / "loose.ttl"
    first = repository.run()
    assert first.returncode == 1, first.stdout + first.stderr
    written = loose.read_text("utf8")
    assert written == (NEAT if hook == "repatria-fmt" else LOOSE)
    assert ("loose.ttl" in first.stdout) == (hook == "repatria-fmt-check")
    loose.write_text(NEAT, encoding="utf8")
    second = repository.run()
    assert second.returncode == 0, second.stdout + second.stderr
