"""Reading RDF files: every format, every kind of bad input, and never a network."""

from __future__ import annotations

import gzip
import io
import socket
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from repatria.errors import InputError
from repatria.rdf import FORMATS, read_quads
from repatria.rdf.formats import NAMES, guess_format

TURTLE = '@prefix e: <http://example.org/> .\ne:a e:p "01"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
LINE = '<http://example.org/a> <http://example.org/p> "x" .\n'
QUAD = '<http://example.org/a> <http://example.org/p> "x" <http://example.org/g> .\n'
RDFXML = (
    '<?xml version="1.0"?>\n{dtd}\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:e="http://example.org/"><rdf:Description rdf:about="http://example.org/a"><e:p>{text}</e:p>'
    "</rdf:Description></rdf:RDF>"
)
JSONLD = '{"@id": "http://example.org/a", "http://example.org/p": "x"}'


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def read(
    text: str | bytes, name: str = "-", format: str | None = None, base_iri: str | None = None
) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return [str(quad) for quad in read_quads(io.BytesIO(data), name=name, format=format, base_iri=base_iri)]


def error(text: str | bytes, name: str = "-", format: str | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        read(text, name, format)
    assert caught.value.location is not None
    assert caught.value.location.file == name
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("name", NAMES)
def test_every_format_is_read_from_a_file_of_its_ending_packed_or_not(name: str, tmp_path: Path) -> None:
    triples = [quad.triple for quad in read_quads(io.BytesIO(TURTLE.encode()), name="x.ttl")]
    data = serialize(triples, format=FORMATS[name])
    assert data is not None
    plain = tmp_path / f"data.{FORMATS[name].file_extension}"
    plain.write_bytes(data)
    packed = tmp_path / f"{plain.name}.gz"
    packed.write_bytes(gzip.compress(data))
    for file in (plain, packed):
        assert [quad.triple for quad in read_quads(file, name=str(file))] == triples


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (JSONLD, RdfFormat.JSON_LD),
        (f"[{JSONLD}]", RdfFormat.JSON_LD),
        ("\ufeff{}", RdfFormat.JSON_LD),
        (RDFXML.format(dtd="", text="x"), RdfFormat.RDF_XML),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', RdfFormat.RDF_XML),
        (QUAD, RdfFormat.N_QUADS),
        (LINE + QUAD, RdfFormat.N_QUADS),
        (TURTLE, RdfFormat.TRIG),
        ("[ <http://example.org/p> 1 ] .", RdfFormat.TRIG),
        ("{ <http://example.org/a> <http://example.org/p> 1 }", RdfFormat.TRIG),
        ("", RdfFormat.TRIG),
    ],
)
def test_a_stream_without_a_name_is_guessed_by_its_beginning(text: str, format: RdfFormat) -> None:
    assert guess_format(text.encode()) == format


def test_literals_and_blank_node_labels_stay_as_written() -> None:
    text = '_:x <http://example.org/p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .'
    assert read(text, "x.ttl") == [text.removesuffix(" .")]


def test_blank_nodes_of_two_documents_can_be_kept_apart() -> None:
    one = [
        quad.subject
        for _ in range(2)
        for quad in read_quads(
            io.BytesIO(b"_:x <http://example.org/p> 1 ."), name="x.ttl", rename_blank_nodes=True
        )
    ]
    assert one[0] != one[1]


def test_a_byte_order_mark_is_no_part_of_the_document() -> None:
    assert len(read(b"\xef\xbb\xbf" + TURTLE.encode(), "x.ttl")) == 1


def test_a_document_larger_than_the_beginning_is_read_whole() -> None:
    assert len(read("".join(LINE.replace("x", str(n)) for n in range(3000)), "x.nt")) == 3000


@pytest.mark.parametrize(
    ("text", "name", "code", "line", "column", "said"),
    [
        ("@prefix e: <http://example.org/> .\ne:a e:p 1 ;\n e:q ]", "x.ttl", "RP303", 3, 6, "]"),
        ('<http://example.org/a> <http://example.org/p> "x', "x.ttl", "RP303", 1, 47, "end of file"),
        ("<a> <b> <c> .", "x.ttl", "RP303", 1, 1, "scheme"),
        (QUAD + "junk", "x.nq", "RP303", 2, 1, "subject"),
        ('{"@id": "http://example.org/a",\n "b": }', "x.jsonld", "RP303", 2, 7, "curly"),
        (RDFXML.format(dtd="", text="x")[:-20], "x.rdf", "RP303", 0, 0, "not closed"),
        (" \n", "x.rdf", "RP303", 0, 0, "empty"),
        (b'<http://example.org/a> <http://example.org/p> "\xe9" .', "x.ttl", "RP302", 1, 48, "UTF-8"),
        (TURTLE.encode("utf-16"), "x.ttl", "RP302", 0, 0, "UTF-16"),
        (b"\x7fELF\x02\x01\x00", "x.ttl", "RP302", 0, 0, "binary"),
        (gzip.compress(TURTLE.encode()), "x.ttl", "RP302", 0, 0, "gzip"),
        (TURTLE, "x.ttl.gz", "RP301", 0, 0, "gzip"),
        (gzip.compress(TURTLE.encode())[:-9], "x.ttl.gz", "RP301", 0, 0, "gzip"),
        (TURTLE, "x.docx", "RP304", 0, 0, ".docx"),
    ],
)
def test_bad_input_is_one_located_error(
    text: str | bytes, name: str, code: str, line: int, column: int, said: str
) -> None:
    found = error(text, name)
    assert found.code == code
    assert found.location is not None
    assert (found.location.line, found.location.column) == (line, column)
    assert said in found.message
    assert found.hint


def test_an_unknown_format_name_lists_the_known_ones() -> None:
    found = error(TURTLE, format="word")
    assert found.code == "RP304"
    assert all(name in found.hint for name in NAMES)


@pytest.mark.parametrize("name", ["missing.ttl", "."])
def test_what_is_no_readable_file_is_rp301(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        list(read_quads(tmp_path / name, name="x.ttl"))
    assert caught.value.code == "RP301"


def test_a_stream_that_fails_half_way_is_rp301() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 100_000:
                raise OSError(5, "Input/output error")
            return super().read(size)

    with pytest.raises(InputError, match="input/output error") as caught:
        list(read_quads(Failing(LINE.encode() * 9000), name="x.nt"))
    assert caught.value.code == "RP301"


@pytest.mark.parametrize(
    "context",
    [
        '"https://schema.org/"',
        '[{"a": "http://example.org/a"}, "https://schema.org/"]',
        '{"@version": 1.1, "@import": "https://schema.org/"}',
    ],
)
def test_a_remote_context_is_refused_and_named(context: str) -> None:
    found = error(f'{{\n "@context": {context}, "@id": "http://example.org/a", "name": "x"}}', "x.jsonld")
    assert found.code == "RP305"
    assert found.location is not None
    assert found.location.line == 2
    assert "<https://schema.org/>" in found.message


@pytest.mark.parametrize("iri", ["a", "#a", "../a", ""])
def test_relative_iris_of_json_ld_are_not_lost_without_a_word(iri: str) -> None:
    text = f'{{"@id": "http://example.org/a", "http://example.org/p": {{"@id": "{iri}"}}}}'
    assert error(text, "x.jsonld").code == "RP303"
    assert read(text, "x.jsonld", base_iri="http://example.org/b/c")[0].count("example.org") == 3


@pytest.mark.parametrize(
    ("dtd", "said"),
    [
        ('<!DOCTYPE rdf:RDF [<!ENTITY x SYSTEM "file:///etc/hostname">]>', "external XML entity x"),
        ('<!DOCTYPE rdf:RDF [<!ENTITY x PUBLIC "a" "http://example.org/x">]>', "external XML entity x"),
        ('<!DOCTYPE rdf:RDF [<!ENTITY % x SYSTEM "http://example.org/x"> %x;]>', "external XML entity x"),
        ('<!DOCTYPE rdf:RDF [<!ENTITY y "ab"><!ENTITY x "&y;&y;">]>', "x refers to another"),
        (f'<!DOCTYPE rdf:RDF [<!ENTITY x "{"a" * 1001}">]>', "longer than 1000"),
    ],
)
def test_entities_that_reach_out_or_swell_are_refused(dtd: str, said: str) -> None:
    found = error(RDFXML.format(dtd=dtd, text="&x;"), "x.rdf")
    assert found.code == "RP303"
    assert said in found.message
    assert found.location is not None
    assert found.location.line == 2


def test_plain_entities_are_read_and_an_external_dtd_is_not() -> None:
    dtd = '<!DOCTYPE rdf:RDF SYSTEM "http://example.org/x.dtd" [<!ENTITY x "text &amp; more">]>'
    assert '"text & more"' in read(RDFXML.format(dtd=dtd, text="&x;"), "x.rdf")[0]
