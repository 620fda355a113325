"""An export as a whole: each format, the same bytes each time, measured; round trips; what is refused."""

from __future__ import annotations

import gzip
import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad, Store, parse
from tests.export.conftest import EX, FORMATS, held

import repatria
from repatria.description import Statistics
from repatria.errors import UsageError
from repatria.export.exporting import TABLE_FORMATS, export, export_bytes
from repatria.export.formats import EXPORT_FORMATS, format_of
from repatria.export.graphs import GRAPH_FORMATS
from repatria.export.selecting import selection
from repatria.store import Dataset

WITH_GRAPHS = ("nquads", "trig")


def exported(dataset: Dataset, format: str, **filters: Any) -> bytes:
    with_assessments = filters.pop("with_assessments", False)
    return export_bytes(dataset, format, selection(dataset, **filters), with_assessments=with_assessments)


def shuffled(dataset: Dataset) -> Dataset:
    """Return the same quads inserted in another order."""
    return Dataset(held(list(dataset.quads()), seed=7).store, dataset.base)


def loaded(data: bytes, format: str, base: str) -> Dataset:
    store = Store()
    store.bulk_load(data, FORMATS[format])
    return Dataset(store, base)


def test_the_formats_are_those_that_can_be_written() -> None:
    assert set(EXPORT_FORMATS) == {*GRAPH_FORMATS, *TABLE_FORMATS} == {*FORMATS, "csv", "parquet"}


@pytest.mark.parametrize("format", EXPORT_FORMATS)
@pytest.mark.parametrize("filters", [{}, {"source": "moscow-times-2025-12-19"}], ids=["whole", "part"])
def test_any_order_of_insertion_gives_the_same_bytes(
    dataset: Dataset, format: str, filters: dict[str, str]
) -> None:
    first = exported(dataset, format, **filters)
    assert exported(dataset, format, **filters) == first
    assert exported(shuffled(dataset), format, **filters) == first


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_holds_the_same_statements(dataset: Dataset, format: str) -> None:
    expected = {quad for quad in dataset.quads() if "/graph/assessment/" not in str(quad.graph_name)}
    found = set(parse(exported(dataset, format), FORMATS[format]))
    assert {quad.triple for quad in found} == {quad.triple for quad in expected}
    assert (found == expected) == (format in WITH_GRAPHS)
    whole = set(parse(exported(dataset, format, with_assessments=True), FORMATS[format]))
    assert {quad.triple for quad in whole} == {quad.triple for quad in dataset.quads()}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("with_assessments", [False, True])
def test_export_load_export_gives_the_same_bytes(
    dataset: Dataset, format: str, with_assessments: bool
) -> None:
    first = exported(dataset, format, with_assessments=with_assessments)
    again = loaded(first, format, dataset.base)
    assert exported(again, format, with_assessments=with_assessments) == first


@pytest.mark.parametrize("format", FORMATS)
def test_so_do_hard_values_and_blank_nodes(blank: list[Quad], format: str) -> None:
    first = exported(held(blank), format)
    assert exported(loaded(first, format, EX), format) == first
    assert {exported(held(blank, seed), format) for seed in range(3)} == {first}


def test_the_table_of_a_part_that_was_loaded_is_the_same(dataset: Dataset) -> None:
    # All claims of one source: those that come along are in others.
    filters = {"source": "moscow-times-2025-12-19"}
    part = loaded(exported(dataset, "nquads", **filters), "nquads", dataset.base)
    assert exported(part, "csv", **filters) == exported(dataset, "csv", **filters)


@pytest.mark.parametrize("format", [name for name in EXPORT_FORMATS if name != "parquet"])
def test_what_is_packed_is_the_same_and_always_in_the_same_bytes(dataset: Dataset, format: str) -> None:
    outs = [io.BytesIO(), io.BytesIO()]
    for out in outs:
        written = export(dataset, out, format, packed=True)
        assert (written.size, written.sha256) == (
            len(out.getvalue()),
            hashlib.sha256(out.getvalue()).hexdigest(),
        )
    packed = outs[0].getvalue()
    assert packed == outs[1].getvalue()
    assert packed[4:8] == bytes(4), "no time"
    assert not packed[3], "no name"
    assert gzip.decompress(packed) == exported(dataset, format)


@pytest.mark.parametrize("format", EXPORT_FORMATS)
def test_size_hash_and_statements_are_those_of_what_was_written(dataset: Dataset, format: str) -> None:
    out, statistics = io.BytesIO(), Statistics(dataset.base)
    written = export(dataset, out, format, statistics=statistics)
    data = out.getvalue()
    assert (written.size, written.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    if format in FORMATS:
        expected = Statistics(dataset.base)
        expected.add_all(set(parse(data, FORMATS[format])))
        assert statistics.triples > 1000
        for name in ("triples", "properties", "classes", "links"):
            assert getattr(statistics, name) == getattr(expected, name), name
        assert written.rows is None
    else:
        assert (written.rows, statistics.triples) == (31, 0)


def test_hard_lines_are_counted_as_statements(hard: list[Quad]) -> None:
    for format in ("nquads", "ntriples"):
        statistics, expected = Statistics(EX), Statistics(EX)
        export(held(hard), io.BytesIO(), format, statistics=statistics)
        expected.add_all(hard if format == "nquads" else {quad.triple for quad in hard})
        assert (statistics.triples, statistics.properties) == (expected.triples, expected.properties)


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_graph_is_told_and_nothing_written(format: str) -> None:
    out = io.BytesIO()
    with pytest.raises(UsageError) as raised:
        export(held([]), out, format)
    assert (raised.value.code, out.getvalue()) == ("RP210", b"")


@pytest.mark.parametrize("format", TABLE_FORMATS)
def test_claims_without_counts_are_told_and_nothing_written(dataset: Dataset, format: str) -> None:
    out = io.BytesIO()
    chosen = selection(dataset, by="coordination-headquarters", until="2025-07-31")
    with pytest.raises(UsageError) as raised:
        export(dataset, out, format, chosen)
    assert (raised.value.code, out.getvalue()) == ("RP211", b"")


@pytest.mark.parametrize(
    ("format", "options"),
    [
        ("csv", {"with_assessments": True}),
        ("parquet", {"with_assessments": True}),
        ("parquet", {"packed": True}),
        ("json", {}),
    ],
)
def test_options_that_exclude_one_another(dataset: Dataset, format: str, options: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as raised:
        export(dataset, io.BytesIO(), format, **options)
    assert raised.value.code == "RP212"


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("claims.nq", "nquads"), ("claims.NQ.gz", "nquads"), ("a.b/claims.jsonld", "jsonld"),
        ("x.csv", "csv"), ("x.parquet", "parquet"), ("x.rdf", "rdfxml"), ("x.nt", "ntriples"),
        ("x.trig", "trig"), ("x.ttl", "turtle"), ("x", "turtle"), ("csv", "turtle"), ("-", "turtle"),
        ("x.gz", "turtle"), ("x.txt", "turtle"),
    ],
)  # fmt: skip
def test_the_ending_of_a_name_says_the_format(name: str, format: str) -> None:
    assert format_of(name) == format


def test_python_users_have_the_same(dataset: Dataset) -> None:
    g = repatria.Graph(dataset)
    filters = {"by": "medinsky", "since": "2025-07-01"}
    for format in EXPORT_FORMATS:
        assert g.export(format, **filters) == exported(dataset, format, **filters)  # type: ignore[arg-type]
    assert g.export("nquads", with_assessments=True) == exported(dataset, "nquads", with_assessments=True)


def test_a_file_that_was_exported_opens(dataset: Dataset, tmp_path: Path) -> None:
    source = "moscow-times-2025-12-19"
    expected = list(repatria.Graph(dataset).claims(source=source))
    for format, known in EXPORT_FORMATS.items():
        if format in FORMATS:
            file = tmp_path / f"claims.{known.ending}"
            file.write_bytes(exported(dataset, format, source=source))
            assert list(repatria.open(file).claims(source=source)) == expected
