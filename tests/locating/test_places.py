"""What of a triple a place names, by what is wrong; and when there is none."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse, serialize
from tests.locating.marked import Found, marked, places

from repatria.locating import Source, blank_nodes, locate, selecting, stamp_of
from repatria.rdf import read_quads
from repatria.shacl import Report
from repatria.shacl import validate as run_shapes
from repatria.validation import validate

HEAD = """@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def validated(folder: Path, shape: str, data: str, name: str = "data.ttl") -> tuple[Report, list[Found]]:
    text, expected = marked(data if "@context" in data else HEAD + data)
    (folder / name).write_text(text, encoding="utf8")
    (folder / "shapes.ttl").write_text(f"{HEAD}ex:s a sh:NodeShape ; {shape} .", encoding="utf8")
    return validate(folder / name, [folder / "shapes.ttl"]), expected


@pytest.mark.parametrize(
    ("shape", "data"),
    [
        # The last step that leads to the value, which stands elsewhere too.
        ("sh:targetNode ex:a ; sh:property [ sh:path ( ex:p ex:q ) ; sh:nodeKind sh:IRI ]",
         "ex:a ex:q 1 ; ex:p ex:b . ex:c ex:q 1 . ex:b ex:r 1 ; ex:q ex:d , ⟦1⟧ ."),
        ("sh:targetNode ex:a ; sh:property [ sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:class ex:C ]",
         "ex:a ex:p ex:b . ex:x ex:q ex:c , ⟦ex:b⟧ ."),
        ("sh:targetNode ex:a ; sh:property [ sh:path [ sh:oneOrMorePath ex:p ] ; sh:nodeKind sh:IRI ]",
         "ex:a ex:p ex:b . ex:b ex:p ⟦[⟧ ex:q 1 ; ex:p ⟦1⟧ ] ."),
        ("sh:targetNode ex:a ; sh:property [ sh:class ex:C ; sh:path [ sh:alternativePath ( ex:p ex:q ) ] ]",
         "ex:a ex:r 1 ; ex:q ⟦1⟧ ."),
        # Both the node itself and what the step leads to.
        ("sh:targetNode ex:a ; sh:property [ sh:path [ sh:zeroOrOnePath ex:p ] ; sh:in ( ex:x ) ]",
         "ex:c ex:p ex:a . ⟦ex:a⟧ ex:p ⟦1⟧ ."),
        ("sh:targetNode ex:a ; sh:property [ sh:path ( ex:p [ sh:zeroOrMorePath rdf:rest ] rdf:first ) ;"
         " sh:nodeKind sh:IRI ]", "ex:a ex:p ( ex:b ⟦2⟧ ex:c ) ."),
        # Nothing is there: the subject, where it begins, in brackets too.
        ("sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ]",
         "ex:b ex:q ex:a , ⟦[⟧ a ex:C ] . ⟦ex:a⟧ ex:q 1 . ex:a a ex:C ."),
        ("sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:maxCount 1 ]",
         "⟦ex:a⟧ a ex:C ; ex:p 1 , 2 ."),
        # The node itself is wrong.
        ("sh:targetClass ex:C ; sh:nodeKind sh:BlankNode", "ex:b ex:p ex:a . ⟦ex:a⟧ a ex:C ."),
        ("sh:targetObjectsOf ex:p ; sh:minLength 2", 'ex:a ex:q "x" ; ex:p ⟦"x"⟧ .'),
        ("sh:targetObjectsOf ex:p ; sh:nodeKind sh:Literal", "ex:b ex:q ex:a . ex:c ex:p ⟦ex:a⟧ ."),
        # The property is wrong.
        ("sh:targetClass ex:C ; sh:closed true ; sh:ignoredProperties ( rdf:type )",
         "ex:b ex:q 1 . ex:a a ex:C ; ⟦ex:q⟧ 1 ."),
        # Terms as they are written, not what they mean.
        ("sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:datatype xsd:byte ]",
         'ex:a ex:p "1"^^xsd:byte , "01"^^xsd:byte , ⟦1⟧ , ⟦"1"^^xsd:decimal⟧ , ⟦1.0⟧ , ⟦"1"@EN⟧ .'),
        ("sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:maxLength 3 ]",
         "ex:a ex:p ⟦'''a⟧\n  b''' , \"a\\nb\" , ⟦\"a\\u0020\\U0001F600b\"⟧ ."),
        # A value that no triple leads to.
        ('sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT $this (1 AS ?value) { $this ?p ?o }" ]',
         "ex:b ex:p 1 . ⟦ex:a⟧ ex:q 2 ."),
        ('sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT $this ?value { $this ex:p|ex:q ?value }" ; '
         'sh:prefixes [ sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] ] ]',
         "ex:a ex:r 1 ; ex:p ⟦2⟧ ."),
        # Either of two triples can be meant.
        ('sh:targetNode ex:a ; sh:sparql [ sh:select "SELECT $this ?value { $this ?p ?value }" ]',
         "ex:b ex:p 2 . ⟦ex:a⟧ ex:r 2 ; ex:p 2 ."),
        # The last step goes nowhere: what led to it.
        ("sh:targetNode ex:a ; sh:property [ sh:path ( ex:p [ sh:zeroOrMorePath ex:q ] ) ; sh:class ex:C ]",
         "ex:a ex:r ex:b ; ex:p ⟦ex:b⟧ ."),
    ],
)  # fmt: skip
def test_what_a_place_names(shape: str, data: str, tmp_path: Path) -> None:
    report, expected = validated(tmp_path, shape, data)
    assert expected
    assert places(report) == sorted(expected)


def test_details_have_places_too(tmp_path: Path) -> None:
    shape = (
        "sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:node ex:t ] . "
        "ex:t a sh:NodeShape ; sh:property [ sh:path ex:q ; sh:datatype xsd:date ]"
    )
    report, expected = validated(tmp_path, shape, "ex:a ex:p ⟦[⟧ ex:q ⟦1⟧ ] .")
    (result,) = report.results
    (detail,) = result.details
    found = [(one.place.location.line, one.place.location.column) for one in (result, detail) if one.place]
    assert found == [one[:2] for one in expected]


LINES = """⟦<http://example.org/b>⟧ <http://example.org/p> "1" .
<http://example.org/a> <http://example.org/q> <http://example.org/b> .\r
 \t <http://example.org/a>\t<http://example.org/p> ⟦"<http://example.org/a>"⟧ . # <http://example.org/a>
# <http://example.org/a> <http://example.org/p> "2" .
<http://example.org/a><http://example.org/p> ⟦"2"⟧ .\r<http://example.org/a><http://example.org/p>⟦"3"⟧.

<http://example.org/a> <http://example.org/p>⟦_:b⟧.
<http://example.org/\\u0061> <http://example.org/p> ⟦"4 5"@en⟧.
<http://example.org/b> <http://example.org/p> <http://example.org/a> .
<http://example.org/b> <http://example.org/in><http://example.org/a>.
<http://example.org/b> <http://example.org/in> <http://example.org/\\u0062>.
<http://example.org/b> <http://example.org/in> ⟦<http://example.org/c>⟧.
"""


# Looked at together or each line for itself: what hides in one must not count on its neighbours.
@pytest.mark.parametrize("window", [1, 1 << 16])
@pytest.mark.parametrize("name", ["data.nt", "data.nq"])
def test_lines_however_they_are_spaced(
    name: str, window: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selecting, "_WINDOW", window)
    shape = (
        "sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:nodeKind sh:IRI ] . "
        "ex:t a sh:NodeShape ; sh:targetObjectsOf ex:in ; sh:pattern 'a$'"
    )
    text, expected = marked(LINES.replace("\r<", "\n<"))
    path = tmp_path / name
    path.write_bytes(text.replace('"2" .\n<', '"2" .\r<').encode())
    (tmp_path / "shapes.ttl").write_text(f"{HEAD}ex:s a sh:NodeShape ; {shape} .", encoding="utf8")
    assert places(validate(path, [tmp_path / "shapes.ttl"])) == expected


WRONG = "sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:nodeKind sh:IRI ]"
JSON = '{"@context": {"@vocab": "http://example.org/"%s}, "@id": "http://example.org/a", %s}'


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (', "own": "p"', '"own": ⟦1⟧'),
        (', "own": {"@id": "p", "@type": "http://example.org/d"}', '"own": ⟦"ex"⟧, "q": "ex"'),
        (', "in": {"@reverse": "has"}', '"in": {"@id": "x:y", "p": "z"}, "p": ⟦"z"⟧'),
        (', "en": {"@id": "p", "@language": "en"}', '"p": [null, {"@id": "x:y"}, ⟦"q"⟧], "en": ⟦"q"⟧'),
        ("", '"p": {"@set": [⟦true⟧, ⟦{⟧"@value": "x", "@type": "http://example.org/d"}]}'),
        ("", '"q": {"@id": "http://example.org/a", "p": [⟦1.50⟧]}, "p": {"@id": "x:y"}'),
        ("", '"@included": [{"@id": "http://example.org/a", "p": ⟦-1⟧}]'),
        # In another context the same key means something else.
        ("", '"q": {"@context": {"@vocab": "http://example.org/2/"}, "@id": "http://example.org/a", "p": 1}, '
         '"p": ⟦2⟧'),
        ("", '"q": {"@context": {"x": "http://example.org/p"}, "@id": "http://example.org/a", "x": ⟦1⟧}'),
    ],
)  # fmt: skip
def test_json_ld(terms: str, said: str, tmp_path: Path) -> None:
    report, expected = validated(tmp_path, WRONG, JSON % (terms, said), "data.jsonld")
    assert expected
    assert places(report) == sorted(expected)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (', "o": {"@id": "o", "@context": {"p": "http://example.org/q", "q": "http://example.org/p"}}',
         '"o": {"@id": "http://example.org/a", "p": 1, "q": 1}'),
        (', "l": {"@id": "p", "@container": "@language"}', '"l": {"en": "x", "de": ["x"]}'),
        ("", '"p": {"@list": [1]}'),
    ],
)  # fmt: skip
def test_json_ld_whose_values_cannot_be_told_apart_leads_to_the_subject(
    terms: str, said: str, tmp_path: Path
) -> None:
    report, _ = validated(tmp_path, WRONG, JSON % (terms, said), "data.jsonld")
    assert report.results
    name = (JSON % (terms, said)).index('"http://example.org/a"') + 1
    assert {place and place[:2] for place in places(report)} == {(1, name)}


def test_no_place_in_what_has_none(tmp_path: Path) -> None:
    report, _ = validated(tmp_path, WRONG, "ex:a ex:p 1 .")
    assert None not in places(report)
    quads = list(parse(path=tmp_path / "data.ttl"))
    (tmp_path / "data.rdf").write_bytes(serialize(quads, format=RdfFormat.RDF_XML) or b"")
    (tmp_path / "data.ttl.gz").write_bytes(gzip.compress((tmp_path / "data.ttl").read_bytes()))
    for data in (tmp_path / "data.rdf", tmp_path / "data.ttl.gz", quads):
        assert places(validate(data, [tmp_path / "shapes.ttl"])) == [None]
    assert places(validate(tmp_path / "data.ttl", [tmp_path / "shapes.ttl"], locate=False)) == [None]


@pytest.mark.parametrize("name", ["data.ttl", "data.nt", "data.jsonld"])
def test_no_place_in_a_file_that_changed(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    line = "<http://example.org/a> <http://example.org/p> 1 .\n"
    line = line if name == "data.ttl" else line.replace("1", '"1"')
    path.write_text(line if name != "data.jsonld" else JSON % ("", '"p": 1'), encoding="utf8")
    quads = list(read_quads(path, name=str(path)))
    source = Source(path, str(path), stamp_of(path), blank_nodes(quads))
    shapes = parse(f"{HEAD}ex:s a sh:NodeShape ; {WRONG} .", RdfFormat.TURTLE)
    report = run_shapes(quads, shapes)
    assert None not in places(locate(report, [source]))
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"1", b"2"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert places(locate(report, [source])) == [None]
    path.unlink()
    assert places(locate(report, [source])) == [None]
