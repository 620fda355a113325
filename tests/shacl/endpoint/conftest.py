"""A real SPARQL endpoint: the Oxigraph server, in memory, on a free port of this machine."""

from __future__ import annotations

import socket
import subprocess
import sysconfig
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, serialize

BINARY = Path(sysconfig.get_path("scripts")) / "oxigraph"


class Server:
    """The server; its graph is what was loaded last."""

    def __init__(self, address: str) -> None:
        self.url = f"{address}/query"
        self._store = f"{address}/store"

    def load(self, quads: Iterable[Quad]) -> str:
        """Replace all graphs by these and return the address for queries."""
        document = serialize(quads, format=RdfFormat.N_QUADS) or b""
        request = urllib.request.Request(self._store, data=document, method="PUT")
        request.add_header("Content-Type", "application/n-quads")
        with urllib.request.urlopen(request) as answer:
            assert answer.status in (201, 204)
        return self.url


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Start the server; it is ended after each module, with queries that it may still be busy with."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    # A query that nobody waits for any more is ended by the server.
    command = [str(BINARY), "serve", "--timeout-s", "4", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _await(process, port)
            yield Server(f"http://127.0.0.1:{port}")
        finally:
            process.kill()


def _await(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(200):
        assert process.poll() is None, "the server has ended"
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise AssertionError("the server does not listen")
