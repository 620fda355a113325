"""Tasks that are measured from outside, each in a process of its own: ``python -m bench.inside TASK …``."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast
from unittest import mock

from pyoxigraph import Quad, Store

from repatria.building.changes import scan
from repatria.building.write import write_all
from repatria.description import Statistics
from repatria.dossier.library import load_library, read_dossiers
from repatria.errors import Problems, RepatriaError
from repatria.workspace import read_workspace


class _Sink:
    """Stands where the store of a build would: times the loading of each chunk of quads."""

    def __init__(self, load: Callable[[Sequence[Quad]], None]) -> None:
        self.load = load
        self.seconds = 0.0

    def bulk_extend(self, quads: Sequence[Quad]) -> None:
        started = time.process_time()
        self.load(quads)
        self.seconds += time.process_time() - started


def _write(folder: str, sink: _Sink) -> None:
    """Read the dossiers of a workspace into ``sink``, chunk by chunk as a build does."""
    errors: list[RepatriaError] = []
    workspace = read_workspace(Path(folder))
    library = load_library(workspace, errors.append)
    dossiers = scan(workspace, workspace.source_files(), {})
    write_all(cast(Store, sink), library, dossiers, errors.append, Statistics(workspace.base))
    if errors:
        raise Problems(errors)


def parse(folder: str, times: str = "1") -> dict[str, Any]:
    """Make the quads of each dossier and drop them; the best of ``times``."""
    workspace = read_workspace(Path(folder))
    errors: list[RepatriaError] = []
    library = load_library(workspace, errors.append)
    files = list(workspace.source_files())
    runs = []
    for _ in range(int(times)):
        quads, started = 0, time.process_time()
        for path in files:
            for built in read_dossiers(path, workspace.shown(path), library.index, errors.append):
                quads += len(built.quads) + len(built.external)
        runs.append(time.process_time() - started)
    if errors:
        raise Problems(errors)
    return {"seconds": min(runs), "quads": quads}


def bare(folder: str, store: str) -> dict[str, Any]:
    """Load the same chunks of quads, ready in memory, into a bare store on disk."""
    started = time.process_time()
    target = Store(store)
    opened = time.process_time() - started
    sink = _Sink(target.bulk_extend)
    _write(folder, sink)
    started = time.process_time()
    target.flush()
    return {"seconds": opened + sink.seconds + time.process_time() - started}


def full_build(folder: str) -> dict[str, Any]:
    """Build a workspace without validation and assessment; ``seconds`` leave out the making of quads."""
    from repatria.building import run

    reading = 0.0

    def timed(store: Store, *inputs: Any) -> None:
        nonlocal reading
        sink = _Sink(store.bulk_extend)
        started = time.process_time()
        write_all(cast(Store, sink), *inputs)
        reading = time.process_time() - started - sink.seconds

    began = time.process_time()
    with mock.patch.object(run, "write_all", timed):
        run.build(read_workspace(Path(folder)), full=True, check=False, compare=False)
    return {"seconds": time.process_time() - began - reading}


TASKS: dict[str, Callable[..., dict[str, Any]]] = {"full-build": full_build, "parse": parse, "bare": bare}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](*sys.argv[2:])))
