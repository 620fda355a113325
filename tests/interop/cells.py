"""The cells of the matrix: a sample in a format through a parser, and what must come of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pytest
from _pytest.mark import ParameterSet
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad
from tests.interop.known import KNOWN, OF_WRITERS
from tests.interop.parsers import PARSERS, WRITTEN, Reading
from tests.interop.samples import Samples, formats_of


def cells(names: Iterable[str], *, again: bool = False, written: bool = False) -> list[ParameterSet]:
    """Return sample, format and parser of each cell; what is known not to work is expected to fail.

    ``again``: without what is not even read as it was meant. ``written``: the
    same, and only where the parser writes the format as well.
    """
    known = {(name, parser): told for name, parser, told in (OF_WRITERS if written else KNOWN)}
    unread = {(name, parser) for name, parser, _ in KNOWN} if again or written else set()
    found = []
    for name in names:
        for parser, (formats, _) in PARSERS.items():
            reason = known.get((name, parser))
            marks = [pytest.mark.xfail(reason=f"{parser} {reason}", strict=True)] if reason else []
            for format in formats_of(name):
                wanted = format in formats and (not written or (format, parser) in WRITTEN)
                if wanted and (name, parser) not in unread:
                    found.append(pytest.param(name, format, parser, marks=marks))
    return found


def canonical(quads: Collection[Quad]) -> list[str]:
    """Return the statements with the blank nodes named by RDFC-1.0, in order."""
    found = Dataset(quads)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, found))


def check(reading: Reading, wanted: Collection[Quad]) -> None:
    """Assert that a parser read what was meant, and said nothing."""
    assert reading.messages == []
    assert reading.count == len(wanted)
    assert canonical(reading.statements()) == canonical(wanted)


def check_cell(samples: Samples, name: str, format: str, parser: str) -> None:
    """Assert that a parser reads a sample as it is meant, and says nothing."""
    check(samples.read(samples.file(name, format), format, parser), samples.meant(name, format))


def check_again(samples: Samples, name: str, format: str, parser: str) -> None:
    """Assert that what a parser read of a sample is written by us as the same file."""
    file = samples.file(name, format)
    assert samples.rewritten(samples.read(file, format, parser).quads, name, format) == file.read_bytes()


def check_written(samples: Samples, name: str, format: str, parser: str) -> None:
    """Assert that what a parser writes of a sample, in the same format, is written by us as the same file."""
    file = samples.file(name, format)
    written = samples.read(file, format, parser).pretty
    assert written is not None
    assert samples.rewritten(written, name, format) == file.read_bytes()
