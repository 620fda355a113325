"""A file as it was at a revision of the git repository around a folder. Reads only; nothing is fetched."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import IO, BinaryIO, cast

from repatria.diff.sides import Side, side_of
from repatria.errors import UsageError

DATASET = "data/repatria.nq"
"""The file compared if none is named: the shipped dataset."""


def at_revision(folder: Path, revision: str, path: str | None = None) -> Side:
    """Return a file at a revision (commit, tag, branch) of the repository around ``folder``.

    ``path`` is relative to ``folder``; without it :data:`DATASET` at the top
    of the repository. Raises :class:`UsageError` RP216 (no git, or no
    repository), RP217 (no such revision), RP218 (no such file there).
    """
    top = _top(folder)
    name = _inside(top, folder, path)
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        hint = "a commit, a tag or a branch: `git log --oneline` and `git tag` list them"
        raise UsageError("RP217", f"there is no revision “{revision}” in {top}", hint=hint)
    blob = f"{commit.decode().strip()}:{name}"
    if (_git(folder, "cat-file", "-t", blob) or b"").strip() != b"blob":
        hint = f"`git ls-tree -r --name-only {revision}` lists the files; --path names another one"
        raise UsageError("RP218", f"there is no file {name} at “{revision}”", hint=hint)
    with tempfile.TemporaryFile() as out:
        _git(folder, "cat-file", "blob", blob, out=out)
        out.seek(0)
        return side_of(cast(BinaryIO, out), f"{revision}:{name}")


def in_working_tree(folder: Path, path: str | None = None) -> Side:
    """Return the same file as it is now. Raises UsageError RP216, RP218 and what reading it raises."""
    top = _top(folder)
    return side_of(top / _inside(top, folder, path), _inside(top, folder, path))


def _inside(top: Path, folder: Path, path: str | None) -> str:
    """Return a path relative to the top of the repository."""
    if path is None:
        return DATASET
    found = os.path.relpath(folder.resolve() / path, top.resolve())
    if found.startswith(os.pardir):
        raise UsageError("RP218", f"{path} is outside of the repository {top}", hint="name a file in it")
    return Path(found).as_posix()


def _top(folder: Path) -> Path:
    found = _git(folder, "rev-parse", "--show-toplevel")
    if found is None:
        hint = "go to a clone of the repository, or compare two files"
        raise UsageError("RP216", f"{folder} is in no git repository that can be read", hint=hint)
    return Path(os.fsdecode(found.rstrip(b"\n")))


def _git(folder: Path, *arguments: str, out: IO[bytes] | None = None) -> bytes | None:
    """Return what git answers, or None where it fails."""
    # Nor would git ask, or fetch what a partial clone lacks.
    quiet = {**os.environ, "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=out or subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError as error:
        hint = "install git, or compare two files"
        raise UsageError("RP216", f"git cannot be run: {error.strerror}", hint=hint) from None
    except ValueError:  # no text that a program can be given
        return None
    return (done.stdout or b"") if done.returncode == 0 else None
