"""Every format of an export through every parser that reads it: the same statements, not a word of complaint.

What a parser writes of it, in its own way, is our file again when we write it.
"""

from __future__ import annotations

import pytest
from tests.interop.cells import cells, check_again, check_cell, check_written
from tests.interop.report import exports, told
from tests.interop.samples import EXPORTS, Samples

from repatria_cli.main import main

# All of the dataset is in the export with its assessments; there and back goes only that.
TWICE = [name for name in EXPORTS if name != "dataset"]


@pytest.mark.parametrize(("name", "format", "parser"), cells(EXPORTS))
def test_reads(name: str, format: str, parser: str, samples: Samples) -> None:
    check_cell(samples, name, format, parser)


@pytest.mark.parametrize(("name", "format", "parser"), cells(TWICE, again=True))
def test_what_was_read_is_written_as_the_same_file(
    name: str, format: str, parser: str, samples: Samples
) -> None:
    check_again(samples, name, format, parser)


@pytest.mark.parametrize(("name", "format", "parser"), cells(TWICE, written=True))
def test_what_others_write_is_written_as_the_same_file(
    name: str, format: str, parser: str, samples: Samples
) -> None:
    check_written(samples, name, format, parser)


def test_what_is_exported_is_in_canonical_form(samples: Samples) -> None:
    formats = ("turtle", "trig", "ntriples", "nquads")
    files = [samples.file(name, format) for name in EXPORTS for format in formats]
    described = [file.with_name(f"{file.name}.dcat.ttl") for file in files]
    assert main(["fmt", "--check", *map(str, files + described)]) == 0


def test_the_page_tells_these_numbers(samples: Samples) -> None:
    assert told("exports") == exports(samples), "out of date: run python -m tests.interop.report"
