"""Graphs of blank nodes and graphs that are hard to write, in every format through every parser, and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.interop.cells import cells, check, check_again, check_cell, check_written
from tests.interop.hard import TOPICS
from tests.interop.parsers import PARSERS
from tests.interop.report import hard, told, vocabularies
from tests.interop.samples import VOCABULARIES, Samples, vocabulary

NAMES = ("vocabularies", *TOPICS)


@pytest.mark.parametrize(("name", "format", "parser"), cells(NAMES))
def test_reads(name: str, format: str, parser: str, samples: Samples) -> None:
    check_cell(samples, name, format, parser)


@pytest.mark.parametrize(("name", "format", "parser"), cells(NAMES, again=True))
def test_what_was_read_is_written_as_the_same_file(
    name: str, format: str, parser: str, samples: Samples
) -> None:
    check_again(samples, name, format, parser)


@pytest.mark.parametrize(("name", "format", "parser"), cells(NAMES, written=True))
def test_what_others_write_is_written_as_the_same_file(
    name: str, format: str, parser: str, samples: Samples
) -> None:
    check_written(samples, name, format, parser)


@pytest.mark.parametrize("parser", [name for name, (formats, _) in PARSERS.items() if "turtle" in formats])
@pytest.mark.parametrize("file", VOCABULARIES, ids=lambda path: path.name)
def test_reads_the_vocabulary_as_it_stands(file: Path, parser: str, samples: Samples) -> None:
    check(samples.read(file, "turtle", parser), vocabulary(file))


def test_the_page_tells_these_numbers(samples: Samples) -> None:
    assert told("vocabularies") == vocabularies(samples), "out of date: run python -m tests.interop.report"
    assert told("hard") == hard(samples)
