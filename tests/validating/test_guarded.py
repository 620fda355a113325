"""A validation that a time limit ends: what was found stays, and nothing goes on running."""

from __future__ import annotations

import os
import pickle
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad

import repatria
from repatria.errors import InputError, Location, MissingExtra, Problems, RepatriaError, UsageError
from repatria.rdf import read_quads
from repatria.shacl import Report
from repatria.store import Dataset
from repatria.validation import Data, validate

EX = "http://example.org/"
PREFIXES = f"@prefix ex: <{EX}> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
# One quick shape that finds something, then one whose query never ends.
SHAPES = """
ex:quick a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:none ; sh:minCount 1 ] .
ex:slow a sh:NodeShape ; sh:targetClass ex:T ; sh:sparql [ sh:select "ENDLESS" ] .
"""
ENDLESS = (
    "SELECT $this WHERE { "
    + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9))
    + " FILTER(CONCAT(STR(?a0), STR(?a8)) = 'x') }"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    lines = "".join(f"ex:n{n} a ex:T ; ex:p {n} .\n" for n in range(40))
    (tmp_path / "data.ttl").write_text(PREFIXES + lines, encoding="utf8")
    return tmp_path / "data.ttl"


@pytest.fixture
def shapes(tmp_path: Path) -> list[Path]:
    (tmp_path / "shapes.ttl").write_text(PREFIXES + SHAPES.replace("ENDLESS", ENDLESS), encoding="utf8")
    return [tmp_path / "shapes.ttl"]


def children() -> set[str]:
    """Return the processes that this one has started and that still run."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        found.update((task / "children").read_text().split())
    return found


def test_what_was_found_until_then_is_in_the_report(data: Path, shapes: list[Path]) -> None:
    before, begun = children(), time.monotonic()
    told: list[tuple[str, int, int]] = []
    report = validate(data, shapes, timeout=2, progress=lambda *step: told.append(step))
    assert time.monotonic() - begun < 4
    assert children() == before
    assert {str(one.source_shape)[:2] for one in report.results} == {"_:"}
    assert len(report.results) == 40
    assert report.unfinished == "stopped after 2 s, as asked; 1 of 2 shapes done"
    assert not report.conforms
    assert report.counted[0] == f"{data}: all graphs together"
    assert report.shapes is not None
    assert told[0] == ("reading", 0, 0)
    assert told[-1] == ("validating", 1, 2)


def test_time_that_is_over_before_anything_is_read(data: Path, shapes: list[Path]) -> None:
    report = validate(data, shapes, timeout=0.001)
    assert (len(report.results), report.unfinished) == (
        0,
        "stopped after 0.001 s, as asked; it was still starting",
    )
    assert not report.conforms


def test_a_file_that_never_ends_is_given_up(tmp_path: Path, shapes: list[Path]) -> None:
    os.mkfifo(tmp_path / "endless.ttl")
    release = threading.Timer(8, lambda: (tmp_path / "endless.ttl").open("w").close())
    release.start()
    report = validate(tmp_path / "endless.ttl", shapes, timeout=1)
    release.cancel()
    assert report.unfinished == "stopped after 1 s, as asked; it was still reading"


def test_an_expression_that_explodes_is_given_up(tmp_path: Path) -> None:
    """To pyshacl, whose expressions are Python's; the engine of this package needs no time for it."""
    (tmp_path / "data.ttl").write_text(f"{PREFIXES} ex:a ex:p '{'a' * 40}!' .", encoding="utf8")
    rule = "ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:pattern '^(a+)+$' ] ."
    (tmp_path / "shapes.ttl").write_text(PREFIXES + rule, encoding="utf8")
    assert len(validate(tmp_path / "data.ttl", [tmp_path / "shapes.ttl"]).results) == 1
    report = validate(tmp_path / "data.ttl", [tmp_path / "shapes.ttl"], engine="pyshacl", timeout=3)
    assert report.unfinished.startswith("stopped after 3 s, as asked")


def described(report: Report) -> tuple[object, ...]:
    return report.text(), report.counted, report.by_pyshacl, report.unfinished


def inputs(data: Path) -> dict[str, Data]:
    quads = list(read_quads(data, name="data.ttl"))
    odd = Quad(NamedNode(EX + "odd"), NamedNode(EX + "p"), Literal("01", datatype=NamedNode(EX + "own")))
    held = Dataset(repatria.open(data).dataset.store)
    return {
        "a file": data,
        "files": [data, data],
        "quads": [*quads, odd],
        "a graph of rdflib": rdflib.Graph().parse(data),
        "a graph": repatria.open(data),
        "a graph in memory": repatria.Graph(held),
    }


@pytest.mark.parametrize(
    "kind", ["a file", "files", "quads", "a graph of rdflib", "a graph", "a graph in memory"]
)
def test_with_time_enough_the_report_is_the_same(kind: str, data: Path, shapes: list[Path]) -> None:
    for names in (["quick"], []):
        rules = shapes if names else None
        free = validate(inputs(data)[kind], rules, names=names)
        timed = validate(inputs(data)[kind], rules, names=names, timeout=60)
        assert described(timed) == described(free)
        assert len(free.results) == (40 if names else 0)


def test_limits_of_number_and_time_go_together(data: Path, shapes: list[Path]) -> None:
    report = validate(data, shapes, max_results=7, timeout=60)
    assert len(report.results) == 7
    assert report.unfinished == "stopped after 7 results, as asked; there are more"


def test_errors_come_as_they_are_raised(data: Path, shapes: list[Path], tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("ex:a ex:b .", encoding="utf8")
    with pytest.raises(InputError) as free:
        validate(tmp_path / "bad.ttl", shapes)
    with pytest.raises(InputError) as timed:
        validate(tmp_path / "bad.ttl", shapes, timeout=60)
    assert vars(timed.value) == vars(free.value)
    with pytest.raises(UsageError, match="RP201"):
        validate(data, shapes, names=["quik"], timeout=60)


@pytest.mark.parametrize(
    "error",
    [
        InputError("RP303", "wrong", hint="right", location=Location("a", 1, 2), excerpt="^"),
        MissingExtra("pandas", "pandas"),
        Problems([UsageError("RP200", "one"), InputError("RP301", "other")]),
    ],
)
def test_errors_are_the_same_in_another_process(error: RepatriaError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert copy.args == error.args
    assert (copy.hint, copy.location, copy.exit_code) == (error.hint, error.location, error.exit_code)


@pytest.mark.parametrize("limit", [0, -1, float("nan")])
def test_a_limit_is_above_nothing(limit: float, data: Path) -> None:
    with pytest.raises(UsageError, match="timeout is not above 0"):
        validate(data, timeout=limit)
    if limit == limit:
        with pytest.raises(UsageError, match="max_results is not above 0"):
            validate(data, max_results=int(limit))


def test_a_process_that_dies_loses_nothing_that_it_found(
    data: Path, shapes: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill(stream: BinaryIO) -> Any:
        pair = real(stream)
        if pair[0] == "result" and not killed:
            killed.extend(children() - before)
            os.kill(int(killed[0]), 9)
        return pair

    real, killed, before = pickle.load, list[str](), children()
    monkeypatch.setattr(pickle, "load", kill)
    report = validate(data, shapes, timeout=60)
    assert report.unfinished == "the process that validated ended by itself, for lack of memory or a fault"
    assert 1 <= len(report.results) <= 40
