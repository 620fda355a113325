"""The normalised text of an article, its hash, and how words are counted.

Normalised text (docs/model.md): each run of white-space code points becomes
one U+0020, ends are stripped. Offsets count Unicode code points of it.
"""

from __future__ import annotations

import hashlib
import re

MAX_FRAGMENT_WORDS = 12

_SPACE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_WORD = re.compile(r"\w[\w’'ʼ.,-]*")
# A sentence ends at . ! ? … (and closing quotes or brackets after it) before a space, or at the end.
_SENTENCE_END = re.compile(r"[.!?…]+[\"”»’')\]]*(?=\s|$)")


def normalise(text: str) -> str:
    """Return ``text`` with each run of white space as one space and no space at its ends."""
    return _SPACE.sub(" ", text).strip(" ")


def sha256(text: str) -> str:
    """Return the SHA-256 of the UTF-8 bytes of ``text``, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def count_words(fragment: str) -> int:
    """Return the number of words in ``fragment``; ``1,003`` and ``two-way`` are one word each."""
    return len(_WORD.findall(fragment))


def is_whole_sentence(text: str, start: int, end: int) -> bool:
    """Say whether ``text[start:end]`` holds at least one whole sentence of the normalised ``text``.

    A sentence runs from the end of the one before it to its own terminator;
    quotation marks and brackets around it do not count.
    """
    begin = 0
    for found in _SENTENCE_END.finditer(text):
        if _covers(text, begin, found.start(), start, end):
            return True
        begin = found.end()
    return begin < len(text) and _covers(text, begin, len(text), start, end)


def _covers(text: str, begin: int, stop: int, start: int, end: int) -> bool:
    sentence = text[begin:stop]
    bare = sentence.strip(" \"“”„«»‘’'()[]")
    if not bare:
        return False
    first = begin + sentence.index(bare)
    return start <= first and first + len(bare) <= end
