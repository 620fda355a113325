"""What lies beside an export: its description, through every parser of it; and exports that are packed."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat
from tests.interop.cells import check
from tests.interop.parsers import PARSERS, SUFFIXES
from tests.interop.samples import EXPORTS, Samples, export

DESCRIPTIONS = {"turtle": "dcat.ttl", "jsonld": "dcat.jsonld"}
CELLS = [
    (form, parser) for form in DESCRIPTIONS for parser, (formats, _) in PARSERS.items() if form in formats
]


def _described(samples: Samples, name: str, format: str) -> Path:
    file = samples.file(name, "nquads")
    return file.with_name(f"{file.name}.{DESCRIPTIONS[format]}")


@pytest.mark.parametrize(("format", "parser"), CELLS)
@pytest.mark.parametrize("name", EXPORTS)
def test_the_description_is_read_by_all(name: str, format: str, parser: str, samples: Samples) -> None:
    wanted = list(pyoxigraph.parse(path=_described(samples, name, "turtle"), format=RdfFormat.TURTLE))
    assert len(wanted) > 100
    check(samples.read(_described(samples, name, format), format, parser), wanted)


@pytest.mark.parametrize("name", EXPORTS)
def test_the_description_tells_size_and_hash_of_the_file(name: str, samples: Samples) -> None:
    data = samples.file(name, "nquads").read_bytes()
    told = _described(samples, name, "turtle").read_text(encoding="utf8")
    assert hashlib.sha256(data).hexdigest() in told
    assert f"byteSize {len(data)} " in told or f'byteSize "{len(data)}"' in told


@pytest.mark.parametrize("format", SUFFIXES)
def test_jena_opens_what_is_packed(format: str, samples: Samples) -> None:
    packed = samples.file("dataset", format, packed=True)
    check(samples.read(packed, format, "Jena"), samples.meant("dataset", format))


@pytest.mark.parametrize("format", SUFFIXES)
def test_packed_it_is_the_same_file_with_the_same_bytes_on_every_run(
    format: str, samples: Samples, tmp_path: Path
) -> None:
    packed = samples.file("dataset", format, packed=True)
    assert gzip.decompress(packed.read_bytes()) == samples.file("dataset", format).read_bytes()
    again = export(tmp_path / packed.name, format, "--gzip")
    assert again.read_bytes() == packed.read_bytes()
