"""Builds beside readers, writers, kills and full disks: the graph that is read is always a whole one."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from repatria.building import build, run
from repatria.building.references import check_references
from repatria.errors import Problems, StoreError
from repatria.snapshot import Layout, writing
from repatria.store import Dataset
from repatria.workspace import Workspace

Change = Callable[[str], None]
Current = Callable[[], Dataset]
Act = Callable[[Dataset], str]


def builds(workspace: Workspace) -> list[str]:
    return sorted(path.name for path in Layout(workspace.store).builds.iterdir())


def rest(workspace: Workspace) -> set[str]:
    return {path.name for path in workspace.store.iterdir()}


def failure(workspace: Workspace, full: bool = False) -> StoreError:
    with pytest.raises(StoreError) as caught:
        build(workspace, check=False, full=full)
    assert caught.value.location is not None
    return caught.value


def test_a_second_writer_is_told_who_is_at_work(
    workspace: Workspace, change: Change, current: Current, act: Act
) -> None:
    change("deny")
    with writing(Layout(workspace.store)):
        error = failure(workspace)
    assert error.code == "RP401"
    assert f"process {os.getpid()}" in error.message
    assert error.hint == "wait until it has ended; readers are not disturbed"
    assert act(current()) == "announce"
    build(workspace, check=False)
    assert act(current()) == "deny"


def test_readers_see_the_old_graph_whole_until_they_look_again(
    workspace: Workspace, change: Change, current: Current, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current()
    size = len(list(before.quads()))
    seen: list[tuple[str, int]] = []

    def look(*arguments: Any) -> None:
        for dataset in (before, current()):
            seen.append((act(dataset), len(list(dataset.quads()))))
        check_references(*arguments)

    monkeypatch.setattr(run, "check_references", look)
    change("deny")
    build(workspace, check=False)
    assert seen == [("announce", size), ("announce", size)]
    assert act(before) == "announce"
    assert act(current()) == "deny"


def test_a_build_that_is_read_stays_until_its_reader_goes(
    workspace: Workspace, change: Change, current: Current, act: Act
) -> None:
    reader = current()
    for number, word in enumerate(("deny", "state", "report")):
        change(word)
        build(workspace, check=False)
        assert act(reader) == "announce"
        assert len(builds(workspace)) == 2, f"build {number} left its predecessor"
    del reader
    change("allege")
    build(workspace, check=False)
    assert len(builds(workspace)) == 1


def test_a_reader_that_waits_while_its_build_is_removed_takes_the_new_one(
    workspace: Workspace, change: Change, current: Current, act: Act
) -> None:
    layout = Layout(workspace.store)
    old = layout.current_build()
    assert old is not None
    reader = "import sys; from pathlib import Path; from repatria.snapshot import Layout, open_current\n"
    reader += (
        "d = open_current(Layout(Path(sys.argv[1])), 'http://example.org/'); print(len(list(d.quads())))"
    )
    with (old / "readers").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = started(reader, workspace, stdout=subprocess.PIPE)
        time.sleep(1)
        assert waiting.poll() is None
        change("deny")
        build(workspace, check=False)
        # As the writer does when it removes a build, while it holds the lock.
        (old / "readers").unlink()
    out, _ = waiting.communicate(timeout=30)
    assert int(out) == len(list(current().quads()))
    assert act(current()) == "deny"


def started(
    code: str, workspace: Workspace, *more: str, stdout: int | None = None
) -> subprocess.Popen[bytes]:
    source = str(Path(run.__file__).parents[2])
    command = [
        sys.executable,
        "-c",
        f"import sys; sys.path.insert(0, {source!r})\n{code}",
        str(workspace.store),
        *more,
    ]
    return subprocess.Popen(command, stdout=stdout)


# Where the killed build stops: a module's function is replaced by one that says so and sleeps.
POINTS = {
    "building.run.write_all": "--full",
    "building.run.write_changed": "",
    "building.run.check_references": "",
    "building.run.write_manifest": "",
    "dossier.library.check": "--full",
    "snapshot.layout.Layout.publish": "",
    "snapshot.layout.Layout.new_build": "",
}
KILLED = """
import importlib, time
from pathlib import Path
from repatria.building import build
from repatria.workspace import read_workspace
name = sys.argv[3]
parts = name.split(".")
holder = importlib.import_module("repatria." + ".".join(parts[:2]))
for part in parts[2:-1]:
    holder = getattr(holder, part)
before = getattr(holder, parts[-1])
def stop(*arguments):
    before(*arguments) if sys.argv[4] == "after" and parts[-1] != "publish" else None
    print("here", flush=True)
    time.sleep(60)
setattr(holder, parts[-1], stop)
build(read_workspace(Path(sys.argv[2])), check=False, full=sys.argv[5] == "--full")
"""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("point", POINTS)
def test_a_killed_build_leaves_the_old_graph_and_the_next_no_debris(
    point: str, when: str, workspace: Workspace, change: Change, current: Current, act: Act
) -> None:
    change("deny")
    root = str(workspace.root)
    child = started(KILLED, workspace, root, point, when, POINTS[point], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"here\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert act(current()) == "announce"
    build(workspace, check=False)
    assert act(current()) == "deny"
    assert len(builds(workspace)) == 1
    assert rest(workspace) == {"builds", "current", "lock"}


def test_a_build_killed_at_the_link_leaves_no_second_link(workspace: Workspace, change: Change) -> None:
    (workspace.store / "current.new").symlink_to("builds/nothing")
    change("deny")
    build(workspace, check=False)
    assert rest(workspace) == {"builds", "current", "lock"}


def test_errors_in_the_input_leave_no_debris_and_no_lock(workspace: Workspace, change: Change) -> None:
    change("shout")
    kept: list[Problems] = []
    for full in (False, True, False):
        with pytest.raises(Problems) as caught:
            build(workspace, check=False, full=full)
        kept.append(caught.value)  # its traceback holds the frames of the failed build
        assert len(builds(workspace)) == 1
    change("deny")
    assert not build(workspace, check=False).unchanged
