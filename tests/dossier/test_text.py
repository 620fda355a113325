"""Normalised text, words and sentences."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repatria.dossier.text import count_words, is_whole_sentence, normalise, sha256

# docs/model.md lists them; written out here once more on purpose.
LISTED = [
    *range(0x0009, 0x000E),
    0x0020,
    0x0085,
    0x00A0,
    0x1680,
    *range(0x2000, 0x200B),
    0x2028,
    0x2029,
    0x202F,
]
LISTED += [0x205F, 0x3000]
NOT_LISTED = [0x0008, 0x001C, 0x001F, 0x180E, 0x200B, 0x200C, 0x2060, 0xFEFF, 0x00AD]


def test_twenty_five_code_points_are_white_space() -> None:
    assert len(set(LISTED)) == 25


@pytest.mark.parametrize("point", LISTED, ids=hex)
def test_each_listed_code_point_becomes_a_space(point: int) -> None:
    char = chr(point)
    assert normalise(f"{char}a{char}{char}\n b{char}") == "a b"


@pytest.mark.parametrize("point", NOT_LISTED, ids=hex)
def test_no_other_code_point_does(point: int) -> None:
    char = chr(point)
    assert normalise(f"a{char}b{char}") == f"a{char}b{char}"


@given(st.text() | st.text(st.sampled_from([*map(chr, LISTED), "a", "b", "."])))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert "  " not in once
    assert once == once.strip(" ")
    assert [c for c in once if c != " "] == [c for c in text if ord(c) not in LISTED]


def test_hashes_are_of_utf8() -> None:
    assert sha256("Ґ") == hashlib.sha256(b"\xd2\x90").hexdigest()
    assert sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("", 0),
        ("—", 0),
        ("1,003", 1),
        ("1,003 bodies", 2),
        ("two-way exchange", 2),
        ("Exampleland’s ministry", 2),
        ("п’ять тіл", 2),
        ("об'єкт", 1),
        ("one / two — three", 3),
        ("“quoted” (word)", 2),
    ],
)
def test_words_are_counted_as_readers_count_them(fragment: str, words: int) -> None:
    assert count_words(fragment) == words


TEXT = "Bodies came back. “We thank them,” it said! Then 1,003 more (of 2.5 tons) came… The rest? Later"


@pytest.mark.parametrize(
    ("piece", "whole"),
    [
        ("Bodies came back.", True),
        ("Bodies came back", True),
        ("came back.", False),
        ("Bodies came", False),
        ("“We thank them,” it said!", True),
        ("We thank them,” it said", True),
        ("We thank them", False),
        ("1,003 more (of 2.5 tons)", False),
        ("back. “We thank them,” it said! Then", True),
        ("The rest", True),
        ("Later", True),
        ("back. “We", False),
        ("2.5", False),
    ],
)
def test_a_fragment_is_no_whole_sentence(piece: str, whole: bool) -> None:
    start = TEXT.index(piece)
    assert is_whole_sentence(TEXT, start, start + len(piece)) is whole


@given(st.text(min_size=1))
def test_the_whole_text_holds_a_sentence_if_it_holds_a_letter(text: str) -> None:
    clean = normalise(text)
    if any(char.isalnum() for char in clean):
        assert is_whole_sentence(clean, 0, len(clean))
