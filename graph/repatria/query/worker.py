"""The process behind :mod:`repatria.query.guard`: one query from stdin, its answer to stdout."""

from __future__ import annotations

import io
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
from repatria.query.rows import Rows
from repatria.query.run import Query, answer, evaluate
from repatria.query.writers import write_rows
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
    kind = "rows"
    if isinstance(results, QuerySolutions) and limit is not None:
        body: bytes | None = _limited(results, limit)
    elif isinstance(results, (QueryBoolean, QuerySolutions)):
        body = results.serialize(format=QueryResultsFormat.JSON)
    else:
        body = serialize(islice(results, limit), format=RdfFormat.N_TRIPLES)
        kind = "triples"
    _head(out, kind, "")
    out.write(body or b"")


def _limited(results: QuerySolutions, limit: int) -> bytes:
    """Return the first rows as SPARQL JSON, without computing the others as ``serialize`` would."""
    rows = answer(results, limit)
    assert isinstance(rows, Rows)
    body = io.BytesIO()
    write_rows(rows, "sparql-json", body, {})
    return body.getvalue()


def _head(out: IO[bytes], kind: str, message: Any) -> None:
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
        _head(out, type(error).__name__, [error.code, error.message, error.hint])
    except (OSError, ValueError, RuntimeError) as error:
        _head(out, "error", str(error))


if __name__ == "__main__":
    main()
