"""Damaged stores, unwritable folders and full disks: one clear error, and the old graph stays."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from repatria.building import build, run
from repatria.building.write import new_store
from repatria.errors import StoreError
from repatria.snapshot import Layout, open_current
from repatria.store import Dataset
from repatria.workspace import Workspace

Change = Callable[[str], None]
Current = Callable[[], Dataset]
Act = Callable[[Dataset], str]


def builds(workspace: Workspace) -> list[str]:
    return sorted(path.name for path in Layout(workspace.store).builds.iterdir())


def failure(workspace: Workspace, full: bool = False) -> StoreError:
    with pytest.raises(StoreError) as caught:
        build(workspace, check=False, full=full)
    assert caught.value.location is not None
    return caught.value


def test_nothing_built_yet_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_current(Layout(tmp_path / "none"), "http://example.org/")
    assert (caught.value.code, caught.value.hint) == ("RP403", "`repatria build` makes it from the dossiers")


def overwrite(name: str, text: str) -> Callable[[Path], object]:
    return lambda build: (build / name).write_text(text, encoding="utf8")


def remove_store(build: Path) -> None:
    for path in (build / "store").iterdir():
        path.unlink()


DAMAGES: dict[str, tuple[Callable[[Path], object], bool, bool]] = {
    # name → how, whether readers are told, whether the next build is
    "junk for the store's head": (overwrite("store/CURRENT", "junk\n"), True, True),
    "no head": (lambda build: (build / "store" / "CURRENT").unlink(), True, True),
    "empty store": (remove_store, True, True),
    "another version": (overwrite("readers", "99"), True, False),
    "junk manifest": (overwrite("manifest.json", "{"), False, True),
    "manifest of another version": (overwrite("manifest.json", '{"format": 99}'), False, True),
    "manifest without its parts": (overwrite("manifest.json", '{"format": 1}'), False, True),
    "no manifest": (lambda build: (build / "manifest.json").unlink(), False, True),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_store_is_told_and_a_full_build_mends_it(
    name: str, workspace: Workspace, change: Change, current: Current, act: Act
) -> None:
    damage, reading, next_build = DAMAGES[name]
    place = Layout(workspace.store).current_build()
    assert place is not None
    damage(place)
    if reading:
        with pytest.raises(StoreError) as caught:
            current()
        assert caught.value.code == "RP402"
        assert "--full" in caught.value.hint
        assert "\n" not in str(caught.value)
    change("deny")
    if next_build:
        error = failure(workspace)
        assert error.code == "RP402"
        assert "--full" in error.hint
    build(workspace, check=False, full=True)
    assert act(current()) == "deny"


def test_a_link_to_nothing_is_told(workspace: Workspace, current: Current) -> None:
    link = workspace.store / "current"
    link.unlink()
    link.symlink_to("builds/000099")
    with pytest.raises(StoreError) as caught:
        current()
    assert caught.value.code == "RP402"


@contextlib.contextmanager
def unprivileged() -> Iterator[None]:
    """Let permissions count, also for root."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_an_unwritable_folder_is_told(workspace: Workspace) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        (folder / "file").touch() if os.geteuid() == 0 else None
        place = Workspace(workspace.root, folder / "store", workspace.base)
        with unprivileged():
            error = failure(place)
        assert (error.code, error.location) == ("RP404", error.location)
        assert "Permission denied" in error.message
        folder.chmod(0o755)
    for parent in (workspace.root / "repatria.toml", workspace.root / "sources" / "one.yaml"):
        assert failure(Workspace(workspace.root, parent / "store", workspace.base)).code == "RP404"


FULL = {
    "oxigraph": OSError("IO error: No space left on device: While appending to file: 000008.log"),
    "system": OSError(28, "No space left on device"),
}


class FullStore:
    """A store whose disk is full once ``method`` is called; pyoxigraph's own class cannot be patched."""

    def __init__(self, store: Store, method: str, error: OSError) -> None:
        self.store, self.method, self.error = store, method, error

    def __getattr__(self, name: str) -> Any:
        if name == self.method:
            raise self.error
        return getattr(self.store, name)


@pytest.mark.parametrize("error", FULL)
@pytest.mark.parametrize(
    ("method", "full"), [("bulk_extend", True), ("flush", True), ("extend", False), ("update", False)]
)
def test_a_full_disk_leaves_the_old_graph_and_no_debris(
    error: str,
    method: str,
    full: bool,
    workspace: Workspace,
    change: Change,
    current: Current,
    act: Act,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run, "new_store", lambda path: FullStore(new_store(path), method, FULL[error]))
    change("deny")
    before = builds(workspace)
    found = failure(workspace, full=full)
    assert (found.code, found.message) == ("RP405", "the disk is full")
    assert found.hint == "the graph built before is untouched"
    assert act(current()) == "announce"
    assert builds(workspace) == before
    monkeypatch.undo()
    build(workspace, check=False)
    assert act(current()) == "deny"


@pytest.mark.parametrize("method", ["new_build", "publish"])
def test_a_disk_full_at_the_last_moment_is_told(
    method: str,
    workspace: Workspace,
    change: Change,
    current: Current,
    act: Act,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise FULL["system"]

    monkeypatch.setattr(Layout, method, full)
    change("deny")
    assert failure(workspace).code == "RP405"
    assert act(current()) == "announce"
    assert len(builds(workspace)) == 1
