"""Statements as lines: which stand in one of two files only, without making terms of those in both.

The first file has one spelling for each statement (:meth:`Side.normalised`);
the second may be as somebody wrote it. What is in both in the same spelling is
never parsed; both are read piece by piece, side by side, so that files in the
same order take little memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from pyoxigraph import Quad, RdfFormat, parse, serialize

from repatria.diff.sides import Lines

# Strings and IRIs are passed over, so that what is left over is a blank node.
_LABEL = re.compile(rb'"(?:[^"\\]|\\.)*"|<[^<> ]*>|_:([^ ]+)')
_PARTS = re.compile(rb"(<[^<> ]*>|_:[^ ]+) (<[^<> ]*>) (.*?)(?: (<[^<> ]*>|_:[^ ]+))? \.", re.DOTALL)
_BLANK = b"_:"


@dataclass(slots=True)
class Residue:
    """Lines of one spelling: those without blank nodes in only one file, and all with blank nodes of each."""

    removed: set[bytes] = field(default_factory=set)
    added: set[bytes] = field(default_factory=set)
    old_blank: set[bytes] = field(default_factory=set)
    new_blank: set[bytes] = field(default_factory=set)


def labels(line: bytes) -> list[bytes]:
    """Return the labels of the blank nodes of a line."""
    return [found for found in _LABEL.findall(line) if found]


def parts(line: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """Return subject, predicate, object and graph (empty for none) of a line of one spelling."""
    found = _PARTS.fullmatch(line)
    assert found is not None, line
    return found[1], found[2], found[3], found[4] or b""


def line_of(quad: Quad) -> bytes:
    """Return a quad as a line in the one spelling."""
    return (serialize([quad], format=RdfFormat.N_QUADS) or b"").rstrip(b"\n")


def quads_of(lines: Iterable[bytes]) -> list[Quad]:
    """Return lines as quads, blank nodes with their labels. Raises SyntaxError for no N-Quads."""
    return list(parse(b"\n".join(lines), format=RdfFormat.N_QUADS))


def _in_one_spelling(lines: Iterable[bytes]) -> set[bytes]:
    found = parse(b"\n".join(lines), format=RdfFormat.N_QUADS)
    return set((serialize(found, format=RdfFormat.N_QUADS) or b"").splitlines())


def compare_lines(first: Lines, second: Lines) -> Residue:
    """Return what differs. Raises SyntaxError, without its place, if the second is no N-Quads."""
    found, odd = _side_by_side(first, second)
    spelt = _in_one_spelling([*found.added, *odd])
    found.new_blank = {line for line in spelt if _BLANK in line and labels(line)}
    found.added = spelt - found.new_blank
    found.removed, found.added = found.removed - found.added, found.added - found.removed
    _forget_repeated(found, first, second)
    return found


def _side_by_side(first: Lines, second: Lines) -> tuple[Residue, list[bytes]]:
    """Return the residue of lines as they stand, and the lines of the second that may have blank nodes."""
    found = Residue()
    odd: list[bytes] = []
    for ours, theirs in zip_longest(first.blocks(), second.blocks(), fillvalue=b""):
        old, new = set(ours.splitlines()), set(theirs.splitlines())
        if _BLANK in ours:
            blank = {line for line in old if _BLANK in line and labels(line)}
            found.old_blank |= blank
            old -= blank
        if _BLANK in theirs:
            strange = {line for line in new if _BLANK in line}
            odd.extend(strange)
            new -= strange
        common = old & new
        old -= common
        new -= common
        met, again = old & found.added, new & found.removed
        found.added -= met
        found.removed -= again
        found.removed |= old - met
        found.added |= new - again
    return found, odd


def _forget_repeated(found: Residue, first: Lines, second: Lines) -> None:
    """Drop lines that the other file has too: a second time, they met no partner."""
    for block in second.blocks() if found.removed else ():
        found.removed.difference_update(block.splitlines())
    for block in first.blocks() if found.added else ():
        found.added.difference_update(block.splitlines())
