"""Files at hand: those of the project are in canonical form, those of others are formatted without loss."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from tests.canonical.graphs import meaning

from repatria.canonical import fingerprint
from repatria.canonical.formatting import FORMATTED, format_bytes
from repatria.errors import InputError
from repatria.export import GRAPH_FORMATS, write_graph
from repatria.rdf.turtle import Format, read_document
from repatria.store import Dataset
from repatria.terms import prefixes

ROOT = Path(__file__).resolve().parents[2]
OWN = sorted(path for folder in ("ontology", "shapes") for path in (ROOT / folder).glob("*.ttl"))
SHARED = Path(os.environ.get("REPATRIA_SHARED", ROOT.parent / "shared")) / "w3c" / "shacl-test-suite"
SHACL = sorted(SHARED.rglob("*.ttl"))
W3C = os.environ.get("REPATRIA_W3C_TURTLE", "")
REASON = "REPATRIA_W3C_TURTLE names no folder with the W3C's test suites: see .ci/w3c_turtle.sh"
ENDINGS: dict[str, Format] = {".ttl": "turtle", ".trig": "trig", ".nt": "ntriples", ".nq": "nquads"}


def check(path: Path) -> None:
    """Format a file: same statements, same comments, and its own canonical form."""
    base = "http://www.w3.org/tests/" + path.name
    once = format_bytes(path.read_bytes(), path.name, base_iri=base)
    assert format_bytes(once, path.name) == once
    format = ENDINGS[path.suffix]
    syntax = GRAPH_FORMATS[format]
    based = None if format in ("ntriples", "nquads") else base
    assert meaning(parse(once, syntax)) == meaning(parse(path.read_bytes(), syntax, base_iri=based))
    before = read_document(path.read_text("utf8"), path.name, format=format, base_iri=base).comments
    after = read_document(once.decode(), path.name, format=format).comments
    assert sorted(c.text for c in after) == sorted(c.text.rstrip() for c in before)


def test_the_project_has_these_files() -> None:
    assert len(OWN) >= 12
    assert {path.parent.name for path in OWN} == {"ontology", "shapes"}


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_the_vocabularies_and_shapes_are_in_canonical_form(path: Path) -> None:
    raw = path.read_bytes()
    assert format_bytes(raw, path.name) == raw, f"`repatria fmt --in-place {path.relative_to(ROOT)}`"
    assert b"\t" not in raw
    check(path)


def test_the_graph_that_is_shipped_is_in_canonical_form() -> None:
    raw = (ROOT / "data" / "repatria.nq").read_bytes()
    assert format_bytes(raw, "repatria.nq") == raw


@pytest.mark.parametrize("format", FORMATTED)
def test_exports_are_in_canonical_form(format: Format, dataset: Dataset) -> None:
    out = io.BytesIO()
    write_graph(dataset.quads(), format, out, prefixes())
    assert format_bytes(out.getvalue(), "export", format) == out.getvalue()
    quads = list(parse(out.getvalue(), GRAPH_FORMATS[format]))
    if format in ("trig", "nquads"):
        assert fingerprint(quads) == fingerprint(dataset.quads())
    else:
        assert {quad.triple for quad in quads} == {quad.triple for quad in dataset.quads()}


@pytest.mark.skipif(not SHACL, reason="no W3C SHACL test suite in $REPATRIA_SHARED or ../shared")
def test_the_files_of_the_shacl_suite() -> None:
    assert len(SHACL) == 150
    for path in SHACL:
        check(path)


@pytest.mark.skipif(not W3C, reason=REASON)
@pytest.mark.parametrize(
    ("suite", "ending", "formatted", "refused"),
    [
        ("turtle", ".ttl", 210, 0),
        ("trig", ".trig", 233, 0),
        ("ntriples", ".nt", 36, 7),
        ("nquads", ".nq", 48, 7),
    ],
)
def test_the_inputs_of_the_w3c(suite: str, ending: str, formatted: int, refused: int) -> None:
    codes = []
    files = [path for path in sorted(Path(W3C, suite).glob(f"*{ending}")) if _is_read(path)]
    for path in files:
        try:
            check(path)
        except InputError as problem:
            codes.append(problem.code)
    assert (len(files) - len(codes), len(codes)) == (formatted, refused)
    assert set(codes) <= {"RP308"}, "only comments of N-Triples and N-Quads are refused"


def _is_read(path: Path) -> bool:
    """Say whether pyoxigraph can parse a file."""
    syntax = GRAPH_FORMATS[ENDINGS[path.suffix]]
    base = "http://www.w3.org/tests/" if syntax in (RdfFormat.TURTLE, RdfFormat.TRIG) else None
    try:
        return all(True for _ in parse(path.read_bytes(), syntax, base_iri=base))
    except SyntaxError:
        return False
