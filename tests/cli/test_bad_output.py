"""Every command × every output that fails: the exit code, nothing half-written, the old untouched."""

from __future__ import annotations

import errno
import io
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Runner
from tests.cli.damage import current
from tests.cli.matrix import arguments, pairs, prepare, refused, right_code, writes_store

from repatria_cli.main import COMMANDS
from repatria_cli.parameters import OutputFile, OutputFolder

Patch = pytest.MonkeyPatch
OUTPUTS = list(pairs(OutputFile))
NEW_FOLDERS = list(pairs(OutputFolder))
WRITERS = [name for name in COMMANDS if writes_store(name)]
# Where nothing can be written, also by an administrator.
PLACES = ["valid.ttl/out", "nowhere/out", "sources", "/proc/out"]


def raising(error: BaseException) -> Callable[..., object]:
    def fail(*args: object, **more: object) -> object:
        raise error

    return fail


def full_disk() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def failing_at_the_third_file(patch: Patch, error: BaseException) -> list[Path]:
    """Let the third file that is written fail after some characters; return the list of those written."""
    real = Path.write_text
    written: list[Path] = []

    def write(self: Path, text: str, encoding: str = "utf8") -> int:
        written.append(self)
        if len(written) == 3:
            real(self, text[:10], encoding)
            raise error
        return real(self, text, encoding)

    patch.setattr(Path, "write_text", write)
    return written


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder with their content."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def prepared(workspace: Path) -> Path:
    prepare(workspace)
    return workspace


def test_there_are_commands_of_each_kind() -> None:
    assert len(OUTPUTS) >= 8
    assert NEW_FOLDERS
    assert WRITERS


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("name", "parameter"), OUTPUTS)
def test_output_that_cannot_be_written(
    name: str, parameter: click.Parameter, place: str, run: Runner, prepared: Path
) -> None:
    before = tree(prepared)
    result = run(*arguments(name, parameter, place))
    assert refused(result, 4) == ["RP404"]
    assert result.err.splitlines()[-2].startswith(f"{place}: error")
    assert tree(prepared) == before


@pytest.mark.parametrize(("name", "parameter"), OUTPUTS)
@pytest.mark.parametrize("old", [None, b"what was there before"])
def test_output_that_fails_at_the_end(
    name: str, parameter: click.Parameter, old: bytes | None, run: Runner, prepared: Path, monkeypatch: Patch
) -> None:
    if old is not None:
        (prepared / "out").write_bytes(old)
    before = tree(prepared)
    for target, attribute, error, code in (
        (os, "fsync", full_disk(), "RP405"),
        (tempfile, "mkstemp", PermissionError(errno.EACCES, "Permission denied"), "RP404"),
        (os, "fsync", KeyboardInterrupt(), ""),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(target, attribute, raising(error))
            result = run(*arguments(name, parameter, "out"))
        if code:
            assert refused(result, 4) == [code]
        else:
            assert (result.code, result.out) == (130, b"")
        assert tree(prepared) == before


@pytest.mark.parametrize(("name", "parameter"), OUTPUTS)
def test_output_is_whole(name: str, parameter: click.Parameter, run: Runner, prepared: Path) -> None:
    on_stdout = run(*arguments(name, parameter, "-"))
    out = prepared / "out"
    out.write_bytes(b"old")
    out.chmod(0o640)
    (prepared / "link").symlink_to("out")
    result = run(*arguments(name, parameter, "link"))
    assert (result.code, result.out) == (right_code(name), b""), result.err
    assert (prepared / "link").is_symlink()
    assert out.read_bytes() == on_stdout.out != b""
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


@pytest.mark.parametrize(("name", "parameter"), OUTPUTS)
def test_devices_are_written_as_they_are(
    name: str, parameter: click.Parameter, run: Runner, prepared: Path
) -> None:
    if not Path("/dev/full").is_char_device():
        pytest.skip("this system has no /dev/full")
    assert run(*arguments(name, parameter, os.devnull)).code == right_code(name)
    assert Path(os.devnull).is_char_device()
    assert refused(run(*arguments(name, parameter, "/dev/full")), 4) == ["RP405"]
    assert Path("/dev/full").is_char_device()


class Failing(io.RawIOBase):
    """A stream that cannot be written."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        error, self.error = self.error, OSError(errno.EPIPE, "")
        raise error


@pytest.mark.parametrize("name", COMMANDS)
def test_stdout_fails(name: str, run: Runner, prepared: Path, monkeypatch: Patch) -> None:
    if not run(*arguments(name)).out:
        return  # it writes nothing to stdout
    shutil.rmtree(prepared / "new", ignore_errors=True)
    result = run(*arguments(name), stdout=io.BufferedWriter(Failing(full_disk())))
    assert refused(result, 4) == ["RP405"]
    shutil.rmtree(prepared / "new", ignore_errors=True)
    result = run(*arguments(name), stdout=io.BufferedWriter(Failing(BrokenPipeError(errno.EPIPE, ""))))
    assert result.code == 0
    assert "error" not in result.err
    shutil.rmtree(prepared / "new", ignore_errors=True)
    result = run(*arguments(name), stdout=io.BufferedWriter(Failing(KeyboardInterrupt())))
    assert result.code == 130
    assert result.err.endswith("interrupted\n")


@pytest.mark.parametrize(("name", "parameter"), OUTPUTS)
def test_stdout_is_closed(name: str, parameter: click.Parameter, run: Runner, prepared: Path) -> None:
    assert refused(run(*arguments(name, parameter, "-"), closed=True), 4) == ["RP404"]


@pytest.mark.parametrize("place", ["valid.ttl/new", "/proc/new", "valid.ttl"])
@pytest.mark.parametrize(("name", "parameter"), NEW_FOLDERS)
def test_folder_that_cannot_be_made(
    name: str, parameter: click.Parameter, place: str, run: Runner, prepared: Path
) -> None:
    before = tree(prepared)
    assert refused(run(*arguments(name, parameter, place)), 4) == ["RP404"]
    assert tree(prepared) == before


@pytest.mark.parametrize(("name", "parameter"), NEW_FOLDERS)
def test_folder_that_fails_half_way(
    name: str, parameter: click.Parameter, run: Runner, prepared: Path, monkeypatch: Patch
) -> None:
    for error in (full_disk(), PermissionError(errno.EACCES, "Permission denied"), KeyboardInterrupt()):
        with monkeypatch.context() as patch:
            written = failing_at_the_third_file(patch, error)
            result = run(*arguments(name, parameter, "deep/new"))
        assert len(written) == 3
        assert result.code == (130 if isinstance(error, KeyboardInterrupt) else 4)
        assert not (prepared / "deep").exists(), "nothing half-written"


@pytest.mark.parametrize(("name", "parameter"), NEW_FOLDERS)
def test_a_folder_in_use_is_not_overwritten(
    name: str, parameter: click.Parameter, run: Runner, prepared: Path
) -> None:
    before = tree(prepared)
    assert refused(run(*arguments(name, parameter, ".")), 2) == ["RP207"]
    assert tree(prepared) == before


# The words of the store beneath, which has no number of the system's errors.
_OXIGRAPH = OSError(
    "IO error: No space left on device: While appending to file: 000012.sst: No space left on device"
)
_STORE_FAILURES: dict[str, tuple[str, BaseException, str]] = {
    "full while loading": ("repatria.building.run.write_all", _OXIGRAPH, "RP405"),
    "full while recording": ("repatria.building.run.write_manifest", full_disk(), "RP405"),
    "full while publishing": ("repatria.snapshot.layout.Path.symlink_to", full_disk(), "RP405"),
    "no permission": ("repatria.snapshot.layout.Path.mkdir", PermissionError(errno.EACCES, "no"), "RP404"),
    "interrupted while loading": ("repatria.building.run.write_all", KeyboardInterrupt(), ""),
    "interrupted while validating": ("repatria.building.run.validate_store", KeyboardInterrupt(), ""),
    "interrupted while publishing": ("repatria.snapshot.layout.Path.symlink_to", KeyboardInterrupt(), ""),
}


@pytest.mark.parametrize("failure", _STORE_FAILURES)
@pytest.mark.parametrize("name", WRITERS)
def test_store_that_cannot_be_written(
    name: str, failure: str, run: Runner, prepared: Path, monkeypatch: Patch
) -> None:
    target, error, code = _STORE_FAILURES[failure]
    before, build = run("export").out, current(prepared)
    with monkeypatch.context() as patch:
        patch.setattr(target, raising(error))
        result = run(name, "--full")
    if code:
        assert refused(result, 4) == [code]
    else:
        assert (result.code, result.out) == (130, b"")
    assert run("export").out == before, "readers see the graph built before"
    assert list((prepared / ".repatria" / "builds").iterdir()) == [build], "no debris"
    assert sorted(p.name for p in (prepared / ".repatria").iterdir()) == ["builds", "current", "lock"]


@pytest.mark.parametrize("name", WRITERS)
def test_store_where_nothing_can_be_made(name: str, run: Runner, prepared: Path) -> None:
    settings = prepared / "repatria.toml"
    text = settings.read_text(encoding="utf8")
    for place in ("repatria.toml/store", "/proc/store"):
        settings.write_text(text.replace('".repatria"', f'"{place}"'), encoding="utf8")
        assert refused(run(name), 4) == ["RP404"]


def test_build_names_no_file_without_a_format(run: Runner, prepared: Path) -> None:
    assert refused(run("build", "-o", "out.nq"), 2) == ["RP200"]
