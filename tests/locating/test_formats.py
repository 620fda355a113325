"""One graph with ten planted mistakes, in five formats: each result stands where the mistake is."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from tests.locating.marked import marked, places

from repatria.errors import Location
from repatria.validation import validate

SHAPES = """
@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
ex:OfficeShape a sh:NodeShape ; sh:targetClass ex:Office ; sh:closed true ;
  sh:ignoredProperties ( rdf:type ) ;
  sh:property [ sh:path ex:staff ; sh:datatype xsd:integer ] ,
    [ sh:path ex:name ; sh:minCount 1 ; sh:languageIn ( "en" ) ] ,
    [ sh:path ex:status ; sh:in ( "open" "closed" ) ] ,
    [ sh:path ex:partOf ; sh:class ex:Office ] ,
    [ sh:path ( ex:address ex:code ) ; sh:pattern "^[0-9]+$" ] ,
    [ sh:path [ sh:inversePath ex:member ] ; sh:nodeKind sh:IRI ] ,
    [ sh:path ex:address ; sh:node ex:AddressShape ] ,
    [ sh:path ex:member ] ; sh:nodeKind sh:IRI .
ex:AddressShape a sh:NodeShape .
ex:Addresses a sh:NodeShape ; sh:targetClass ex:Address ; sh:property [ sh:path ex:town ; sh:minCount 1 ] .
ex:Towns a sh:NodeShape ; sh:targetObjectsOf ex:town ; sh:minLength 3 .
"""

TURTLE = """\ufeff# Offices of a fictional body: ex:Office, "x"@en
@prefix ex: <http://example.org/> .
@prefix x: <http://www.w3.org/2001/XMLSchema#> .
ex:north a ex:Office ; ex:name "North"@en , ⟦"Nord"@de⟧ ;
    ex:staff 12 , ⟦"12"⟧ ; ⟦ex:motto⟧ "12" ;
    ex:address ⟦[⟧ a ex:Address ; ex:code "1234" ] ;
    ex:partOf ⟦ex:missing⟧ .
⟦ex:south⟧ a ex:Office ;\tex:status "open", ⟦\"""shut\"""^^x:string⟧ ;
    ex:address [ ex:town ⟦"No"⟧ ;
        ex:code ⟦'12a'⟧ ] . _:box ex:member ⟦ex:south⟧ .
"""
TRIG = TURTLE.replace("ex:north a", "ex:g { ex:north a").replace("⟦ex:missing⟧ .", "⟦ex:missing⟧ }")

NTRIPLES = """<http://example.org/north> <RDFtype> <http://example.org/Office> .
<http://example.org/north> <http://example.org/name> "North"@en .
<http://example.org/north> <http://example.org/name> ⟦"Nord"@de⟧ .  # another "Nord"@de
<http://example.org/north> <http://example.org/staff> "12"^^<XSDinteger> .
<http://example.org/north> <http://example.org/staff> ⟦"12"⟧ .
<http://example.org/north> ⟦<http://example.org/motto>⟧ "12" .
<http://example.org/north> <http://example.org/address> _:address .
⟦_:address⟧ <RDFtype> <http://example.org/Address> .
_:address <http://example.org/code> "1234" .
<http://example.org/north><http://example.org/partOf>⟦<http://example.org/missing>⟧.

\t⟦<http://example.org/south>⟧ <RDFtype> <http://example.org/Office> .
<http://example.org/south> <http://example.org/status> "open" .
<http://example.org/south> <http://example.org/status> ⟦"sh\\u0075t"⟧ .
<http://example.org/south> <http://example.org/address> _:other .
_:other <http://example.org/town> ⟦"No"⟧ .
_:other <http://example.org/code> ⟦"12a"⟧ .
_:box <http://example.org/member> ⟦<http://example.org/south>⟧ .
"""
NTRIPLES = NTRIPLES.replace("<RDF", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#")
NTRIPLES = NTRIPLES.replace("<XSD", "<http://www.w3.org/2001/XMLSchema#")
NQUADS = re.sub(r"( ?)\.(  # .*)?$", r" <http://example.org/g>\1.\2", NTRIPLES, flags=re.MULTILINE)

JSONLD = """{"@context": {"@vocab": "http://example.org/", "ex": "http://example.org/", "id": "@id",
  "partOf": {"@type": "@id"}, "member": {"@type": "@id"}},
 "@graph": [
  {"id": "ex:north", "@type": "Office", "name": [{"@value": "North", "@language": "en"},
      ⟦{⟧"@value": "Nord", "@language": "de"}],
   "staff": [12, ⟦"12"⟧], ⟦"motto"⟧: "12", "address": ⟦{⟧"@type": "Address", "code": "1234"},
   "partOf": ⟦"ex:missing"⟧ },
  {"@type": "Office", "id": ⟦"http://example.org/south"⟧, "status": ["open", ⟦"sh\\u0075t"⟧],
   "address": {"town": ⟦"No"⟧, "code": ⟦"12a"⟧}},
  {"member": ⟦"ex:south"⟧}]}
"""
FORMATS = {
    "ttl": TURTLE, "trig": TRIG, "nt": NTRIPLES, "nq": NQUADS, "jsonld": JSONLD,
}  # fmt: skip


def written(folder: Path, format: str) -> tuple[Path, list[tuple[int, int, int]]]:
    text, expected = marked(FORMATS[format])
    path = folder / f"offices.{format}"
    path.write_text(text, encoding="utf8")
    (folder / "shapes.ttl").write_text(SHAPES, encoding="utf8")
    return path, sorted(expected)


@pytest.mark.parametrize("format", FORMATS)
def test_ten_mistakes_stand_where_they_are(format: str, tmp_path: Path) -> None:
    path, expected = written(tmp_path, format)
    report = validate(path, [tmp_path / "shapes.ttl"])
    assert len(expected) == 10
    assert places(report) == expected
    for result in report.results:
        assert result.place is not None
        location = result.place.location
        assert location.file == str(path)
        text = path.read_text(encoding="utf-8-sig").split("\n")
        assert result.place.line == text[location.line - 1]


@pytest.mark.parametrize("format", FORMATS)
def test_reports_tell_the_places(format: str, tmp_path: Path) -> None:
    path, expected = written(tmp_path, format)
    report = validate(path, [tmp_path / "shapes.ttl"])
    for line, column, _ in expected:
        assert f"{path}:{line}:{column}: violation" in report.text()
    out = BytesIO()
    report.write(out, "sarif")
    results = json.loads(out.getvalue())["runs"][0]["results"]
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in results]
    found = [(one["startLine"], one["startColumn"], one["endColumn"] - one["startColumn"]) for one in regions]
    assert sorted(found) == expected


@pytest.mark.parametrize("format", FORMATS)
def test_of_two_files_it_is_the_one_with_the_triple(format: str, tmp_path: Path) -> None:
    path, expected = written(tmp_path, format)
    other = tmp_path / "other.ttl"
    # Labels of blank nodes mean another node in each file.
    other.write_text(
        "@prefix ex: <http://example.org/> . ex:south ex:note _:address . _:address ex:code 'x' . "
        "ex:n ex:m [] ."
    )
    report = validate([other, path], [tmp_path / "shapes.ttl"])
    found = {result.path: result.place for result in report.results if result.place}
    assert len(report.results) == len([result for result in report.results if result.place]) == 11
    there = [
        (one.place.location.line, one.place.location.column)
        for one in report.results
        if one.place and one.place.location.file == str(path)
    ]
    # The subject without a name begins in the other file, which has the note too.
    assert len(there) == 9
    assert set(there) < {(line, column) for line, column, _ in expected}
    for name, column in (("note", 46), ("name", 37)):
        place = found[f"<http://example.org/{name}>"]
        assert place is not None
        assert place.location == Location(str(other), 1, column)
