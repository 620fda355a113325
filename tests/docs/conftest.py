"""``pytest tests/docs --regenerate-docs`` writes the outputs in README.md and docs/ anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.docs.session import Session


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "Write the outputs in README.md and docs/ anew."
    parser.addoption("--regenerate-docs", action="store_true", help=told)


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    """Whether outputs are to be written anew instead of compared."""
    return bool(request.config.getoption("--regenerate-docs", default=False))


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A reader's session outside any workspace."""
    home = tmp_path / "home"
    home.mkdir()
    return Session(home, monkeypatch)
