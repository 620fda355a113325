"""The W3C's test suites of Turtle, TriG, N-Triples and N-Quads.

They are no part of the project: ``.ci/w3c_turtle.sh FOLDER`` fetches them into a folder, which
the environment variable REPATRIA_W3C_TURTLE names.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, parse

from repatria.errors import InputError
from repatria.rdf import FORMATS as SYNTAXES
from repatria.rdf import read_quads
from repatria.rdf.turtle import Document, Format, read_document

Meaning = Callable[[Iterable[Quad]], set[str]]
VARIABLE = "REPATRIA_W3C_TURTLE"
REASON = f"{VARIABLE} names no folder with the W3C's test suites: see .ci/w3c_turtle.sh"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
FORMATS: dict[str, Format] = {
    "turtle": "turtle", "trig": "trig", "ntriples": "ntriples", "nquads": "nquads"
}  # fmt: skip
BASES = {"turtle": "http://www.w3.org/2013/TurtleTests/", "trig": "http://www.w3.org/2013/TriGTests/"}
SUITE = os.environ.get(VARIABLE, "")


class Case(NamedTuple):
    """A test: the action must be read, and mean what is in ``result``, or must be refused."""

    kind: str
    action: Path
    result: Path | None

    @property
    def folder(self) -> str:
        """Name of the suite."""
        return self.action.parent.name

    @property
    def base(self) -> str | None:
        """The base that the suite gives the action."""
        return BASES[self.folder] + self.action.name if self.folder in BASES else None

    def document(self) -> Document:
        """Read the action by the reader under test."""
        text = self.action.read_bytes().decode("utf8")
        return read_document(text, self.action.name, format=FORMATS[self.folder], base_iri=self.base)


def _cases() -> list[Case]:
    return [case for folder in FORMATS for case in _manifest(Path(SUITE, folder, "manifest.ttl").resolve())]


def _manifest(file: Path) -> list[Case]:
    quads = list(read_quads(file, name=str(file), base_iri=file.as_uri()))
    about: dict[object, dict[str, NamedNode | BlankNode]] = {}
    for quad in quads:
        if isinstance(quad.object, NamedNode | BlankNode):
            about.setdefault(quad.subject, {})[quad.predicate.value] = quad.object
    return [
        Case(
            entry[RDF + "type"].value.rpartition("#")[2].removeprefix("Test"),
            _path(file, entry[MF + "action"]),
            _path(file, entry[MF + "result"]) if MF + "result" in entry else None,
        )
        for entry in about.values()
        if MF + "action" in entry
    ]


def _path(manifest: Path, node: NamedNode | BlankNode) -> Path:
    return manifest.parent / node.value.rpartition("/")[2]


CASES = _cases() if SUITE else []


def _parameters(wanted: Callable[[Case], bool]) -> list[object]:
    if not CASES:
        return [pytest.param(None, marks=pytest.mark.skip(reason=REASON), id="absent")]
    return [pytest.param(case, id=f"{case.folder}/{case.action.name}") for case in CASES if wanted(case)]


@pytest.mark.skipif(not CASES, reason=REASON)
def test_all_cases_were_collected() -> None:
    assert Counter((case.folder, case.kind) for case in CASES) == {
        ("turtle", "TurtleEval"): 132,
        ("turtle", "TurtlePositiveSyntax"): 77,
        ("turtle", "TurtleNegativeSyntax"): 78,
        ("turtle", "TurtleNegativeEval"): 4,
        ("trig", "TrigEval"): 136,
        ("trig", "TrigPositiveSyntax"): 96,
        ("trig", "TrigNegativeSyntax"): 99,
        ("trig", "TrigNegativeEval"): 4,
        ("ntriples", "NTriplesPositiveSyntax"): 41,
        ("ntriples", "NTriplesNegativeSyntax"): 27,
        ("nquads", "NQuadsPositiveSyntax"): 53,
        ("nquads", "NQuadsNegativeSyntax"): 32,
    }


@pytest.mark.parametrize("case", _parameters(lambda case: "Negative" not in case.kind))
def test_what_is_valid_is_read_as_the_suite_and_pyoxigraph_read_it(case: Case, meaning: Meaning) -> None:
    found = meaning(located.quad for located in case.document().quads)
    syntax = SYNTAXES[FORMATS[case.folder]]
    assert found == meaning(parse(case.action.read_bytes(), syntax, base_iri=case.base))
    if case.result:  # one of them has an IRI that pyoxigraph takes in Turtle only
        assert found == meaning(parse(case.result.read_bytes(), SYNTAXES["nquads"], lenient=True))


@pytest.mark.parametrize("case", _parameters(lambda case: "Negative" in case.kind))
def test_what_is_not_valid_is_refused_with_its_place(case: Case) -> None:
    with pytest.raises(InputError) as caught:
        case.document()
    assert caught.value.code in ("RP303", "RP306")
    assert caught.value.location is not None
    assert caught.value.location.column > 0
