"""A query in a process of its own, ended when its time is over."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict

from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from repatria.errors import InputError, QueryTimeout, RepatriaError, StoreError, UsageError
from repatria.query.run import Answer, Query, Triples, answer, syntax_error
from repatria.store import Dataset

_TOLD: dict[str, type[RepatriaError]] = {kind.__name__: kind for kind in (UsageError, InputError, StoreError)}


def run_guarded(dataset: Dataset, query: Query, timeout: float) -> Answer:
    """Return the answer of ``query``, or raise QueryTimeout RP406 after ``timeout`` seconds.

    Starting and loading count as well. The process opens the same store to
    read; a dataset in memory is sent to it.
    """
    order = {"origin": asdict(dataset.origin), "base": dataset.base, "query": asdict(query)}
    sent = json.dumps(order).encode() + b"\n"
    if dataset.origin.kind == "memory":
        sent += dataset.store.dump(format=RdfFormat.N_QUADS) or b""
    # -P: a file json.py in the folder where the user stands is not to be run.
    command = [sys.executable, "-P", "-m", "repatria.query.worker"]
    # The same places to import from, also where this process was given them by hand.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            output, _ = process.communicate(sent, timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            hint = "narrow the query, or give it more time"
            raise QueryTimeout("RP406", f"the query did not end within {timeout:g} s", hint=hint) from None
        except BaseException:
            process.kill()
            raise
    return _answer(query, output, dataset.prefixes)


def _answer(query: Query, output: bytes, prefixes: Mapping[str, str]) -> Answer:
    head, _, body = output.partition(b"\n")
    try:
        kind, message = json.loads(head)
    except ValueError:
        raise StoreError("RP407", "the process that ran the query ended without an answer") from None
    if kind == "syntax":
        raise syntax_error(query, message, prefixes)
    if kind == "error":
        raise StoreError("RP407", f"the query failed: {message}")
    if kind in _TOLD:
        code, text, hint = message
        raise _TOLD[kind](code, text, hint=hint)
    if kind == "triples":
        quads = parse(io.BytesIO(body), format=RdfFormat.N_TRIPLES)
        return Triples(quad.triple for quad in quads)
    return answer(parse_query_results(io.BytesIO(body), format=QueryResultsFormat.JSON), query.limit)
