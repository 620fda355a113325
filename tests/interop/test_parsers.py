"""The matrix can fail: each parser tells of a damaged file, and a lost statement is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.interop.cells import check
from tests.interop.parsers import PARSERS, SUFFIXES, Reading
from tests.interop.samples import Samples

CUT = {
    "turtle": "<urn:a> <urn:b> <urn:c> ; <urn:d>",
    "trig": "<urn:g> { <urn:a> <urn:b> <urn:c> .",
    "ntriples": "<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b>\n",
    "nquads": "<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b>\n",
    "jsonld": '{"@id": "urn:a", "urn:b": [',
    "rdfxml": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description>',
}
_SILENT = pytest.mark.xfail(reason="pyoxigraph reads RDF/XML that is cut off without a word", strict=True)
CELLS = [
    pytest.param(format, parser, marks=_SILENT if (format, parser) == ("rdfxml", "pyoxigraph") else ())
    for parser, (formats, _) in PARSERS.items()
    for format in formats
]


def _complains(samples: Samples, file: Path, format: str, parser: str) -> bool:
    try:
        return samples.read(file, format, parser).messages != []
    except (Exception, pytest.fail.Exception) as problem:  # each has its own
        if "is not there" in str(problem):
            raise
        return True


@pytest.mark.parametrize(("format", "parser"), CELLS)
def test_a_file_that_is_cut_off_is_told(format: str, parser: str, samples: Samples, tmp_path: Path) -> None:
    file = tmp_path / f"cut.{SUFFIXES[format]}"
    file.write_text(CUT[format], encoding="utf8")
    assert _complains(samples, file, format, parser)


@pytest.mark.parametrize(
    ("parser", "line"),
    [
        ("Jena", '<urn:a> <urn:b> "abc"^^<http://www.w3.org/2001/XMLSchema#integer> .'),
        ("Jena", "<urn:a> <http://example.org/a\\u0020b> <urn:c> ."),
        ("rdflib", '<urn:a> <urn:b> "abc"^^<http://www.w3.org/2001/XMLSchema#integer> .'),
        ("Raptor", '<urn:a> <urn:b> "c"@ .'),
        ("N3.js", "<urn:a> <http://example.org/a b> <urn:c> ."),
    ],
)
def test_what_a_parser_finds_odd_is_heard(parser: str, line: str, samples: Samples, tmp_path: Path) -> None:
    file = tmp_path / "odd.nt"
    file.write_text(f"{line}\n", encoding="utf8")
    assert _complains(samples, file, "ntriples", parser)


@pytest.mark.parametrize("parser", [name for name, (formats, _) in PARSERS.items() if "nquads" in formats])
def test_a_lost_or_changed_statement_is_found(parser: str, samples: Samples, tmp_path: Path) -> None:
    lines = samples.file("dataset", "nquads").read_bytes().splitlines(keepends=True)
    number = next(n for n, line in enumerate(lines) if b'"1,003"' in line)
    for name, changed in (("lost", []), ("changed", [lines[number].replace(b"1,003", b"1,002")])):
        file = tmp_path / f"{name}.nq"
        file.write_bytes(b"".join([*lines[:number], *changed, *lines[number + 1 :]]))
        reading: Reading = samples.read(file, "nquads", parser)
        assert reading.messages == []
        with pytest.raises(AssertionError):
            check(reading, samples.meant("dataset", "nquads"))
