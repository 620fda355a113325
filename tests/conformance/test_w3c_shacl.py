"""The SHACL test suite of the W3C: 98 core and 23 SPARQL cases, as the specification's authors expect them.

The suite is not part of the project. It is looked for in ``$SHACL_TEST_SUITE``, then
under ``$REPATRIA_SHARED``, then in ``../shared`` beside the checkout.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from repatria.errors import InputError
from repatria.rdf import read_quads
from repatria.shacl import Severity, validate
from repatria.shacl.paths import Node
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.vocabulary import sh

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
SEVERITIES = {Severity.VIOLATION: "Violation", Severity.WARNING: "Warning", Severity.INFO: "Info"}

KNOWN_FAILURES: dict[str, str] = {}

Row = tuple[str, str, str, str, str, str]


def _suite() -> Path:
    beside = Path(__file__).resolve().parents[2].parent / "shared"
    shared = Path(os.environ.get("REPATRIA_SHARED", beside))
    return Path(os.environ.get("SHACL_TEST_SUITE", shared / "w3c" / "shacl-test-suite")) / "tests"


SUITE = _suite()
REASON = "the W3C SHACL test suite is neither in $SHACL_TEST_SUITE nor in $REPATRIA_SHARED nor in ../shared"


def _read(file: Path) -> list[Quad]:
    return list(read_quads(file, name=str(file), base_iri=file.as_uri()))


def _cases() -> list[str]:
    kind = NamedNode(SHT + "Validate")
    found = (
        file.relative_to(SUITE).with_suffix("").as_posix()
        for file in sorted(SUITE.rglob("*.ttl"))
        if any(quad.object == kind for quad in _read(file))
    )
    return list(found)


CASES = _cases() if SUITE.is_dir() else []


def _parameters() -> list[object]:
    if not CASES:
        return [pytest.param("", marks=pytest.mark.skip(reason=REASON), id="absent")]
    return [
        pytest.param(case, id=case, marks=[pytest.mark.xfail(reason=KNOWN_FAILURES[case], strict=True)])
        if case in KNOWN_FAILURES
        else pytest.param(case, id=case)
        for case in CASES
    ]


def _one(graph: ShapesGraph, node: Node, predicate: NamedNode) -> Node | None:
    values = graph.objects(node, predicate) if isinstance(node, NamedNode | BlankNode) else []
    return values[0] if values else None


def _text(node: Node | None) -> str:
    # The labels of blank nodes differ between the expected and the actual report.
    return "_:" if isinstance(node, BlankNode) else str(node or "")


def _expected(graph: ShapesGraph, report: NamedNode | BlankNode) -> Counter[Row]:
    rows: Counter[Row] = Counter()
    for result in graph.objects(report, sh("result")):
        path = _one(graph, result, sh("resultPath"))
        names = ("focusNode", "value", "sourceShape", "sourceConstraintComponent", "resultSeverity")
        focus, value, shape, component, severity = (_text(_one(graph, result, sh(name))) for name in names)
        rows[focus, graph.path(path) if path else "", value, shape, component, severity] += 1
    return rows


def _graph(action: Node, name: str, manifest: ShapesGraph, own: Path) -> list[Quad]:
    source = _one(manifest, action, NamedNode(SHT + name))
    assert isinstance(source, NamedNode)
    file = Path(source.value.removeprefix("file://"))
    return list(manifest.quads) if file == own else _read(file)


@pytest.mark.skipif(not CASES, reason=REASON)
def test_the_suite_is_whole() -> None:
    counts = Counter(case.split("/")[0] for case in CASES)
    assert counts == {"core": 98, "sparql": 23}
    assert set(CASES) > set(KNOWN_FAILURES)


@pytest.mark.parametrize("case", _parameters())
def test_case(case: str) -> None:
    file = SUITE / f"{case}.ttl"
    manifest = ShapesGraph(_read(file))
    (entry,) = manifest.typed(NamedNode(SHT + "Validate"))
    action = _one(manifest, entry, NamedNode(MF + "action"))
    expected = _one(manifest, entry, NamedNode(MF + "result"))
    assert action is not None
    data = _graph(action, "dataGraph", manifest, file)
    shapes = _graph(action, "shapesGraph", manifest, file)
    if expected == NamedNode(SHT + "Failure"):
        with pytest.raises(InputError, match=r"error\[RP311\]"):
            validate(data, shapes)
        return
    assert isinstance(expected, NamedNode | BlankNode)
    report = validate(data, shapes)
    actual = Counter(
        (
            _text(result.focus_node),
            result.path or "",
            _text(result.value),
            _text(result.source_shape),
            _text(result.component),
            str(result.custom_severity or sh(SEVERITIES[result.severity])),
        )
        for result in report.results
    )
    assert actual == _expected(manifest, expected)
    conforms = _one(manifest, expected, sh("conforms"))
    assert isinstance(conforms, Literal)
    assert report.conforms is (conforms.value == "true")
