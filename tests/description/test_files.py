"""The description beside an export: what it says of the file, and that it says the same each time."""

from __future__ import annotations

import os
import random
import re
from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat
from rdflib import Graph
from tests.description.making import NODE, file_of, in_memory, statistics_of, triples, turtle

import repatria
from repatria.description import FileInfo, Statistics, dataset_statistics, describe_file, descriptions
from repatria.description.vocabulary import DCAT, FILE_TYPE_OF, FORMATS, SPDX, VOID
from repatria.export import GRAPH_FORMATS
from repatria.export.formats import EXPORT_FORMATS
from repatria.shacl import Severity, validate
from repatria.store import Dataset
from repatria.terms import BASE, DCTERMS, PROV, RDF
from repatria.validation import shapes_of

WHOLE = file_of(b"any bytes")
KINDS: dict[str, FileInfo] = {
    "whole": WHOLE,
    "assessed": replace(
        WHOLE, name="all.nq", format="nquads", media_type="application/n-quads", assessments=True
    ),
    "part": replace(WHOLE, name="one.ttl", selection="source moscow-times-2025-12-19"),
    "part, assessed": replace(WHOLE, name="b.ttl", selection="until 2025-07-17", assessments=True),
    "packed": replace(WHOLE, name="claims.ttl.gz", compressed=True),
    "table": replace(WHOLE, name="counts.csv", format="csv", media_type="text/csv", rows=31),
    "part of a table": replace(
        WHOLE, name="a b.csv", format="csv", media_type="text/csv", rows=3, selection="claims by “Medinsky”"
    ),
}


class Described:
    """The description of a file of the shipped dataset, and what it says."""

    def __init__(self, dataset: Dataset, file: FileInfo, statistics: Statistics | None) -> None:
        self.quads = describe_file(dataset, statistics, file)
        (found,) = (q.subject for q in self.quads if q.object == NamedNode(f"{DCAT}Distribution"))
        assert isinstance(found, NamedNode)
        self.file = found

    def values(self, subject: NamedNode, predicate: str) -> list[str]:
        found = [q.object for q in self.quads if q.subject == subject and q.predicate.value == predicate]
        return sorted(term.value for term in found if isinstance(term, Literal | NamedNode))

    def of_file(self, predicate: str) -> list[str]:
        return self.values(self.file, predicate)

    def held(self) -> NamedNode:
        """What is in the file."""
        (found,) = (q.subject for q in self.quads if q.predicate.value == f"{DCAT}distribution")
        assert isinstance(found, NamedNode)
        return found


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def statistics(kind: str, shipped: Dataset, unassessed: list[Quad]) -> Statistics | None:
    return numbers(KINDS[kind], shipped, unassessed)


def numbers(file: FileInfo, shipped: Dataset, unassessed: list[Quad]) -> Statistics | None:
    """Return the numbers of what is in a file; of a part, of one source for all of them."""
    if file.rows is not None and file.selection:
        return None
    if file.selection:
        return statistics_of(q for q in unassessed if "2025-12-19" in str(q.graph_name))
    return dataset_statistics(shipped, assessments=file.assessments)


def test_it_says_what_the_file_is(kind: str, shipped: Dataset, statistics: Statistics | None) -> None:
    file = KINDS[kind]
    found = Described(shipped, file, statistics)
    assert found.of_file(DCTERMS + "title") == [file.name]
    assert found.of_file(DCAT + "byteSize") == [str(file.size)]
    assert found.of_file(DCAT + "mediaType") == [
        f"https://www.iana.org/assignments/media-types/{file.media_type}"
    ]
    packed = ["https://www.iana.org/assignments/media-types/application/gzip"] if file.compressed else []
    assert found.of_file(DCAT + "compressFormat") == packed
    (checksum,) = found.of_file(SPDX + "checksum")
    assert found.values(NamedNode(checksum), SPDX + "checksumValue") == [file.sha256]
    (cited,) = found.of_file(DCTERMS + "bibliographicCitation")
    assert cited.startswith("The Repatria contributors (2026). ")
    assert f"File {file.name}, SHA-256 {file.sha256}. https://w3id.org/repatria/dataset" in cited


def test_it_says_whence_the_file_comes(kind: str, shipped: Dataset, statistics: Statistics | None) -> None:
    found = Described(shipped, KINDS[kind], statistics)
    version = f"{NODE.value}/version/0.1.0"
    assert found.of_file(PROV + "wasDerivedFrom") == [version]
    assert found.values(NamedNode(version), PROV + "specializationOf") == [NODE.value]
    (export,) = found.of_file(PROV + "wasGeneratedBy")
    (agent,) = found.values(NamedNode(export), PROV + "wasAssociatedWith")
    assert f"{PROV}SoftwareAgent" in found.values(NamedNode(agent), RDF + "type")
    assert agent.endswith(repatria.__version__)
    assert not [
        q for q in found.quads if re.search("atTime|startedAt|endedAt|modified|created>", str(q.predicate))
    ]


def test_a_part_is_told_as_a_part(kind: str, shipped: Dataset, statistics: Statistics | None) -> None:
    file = KINDS[kind]
    found = Described(shipped, file, statistics)
    held = found.held()
    numbers = [] if statistics is None else [str(statistics.triples)]
    assert found.values(held, VOID + "triples") == numbers
    assert found.values(held, DCTERMS + "license") == ["https://creativecommons.org/licenses/by/4.0/"]
    if not file.selection and not file.assessments:
        assert held == NODE
        return
    outer, inner = (NODE, held) if file.selection else (held, NODE)
    assert held != NODE
    assert found.values(NODE, VOID + "triples") == []
    assert inner.value in found.values(outer, VOID + "subset")
    assert found.values(inner, DCTERMS + "isPartOf") == [outer.value]
    assert found.values(held, PROV + "wasDerivedFrom") == [f"{NODE.value}/version/0.1.0"]
    (description,) = found.values(held, DCTERMS + "description")
    assert file.selection in description
    assert ("assessments" in description) == file.assessments


def test_all_of_them_conform_to_the_shapes(shipped: Dataset, unassessed: list[Quad]) -> None:
    quads = {
        quad
        for file in KINDS.values()
        for quad in describe_file(shipped, numbers(file, shipped, unassessed), file)
    }
    assert validate(quads, shapes_of(None)).results == ()
    # A guard: each file was looked at.
    broken = [quad for quad in quads if quad.predicate.value != DCAT + "byteSize"]
    assert len(validate(broken, shapes_of(None)).results) == len(KINDS)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD reader uses it
def test_both_formats_say_the_same(kind: str, shipped: Dataset, statistics: Statistics | None) -> None:
    file = KINDS[kind]
    files = descriptions(shipped, statistics, file)
    assert list(files) == [f"{file.name}.dcat.ttl", f"{file.name}.dcat.jsonld"]
    in_turtle, in_jsonld = files.values()
    expected = {quad.triple for quad in describe_file(shipped, statistics, file)}
    assert triples(in_turtle, RdfFormat.TURTLE) == expected
    assert triples(in_jsonld, RdfFormat.JSON_LD) == expected
    assert set(Graph().parse(in_turtle, format="turtle")) == set(Graph().parse(in_jsonld, format="json-ld"))


def test_no_node_is_blank(kind: str, shipped: Dataset, statistics: Statistics | None) -> None:
    for quad in describe_file(shipped, statistics, KINDS[kind]):
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)


def test_the_same_bytes_from_shuffled_input(unassessed: list[Quad]) -> None:
    found = set()
    for seed in range(3):
        shuffled = random.Random(seed).sample(unassessed, len(unassessed))
        files = descriptions(in_memory(shuffled), statistics_of(shuffled), WHOLE)
        found.add(tuple(files.values()))
    assert len(found) == 1


def test_the_graph_says_the_same_but_size_and_hash(shipped: Dataset, unassessed: list[Quad]) -> None:
    beside = {quad.triple for quad in describe_file(shipped, statistics_of(unassessed), WHOLE)}
    inside = {quad.triple for quad in unassessed if str(quad.graph_name).endswith("/graph/meta>")}
    assert inside < beside
    more = {str(triple.predicate).strip("<>") for triple in beside - inside}
    of_file = {DCAT + "byteSize", SPDX + "checksum", SPDX + "checksumValue", DCAT + "mediaType"}
    assert of_file <= more
    assert not more & {VOID + "triples", VOID + "classPartition", DCTERMS + "creator"}


def test_a_loaded_export_is_described_as_the_dataset(unassessed: list[Quad]) -> None:
    """A Turtle file has no graph names, and still says which dataset it holds."""
    flat = in_memory(Quad(q.subject, q.predicate, q.object) for q in unassessed)
    found = Described(flat, WHOLE, dataset_statistics(flat))
    assert found.held() == NODE
    assert found.values(NODE, DCAT + "version") == ["0.1.0"]


def test_a_graph_that_does_not_name_itself_is_not_taken_for_another() -> None:
    thing = NamedNode("https://example.org/thing")
    dataset = in_memory([Quad(thing, NamedNode(RDF + "type"), NamedNode("https://example.org/Class"))])
    file = file_of(turtle(dataset.quads()), "things.ttl")
    found = Described(dataset, file, dataset_statistics(dataset))
    assert found.held().value.startswith("urn:uuid:")
    assert found.values(found.held(), DCTERMS + "title") == ["things.ttl"]
    assert not [quad for quad in found.quads if quad.subject.value.startswith(f"{BASE}dataset")]  # type: ignore[union-attr]
    assert found.values(found.held(), DCTERMS + "license") == []
    report = validate(found.quads, shapes_of(None))
    assert [result.severity for result in report.results] == [Severity.WARNING], "nobody knows where it is"


def test_a_file_may_have_a_name_that_is_no_text(shipped: Dataset) -> None:
    """Linux allows any bytes in names, and Python keeps them as lone surrogates."""
    name = os.fsdecode(b"caf\xe9 <1>.ttl")
    files = descriptions(shipped, None, replace(WHOLE, name=name, selection="a part"))
    assert list(files) == [f"{name}.dcat.ttl", f"{name}.dcat.jsonld"]
    for content in files.values():
        assert "caf? <1>.ttl" in content.decode()
        assert "distribution/caf%3F%20%3C1%3E.ttl" in content.decode()


def test_every_format_of_exports_is_named() -> None:
    assert set(FILE_TYPE_OF) == set(EXPORT_FORMATS)
    assert set(FORMATS) == set(GRAPH_FORMATS)
