"""Tasks of exports, by others and by parts of ours, each in a process of its own: ``-m bench.exported TASK``.

Each imports only what it needs: what is imported is measured as well.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


class _Counted(io.BytesIO):
    """A stream that keeps nothing but how many bytes came."""

    size = 0

    def write(self, piece: Any) -> int:
        """Count a piece."""
        self.size += len(piece)
        return len(piece)


def dump(store: str, out: str) -> dict[str, Any]:
    """Dump a store on disk as N-Quads, as pyoxigraph does it by itself."""
    from pyoxigraph import RdfFormat, Store

    Store.read_only(store).dump(out, format=RdfFormat.N_QUADS)
    return {}


def ours(store: str) -> dict[str, Any]:
    """Write the union of all graphs, ready in memory, as canonical Turtle."""
    from repatria.canonical import write_turtle
    from repatria.store import open_disk

    dataset = open_disk(Path(store))
    quads = list(dataset.quads())
    triples, sink = len({quad.triple for quad in quads}), _Counted()
    started = time.process_time()
    write_turtle(quads, sink, dataset.prefixes)
    return {"seconds": time.process_time() - started, "triples": triples, "bytes": sink.size}


def pyoxigraph(store: str) -> dict[str, Any]:
    """Write the same triples as Turtle by pyoxigraph: prefixes, no order."""
    from pyoxigraph import RdfFormat, serialize

    from repatria.store import open_disk

    dataset = open_disk(Path(store))
    triples, sink = list({quad.triple for quad in dataset.quads()}), _Counted()
    started = time.process_time()
    serialize(triples, sink, format=RdfFormat.TURTLE, prefixes=dataset.prefixes)
    return {"seconds": time.process_time() - started, "triples": len(triples), "bytes": sink.size}


def rdflib(store: str, format: str) -> dict[str, Any]:
    """Write the same triples by rdflib, read into it before."""
    from repatria.rdf.graphs import to_rdflib
    from repatria.store import open_disk

    dataset = open_disk(Path(store))
    graph = to_rdflib(dataset.quads())
    for prefix, namespace in dataset.prefixes.items():
        graph.bind(prefix, namespace)
    sink = _Counted()
    started = time.process_time()
    graph.serialize(sink, format=format, encoding="utf-8")
    return {"seconds": time.process_time() - started, "triples": len(graph), "bytes": sink.size}


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    "dump": dump, "ours": ours, "pyoxigraph": pyoxigraph, "rdflib": rdflib,
}  # fmt: skip

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](*sys.argv[2:])))
