"""A document with the published JSON-LD context means the same to every parser of JSON-LD."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat
from tests.interop.cells import check
from tests.interop.parsers import PARSERS
from tests.interop.samples import Samples
from tests.ontology.test_context import DOCUMENT, EXPECTED


@pytest.mark.parametrize("parser", [name for name, (formats, _) in PARSERS.items() if "jsonld" in formats])
def test_the_context_means_the_same_to_all(parser: str, samples: Samples, tmp_path: Path) -> None:
    file = tmp_path / "written-by-hand.jsonld"
    file.write_text(json.dumps(DOCUMENT), encoding="utf8")
    check(samples.read(file, "jsonld", parser), list(pyoxigraph.parse(EXPECTED, format=RdfFormat.TURTLE)))
