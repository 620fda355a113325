"""At an endpoint the same is found as in a file of its graph. ``REPATRIA_EXAMPLES`` is how many cases each
test tries, 25 without it."""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Quad
from tests.shacl import generated
from tests.shacl.endpoint.conftest import Server

from repatria.errors import StoreError
from repatria.rdf import read_quads
from repatria.shacl import Report, Result, validate
from repatria.shacl.endpoint.client import Client
from repatria.shacl.endpoint.graph import RemoteGraph
from repatria.shacl.search import suspects

ASKED = os.environ.get("REPATRIA_EXAMPLES")
EXAMPLES = int(ASKED or "25")
examples = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    # Now and then a generated query keeps a server busy for minutes: without being asked, the same cases.
    derandomize=ASKED is None,
)
Row = tuple[object, ...]
_BLANK = re.compile(r"_:(?=[ef]\b)")


def read(text: str) -> list[Quad]:
    return list(read_quads(io.BytesIO(text.encode()), name="x.ttl"))


def rows(results: Iterable[Result]) -> Counter[Row]:
    return Counter(
        (
            str(one.focus_node),
            one.path or "",
            str(one.value),
            "_:" if isinstance(one.source_shape, BlankNode) else str(one.source_shape),
            one.component.value,
            str(one.custom_severity or one.severity),
            # Where two tell the same of a query, either may be taken first.
            frozenset(map(str, one.messages)),
            frozenset(rows(one.details).items()),
        )
        for one in results
    )


def remotely(server: Server, graph: list[Quad], rules: list[Quad], few: int) -> Report:
    """Validate at the endpoint, so few focus nodes without a search."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suspects, "FEW", few)
        return validate(RemoteGraph(Client(server.load(graph))), rules)


def same(server: Server, data: str, shapes: str, few: int) -> None:
    # The blank nodes of the generated data become IRIs.
    graph, rules = read(_BLANK.sub("ex:", data)), read(_BLANK.sub("ex:", shapes))
    local = validate(graph, rules)
    if local.by_pyshacl:
        # Queries about literals that a store rewrites, or paths of no step from outside.
        with pytest.raises(StoreError, match="pyshacl"):
            remotely(server, graph, rules, few)
        return
    assert rows(remotely(server, graph, rules, few).results) == rows(local.results)


@examples
@given(data=generated.data(rewritten=False), shapes=generated.shapes(), few=st.sampled_from((0, 30)))
def test_core_shapes_find_the_same(server: Server, data: str, shapes: str, few: int) -> None:
    same(server, data, shapes, few)


@examples
@given(
    data=generated.data(rewritten=False), shapes=generated.shapes(sparql=True), few=st.sampled_from((0, 30))
)
def test_queries_of_shapes_find_the_same(server: Server, data: str, shapes: str, few: int) -> None:
    same(server, data, shapes, few)
