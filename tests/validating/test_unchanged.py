"""A file that is not the same after it was read as it was before."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from repatria.errors import InputError
from repatria.validating.inputs import unchanged

TEXT = "<http://example.org/a> <http://example.org/p> <http://example.org/b> .\n"


def grown(path: Path) -> None:
    with path.open("a", encoding="utf8") as file:
        file.write(TEXT)


def cut(path: Path) -> None:
    os.truncate(path, 10)


def replaced(path: Path) -> None:
    other = path.with_name("other")
    other.write_text(TEXT, encoding="utf8")
    found = path.stat()
    os.utime(other, ns=(found.st_atime_ns, found.st_mtime_ns))
    other.replace(path)


def overwritten(path: Path) -> None:
    path.write_text(TEXT.replace("a", "c"), encoding="utf8")
    os.utime(path, ns=(1, 1))


def removed(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("change", [grown, cut, replaced, overwritten, removed])
def test_what_was_read_of_a_file_that_changed_is_not_used(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    path = tmp_path / "data.nt"
    path.write_text(TEXT, encoding="utf8")
    with pytest.raises(InputError) as problem, unchanged(path):
        change(path)
    assert problem.value.code == "RP313"
    assert str(problem.value.location) == str(path)


def _read_badly(path: Path) -> None:
    grown(path)
    raise InputError("RP303", "half a line")


def test_a_change_explains_what_else_seems_wrong(tmp_path: Path) -> None:
    path = tmp_path / "data.nt"
    path.write_text(TEXT, encoding="utf8")
    with pytest.raises(InputError, match="RP313"), unchanged(path):
        _read_badly(path)


def test_what_is_only_read_or_is_no_file_is_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "data.nt"
    path.write_text(TEXT, encoding="utf8")
    with unchanged(path):
        assert path.read_text(encoding="utf8") == TEXT
    with unchanged(Path("-")), unchanged(tmp_path / "none"), unchanged(Path("/dev/null")):
        (tmp_path / "none").write_text(TEXT, encoding="utf8")
    with pytest.raises(InputError, match="RP301"), unchanged(path):
        raise InputError("RP301", "cannot be read")
