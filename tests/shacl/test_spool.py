"""Very many results: the same report as in memory, in bounded memory, from a temporary file."""

from __future__ import annotations

import sqlite3
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode
from tests.shacl.formats.making import EX, PLACED, result, results, written

from repatria.errors import StoreError
from repatria.shacl import Report, Result, Severity, spool
from repatria.shacl.formats import FORMATS
from repatria.shacl.packing import pack, unpack
from repatria.shacl.spool import Spool


def spooled(items: list[Result]) -> Report:
    """Return a report that keeps no result in memory."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "IN_MEMORY", 0)
        report = Report(items)
    assert isinstance(report.results, Spool) == bool(items)
    return report


@settings(deadline=None, max_examples=40)
@given(st.lists(results, max_size=7))
def test_a_spooled_report_is_the_same_in_every_format(items: list[Result]) -> None:
    one, other = Report(items), spooled(items)
    assert list(one.results) == list(other.results)
    for format in FORMATS:
        assert written(one, format) == written(other, format)
    assert [one.count(severity) for severity in Severity] == [other.count(severity) for severity in Severity]
    assert one.fails() == other.fails()


@settings(deadline=None, max_examples=60)
@given(results)
def test_what_is_unpacked_is_what_was_packed(one: Result) -> None:
    assert unpack(pack(one)) == one


@pytest.mark.parametrize(
    "value",
    [
        Literal("01", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#byte")),
        Literal("Обмен", language="uk"),
        Literal("_:b"),
        Literal("http://example.org/"),
        NamedNode("urn:x"),
        BlankNode("x"),
        None,
    ],
)
def test_each_kind_of_term_is_kept(value: NamedNode | BlankNode | Literal | None) -> None:
    one = replace(
        PLACED,
        value=value,
        custom_severity=NamedNode("urn:grave"),
        source_constraint=BlankNode("c"),
        path=None,
    )
    assert unpack(pack(one)) == one


def test_a_spool_is_a_sequence() -> None:
    found = spooled([result(NamedNode(f"{EX}{number}")) for number in range(9)]).results
    names = [str(one.focus_node)[-2] for one in found]
    assert names == list("012345678")
    assert len(found) == 9
    whole = tuple(found)
    assert (found[0], found[-1], found[2:4]) == (whole[0], whole[8], whole[2:4])
    with pytest.raises(IndexError):
        found[9]


def test_two_readers_at_a_time_do_not_disturb_each_other() -> None:
    found = spooled([result(NamedNode(f"{EX}{number}")) for number in range(5)]).results
    assert [(one, other) for one in found for other in found][6] == (found[1], found[1])


def test_memory_does_not_grow_with_the_results(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "IN_MEMORY", 100)

    def many(number: int) -> Iterator[Result]:
        return (result(BlankNode(f"n{one}"), message=f"message {one}") for one in range(number))

    def peak(number: int) -> int:
        tracemalloc.start()
        report = Report(many(number))
        for format in ("csv", "turtle"):
            report.write(_Nowhere(), format)  # type: ignore[arg-type]
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    monkeypatch.setattr(spool, "_NODES", 100)
    few, more = peak(200), peak(1_000)
    assert more < few * 2


class _Nowhere:
    def write(self, data: bytes) -> int:
        return len(data)


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "IN_MEMORY", 0)
    monkeypatch.setattr(spool, "pack", _full)
    with pytest.raises(StoreError, match="RP405") as caught:
        Report([result()])
    assert "database or disk is full" in caught.value.message
    assert "TMPDIR" in caught.value.hint


def _full(one: Result) -> str:
    raise sqlite3.OperationalError("database or disk is full")
