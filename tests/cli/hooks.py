"""The hooks of .pre-commit-hooks.yaml, run by pre-commit on a repository of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Hooked:
    """A repository below ``folder`` in which one hook is set up, with further lines of its settings."""

    def __init__(self, folder: Path, hook: str, files: dict[str, str], settings: str = "") -> None:
        self.place = folder / "work"
        self._folder = folder
        program = folder / "bin" / "repatria"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m repatria_cli "$@"\n', encoding="utf8")
        program.chmod(0o755)
        hooks = {".pre-commit-hooks.yaml": (ROOT / ".pre-commit-hooks.yaml").read_text("utf8")}
        revision = _repository(folder / "hooks", hooks)
        # The language of the hook is python, which would install the package anew; here it is installed.
        config = (
            f"repos:\n  - repo: {folder / 'hooks'}\n    rev: {revision}\n"
            f"    hooks:\n      - id: {hook}\n        language: system\n{settings}"
        )
        _repository(self.place, {".pre-commit-config.yaml": config, **files})

    def run(self) -> subprocess.CompletedProcess[str]:
        """Run the hook on all files."""
        environment = {
            **os.environ, "PATH": f"{self._folder / 'bin'}:{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(self._folder / "cache"),
            "PYTHONPATH": f"{ROOT / 'graph'}:{ROOT / 'cli'}", "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        call = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
        return subprocess.run(
            call, cwd=self.place, env=environment, capture_output=True, text=True, check=False
        )


def _git(folder: Path, *arguments: str) -> str:
    settings = ("-c", "user.name=Example", "-c", "user.email=example@example.org")
    call = ["git", *settings, *arguments]
    return subprocess.run(call, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def _repository(folder: Path, files: dict[str, str]) -> str:
    """Make a repository with one commit; return its name."""
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf8")
    _git(folder, "init", "--quiet")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "one")
    return _git(folder, "rev-parse", "HEAD")
