"""Every Turtle file at hand is read as pyoxigraph reads it, its spans and comments in place."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pyoxigraph import Quad

from repatria.rdf import read_quads
from repatria.rdf.turtle import Format, read_document

Meaning = Callable[[Iterable[Quad]], set[str]]
ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("REPATRIA_SHARED", ROOT.parent / "shared"))
FOLDERS = ("ontology", "shapes", "data", "tests", "docs", "bench")
FORMATS: dict[str, Format] = {".ttl": "turtle", ".trig": "trig", ".nt": "ntriples", ".nq": "nquads"}
OWN = sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.*") if file.suffix in FORMATS)
SUITE = SHARED / "w3c" / "shacl-test-suite"
FOREIGN = sorted(SUITE.rglob("*.ttl"))


def _name(file: Path) -> str:
    return str(file.relative_to(ROOT if file.is_relative_to(ROOT) else SUITE))


def test_the_files_were_found() -> None:
    assert {ROOT / "ontology" / "repatria.ttl", ROOT / "shapes" / "claim.ttl"} <= set(OWN)
    assert ROOT / "data" / "repatria.nq" in OWN


@pytest.mark.skipif(not FOREIGN, reason="no W3C SHACL test suite in $REPATRIA_SHARED or ../shared")
def test_all_files_of_the_shacl_suite_were_found() -> None:
    assert len(FOREIGN) == 150


@pytest.mark.parametrize("file", [*OWN, *FOREIGN], ids=_name)
def test_is_read_as_pyoxigraph_reads_it(file: Path, meaning: Meaning) -> None:
    base = "http://example.org/file"
    text = file.read_bytes().decode("utf8")
    document = read_document(text, file.name, format=FORMATS[file.suffix], base_iri=base)
    expected = list(read_quads(file, name=file.name, base_iri=base))
    assert meaning(located.quad for located in document.quads) == meaning(expected)
    assert len(document.quads) == len(expected)
    starts = [located.object.start for located in document.quads]
    assert starts == sorted(starts)
    assert all(text[comment.start : comment.end] == comment.text for comment in document.comments)
