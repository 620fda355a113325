"""The process behind :mod:`repatria.query.guard`: one query from stdin, its answer to stdout."""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path
from typing import IO, Any

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    serialize,
)

from repatria.errors import RepatriaError
from repatria.query.run import Query, evaluate
from repatria.store import Dataset, open_disk, open_nquads


def _open(origin: dict[str, str], base: str) -> Dataset:
    if origin["kind"] == "disk":
        return open_disk(Path(origin["path"]), base)
    if origin["kind"] == "nquads":
        return open_nquads(Path(origin["path"]), base)
    store = Store()
    store.bulk_load(sys.stdin.buffer.read(), format=RdfFormat.N_QUADS)
    return Dataset(store, base)


def _write(out: IO[bytes], results: Any, limit: int | None) -> None:
    if isinstance(results, (QueryBoolean, QuerySolutions)):
        body = results.serialize(format=QueryResultsFormat.JSON)
        kind = "rows"
    else:
        body = serialize(islice(results, limit), format=RdfFormat.N_TRIPLES)
        kind = "triples"
    _head(out, kind, "")
    out.write(body or b"")


def _head(out: IO[bytes], kind: str, message: str) -> None:
    out.write(json.dumps([kind, message]).encode() + b"\n")


def main() -> None:
    """Read one order from stdin, write the kind of the answer and the answer."""
    order = json.loads(sys.stdin.buffer.readline())
    out = sys.stdout.buffer
    try:
        dataset = _open(order["origin"], order["base"])
        query = Query(**order["query"])
        _write(out, evaluate(dataset, query), query.limit)
    except SyntaxError as error:
        _head(out, "syntax", str(error))
    except RepatriaError as error:
        _head(out, "input", error.message)
    except (OSError, ValueError, RuntimeError) as error:
        _head(out, "error", str(error))


if __name__ == "__main__":
    main()
