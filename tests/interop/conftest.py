"""The files that others read and the programs that read them, once in each process of pytest."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.interop.foreign import Servers
from tests.interop.samples import Samples

# The page is written with what writes the other pages, which is no installed package.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """The programs of others."""
    found = Servers(tmp_path_factory.mktemp("servers"))
    yield found
    found.close()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory, servers: Servers) -> Iterator[Samples]:
    """The files that they read, made outside any workspace."""
    folder = tmp_path_factory.mktemp("samples")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.delenv("REPATRIA_WORKSPACE", raising=False)
        yield Samples(folder, servers)
